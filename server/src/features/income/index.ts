export { KeepBooksService } from './books/keep-books.service.ts';
export { KeepVouchersService } from './books/keep-vouchers.service.ts';
export { ReadBooksService } from './books/read-books.service.ts';
export {
  CommitAuditService,
  FindingStepsService,
  PublishReportService,
  ReadAuditsService,
  RecordReportService,
} from './audits/index.ts';
export { CheckIncomeSheetService } from './check-income-sheet.service.ts';
export { ContractsService } from './contracts.service.ts';
export { DraftStatementService } from './draft-statement.service.ts';
export { DraftViewsService } from './draft-views.service.ts';
export { IncomeModule } from './income.module.ts';
export { ReadStatementsService } from './read-statements.service.ts';
export { ReviewStatementService } from './review-statement.service.ts';
export { ApplySpendingService } from './spending/apply-spending.service.ts';
export { JointAccountService } from './spending/joint-account.service.ts';
export { SpendingStepsService } from './spending/spending-steps.service.ts';
