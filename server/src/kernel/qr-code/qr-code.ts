/** A QR code as a drawing. The library is loaded with the first one: few processes ever draw any. */
export async function qrCodeSvg(address: string): Promise<string> {
  const { default: QRCode } = await import('qrcode');
  return QRCode.toString(address, { type: 'svg', errorCorrectionLevel: 'M', margin: 1 });
}
