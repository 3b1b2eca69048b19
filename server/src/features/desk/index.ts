export { DeskCounts, type DeskCounter } from './desk-counts.ts';
export { DeskModule } from './desk.module.ts';
