export type { DeadJob, Health } from './contract.ts';
