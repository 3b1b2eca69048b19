export * from './contract.ts';
export * from './todos.ts';
