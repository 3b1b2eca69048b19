import type { CalendarDate, Fen, Instant, Quarter } from '../kernel/index.ts';
import type { IncomeCategory, SpendCategory } from './categories.ts';

/** What of public income comes and goes by WeChat 微信收款: charges that homes pay, what is given back, and its fee. */
export const COLLECTED_KINDS = ['PAYMENTS', 'REFUNDS', 'FEES'] as const;
export type CollectedKind = (typeof COLLECTED_KINDS)[number];

/** Marks a line that is made of entries which stand in the ledger already: it books nothing, and nobody edits it. */
export interface Collected {
  readonly kind: CollectedKind;
  /** The charge item by its code in the fee schedule; '' for the gateway's fee. */
  readonly itemCode: string;
  /** How many payments, refunds or settlements stand behind it. */
  readonly count: number;
}

/** One line of income 收入. What was earned is gross; what remains for the owners is net. */
export interface IncomeLine {
  readonly dir: 'INCOME';
  readonly category: IncomeCategory;
  readonly date: CalendarDate;
  readonly counterparty: string;
  readonly contractNo: string | null;
  readonly grossFen: Fen;
  /** 合理经营成本; the company proves it by contract and voucher. */
  readonly costFen: Fen;
  readonly netFen: Fen;
  /** 凭证号 in the books, and the scans that are attached. */
  readonly voucherNo: string | null;
  readonly voucherIds: readonly string[];
  /** The decision that allows the business; a number as people cite it. */
  readonly decisionNo: string | null;
  /** Only where the cost is above the gross: why. */
  readonly justification: string | null;
  readonly note: string;
  readonly collected?: Collected;
}

/** One line of spending 支出. */
export interface SpendLine {
  readonly dir: 'SPEND';
  readonly category: SpendCategory;
  readonly date: CalendarDate;
  readonly counterparty: string;
  readonly contractNo: string | null;
  readonly amountFen: Fen;
  readonly voucherNo: string | null;
  readonly voucherIds: readonly string[];
  readonly decisionNo: string | null;
  readonly note: string;
  readonly collected?: Collected;
}

export type StatementLine = IncomeLine | SpendLine;

/** An item between the books and the bank 未达账项. */
export interface ReconcilingItem {
  readonly description: string;
  /** Added to the bank's balance; negative where the bank is ahead. */
  readonly amountFen: Fen;
}

/** What a quarter's statement 公共收益季报 says, before anyone has published it. */
export interface StatementContent {
  readonly quarter: Quarter;
  readonly openingFen: Fen;
  readonly lines: readonly StatementLine[];
  readonly closingFen: Fen;
  /** 银行账户余额 at the quarter's end; null until somebody has looked. */
  readonly bankBalanceFen: Fen | null;
  readonly reconciling: readonly ReconcilingItem[];
  /** 账户持有人: the committee or the company, never a person. */
  readonly accountHolder: string;
}

/** A statement with its place among the versions. Published, nothing of it ever changes. */
export interface Statement extends StatementContent {
  readonly id: string;
  readonly version: number;
  readonly state: StatementState;
  /** The version that this one corrects 更正, and why. */
  readonly amends: string | null;
  readonly reason: string;
  readonly preparedBy: string;
  readonly submittedAt: Instant | null;
  readonly reviewedBy: string | null;
  /** 社区见证人: said by the community itself while the statement waits for its second person; null where it did not. */
  readonly witness: string | null;
  readonly publishedAt: Instant | null;
  readonly prevHash: string | null;
  readonly hash: string | null;
}

export const STATEMENT_STATES = [
  'DRAFT',
  'SUBMITTED',
  'RETURNED',
  'PUBLISHED',
  'SUPERSEDED',
  'DISCARDED',
] as const;
export type StatementState = (typeof STATEMENT_STATES)[number];

export interface StatementSums {
  readonly grossFen: Fen;
  readonly costFen: Fen;
  readonly incomeNetFen: Fen;
  readonly spendFen: Fen;
  readonly fundTopupFen: Fen;
  /** Opening and lines together: what the closing balance has to be. */
  readonly closingFen: Fen;
}

export function sumStatement({
  openingFen,
  lines,
}: Pick<StatementContent, 'openingFen' | 'lines'>): StatementSums {
  const income = lines.filter((line) => line.dir === 'INCOME');
  const spend = lines.filter((line) => line.dir === 'SPEND');
  const incomeNetFen = sum(income.map(({ netFen }) => netFen));
  const spendFen = sum(spend.map(({ amountFen }) => amountFen));
  return {
    grossFen: sum(income.map(({ grossFen }) => grossFen)),
    costFen: sum(income.map(({ costFen }) => costFen)),
    incomeNetFen,
    spendFen,
    fundTopupFen: sum(
      spend.filter(({ category }) => category === 'FUND_TOPUP').map(({ amountFen }) => amountFen),
    ),
    closingFen: openingFen + incomeNetFen - spendFen,
  };
}

function sum(amounts: readonly Fen[]): Fen {
  return amounts.reduce((total, amount) => total + amount, 0);
}
