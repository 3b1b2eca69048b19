import { type FieldError, fieldError } from '../errors/index.ts';
import {
  type CalendarDate,
  DAY_MS,
  HOUR_MS,
  type Instant,
  addDays,
  daysBetween,
  endOfDay,
  formatFullDate,
  shanghaiDate,
} from '../kernel/index.ts';
import type { MotionScope } from './electorate.ts';
import { ASSEMBLY_ERRORS } from './errors.ts';
import { ASSEMBLY_LIMITS } from './limits.ts';
import type { MatterNumber } from './matters.ts';
import { type NoticeRules, checkNotice } from './notice.ts';

/** What the region asks of a convener, beside the notice period. */
export interface ConveningRules extends NoticeRules {
  /** Days in which opinions must be heard before the notice; 0 where that is left to the convener. */
  readonly opinionDays: number;
  /** Days for which the frozen roll is posted and open to objections. */
  readonly rollObjectionDays: number;
}

export interface MotionDraft {
  readonly matter: MatterNumber;
  readonly title: string;
  readonly text: string;
  readonly scope: MotionScope;
}

/** A plan as the convener's stepper holds it. Dates that are not chosen yet are null. */
export interface AssemblyPlan {
  readonly title: string;
  readonly summary: string;
  readonly motions: readonly MotionDraft[];
  /** The day on which opinions were first asked for; null if not yet. */
  readonly opinionsAskedOn: CalendarDate | null;
  /** The day on which the notice goes out. */
  readonly noticedOn: CalendarDate;
  readonly objectionsUntil: Instant;
  readonly opensAt: Instant;
  readonly closesAt: Instant;
  /** 居委会 told on; null if not yet. */
  readonly residentsCommitteeInformedOn: CalendarDate | null;
}

/** Everything that still stands between a plan and its notice, each with its field and a sentence; empty means go. */
export function checkPlan(plan: AssemblyPlan, rules: ConveningRules): FieldError[] {
  return [...checkAgenda(plan), ...checkSchedule(plan, rules), ...checkDuties(plan, rules)];
}

/** Step one: what is decided. */
export function checkAgenda({
  title,
  summary,
  motions,
}: Pick<AssemblyPlan, 'title' | 'summary' | 'motions'>): FieldError[] {
  const limits = ASSEMBLY_LIMITS;
  const faults: FieldError[] = [];
  if (!fits(title, limits.titleLength)) {
    faults.push(fieldError(ASSEMBLY_ERRORS, 'title', 'CONVENE.TITLE', { params: limits.titleLength }));
  }
  if (!fits(summary, limits.summaryLength)) {
    faults.push(fieldError(ASSEMBLY_ERRORS, 'summary', 'CONVENE.SUMMARY', { params: limits.summaryLength }));
  }
  if (motions.length < limits.motions.min) {
    faults.push(fieldError(ASSEMBLY_ERRORS, 'motions', 'CONVENE.NO_MOTION'));
  }
  if (motions.length > limits.motions.max) {
    faults.push(
      fieldError(ASSEMBLY_ERRORS, 'motions', 'CONVENE.TOO_MANY_MOTIONS', {
        params: { max: limits.motions.max },
      }),
    );
  }
  return [...faults, ...motions.flatMap((motion, index) => checkMotion(motion, index, motions))];
}

function checkMotion(motion: MotionDraft, index: number, all: readonly MotionDraft[]): FieldError[] {
  const { motionTitleLength, motionTextLength } = ASSEMBLY_LIMITS;
  const path = `motions[${index}]`;
  const faults: FieldError[] = [];
  if (!fits(motion.title, motionTitleLength)) {
    faults.push(
      fieldError(ASSEMBLY_ERRORS, `${path}.title`, 'CONVENE.MOTION_TITLE', { params: motionTitleLength }),
    );
  }
  if (!fits(motion.text, motionTextLength)) {
    faults.push(
      fieldError(ASSEMBLY_ERRORS, `${path}.text`, 'CONVENE.MOTION_TEXT', { params: motionTextLength }),
    );
  }
  const sameTitle = all.findIndex(({ title }) => title.trim() !== '' && title.trim() === motion.title.trim());
  if (sameTitle !== -1 && sameTitle < index) {
    faults.push(fieldError(ASSEMBLY_ERRORS, `${path}.title`, 'CONVENE.MOTION_TWICE'));
  }
  if (isEmptyScope(motion.scope)) {
    faults.push(fieldError(ASSEMBLY_ERRORS, `${path}.scope`, 'CONVENE.SCOPE_EMPTY'));
  }
  return faults;
}

