export { Ledger } from './ledger.service.ts';
export { LedgerModule } from './ledger.module.ts';
export { ReadLedgerService } from './read-ledger.service.ts';
