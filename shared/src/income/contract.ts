import type { FileRef } from '../files/index.ts';
import type { CalendarDate, Fen, Quarter } from '../kernel/index.ts';
import type { SheetFault, SheetIgnored } from '../sheet/index.ts';
import type { CategorySum, QuarterSum } from './charts.ts';
import type { StatementFault } from './checks.ts';
import type { OwnersDecision } from './decisions.ts';
import type { StatementDiff } from './diff.ts';
import type { OwedQuarter } from './due.ts';
import type { StatementDraft } from './income-sheet.ts';
import type { ReconcilingItem, StatementLine, StatementState, StatementSums } from './statement.ts';
import type { PublishingBody, StatementEvent } from './status.ts';

// --- what owners see 公共收益: GET /api/estates/:estateId/income -------------------------------------------------------

export interface IncomeOverview {
  readonly latest: StatementSummary | null;
  readonly quarters: readonly QuarterSum[];
  readonly owed: readonly OwedQuarter[];
  /** Quarters whose opening waits for a correction. */
  readonly mismatched: readonly Quarter[];
  readonly accountHolder: string | null;
  /** 本小区 5,000.00 元以上的支出要经业主表决 */
  readonly thresholdText: string;
}
export interface StatementSummary {
  readonly id: string;
  readonly quarter: Quarter;
  readonly version: number;
  readonly state: StatementState;
  readonly publishedAt: number | null;
  readonly openingFen: Fen;
  readonly incomeNetFen: Fen;
  readonly spendFen: Fen;
  readonly closingFen: Fen;
  /** Why this version replaced the one before; '' for the first. */
  readonly reason: string;
}
export interface StatementList {
  readonly items: readonly StatementSummary[];
  readonly next: string | null;
}

/** GET …/income/statements/:id · …/income/quarters/:quarter (the newest published version) */
export interface StatementView extends StatementSummary {
  readonly sums: StatementSums;
  readonly bankBalanceFen: Fen | null;
  readonly reconciling: readonly ReconcilingItem[];
  readonly accountHolder: string;
  readonly lines: readonly StatementLineView[];
  readonly incomeByCategory: readonly CategorySum[];
  readonly spendByCategory: readonly CategorySum[];
  readonly preparedBy: string;
  readonly reviewedBy: string | null;
  readonly witness: string | null;
  readonly amends: string | null;
  readonly versions: readonly StatementSummary[];
  readonly prevHash: string | null;
  readonly hash: string | null;
}
export type StatementLineView = StatementLine & {
  readonly index: number;
  readonly categoryLabel: string;
  readonly decision: OwnersDecision | null;
  readonly vouchers: readonly FileRef[];
};
/** GET …/income/statements/:id/diff: beside the version that it corrects. */
export interface StatementDiffView {
  readonly before: StatementSummary;
  readonly after: StatementSummary;
  readonly reason: string;
  readonly diff: StatementDiff;
}

// --- the treasurer's side 本季收支 -------------------------------------------------------------------------------------

/** POST …/income/sheet-checks?quarter= (multipart): what the sheet says; nothing is stored. */
export interface IncomeSheetCheck {
  readonly draft: StatementDraft | null;
  readonly rows: number;
  readonly faults: readonly SheetFault[];
  readonly ignored: readonly SheetIgnored[];
  /** Lines that are as the books have them already, in the place of the sheet's or added to it. */
  readonly fromBooks: number;
}
/** POST …/income/statements (Idempotency-Key) · PUT …/income/statements/:id with `revision` of the draft seen. */
export interface SaveStatementRequest {
  readonly quarter: Quarter;
  readonly openingFen: Fen;
  readonly lines: readonly StatementLine[];
  readonly closingFen: Fen;
  readonly bankBalanceFen: Fen | null;
  readonly reconciling: readonly ReconcilingItem[];
  readonly accountHolder: string;
  /** 0 for a new draft; a draft that somebody else has changed is refused (INCOME.CHANGED_SINCE). */
  readonly revision: number;
}
/** GET …/income/drafts: what is being worked on, and what is owed. */
export interface IncomeDesk {
  readonly items: readonly DraftSummary[];
  readonly owed: readonly OwedQuarter[];
  readonly mismatched: readonly Quarter[];
  /** Published quarters that say something else than the books by now: a correction is due. */
  readonly behind: readonly Quarter[];
  readonly published: readonly StatementSummary[];
}
export interface DraftSummary extends StatementSummary {
  readonly preparedBy: string;
  readonly updatedAt: number;
  /** Whether the caller is the second person that it waits for, or the community that has not seen it yet. */
  readonly awaitsMe: boolean;
  readonly witness: string | null;
}
/** GET …/income/drafts/:id: the draft with everything that still stands against publishing it. */
export interface StatementDraftView extends StatementView {
  readonly revision: number;
  readonly faults: readonly StatementFault[];
  /** What whoever publishes has to look at; nothing that stands against it. */
  readonly warnings: readonly StatementFault[];
  readonly submittedBy: string | null;
  readonly returnedReason: string | null;
  /** Who publishes it once it is submitted. */
  readonly publishedBy: PublishingBody;
  /** The steps open to the caller now. */
  readonly steps: readonly StatementEvent[];
}
/**
 * POST …/income/statements/:id/submit · …/publish · …/witness: names the revision that was read. 社区 reads what is
 * submitted under …/drafts and says that it has seen the books; whoever changes them takes that away.
 */
export interface StatementStepRequest {
  readonly revision: number;
}
/** POST …/income/statements/:id/return */
export interface ReturnStatementRequest {
  readonly reason: string;
}
/** POST …/income/statements/:id/amendments (Idempotency-Key): a draft of the next version. */
export interface AmendStatementRequest {
  readonly reason: string;
}

// --- contracts from before the assembly 前期合同: GET · POST …/income/contracts (Idempotency-Key) -------------------------

/** A contract that lines cite without a decision, because it is older than the owners' assembly. */
export interface RegisterContractRequest {
  readonly contractNo: string;
  readonly counterparty: string;
  /** What is let or run, and where. */
  readonly subject: string;
  readonly signedOn: CalendarDate;
  /** The scan of the contract; required. */
  readonly scanFileId: string;
}
export interface ContractView {
  readonly id: string;
  readonly contractNo: string;
  readonly counterparty: string;
  readonly subject: string;
  readonly signedOn: CalendarDate;
  readonly scan: FileRef | null;
}
export interface ContractList {
  readonly items: readonly ContractView[];
  readonly next: string | null;
}
