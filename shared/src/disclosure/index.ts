export * from './contract.ts';
export * from './errors.ts';
export * from './limits.ts';
export * from './periods.ts';
export * from './questions.ts';
export * from './radar.ts';
export * from './radar-items.ts';
