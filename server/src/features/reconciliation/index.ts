export {
  type AccountLine,
  AccountLinesRepository,
  type AccountWithdrawal,
} from './account-lines.repository.ts';
export { BankStatementsService } from './bank-statements.service.ts';
export { ReconcileService } from './reconcile.service.ts';
export { ReconciliationModule } from './reconciliation.module.ts';
export { TradeBillDays } from './trade-bill-days.ts';