/** Step two: when. */
export function checkSchedule(plan: AssemblyPlan, rules: ConveningRules): FieldError[] {
  const { noticedOn, objectionsUntil, opensAt, closesAt } = plan;
  const { min, max } = ASSEMBLY_LIMITS.votingTimeMs;
  const faults: FieldError[] = [];

  const notice = checkNotice(noticedOn, shanghaiDate(opensAt), rules);
  if (!notice.inTime) {
    const params = { days: rules.noticeDays, earliest: formatFullDate(notice.earliestStart) };
    faults.push(fieldError(ASSEMBLY_ERRORS, 'opensAt', 'CONVENE.NOTICE_TOO_SHORT', { params }));
  }
  if (closesAt - opensAt < min) {
    const params = { hours: min / HOUR_MS };
    faults.push(fieldError(ASSEMBLY_ERRORS, 'closesAt', 'CONVENE.VOTING_TOO_SHORT', { params }));
  }
  if (closesAt - opensAt > max) {
    const params = { days: max / DAY_MS };
    faults.push(fieldError(ASSEMBLY_ERRORS, 'closesAt', 'CONVENE.VOTING_TOO_LONG', { params }));
  }
  if (objectionsUntil >= opensAt) {
    faults.push(fieldError(ASSEMBLY_ERRORS, 'objectionsUntil', 'CONVENE.OBJECTIONS_TOO_LATE'));
  }
  const objectionsEnd = addDays(noticedOn, rules.rollObjectionDays);
  if (objectionsUntil < endOfDay(objectionsEnd)) {
    const params = { days: rules.rollObjectionDays, earliest: formatFullDate(objectionsEnd) };
    faults.push(fieldError(ASSEMBLY_ERRORS, 'objectionsUntil', 'CONVENE.OBJECTIONS_TOO_SHORT', { params }));
  }
  return faults;
}

/** Step three: who had to be asked or told. */
export function checkDuties(plan: AssemblyPlan, rules: ConveningRules): FieldError[] {
  const faults: FieldError[] = [];
  const { opinionsAskedOn, noticedOn, residentsCommitteeInformedOn } = plan;
  const asked = opinionsAskedOn === null ? 0 : daysBetween(opinionsAskedOn, noticedOn);
  if (asked < rules.opinionDays) {
    const earliest = addDays(opinionsAskedOn ?? noticedOn, rules.opinionDays);
    const params = { days: rules.opinionDays, earliest: formatFullDate(earliest) };
    faults.push(fieldError(ASSEMBLY_ERRORS, 'noticedOn', 'CONVENE.OPINIONS_TOO_SHORT', { params }));
  }
  if (residentsCommitteeInformedOn === null || residentsCommitteeInformedOn > noticedOn) {
    faults.push(fieldError(ASSEMBLY_ERRORS, 'residentsCommitteeInformedOn', 'CONVENE.RESIDENTS_COMMITTEE'));
  }
  return faults;
}

function isEmptyScope(scope: MotionScope): boolean {
  if (scope.kind === 'ESTATE') return false;
  return (scope.kind === 'BUILDINGS' ? scope.buildings : scope.unitIds).length === 0;
}

function fits(text: string, { min, max }: { readonly min: number; readonly max: number }): boolean {
  const length = Array.from(text.trim()).length;
  return length >= min && length <= max;
}
