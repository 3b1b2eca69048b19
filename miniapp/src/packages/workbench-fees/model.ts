import type { ScheduleChange } from '@linli/shared/fees';
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
