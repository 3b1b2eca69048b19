export * from './announced.ts';
export * from './contract.ts';
export * from './errors.ts';
export * from './export.ts';
export * from './leaves.ts';
export * from './logged-ballot.ts';
export * from './roll-rows.ts';
export * from './witnesses.ts';
