export * from './catalogue.ts';
export * from './define-errors.ts';
