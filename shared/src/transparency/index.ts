export * from './canonical.ts';
export * from './checkpoint.ts';
export * from './merkle.ts';
export * from './merkle-proof.ts';
export * from './note-key.ts';
export * from './primitives.ts';
export * from './receipt.ts';
export * from './signed-note.ts';
