export { CheckIncomeSheetService } from './check-income-sheet.service.ts';
export { ContractsService } from './contracts.service.ts';
export { DraftStatementService } from './draft-statement.service.ts';
export { DraftViewsService } from './draft-views.service.ts';
export { IncomeModule } from './income.module.ts';
export { ReadStatementsService } from './read-statements.service.ts';
export { ReviewStatementService } from './review-statement.service.ts';
