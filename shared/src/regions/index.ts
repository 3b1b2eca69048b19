export * from './for-later.ts';
export * from './profile.ts';
export * from './registry.ts';
export * from './rules.ts';
export * from './source.ts';
