/** A QR code as a drawing. The library is loaded with the first one: few processes ever draw any. */
export async function qrCodeSvg(address: string): Promise<string> {
  const { default: QRCode } = await import('qrcode');
  return QRCode.toString(address, { type: 'svg', errorCorrectionLevel: 'M', margin: 1 });
}

/**
 * A QR code that holds much, as a picture for a phone's screen: a data URL, which the weapp shows as the browser does.
 * It is looked at from a screen or a clean sheet, so the least correction keeps its squares large.
 */
export async function qrCodePicture(text: string): Promise<string> {
  const { default: QRCode } = await import('qrcode');
  return QRCode.toDataURL(text, { errorCorrectionLevel: 'L', margin: 2, scale: 4 });
}
