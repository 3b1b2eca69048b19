import {
  type CalendarDate,
  DAY_MS,
  type Holidays,
  type Instant,
  lastDayOfPeriod,
  shanghaiDate,
} from '../kernel/index.ts';

/**
 * Extending a vote that lacks its quorum 延长投票: only where the region or the estate's own rules allow it, before the
 * deadline, for a reason, by the organiser and 街道 together. The old deadline stays on the page.
 */

export const EXTENSION_STATES = ['PROPOSED', 'APPROVED', 'REFUSED'] as const;
/** One that nobody decided on before the deadline has lapsed; it stays PROPOSED. */
export type ExtensionState = (typeof EXTENSION_STATES)[number];

export interface Extension {
  readonly id: string;
  /** The deadline that it replaces. */
  readonly from: Instant;
  readonly to: Instant;
  readonly reason: string;
  readonly state: ExtensionState;
  readonly proposedBy: string;
  readonly proposedAt: Instant;
  readonly decidedBy: string | null;
  readonly decidedAt: Instant | null;
  readonly refusal: string | null;
}

/** GET /api/estates/:estateId/assemblies/:id/extensions; `sentence` says what the place allows, also where nothing. */
export interface ExtensionsResponse {
  readonly maxDays: number;
  readonly sentence: string;
  /** As the notice had it. */
  readonly firstDeadline: Instant | null;
  /** The latest deadline that can still be asked for; null where none can. */
  readonly latest: Instant | null;
  readonly canPropose: boolean;
  readonly canDecide: boolean;
  readonly items: readonly Extension[];
}

/** POST / (convener) */
export interface ProposeExtensionRequest {
  readonly to: Instant;
  readonly reason: string;
}

/** POST /:extensionId/decide (street), by another person than the one who proposed it. */
export interface DecideExtensionRequest {
  readonly approve: boolean;
  /** Needed to refuse. */
  readonly reason: string;
}

export type ExtensionFault =
  'NOT_HERE' | 'NOT_VOTING' | 'QUORUM_THERE' | 'TOO_LATE' | 'NOT_LATER' | 'TOO_LONG';

export interface ExtensionCase {
  readonly now: Instant;
  readonly voting: boolean;
  readonly closesAt: Instant;
  /** The deadline that the notice gave. */
  readonly firstDeadline: Instant;
  /** Of the estate, and of every motion that only a part of it decides. */
  readonly quorumReached: boolean;
}

/** Why this vote cannot be extended to that instant; null where it can. */
export function extensionFault(
  to: Instant,
  { now, voting, closesAt, firstDeadline, quorumReached }: ExtensionCase,
  maxDays: number,
): ExtensionFault | null {
  if (maxDays === 0) return 'NOT_HERE';
  if (now > closesAt) return 'TOO_LATE';
  if (!voting) return 'NOT_VOTING';
  if (quorumReached) return 'QUORUM_THERE';
  if (to <= closesAt) return 'NOT_LATER';
  return to > latestDeadline(firstDeadline, maxDays) ? 'TOO_LONG' : null;
}

/** All extensions together reach no further than so many days behind the deadline of the notice. */
export function latestDeadline(firstDeadline: Instant, maxDays: number): Instant {
  return firstDeadline + maxDays * DAY_MS;
}

export function extensionSentence(maxDays: number): string {
  return maxDays === 0
    ? '本地规则没有规定可以延长投票：到截止时间就计票，人数不够就不能形成决定'
    : `参与不足时，由召集人提出、街道同意，可以延长投票，合计不超过 ${maxDays} 天；原截止时间会一直显示`;
}

/**
 * 撤销权 (民法典 280; 法释〔2009〕7号 12): a court is asked within a year of knowing; who read the posting knows. The same
 * day of the next year, never later: nobody should wait for a holiday table that may change until then.
 */
export function revocableUntil(publishedAt: Instant): CalendarDate {
  const [year = '', month = '', day = ''] = shanghaiDate(publishedAt).split('-');
  const date = `${Number(year) + 1}-${month}-${day}`;
  // 29 February ends with the month.
  return month === '02' && day === '29' ? `${Number(year) + 1}-02-28` : date;
}

/** How the result is posted and who may say something against it. */
export interface ResultRules {
  /** The result must be posted within so many days of the decision. */
  readonly resultPostDays: number;
  /** And stay posted for so long; null where nothing is said. */
  readonly resultPostMinDays: number | null;
  /** What owners have to say against the result is taken for so many days. */
  readonly resultConsultDays: number;
}

export interface ResultDates {
  readonly publishedOn: CalendarDate;
  /** The law of the place wanted it posted by then. */
  readonly dueOn: CalendarDate;
  readonly postedUntil: CalendarDate;
  readonly objectionsUntil: CalendarDate;
  readonly revocableUntil: CalendarDate;
}

export function resultDates(
  closedAt: Instant,
  publishedAt: Instant,
  rules: ResultRules,
  holidays: Holidays,
): ResultDates {
  const publishedOn = shanghaiDate(publishedAt);
  const lastDay = (days: number) => lastDayOfPeriod(publishedOn, days, holidays);
  const objectionsUntil = lastDay(rules.resultConsultDays);
  const posted = lastDay(rules.resultPostMinDays ?? 0);
  return {
    publishedOn,
    dueOn: lastDayOfPeriod(shanghaiDate(closedAt), rules.resultPostDays, holidays),
    postedUntil: posted > objectionsUntil ? posted : objectionsUntil,
    objectionsUntil,
    revocableUntil: revocableUntil(publishedAt),
  };
}

/** Under /api/estates/:estateId/assemblies/:id/result-objections. */
export interface ResultObjection {
  readonly id: string;
  readonly text: string;
  readonly raisedAt: Instant;
  readonly isMine: boolean;
  readonly answer: string | null;
  readonly answeredBy: string | null;
  readonly answeredAt: Instant | null;
}

/** POST / (owners), with an Idempotency-Key. */
export interface ObjectToResultRequest {
  readonly text: string;
}

/** POST /:objectionId/answer (convener or street), not by who objected. */
export interface AnswerResultObjectionRequest {
  readonly answer: string;
}

export interface ResultObjections {
  readonly dates: ResultDates;
  /** In words, with the law. */
  readonly revocation: string;
  readonly canObject: boolean;
  readonly items: readonly ResultObjection[];
}
