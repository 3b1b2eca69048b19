import { type CalendarDate, addDays, daysBetween, formatFullDate } from '../kernel/index.ts';

/** How long before the vote all owners must know of it (物业管理条例 14: 15 days). Region data. */
export interface NoticeRules {
  readonly noticeDays: number;
  /**
   * Strict reading of 民法典 201: neither the day of the notice nor the day of the vote counts, so 15 clear days lie
   * between them. Otherwise the dates must be 15 calendar days apart.
   */
  readonly noticeClearDays: boolean;
}

export interface NoticeReport {
  readonly inTime: boolean;
  readonly daysGiven: number;
  readonly daysRequired: number;
  /** The first date on which voting may start with this notice. */
  readonly earliestStart: CalendarDate;
  readonly sentence: string;
}

export function checkNotice(
  noticedOn: CalendarDate,
  votingStartsOn: CalendarDate,
  rules: NoticeRules,
): NoticeReport {
  const daysRequired = rules.noticeDays + (rules.noticeClearDays ? 1 : 0);
  const daysGiven = daysBetween(noticedOn, votingStartsOn);
  const earliestStart = addDays(noticedOn, daysRequired);
  const inTime = daysGiven >= daysRequired;
  const rule = `通知后至少满 ${rules.noticeDays} 天才能开始投票`;
  return {
    inTime,
    daysGiven,
    daysRequired,
    earliestStart,
    sentence: inTime
      ? `${rule}，时间够了`
      : `${rule}：${formatFullDate(noticedOn)}通知，最早 ${formatFullDate(earliestStart)}开始`,
  };
}
