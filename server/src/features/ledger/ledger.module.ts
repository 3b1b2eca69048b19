import { Module } from '@nestjs/common';
import { EntriesRepository } from './entries.repository.ts';
import { LedgerController, MyLedgerController } from './ledger.controller.ts';
import { Ledger } from './ledger.service.ts';
import { ReadLedgerService } from './read-ledger.service.ts';

/** The double-entry ledger 总账 behind bills and payments. */
@Module({
  controllers: [LedgerController, MyLedgerController],
  providers: [EntriesRepository, Ledger, ReadLedgerService],
  exports: [Ledger, ReadLedgerService],
})
export class LedgerModule {}
