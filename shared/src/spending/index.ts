export * from './contract.ts';
export * from './errors.ts';
export * from './joint-account.ts';
export * from './limits.ts';
export * from './rules.ts';
export * from './splitting.ts';
export * from './status.ts';
export * from './words.ts';
