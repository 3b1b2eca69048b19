import {
  type CalendarDate,
  type Fen,
  type StateMachine,
  addDays,
  daysBetween,
  defineStateMachine,
} from '../kernel/index.ts';
import type { FEE_ERRORS } from './errors.ts';
import type { WrittenNotice } from './written-notice.ts';

// 依法催缴: reminder → 书面催告 → 业委会督促 → 调解 → 诉讼 (民法典 944, 物业管理条例 64). There is no other step: nothing is
// cut off, nobody is locked out, no list is posted.

export const DUNNING_STEPS = ['REMINDER', 'NOTICE', 'COMMITTEE', 'MEDIATION', 'SUIT'] as const;
export type DunningStep = (typeof DUNNING_STEPS)[number];
export const DUNNING_LABELS: Readonly<Record<DunningStep, string>> = {
  REMINDER: '提醒',
  NOTICE: '书面催告',
  COMMITTEE: '业委会督促',
  MEDIATION: '调解',
  SUIT: '诉讼或仲裁',
};

export const DUNNING_LIMITS = {
  /** 合理期限: days that a household has at least to answer each step. */
  daysMin: { REMINDER: 7, NOTICE: 15, COMMITTEE: 7, MEDIATION: 15, SUIT: 0 },
  daysMax: 90,
  handledByMax: 60,
  noteMax: 200,
  /** A step is written down at most so many days after it was taken. */
  lateRecordDays: 30,
  /** Of fewer homes than this no sum is told: it would be somebody's. */
  fewHomes: 3,
} as const;

type DunningState = 'NONE' | DunningStep;
type DunningRequirement = 'OVERDUE' | 'PERIOD_OVER' | 'HANDLED_BY' | 'DELIVERED';

const AFTER = ['OVERDUE', 'PERIOD_OVER', 'HANDLED_BY'] as const;

/** Each step follows the one before it, after the time that the household was given; none is left out. */
export const DUNNING_MACHINE: StateMachine<DunningState, DunningStep, 'COMPANY', DunningRequirement, never> =
  defineStateMachine<DunningState, DunningStep, 'COMPANY', DunningRequirement>({
    name: 'dunning',
    initial: 'NONE',
    states: { NONE: {}, REMINDER: {}, NOTICE: {}, COMMITTEE: {}, MEDIATION: {}, SUIT: { final: true } },
    transitions: [
      {
        event: 'REMINDER',
        from: ['NONE'],
        to: 'REMINDER',
        by: ['COMPANY'],
        requires: ['OVERDUE', 'HANDLED_BY'],
      },
      { event: 'NOTICE', from: ['REMINDER'], to: 'NOTICE', by: ['COMPANY'], requires: AFTER },
      {
        event: 'COMMITTEE',
        from: ['NOTICE'],
        to: 'COMMITTEE',
        by: ['COMPANY'],
        requires: [...AFTER, 'DELIVERED'],
      },
      { event: 'MEDIATION', from: ['COMMITTEE'], to: 'MEDIATION', by: ['COMPANY'], requires: AFTER },
      { event: 'SUIT', from: ['MEDIATION'], to: 'SUIT', by: ['COMPANY'], requires: AFTER },
    ],
  });

export type DunningErrorCode = Extract<keyof typeof FEE_ERRORS, `FEES.DUNNING_${string}`>;

/** A step as it was taken. */
export interface TakenStep {
  readonly step: DunningStep;
  readonly takenOn: CalendarDate;
  /** The last day of the household's time. */
  readonly respondBy: CalendarDate;
  /** The day a 书面催告 reached the household; null until it did. Other steps have no paper. */
  readonly deliveredOn?: CalendarDate | null;
}

export interface PlannedStep extends Omit<TakenStep, 'deliveredOn'> {
  readonly handledBy: string;
}

