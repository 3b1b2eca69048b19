export * from './announced.ts';
export * from './contract.ts';
export * from './export.ts';
export * from './leaves.ts';
export * from './roll-rows.ts';
