import { type BillingTerms, FEE_UNITS, type FeeItem, type ScheduleChange } from '@linli/shared/fees';
import { addMonths, formatMonth, monthOf, rateText, shanghaiDate } from '@linli/shared/kernel';
import type { Option } from '@/components';

/** From `before` months ago to `after` months from now, the newest first. */
export function monthOptions(now: number, before: number, after: number): Option<string>[] {
  const thisMonth = monthOf(shanghaiDate(now));
  return Array.from({ length: before + after + 1 }, (_, index) => {
    const value = addMonths(thisMonth, after - index);
    return { value, label: formatMonth(value) };
  });
}

export function changeText({ kind, before, after }: ScheduleChange): string {
  const item = after ?? before;
  if (item === null) return '';
  if (kind === 'ADDED') return `新增：${item.name} ${rateText(item.rateTenThousandthYuan)} 元`;
  if (kind === 'REMOVED' || before === null || after === null) return `不再收：${item.name}`;
  return before.rateTenThousandthYuan === after.rateTenThousandthYuan
    ? `改说明：${after.name}`
    : `调价：${after.name} ${rateText(before.rateTenThousandthYuan)} → ${rateText(after.rateTenThousandthYuan)} 元`;
}

/** What may be put on one household's bill once: published, and neither monthly nor shared out by meter. */
export function isOneOff({ unit }: Pick<FeeItem, 'unit'>): boolean {
  return !FEE_UNITS[unit].recurring && unit !== 'SQM_SHARED';
}

/** How the estate bills, as it is typed. */
export interface TermsForm {
  readonly dueDay: string;
  readonly graceDays: string;
  /** 万分之几 a day, as contracts write it. */
  readonly lateFee: string;
  readonly lateFeeBasis: string;
}

const PPM_PER_TEN_THOUSANDTH = 100;
const MOST_PPM = 10_000;
const MOST_GRACE_DAYS = 180;

export function termsForm(terms: BillingTerms): TermsForm {
  return {
    dueDay: String(terms.dueDay),
    graceDays: String(terms.graceDays),
    lateFee: String(terms.lateFeePpmPerDay / PPM_PER_TEN_THOUSANDTH),
    lateFeeBasis: terms.lateFeeBasis ?? '',
  };
}

export type TermsFault = Readonly<Partial<Record<'graceDays' | 'lateFee' | 'lateFeeBasis', string>>>;

/** The terms that were typed, or what is wrong with them. */
export function readTerms(
  form: TermsForm,
): { readonly terms: BillingTerms } | { readonly fault: TermsFault } {
  const graceDays = Number(form.graceDays);
  const tenThousandths = Number(form.lateFee);
  const ppm = Math.round(tenThousandths * PPM_PER_TEN_THOUSANDTH);
  const basis = form.lateFeeBasis.trim();
  if (
    form.graceDays.trim() === '' ||
    !Number.isInteger(graceDays) ||
    graceDays < 0 ||
    graceDays > MOST_GRACE_DAYS
  )
    return { fault: { graceDays: `请填 0 到 ${MOST_GRACE_DAYS} 之间的整天数` } };
  if (!/^\d{1,3}(\.\d{1,2})?$/.test(form.lateFee.trim()) || ppm > MOST_PPM)
    return { fault: { lateFee: '请填 0 到 100 之间的数，最多两位小数' } };
  if (ppm > 0 && basis.length < 2) return { fault: { lateFeeBasis: '收违约金要写明合同哪一条' } };
  return {
    terms: {
      dueDay: Number(form.dueDay),
      graceDays,
      lateFeePpmPerDay: ppm,
      lateFeeBasis: ppm === 0 ? null : basis,
    },
  };
}

/** 每月 25 日前缴，再宽限 10 天；过期每天按万分之五收违约金。 */
export function termsText({ dueDay, graceDays, lateFeePpmPerDay }: BillingTerms): string {
  const due = dueDay === 31 ? '当月最后一天前缴' : `当月 ${dueDay} 日前缴`;
  const grace = graceDays === 0 ? '' : `，再宽限 ${graceDays} 天`;
  const late =
    lateFeePpmPerDay === 0
      ? '过期不收违约金'
      : `过期每天按没缴部分的万分之 ${lateFeePpmPerDay / PPM_PER_TEN_THOUSANDTH} 收违约金`;
  return `${due}${grace}；${late}。`;
}
