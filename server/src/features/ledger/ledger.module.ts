import { Module } from '@nestjs/common';
import { Ledger } from './ledger.service.ts';

/** The double-entry ledger 总账 behind bills and payments. */
@Module({
  providers: [Ledger],
  exports: [Ledger],
})
export class LedgerModule {}
