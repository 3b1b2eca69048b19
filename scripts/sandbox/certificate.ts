/**
 * A minimal X.509 certificate, as node:crypto reads certificates but cannot make them.
 * WeChat hands out its platform keys in this form on `/v3/certificates`.
 */
import { createSign, type KeyObject } from 'node:crypto';

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const size = content.length;
  const length =
    size < 0x80
      ? Buffer.from([size])
      : size < 0x100
        ? Buffer.from([0x81, size])
        : Buffer.from([0x82, size >> 8, size & 0xff]);
  return Buffer.concat([Buffer.from([tag]), length, content]);
}

const sequence = (...parts: readonly Buffer[]): Buffer => der(0x30, ...parts);
const commonNameId = Buffer.from('0603550403', 'hex');
const sha256WithRsa = Buffer.from('300d06092a864886f70d01010b0500', 'hex');

/** A positive integer must not start with a set bit, or it would read as negative. */
function integer(bytes: Buffer): Buffer {
  return der(0x02, (bytes[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes);
}

function name(commonName: string): Buffer {
  return sequence(der(0x31, sequence(commonNameId, der(0x0c, Buffer.from(commonName)))));
}

/** UTCTime; good until 2049, which is longer than any of these lives. */
function time(instant: number): Buffer {
  const text = new Date(instant).toISOString().replace(/\D/g, '').slice(2, 14);
  return der(0x17, Buffer.from(`${text}Z`));
}

export type CertificateOptions = {
  readonly serial: string;
  readonly commonName: string;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
};

/** A self-signed certificate in PEM. `serial` is in hexadecimal, upper case, without leading zeros. */
export function selfSignedCertificate(options: CertificateOptions): string {
  const issuerAndSubject = name(options.commonName);
  const toBeSigned = sequence(
    der(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.from(options.serial, 'hex')),
    sha256WithRsa,
    issuerAndSubject,
    sequence(time(options.notBefore), time(options.notAfter)),
    issuerAndSubject,
    options.publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = createSign('RSA-SHA256').update(toBeSigned).sign(options.privateKey);
  const certificate = sequence(
    toBeSigned,
    sha256WithRsa,
    der(0x03, Buffer.concat([Buffer.from([0]), signature])),
  );
  const base64 = certificate.toString('base64').replace(/.{64}(?=.)/g, '$&\n');
  return `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`;
}
