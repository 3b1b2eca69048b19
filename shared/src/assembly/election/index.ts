export * from './ballot.ts';
export * from './committee-rules.ts';
export * from './contract.ts';
export * from './count.ts';
export * from './errors.ts';
export * from './explain.ts';
export * from './seats.ts';
export * from './term.ts';
