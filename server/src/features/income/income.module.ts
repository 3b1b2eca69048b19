import { Module } from '@nestjs/common';
import { AssemblyModule } from '../assembly/index.ts';
import { IdentityModule } from '../identity/index.ts';
import { LedgerModule } from '../ledger/index.ts';
import { BankLinesOfBooks } from './books/bank-lines-of-books.ts';
import { BookLinesRepository } from './books/book-lines.repository.ts';
import { BooksController } from './books/books.controller.ts';
import { CollectedMoney } from './books/collected-money.ts';
import { DecisionCostService } from './books/decision-cost.service.ts';
import { FundBooks } from './books/fund-books.service.ts';
import { KeepBooksService } from './books/keep-books.service.ts';
import { KeepVouchersService } from './books/keep-vouchers.service.ts';
import { LineCharges } from './books/line-charges.ts';
import { ReadBooksService } from './books/read-books.service.ts';
import { ReconciliationModule } from '../reconciliation/index.ts';
import { CheckIncomeSheetService } from './check-income-sheet.service.ts';
import { CheckStatementService } from './check-statement.service.ts';
import { ContractsService } from './contracts.service.ts';
import { DraftStatementService } from './draft-statement.service.ts';
import { DraftViewsService } from './draft-views.service.ts';
import { DraftsController } from './drafts.controller.ts';
import { EstateBooks } from './estate-books.ts';
import { IncomeDeskCount } from './income-desk-count.ts';
import { IncomeController } from './income.controller.ts';
import { ReadStatementsService } from './read-statements.service.ts';
import { ReviewStatementService } from './review-statement.service.ts';
import { StatementQrService } from './statement-qr.service.ts';
import { StatementsRepository } from './statements.repository.ts';
import { IncomeFacts } from './income-facts.ts';
import { AUDIT_CONTROLLERS, AUDIT_EXPORTS, AUDIT_PROVIDERS } from './audits/index.ts';
import { ApplySpendingService } from './spending/apply-spending.service.ts';
import { ReadSpendingService } from './spending/read-spending.service.ts';
import { CompareAccountService } from './spending/compare-account.service.ts';
import { JointAccountController } from './spending/joint-account.controller.ts';
import { JointAccountRepository } from './spending/joint-account.repository.ts';
import { JointAccountService } from './spending/joint-account.service.ts';
import { SpendingBasisService } from './spending/spending-basis.service.ts';
import { SpendingDeskCount } from './spending/spending-desk-count.ts';
import { SpendingController } from './spending/spending.controller.ts';
import { SpendingRepository } from './spending/spending.repository.ts';
import { SpendingStepsService } from './spending/spending-steps.service.ts';

/** Public income 公共收益: quarterly statements, published by two, corrected in versions. */
@Module({
  imports: [AssemblyModule, IdentityModule, LedgerModule, ReconciliationModule],
  controllers: [
    IncomeController,
    DraftsController,
    BooksController,
    SpendingController,
    JointAccountController,
    ...AUDIT_CONTROLLERS,
  ],
  providers: [
    BankLinesOfBooks,
    BookLinesRepository,
    CollectedMoney,
    DecisionCostService,
    FundBooks,
    KeepBooksService,
    KeepVouchersService,
    LineCharges,
    ReadBooksService,
    ...AUDIT_PROVIDERS,
    ApplySpendingService,
    ReadSpendingService,
    CompareAccountService,
    JointAccountRepository,
    JointAccountService,
    SpendingBasisService,
    SpendingDeskCount,
    SpendingRepository,
    SpendingStepsService,
    IncomeFacts,
    CheckIncomeSheetService,
    CheckStatementService,
    ContractsService,
    DraftStatementService,
    DraftViewsService,
    EstateBooks,
    IncomeDeskCount,
    ReadStatementsService,
    ReviewStatementService,
    StatementQrService,
    StatementsRepository,
  ],
  exports: [
    KeepBooksService,
    KeepVouchersService,
    ReadBooksService,
    ...AUDIT_EXPORTS,
    ApplySpendingService,
    JointAccountService,
    SpendingStepsService,
    CheckIncomeSheetService,
    ContractsService,
    DraftStatementService,
    DraftViewsService,
    ReadStatementsService,
    ReviewStatementService,
  ],
})
export class IncomeModule {}
