/** What the log needs of its platform: Node's crypto on the server, a library on the phone. Nothing here throws. */
export interface LogPrimitives {
  sha256(bytes: Uint8Array): Uint8Array;
  /** Whether the holder of the 32-byte Ed25519 key (RFC 8032) signed the message. */
  isSignedBy(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
  utf8(text: string): Uint8Array;
  /** Standard base64 with padding (RFC 4648 §4). */
  toBase64(bytes: Uint8Array): string;
  /** Null where the text is not exactly what `toBase64` writes: one value has one text. */
  fromBase64(text: string): Uint8Array | null;
}
