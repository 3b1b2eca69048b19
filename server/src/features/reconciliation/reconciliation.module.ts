import { Module } from '@nestjs/common';
import { LedgerModule } from '../ledger/index.ts';
import { PaymentsModule } from '../payments/index.ts';
import { AccountLinesRepository } from './account-lines.repository.ts';
import { BankStatementsService } from './bank-statements.service.ts';
import { MatchBankLines } from './match-bank-lines.service.ts';
import { OwnEntriesRepository } from './own-entries.repository.ts';
import { ReconcileService } from './reconcile.service.ts';
import { ReconciliationController } from './reconciliation.controller.ts';
import { ReconciliationViewService } from './reconciliation-view.service.ts';
import { RunsRepository } from './runs.repository.ts';
import { TradeBillDays } from './trade-bill-days.ts';

/** Our books beside WeChat's trade bill and the bank's statement 对账. */
@Module({
  imports: [LedgerModule, PaymentsModule],
  controllers: [ReconciliationController],
  providers: [
    AccountLinesRepository,
    BankStatementsService,
    MatchBankLines,
    OwnEntriesRepository,
    ReconcileService,
    ReconciliationViewService,
    RunsRepository,
    TradeBillDays,
  ],
  exports: [AccountLinesRepository, BankStatementsService, ReconcileService, TradeBillDays],
})
export class ReconciliationModule {}
