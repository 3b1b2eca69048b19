import type { CalendarDate, Fen } from '../kernel/index.ts';
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

/** What the estate knows that lines are checked against. */
export interface DecisionContext {
  readonly decisions: readonly OwnersDecision[];
  /** Spending from this amount on needs a decision; null, unset, means all of it does. */
  readonly spendThresholdFen: Fen | null;
  /** When the owners' assembly was founded; null where there is none yet. */
  readonly assemblyFoundedOn: CalendarDate | null;
  /** Contracts by number with the day of signing, to know 前期合同. */
  readonly contractsSignedOn: ReadonlyMap<string, CalendarDate>;
}

/** Why a line's decision does not carry it; null where it does, or where none is needed. */
export type DecisionGap =
  | 'INCOME.VOTE_REQUIRED'
  | 'INCOME.DECISION_UNKNOWN'
  | 'INCOME.DECISION_NOT_PASSED'
  | 'INCOME.DECISION_TOO_LATE'
  | 'INCOME.BUSINESS_NOT_AUTHORISED'
  | 'INCOME.DECISION_NOT_SPECIAL';

/** Whether spending this much needs a decision of the owners. */
export function needsDecision(amountFen: Fen, spendThresholdFen: Fen | null): boolean {
  return amountFen > 0 && (spendThresholdFen === null || amountFen >= spendThresholdFen);
}

/**
 * Spending from the threshold on needs a passed decision dated before the payment, on the same day at the latest. A
 * decision that is cited without need is checked as well.
 */
export function spendGap(
  { amountFen, date, decisionNo }: SpendLine,
  context: DecisionContext,
): DecisionGap | null {
  if (decisionNo === null) {
    return needsDecision(amountFen, context.spendThresholdFen) ? 'INCOME.VOTE_REQUIRED' : null;
  }
  return citedGap(decisionNo, date, context);
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
export function findDecision(number: string, { decisions }: DecisionContext): OwnersDecision | undefined {
  return decisions.find((decision) => plain(decision.number) === plain(number));
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

function plain(number: string): string {
  return number.replace(/\s/g, '').replace(/[－—–]/g, '-');
}
