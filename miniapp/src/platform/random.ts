/** 128 random bits as hexadecimal; WeChat has no `crypto`, and the key only has to be new, not secret. */
export function randomId(): string {
  const bytes = new Uint8Array(16);
  if (typeof crypto === 'object' && typeof crypto.getRandomValues === 'function')
    crypto.getRandomValues(bytes);
  else for (let i = 0; i < bytes.length; i += 1) bytes[i] = Math.floor(Math.random() * 256);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
