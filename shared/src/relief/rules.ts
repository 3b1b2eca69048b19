import { type CalendarDate, type Fen, addMonths, divideHalfUp, monthEnd, monthOf } from '../kernel/index.ts';
import type { ReliefErrorCode } from './errors.ts';
import { RELIEF_LIMITS } from './limits.ts';
import type { FunderKind, ReliefKind } from './status.ts';

/** A bill that relief is asked for. */
export interface ReliefBill {
  readonly billId: string;
  readonly dueOn: CalendarDate;
  readonly openFen: Fen;
}

export interface Funder {
  readonly kind: FunderKind;
  /** 奇台县民政局 */
  readonly name: string;
}

/** What the street grants: how much of what is open and who bears it, or until when. */
export interface ReliefTerms {
  readonly percent: number | null;
  readonly funder: Funder | null;
  readonly until: CalendarDate | null;
}

/** The people of one application: three different ones 三人分开. */
export interface ReliefPeople {
  readonly applicantId: string;
  readonly communityId: string | null;
}

/** Why this person may not judge the application; null where they may. */
export function judgeFault(
  people: ReliefPeople,
  judge: { readonly personId: string; readonly ofTheHousehold: boolean },
): ReliefErrorCode | null {
  if (judge.ofTheHousehold) return 'RELIEF.OWN_HOME';
  const involved = [people.applicantId, people.communityId];
  return involved.includes(judge.personId) ? 'RELIEF.SAME_PERSON' : null;
}

/** Why these terms cannot be granted; null where they can. A reduction without a funder cannot. */
export function termsFault(
  kind: ReliefKind,
  { percent, funder, until }: ReliefTerms,
  bills: readonly ReliefBill[],
  today: CalendarDate,
): ReliefErrorCode | null {
  if (kind === 'DEFERRAL') return until === null ? 'RELIEF.UNTIL' : untilFault(until, bills, today);
  if (percent === null || !Number.isInteger(percent) || percent < 1 || percent > 100) return 'RELIEF.PERCENT';
  return funder === null || funder.name.trim() === '' ? 'RELIEF.FUNDER' : null;
}

/** A deferral moves every bill on, and not for ever. */
export function untilFault(
  until: CalendarDate,
  bills: readonly Pick<ReliefBill, 'dueOn'>[],
  today: CalendarDate,
): ReliefErrorCode | null {
  const moves = until > today && bills.every(({ dueOn }) => until > dueOn);
  return moves && until <= latestUntil(today) ? null : 'RELIEF.UNTIL';
}

/** The last day that a deferral granted today may reach. */
export function latestUntil(today: CalendarDate): CalendarDate {
  const month = addMonths(monthOf(today), RELIEF_LIMITS.deferralMonthsMax);
  const sameDay = `${month}${today.slice(7)}`;
  return sameDay < monthEnd(month) ? sameDay : monthEnd(month);
}

/** What is granted of each bill: so much of what is open now, half up to the fen. */
export function grantedParts(
  bills: readonly ReliefBill[],
  percent: number,
): { readonly billId: string; readonly amountFen: Fen }[] {
  return bills.map(({ billId, openFen }) => ({ billId, amountFen: divideHalfUp(openFen * percent, 100) }));
}

/** What is credited: never more than is still open. What the household paid in the meantime stays paid. */
export function creditedFen(grantedFen: Fen, openFen: Fen): Fen {
  return Math.max(0, Math.min(grantedFen, openFen));
}

/** Whether somebody pays in the household's place; otherwise the company goes without. */
export function isFunded(kind: FunderKind): boolean {
  return kind !== 'COMPANY';
}
