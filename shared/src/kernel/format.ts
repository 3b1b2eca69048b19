import {
  type CalendarDate,
  DAY_MS,
  HOUR_MS,
  type Instant,
  MINUTE_MS,
  type Month,
  type Quarter,
  dayOfWeek,
  daysBetween,
  shanghaiDate,
  startOfDay,
} from './calendar.ts';
import { assertInteger, divideFloor } from './integer.ts';

/** Texts that users read. Everything is computed: no locale data, the same on the server, on H5 and on weapp. */

const WEEKDAYS = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'] as const;
const QUARTERS = ['一', '二', '三', '四'] as const;

/** 11月21日 周六; with the year where it is not this one. */
export function formatDate(date: CalendarDate, now: Instant): string {
  return `${formatDay(date, now)} ${WEEKDAYS[dayOfWeek(date)]}`;
}

/** 11月21日; with the year where it is not this one. */
export function formatDay(date: CalendarDate, now: Instant): string {
  const sameYear = date.slice(0, 4) === shanghaiDate(now).slice(0, 4);
  return sameYear ? monthDay(date) : formatFullDate(date);
}

/** 2026年11月21日, for documents that are kept. */
export function formatFullDate(date: CalendarDate): string {
  return `${Number(date.slice(0, 4))}年${monthDay(date)}`;
}

/** 11月21日 周六 20:00; with the year where it is not this one. */
export function formatInstant(instant: Instant, now: Instant): string {
  return `${formatDate(shanghaiDate(instant), now)} ${formatTime(instant)}`;
}

/** 20:00. A deadline at the last millisecond of a day reads 24:00, which is how the law writes it. */
export function formatTime(instant: Instant): string {
  const inDay = instant - startOfDay(shanghaiDate(instant));
  if (inDay === DAY_MS - 1) return '24:00';
  const minutes = Math.floor(inDay / MINUTE_MS);
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** 2026年10月. */
export function formatMonth(month: Month): string {
  return `${month.slice(0, 4)}年${Number(month.slice(5))}月`;
}

/** 2026年第三季度. */
export function formatQuarter(quarter: Quarter): string {
  return `${quarter.slice(0, 4)}年第${QUARTERS[Number(quarter.slice(5)) - 1] ?? '?'}季度`;
}

/** 剩 3 天, on the last 24 hours 剩 5 小时, in the last hour 剩 12 分钟; 已截止 afterwards. Never says too much. */
export function formatTimeLeft(deadline: Instant, now: Instant): string {
  const left = deadline - now;
  if (left < 0) return '已截止';
  if (left >= DAY_MS) return `剩 ${Math.floor(left / DAY_MS)} 天`;
  if (left >= HOUR_MS) return `剩 ${Math.floor(left / HOUR_MS)} 小时`;
  return left >= MINUTE_MS ? `剩 ${Math.floor(left / MINUTE_MS)} 分钟` : '剩不到 1 分钟';
}

/** 逾期 12 天, under a day 逾期 5 小时; empty where the deadline has not passed. */
export function formatOverdue(deadline: Instant, now: Instant): string {
  const late = now - deadline;
  if (late <= 0) return '';
  if (late >= DAY_MS) return `逾期 ${Math.floor(late / DAY_MS)} 天`;
  return late >= HOUR_MS ? `逾期 ${Math.floor(late / HOUR_MS)} 小时` : '逾期不到 1 小时';
}

/** 刚刚, 5 分钟前, 3 小时前, 昨天, 4 天前; shown only beside the absolute time. */
export function formatAgo(instant: Instant, now: Instant): string {
  const days = daysBetween(shanghaiDate(instant), shanghaiDate(now));
  if (days === 1) return '昨天';
  if (days > 1) return `${days} 天前`;
  const passed = now - instant;
  if (passed >= HOUR_MS) return `${Math.floor(passed / HOUR_MS)} 小时前`;
  return passed >= MINUTE_MS ? `${Math.floor(passed / MINUTE_MS)} 分钟前` : '刚刚';
}

/**
 * n/d as a percentage cut off, never rounded up: 2/3 is 66.66%, so that a threshold which is missed never looks met.
 * An empty whole is 0.00%.
 */
export function formatPercent(n: number, d: number, decimals = 2): string {
  assertInteger(n, 'n');
  if (assertInteger(d, 'd') <= 0) return `${(0).toFixed(decimals)}%`;
  // Long division digit by digit: multiplying first would overflow for large areas.
  let rest = n % d;
  const nextDigit = () => {
    const tenfold = assertInteger(rest * 10, 'share');
    rest = tenfold % d;
    return divideFloor(tenfold, d);
  };
  const whole = divideFloor(n, d) * 100 + nextDigit() * 10 + nextDigit();
  const fraction = Array.from({ length: decimals }, nextDigit).join('');
  return fraction === '' ? `${whole}%` : `${whole}.${fraction}%`;
}

function monthDay(date: CalendarDate): string {
  return `${Number(date.slice(5, 7))}月${Number(date.slice(8, 10))}日`;
}
