/** The text of UTF-8 bytes; null where they are none. Old phones have no TextDecoder. */
export function utf8Text(bytes: Uint8Array): string | null {
  let escaped = '';
  for (const byte of bytes) escaped += `%${byte.toString(16).padStart(2, '0')}`;
  try {
    return decodeURIComponent(escaped);
  } catch {
    return null;
  }
}
