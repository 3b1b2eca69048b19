export * from './drafts';
export * from './log-alarms';
export * from './preferences';
export * from './session';
export * from './toast';
