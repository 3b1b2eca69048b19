import type { PublishingBody } from '../income/index.ts';
import { addDays, type CalendarDate, daysBetween, yearOf } from '../kernel/index.ts';
import { answererOf, type AuditParty, type ResponsibleBody, supervisorOf } from './parties.ts';
import type { AuditRules } from './rules.ts';
import type { FindingState } from './status.ts';

/** Days before a date on which those who owe something are reminded. */
export const REMIND_DAYS_BEFORE = 7;

/** Why an estate owes a yearly audit, and since when. */
export type AuditDuty =
  | { readonly by: 'REGION'; readonly sinceYear: number }
  | {
      readonly by: 'DECISION';
      readonly sinceYear: number;
      readonly decisionNumber: string;
      readonly decidedOn: CalendarDate;
    };

/** What the owners decided on a yearly audit, from a year on; a later decision takes the place of this one, or ends it. */
export interface AuditCommitment {
  readonly sinceYear: number;
  readonly decisionNumber: string;
  readonly decidedOn: CalendarDate;
  /** False where it ends what was decided before: from that year on none is owed. */
  readonly isOwed: boolean;
}

/**
 * Who asks for the audit of a year: the region, from the books' first year on; elsewhere the last that the owners decided
 * for that year, also for before.
 */
export function auditDuty(
  year: number,
  { auditYearly }: Pick<AuditRules, 'auditYearly'>,
  booksSinceYear: number,
  decided: readonly AuditCommitment[],
): AuditDuty | null {
  const standing = decided.filter(({ sinceYear }) => sinceYear <= year);
  const commitment = standing[standing.length - 1];
  if (commitment?.isOwed === true && (!auditYearly || commitment.sinceYear < booksSinceYear)) {
    const { sinceYear, decisionNumber, decidedOn } = commitment;
    return { by: 'DECISION', sinceYear, decisionNumber, decidedOn };
  }
  return auditYearly && year >= booksSinceYear ? { by: 'REGION', sinceYear: booksSinceYear } : null;
}

/** A year that is over, and by whose word it is audited. */
export interface DutyYear {
  readonly year: number;
  readonly duty: AuditDuty;
}

/** The oldest first. */
export function auditYears(
  today: CalendarDate,
  rules: Pick<AuditRules, 'auditYearly'>,
  booksSinceYear: number,
  decided: readonly AuditCommitment[],
): DutyYear[] {
  const years: DutyYear[] = [];
  const first = Math.min(booksSinceYear, ...decided.map(({ sinceYear }) => sinceYear));
  for (let year = first; year < yearOf(today); year += 1) {
    const duty = auditDuty(year, rules, booksSinceYear, decided);
    if (duty !== null) years.push({ year, duty });
  }
  return years;
}

export type CommitmentFault = 'NOT_COMMITTED' | 'DECISION_NOT_LATER' | 'NOTHING_TO_END' | 'PAST_STAYS_OWED';

/**
 * Why a decision does not take the place of what the owners decided before; null where it does. It cannot undo what was
 * owed when it was taken: a year that was over then is audited.
 */
export function commitmentFault(
  next: AuditCommitment,
  decided: readonly AuditCommitment[],
): CommitmentFault | null {
  const last = decided[decided.length - 1];
  if (last === undefined) return 'NOT_COMMITTED';
  if (next.decidedOn < last.decidedOn || decided.some((one) => one.decisionNumber === next.decisionNumber))
    return 'DECISION_NOT_LATER';
  if (next.isOwed) return null;
  if (!last.isOwed) return 'NOTHING_TO_END';
  return next.sinceYear < yearOf(next.decidedOn) ? 'PAST_STAYS_OWED' : null;
}

/** 业主大会决定（业主大会2026-1-3）从 2024 年度起每年审计一次 */
export function commitmentText({ decisionNumber, sinceYear, isOwed }: AuditCommitment): string {
  return `业主大会决定（${decisionNumber}）从 ${sinceYear} 年度起${isOwed ? '每年审计一次' : '不再每年审计'}`;
}