/** A paper that came late still leaves the household the whole of its time. */
export function lastDayToAnswer({ step, respondBy, deliveredOn }: TakenStep): CalendarDate {
  if (deliveredOn === undefined || deliveredOn === null) return respondBy;
  const whole = addDays(deliveredOn, DUNNING_LIMITS.daysMin[step]);
  return whole > respondBy ? whole : respondBy;
}

/** A 书面催告 that reached nobody is none: nothing follows it. */
const awaitsDelivery = ({ step, deliveredOn }: TakenStep) =>
  step === 'NOTICE' && (deliveredOn ?? null) === null;

/** The step that comes next and the first day it may be taken; null after the last. */
export function nextDunning(
  taken: readonly TakenStep[],
): Pick<NonNullable<DunningView['next']>, 'step' | 'notBefore' | 'awaitsDelivery'> | null {
  const last = taken[taken.length - 1];
  const step = DUNNING_STEPS[taken.length];
  if (step === undefined) return null;
  if (last === undefined) return { step, notBefore: null, awaitsDelivery: false };
  return { step, notBefore: addDays(lastDayToAnswer(last), 1), awaitsDelivery: awaitsDelivery(last) };
}

/** Why this step may not be taken now; null where it may. */
export function dunningFault(
  taken: readonly TakenStep[],
  planned: PlannedStep,
  { overdueFen, today }: { readonly overdueFen: Fen; readonly today: CalendarDate },
): DunningErrorCode | null {
  if (overdueFen <= 0) return 'FEES.DUNNING_NOTHING_DUE';
  const last = taken[taken.length - 1];
  const given = daysBetween(planned.takenOn, planned.respondBy);
  if (planned.takenOn > today || daysBetween(planned.takenOn, today) > DUNNING_LIMITS.lateRecordDays)
    return 'FEES.DUNNING_DAY';
  if (given < DUNNING_LIMITS.daysMin[planned.step] || given > DUNNING_LIMITS.daysMax)
    return 'FEES.DUNNING_PERIOD';
  const present: DunningRequirement[] = ['OVERDUE'];
  if (planned.handledBy.trim() !== '') present.push('HANDLED_BY');
  if (last !== undefined && planned.takenOn > lastDayToAnswer(last)) present.push('PERIOD_OVER');
  if (last !== undefined && !awaitsDelivery(last)) present.push('DELIVERED');
  const next = DUNNING_MACHINE.next(last?.step ?? 'NONE', planned.step, 'COMPANY', present);
  if (next.ok) return null;
  if (next.error.code !== 'STATE.INCOMPLETE') return 'FEES.DUNNING_ORDER';
  const { missing } = next.error;
  if (missing.includes('DELIVERED')) return 'FEES.DUNNING_UNDELIVERED';
  return missing.includes('PERIOD_OVER') ? 'FEES.DUNNING_TOO_SOON' : 'FEES.DUNNING_BY_WHOM';
}

// --- GET|POST …/fees/bills/:id/dunning (Idempotency-Key): the company's steps with the home of the bill ------------------

export interface DunningStepView extends TakenStep {
  readonly label: string;
  /** The paper of a 书面催告; null for the other steps. */
  readonly notice: WrittenNotice | null;
  readonly amountFen: Fen;
  readonly lateFeeFen: Fen;
  readonly handledBy: string;
  readonly note: string;
  /** Masked. */
  readonly recordedBy: string;
  readonly recordedAt: number;
}
export interface DunningView {
  readonly unitName: string;
  /** Overdue now, over all bills of the home in this book. */
  readonly overdueFen: Fen;
  readonly lateFeeFen: Fen;
  readonly oldestDueOn: CalendarDate | null;
  readonly steps: readonly DunningStepView[];
  /** Null where nothing is overdue, or the last step is taken. */
  readonly next: {
    readonly step: DunningStep;
    readonly label: string;
    readonly notBefore: CalendarDate | null;
    /** The 书面催告 before it has not reached the household. */
    readonly awaitsDelivery: boolean;
    readonly daysMin: number;
  } | null;
}
export interface TakeDunningStepRequest extends PlannedStep {
  readonly note: string;
}
