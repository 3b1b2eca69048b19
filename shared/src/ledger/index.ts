export * from './accounts.ts';
export * from './contract.ts';
export * from './events.ts';
export * from './group.ts';
export * from './words.ts';
