import { type SpendableDecision, tidyDecisionNumber } from '../assembly/index.ts';
import type { CalendarDate, Fen } from '../kernel/index.ts';
import type { IncomeRules } from './rules.ts';
import { type BasisFault, basisFaults } from './spend-basis.ts';
import { spendYearOf } from './spend-year.ts';
import type { IncomeLine, SpendLine } from './statement.ts';

/** A decision of the owners 决议, made in the app or registered from before the estate joined. */
export interface OwnersDecision {
  /** 业主大会2024-1-3: as contracts and spreadsheets cite it. */
  readonly number: string;
  /** 普通事项 / 特别事项. */
  readonly cls: 'ORDINARY' | 'SPECIAL';
  readonly passed: boolean;
  /** The day of the decision. */
  readonly decidedOn: CalendarDate;
}

/** A decision that lines cite, with what may be spent under it and what was. */
export interface CitedDecision extends OwnersDecision {
  readonly spendable: SpendableDecision;
}

/** What the estate knows that lines are checked against. */
export interface DecisionContext {
  readonly decisions: readonly CitedDecision[];
  /** Spending from this amount on needs a decision; null, unset, means all of it does. */
  readonly spendThresholdFen: Fen | null;
  /** When the owners' assembly was founded; null where there is none yet. */
  readonly assemblyFoundedOn: CalendarDate | null;
  /** Contracts by number with the day of signing, to know 前期合同. */
  readonly contractsSignedOn: ReadonlyMap<string, CalendarDate>;
  readonly rules: Pick<IncomeRules, 'spendYearStartsMonth'>;
}

/** How a line finds the decision that it cites. */
export interface LineCharge {
  /** Null where it cites none, or one that nobody registered. */
  readonly decision: SpendableDecision | null;
  /** It stands in the books already, and with it on the decision. */
  readonly isCharged: boolean;
}
export const UNCHARGED: LineCharge = { decision: null, isCharged: false };

/** Why a line's decision does not carry it; null where it does, or where none is needed. */
export type DecisionGap =
  | 'INCOME.VOTE_REQUIRED'
  | 'INCOME.DECISION_UNKNOWN'
  | 'INCOME.DECISION_NOT_PASSED'
  | 'INCOME.DECISION_TOO_LATE'
  | 'INCOME.DECISION_EXPIRED'
  | 'INCOME.DECISION_OTHER_PURPOSE'
  | 'INCOME.DECISION_NO_AMOUNT'
  | 'INCOME.DECISION_NOT_ENOUGH'
  | 'INCOME.BUDGET_OTHER_YEAR'
  | 'INCOME.BUDGET_SMALL_ONLY'
  | 'INCOME.BUSINESS_NOT_AUTHORISED'
  | 'INCOME.DECISION_NOT_SPECIAL';

const SPEND_GAPS = {
  VOTE_REQUIRED: 'INCOME.VOTE_REQUIRED',
  NOT_PASSED: 'INCOME.DECISION_NOT_PASSED',
  DECIDED_LATER: 'INCOME.DECISION_TOO_LATE',
  EXPIRED: 'INCOME.DECISION_EXPIRED',
  OTHER_YEAR: 'INCOME.BUDGET_OTHER_YEAR',
  OTHER_PURPOSE: 'INCOME.DECISION_OTHER_PURPOSE',
  NO_AMOUNT: 'INCOME.DECISION_NO_AMOUNT',
  NOT_ENOUGH: 'INCOME.DECISION_NOT_ENOUGH',
  BUDGET_SMALL_ONLY: 'INCOME.BUDGET_SMALL_ONLY',
} as const satisfies Readonly<Record<BasisFault, DecisionGap>>;

/** What a spend that is charged already is asked again: the rest was asked of it when it was charged. */
const ASKED_AGAIN: readonly BasisFault[] = ['VOTE_REQUIRED', 'NOT_PASSED', 'DECIDED_LATER'];

/** The same rule as for a payment of the joint account, in the words of a statement. */
export function spendGap(
  { category, amountFen, date, decisionNo }: SpendLine,
  { decision, isCharged }: LineCharge,
  { spendThresholdFen: thresholdFen, rules }: DecisionContext,
): DecisionGap | null {
  if (decisionNo !== null && decision === null) return 'INCOME.DECISION_UNKNOWN';
  const budgetYear = spendYearOf(date, rules);
  const faults = basisFaults({ category, amountFen, on: date, budgetYear, thresholdFen }, decision);
  const fault = faults.find((each) => !isCharged || ASKED_AGAIN.includes(each));
  return fault === undefined ? null : SPEND_GAPS[fault];
}

/**
 * Business on common parts needs a SPECIAL decision (民法典 278(8)), or a contract older than the assembly 前期合同.
 * Interest, compensation and the like are no business.
 */
export function businessGap(
  line: IncomeLine,
  business: boolean,
  context: DecisionContext,
): DecisionGap | null {
  if (line.decisionNo === null) {
    return !business || isEarlierContract(line.contractNo, context) ? null : 'INCOME.BUSINESS_NOT_AUTHORISED';
  }
  const gap = citedGap(line.decisionNo, line.date, context);
  if (gap !== null || !business) return gap;
  return findDecision(line.decisionNo, context)?.cls === 'SPECIAL' ? null : 'INCOME.DECISION_NOT_SPECIAL';
}

/** The same decision is written 业主大会2024-1-3 and 业主大会 2024－1－3. */
export function findDecision(
  number: string,
  { decisions }: Pick<DecisionContext, 'decisions'>,
): CitedDecision | undefined {
  const tidy = tidyDecisionNumber(number);
  return decisions.find((decision) => tidyDecisionNumber(decision.number) === tidy);
}

function citedGap(number: string, date: CalendarDate, context: DecisionContext): DecisionGap | null {
  const decision = findDecision(number, context);
  if (decision === undefined) return 'INCOME.DECISION_UNKNOWN';
  if (!decision.passed) return 'INCOME.DECISION_NOT_PASSED';
  return decision.decidedOn > date ? 'INCOME.DECISION_TOO_LATE' : null;
}

function isEarlierContract(
  contractNo: string | null,
  { assemblyFoundedOn, contractsSignedOn }: DecisionContext,
): boolean {
  const signedOn = contractNo === null ? undefined : contractsSignedOn.get(contractNo);
  return signedOn !== undefined && (assemblyFoundedOn === null || signedOn < assemblyFoundedOn);
}