/** The last day on which a year's report is in time: counted from the year's end, or from the decision if that is later. */
export function auditDueOn(
  year: number,
  duty: AuditDuty,
  { auditWithinDays }: Pick<AuditRules, 'auditWithinDays'>,
): CalendarDate {
  const ended = `${year}-12-31`;
  const from = duty.by === 'DECISION' && duty.decidedOn > ended ? duty.decidedOn : ended;
  return addDays(from, auditWithinDays);
}

/** A year that is over and has no published report. */
export interface OwedAudit {
  readonly year: number;
  readonly dueOn: CalendarDate;
  /** 0 while there is still time. */
  readonly overdueDays: number;
  readonly owedBy: PublishingBody;
}

/** The oldest first. */
export function owedAudits(
  published: readonly number[],
  years: readonly DutyYear[],
  today: CalendarDate,
  rules: Pick<AuditRules, 'auditWithinDays'>,
  publishedBy: PublishingBody,
): OwedAudit[] {
  return years
    .filter(({ year }) => !published.includes(year))
    .map(({ year, duty }) => {
      const dueOn = auditDueOn(year, duty, rules);
      return { year, dueOn, overdueDays: overdueDays(dueOn, today), owedBy: publishedBy };
    });
}

/** 公告期: null where the region sets none. */
export function postedUntil(
  publishedOn: CalendarDate,
  { auditPostDays }: Pick<AuditRules, 'auditPostDays'>,
): CalendarDate | null {
  return auditPostDays === 0 ? null : addDays(publishedOn, auditPostDays);
}

/** The latest day that a finding's answer may be asked for, when the report is published today. */
export function latestAnswerOn(
  publishedOn: CalendarDate,
  { auditAnswerDays }: Pick<AuditRules, 'auditAnswerDays'>,
): CalendarDate {
  return addDays(publishedOn, auditAnswerDays);
}

/** By when the next step is due, once a finding has come to `state` today; null where nothing is left to do. */
export function nextStepDueOn(
  state: Exclude<FindingState, 'OPEN'>,
  today: CalendarDate,
  { auditReviewDays }: Pick<AuditRules, 'auditReviewDays'>,
): CalendarDate | null {
  return state === 'ACCEPTED' ? null : addDays(today, auditReviewDays);
}

/** What is owed on a finding now 谁欠着. */
export interface FindingDuty {
  readonly by: AuditParty;
  readonly dueOn: CalendarDate;
  readonly overdueDays: number;
}

export interface FindingStanding {
  readonly state: FindingState;
  readonly responsible: ResponsibleBody;
  /** Null once it is accepted. */
  readonly stepDueOn: CalendarDate | null;
  /** The body whose answer waits. */
  readonly answeredAs: AuditParty | null;
}

export function findingDuty(
  { state, responsible, stepDueOn, answeredAs }: FindingStanding,
  publishedBy: PublishingBody,
  today: CalendarDate,
): FindingDuty | null {
  if (stepDueOn === null) return null;
  const answerer = answererOf(responsible, publishedBy);
  const by = state === 'ANSWERED' ? supervisorOf(answeredAs ?? answerer) : answerer;
  return { by, dueOn: stepDueOn, overdueDays: overdueDays(stepDueOn, today) };
}

/** Before a date those who owe are reminded, and on the day after it; then the page says it every day. */
export function firstReminderOn(dueOn: CalendarDate, today: CalendarDate): CalendarDate {
  const before = addDays(dueOn, -REMIND_DAYS_BEFORE);
  // What is due sooner than that was said when it was asked for.
  return before > today ? before : addDays(dueOn, 1);
}

export function nextReminderOn(dueOn: CalendarDate, today: CalendarDate): CalendarDate | null {
  return today > dueOn ? null : addDays(dueOn, 1);
}

function overdueDays(dueOn: CalendarDate, today: CalendarDate): number {
  return Math.max(0, daysBetween(dueOn, today));
}
