export * from './header.ts';
export * from './rows.ts';
export * from './table.ts';
