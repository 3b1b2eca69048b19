import { SPEND_PURPOSE_CODES, type SpendableDecision } from '../../src/assembly/index.ts';
import type {
  CitedDecision,
  IncomeLine,
  SpendLine,
  StatementContent,
  StatementContext,
} from '../../src/income/index.ts';

/** Lines that are right in everything a test is not about. */
export const income = (netFen: number, change: Partial<IncomeLine> = {}): IncomeLine => ({
  dir: 'INCOME',
  category: 'INTEREST',
  date: '2026-07-31',
  counterparty: `付款单位${netFen}`,
  contractNo: 'HT-1',
  grossFen: netFen,
  costFen: 0,
  netFen,
  voucherNo: `V-${netFen}`,
  voucherIds: [],
  decisionNo: null,
  justification: null,
  note: '',
  ...change,
});

export const spend = (amountFen: number, change: Partial<SpendLine> = {}): SpendLine => ({
  dir: 'SPEND',
  category: 'REPAIR_COMMON',
  date: '2026-08-15',
  counterparty: `收款单位${amountFen}`,
  contractNo: null,
  amountFen,
  voucherNo: `V-${amountFen}`,
  voucherIds: [],
  decisionNo: null,
  note: '',
  ...change,
});

/** It carries every spend unless a test says otherwise. */
export const decision = (
  number: string,
  change: Partial<CitedDecision> = {},
  spendable: Partial<SpendableDecision> = {},
): CitedDecision => {
  const { cls = 'ORDINARY', passed = true, decidedOn = '2025-05-20' } = change;
  return {
    number,
    cls,
    passed,
    decidedOn,
    spendable: {
      id: number,
      number,
      title: '公共收益的支出',
      status: passed ? 'IN_FORCE' : 'PENDING',
      decidedOn,
      expiresOn: null,
      budgetYear: null,
      purposes: SPEND_PURPOSE_CODES,
      amountLimitFen: 1_000_000_000,
      spentFen: 0,
      ...spendable,
    },
  };
};

/** Spending never needs a decision here unless a test says so. */
export const context = (change: Partial<StatementContext> = {}): StatementContext => ({
  booked: [],
  collected: [],
  decisions: [],
  spendThresholdFen: Number.MAX_SAFE_INTEGER,
  assemblyFoundedOn: '2024-01-10',
  contractsSignedOn: new Map(),
  rules: { fundMinShare: null, mayOffsetFees: true, spendYearStartsMonth: 1 },
  previous: { quarter: '2026Q2', closingFen: 12_345_678 },
  ...change,
});

/** The base of the vectors PI1 – PI6. */
export const PI1: StatementContent = {
  quarter: '2026Q3',
  openingFen: 12_345_678,
  lines: [
    income(360_000),
    income(1_200_000),
    income(50_000),
    income(88_000),
    spend(300_000),
    spend(45_000),
    spend(120_000),
  ],
  closingFen: 13_578_678,
  bankBalanceFen: 13_578_678,
  reconciling: [],
  accountHolder: '康宁家园业主委员会',
};
