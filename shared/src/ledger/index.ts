export * from './accounts.ts';
export * from './events.ts';
export * from './group.ts';
