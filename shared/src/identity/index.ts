export * from './claims.ts';
export * from './contract.ts';
export * from './errors.ts';
export * from './homes.ts';
export * from './limits.ts';
export * from './memberships.ts';
export * from './privacy.ts';
export * from './roles.ts';
