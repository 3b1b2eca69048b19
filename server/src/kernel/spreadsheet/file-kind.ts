import { sheetRefused } from './sheet-errors.ts';

export type FileKind = 'ZIP' | 'TEXT';

/** How much of a file tells its kind. */
export const KIND_HEAD_BYTES = 8_192;

const ZIP = Buffer.from('PK\x03\x04', 'latin1');
/** Compound file of Microsoft: .xls, and also an .xlsx with a password. */
const COMPOUND = Buffer.from('D0CF11E0A1B11AE1', 'hex');
const ENCRYPTED_PART = Buffer.from('EncryptedPackage', 'utf16le');
/** Web pages and XML tables that property systems export under the name of .xls. */
const MARKUP = /^\s*<(?:!doctype|html|head|meta|style|body|table|\?xml|!--)/i;

/** The kind of a file by its first bytes; its name proves nothing. Throws what a person can do about the others. */
export function fileKind(head: Buffer): FileKind {
  if (head.length === 0) throw sheetRefused('SHEET.EMPTY');
  if (startsWith(head, ZIP)) return 'ZIP';
  if (startsWith(head, COMPOUND))
    throw sheetRefused(head.includes(ENCRYPTED_PART) ? 'SHEET.ENCRYPTED' : 'SHEET.OLD_EXCEL');
  if (isUtf16(head)) return 'TEXT';
  if (MARKUP.test(head.toString('latin1').replace(/^\u00EF\u00BB\u00BF/, '')))
    throw sheetRefused('SHEET.WEB_PAGE');
  if (head.some(isControlByte) || startsWith(head, Buffer.from('%PDF-'))) throw sheetRefused('SHEET.TYPE');
  return 'TEXT';
}

/** "Unicode text" of Excel carries a byte order mark; its zero bytes are no sign of a binary file. */
export function isUtf16(head: Buffer): boolean {
  return head.length >= 2 && (head.readUInt16BE(0) === 0xfffe || head.readUInt16BE(0) === 0xfeff);
}

function startsWith(head: Buffer, magic: Buffer): boolean {
  return head.subarray(0, magic.length).equals(magic);
}

/** Bytes that no text holds: below the blank, but for tab, line feed, form feed, carriage return and Ctrl-Z. */
function isControlByte(byte: number): boolean {
  return byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13 && byte !== 26;
}
