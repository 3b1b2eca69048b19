import {
  type AssemblyDraft,
  type AssemblyDraftRequest,
  checkAgenda,
  checkSchedule,
  type ConveningRules,
  type MotionDraftRequest,
  WHOLE_ESTATE,
} from '@linli/shared/assembly';
import type { FieldError } from '@linli/shared/errors';
import {
  addDays,
  DAY_MS,
  endOfDay,
  HOUR_MS,
  type Instant,
  parseYuan,
  shanghaiDate,
  timeOfDay,
} from '@linli/shared/kernel';

/** The stepper's form: what is sent, and what is typed where the two differ. */
export interface ConveneForm {
  readonly title: string;
  readonly summary: string;
  readonly motions: readonly MotionForm[];
  readonly materials: readonly { readonly id: string; readonly name: string }[];
  readonly opinionsUntil: string | null;
  readonly objectionsUntil: string | null;
  readonly opensOn: string | null;
  readonly closesOn: string | null;
  readonly informedOn: string | null;
}

export interface MotionForm extends Omit<MotionDraftRequest, 'amountLimitFen'> {
  readonly amount: string;
}

/** Voting opens at nine and closes at eight in the evening, when people are awake to see it. */
const OPENING_HOUR = 9;
const CLOSING_HOUR = 20;

export const NEW_MOTION: MotionForm = { matter: 9, title: '', text: '', scope: WHOLE_ESTATE, amount: '' };

export const NEW_FORM: ConveneForm = {
  title: '',
  summary: '',
  motions: [NEW_MOTION],
  materials: [],
  opinionsUntil: null,
  objectionsUntil: null,
  opensOn: null,
  closesOn: null,
  informedOn: null,
};

export function formOf(draft: AssemblyDraft): ConveneForm {
  const day = (instant: Instant | null) => (instant === null ? null : shanghaiDate(instant));
  return {
    title: draft.title,
    summary: draft.summary,
    motions: draft.motions.map(({ id, matter, title, text, scope, amountLimitFen }) => ({
      id,
      matter,
      title,
      text,
      scope,
      amount: amountLimitFen === null ? '' : String(amountLimitFen / 100),
    })),
    materials: draft.materials.map(({ fileId, name }) => ({ id: fileId, name })),
    opinionsUntil: day(draft.opinionsUntil),
    objectionsUntil: day(draft.objectionsUntil),
    opensOn: day(draft.opensAt),
    closesOn: day(draft.closesAt),
    informedOn: draft.residentsCommitteeInformedOn,
  };
}

export function requestOf(form: ConveneForm, version: number | undefined): AssemblyDraftRequest {
  const at = (date: string | null, hour: number) => (date === null ? null : timeOfDay(date, hour, 0));
  return {
    title: form.title,
    summary: form.summary,
    motions: form.motions.map(({ amount, ...motion }) => ({
      ...motion,
      amountLimitFen: amount.trim() === '' ? null : parseYuan(amount),
    })),
    materialFileIds: form.materials.map(({ id }) => id),
    opinionsUntil: form.opinionsUntil === null ? null : endOfDay(form.opinionsUntil),
    objectionsUntil: form.objectionsUntil === null ? null : endOfDay(form.objectionsUntil),
    opensAt: at(form.opensOn, OPENING_HOUR),
    closesAt: at(form.closesOn, CLOSING_HOUR),
    residentsCommitteeInformedOn: form.informedOn,
    ...(version === undefined ? {} : { version }),
  };
}

export const STEPS = ['议题', '材料和意见', '时间', '核对并通知'] as const;

/** What keeps the stepper at a step; the same rules that the server asks, so nothing surprises at the end. */
export function faultsOfStep(
  step: number,
  form: ConveneForm,
  rules: ConveningRules,
  now: Instant,
): FieldError[] {
  if (step === 0) {
    const bad = form.motions.flatMap(({ amount }, index) =>
      amount.trim() !== '' && (parseYuan(amount) ?? 0) <= 0
        ? [
            {
              path: `motions[${index}].amountLimitFen`,
              code: 'FIELD.FORMAT',
              message: '金额请填数字，例如 50000',
            },
          ]
        : [],
    );
    const { title, summary, motions } = requestOf(form, undefined);
    return [...checkAgenda({ title, summary, motions }), ...bad];
  }
  if (step === 2) {
    const { objectionsUntil, opensAt, closesAt } = requestOf(form, undefined);
    const missing = Object.entries({ objectionsUntil, opensAt, closesAt })
      .filter(([, value]) => value === null)
      .map(([path]) => ({ path, code: 'FIELD.REQUIRED', message: '请选择日期' }));
    if (objectionsUntil === null || opensAt === null || closesAt === null) return missing;
    const noticedOn = shanghaiDate(now);
    const plan = {
      ...requestOf(form, undefined),
      noticedOn,
      opinionsAskedOn: null,
      objectionsUntil,
      opensAt,
      closesAt,
    };
    return checkSchedule(plan, rules);
  }
  return [];
}

/** The earliest dates that the law allows if the notice goes out today. */
export function earliestPlan(form: ConveneForm, rules: ConveningRules, now: Instant): ConveneForm {
  const today = shanghaiDate(now);
  const opensOn = addDays(today, rules.noticeDays + (rules.noticeClearDays ? 1 : 0));
  const closes = timeOfDay(opensOn, CLOSING_HOUR, 0) + 7 * DAY_MS + HOUR_MS;
  return {
    ...form,
    objectionsUntil: addDays(today, rules.rollObjectionDays),
    opensOn,
    closesOn: shanghaiDate(closes),
  };
}
