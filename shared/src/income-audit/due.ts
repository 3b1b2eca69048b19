import type { PublishingBody } from '../income/index.ts';
import { addDays, type CalendarDate, daysBetween } from '../kernel/index.ts';
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

/** The owners' own decision that there is an audit every year. */
export interface AuditCommitment {
  readonly sinceYear: number;
  readonly decisionNumber: string;
  readonly decidedOn: CalendarDate;
}

/** The region asks for it from the books' first year on; elsewhere the owners may have decided on it, also for before. */
export function auditDuty(
  { auditYearly }: Pick<AuditRules, 'auditYearly'>,
  booksSinceYear: number,
  commitment: AuditCommitment | null,
): AuditDuty | null {
  if (commitment !== null && (!auditYearly || commitment.sinceYear < booksSinceYear))
    return { by: 'DECISION', ...commitment };
  return auditYearly ? { by: 'REGION', sinceYear: booksSinceYear } : null;
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
  duty: AuditDuty | null,
  today: CalendarDate,
  rules: Pick<AuditRules, 'auditWithinDays'>,
  publishedBy: PublishingBody,
): OwedAudit[] {
  const owed: OwedAudit[] = [];
  if (duty === null) return owed;
  const thisYear = Number(today.slice(0, 4));
  for (let year = duty.sinceYear; year < thisYear; year += 1) {
    if (published.includes(year)) continue;
    const dueOn = auditDueOn(year, duty, rules);
    owed.push({ year, dueOn, overdueDays: overdueDays(dueOn, today), owedBy: publishedBy });
  }
  return owed;
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
