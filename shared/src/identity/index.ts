export * from './contract.ts';
export * from './errors.ts';
export * from './limits.ts';
export * from './roles.ts';
