export { AddressSigner, newToken, tokenHash } from './tokens.ts';
export { BlindIndex } from './blind-index.ts';
export { FieldCipher, type FieldPlace } from './field-cipher.ts';
export { nodePrimitives, NoteSigner } from './note-signer.ts';
