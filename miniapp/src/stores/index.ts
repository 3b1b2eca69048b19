export * from './drafts';
export * from './preferences';
export * from './session';
export * from './toast';
