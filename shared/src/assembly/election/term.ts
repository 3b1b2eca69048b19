import {
  type CalendarDate,
  type Holidays,
  addDays,
  daysBetween,
  formatFullDate,
  lastDayOfPeriod,
  monthEnd,
  monthOf,
  addMonths,
} from '../../kernel/index.ts';
import type { CommitteeRules, LeadTime } from './committee-rules.ts';

const TERM_PHASES = ['RUNNING', 'RENEWAL_DUE', 'EXPIRED'] as const;
/** 任期内, 应当启动换届, 任期已满还没有新一届. */
export type TermPhase = (typeof TERM_PHASES)[number];

export interface TermClock {
  readonly phase: TermPhase;
  /** By when the renewal must have begun; null where the region says nothing. */
  readonly renewBy: CalendarDate | null;
  /** Days that the renewal or the new election is late; 0 while it is not. */
  readonly overdueDays: number;
  readonly sentence: string;
}

/** The clock to the next election. Once a general election has begun, nothing is late until the term is over. */
export function termClock(
  term: { readonly endsOn: CalendarDate; readonly renewalBegun: boolean },
  { renewalLead }: Pick<CommitteeRules, 'renewalLead'>,
  today: CalendarDate,
): TermClock {
  const { endsOn, renewalBegun } = term;
  const renewBy = renewalLead === null ? null : before(endsOn, renewalLead);
  const over = daysBetween(endsOn, today);
  if (over > 0)
    return {
      phase: 'EXPIRED',
      renewBy,
      overdueDays: over,
      sentence: `本届业委会任期 ${formatFullDate(endsOn)}已满，超过 ${over} 天还没有完成换届`,
    };
  const late = renewBy === null || renewalBegun ? 0 : daysBetween(renewBy, today);
  if (renewBy !== null && late >= 0 && !renewalBegun)
    return {
      phase: 'RENEWAL_DUE',
      renewBy,
      overdueDays: late,
      sentence: `任期到 ${formatFullDate(endsOn)}，${formatFullDate(renewBy)}起就该启动换届${late > 0 ? `，已逾期 ${late} 天` : ''}`,
    };
  const begun = renewalBegun ? '，换届已经启动' : '';
  const start = renewBy === null || renewalBegun ? '' : `，最迟 ${formatFullDate(renewBy)}启动换届`;
  return {
    phase: 'RUNNING',
    renewBy,
    overdueDays: 0,
    sentence: `任期到 ${formatFullDate(endsOn)}${begun}${start}`,
  };
}

/** So long before the date, or after it where the count is negative; a month that is too short gives its last day. */
export function before(date: CalendarDate, { count, unit }: LeadTime): CalendarDate {
  if (unit === 'DAY') return addDays(date, -count);
  const last = monthEnd(addMonths(monthOf(date), -count));
  const same = `${monthOf(last)}-${date.slice(8)}`;
  return same < last ? same : last;
}

/**
 * The last day of a term that begins on a day: so many whole years, so the day before the same day of that year. Where
 * the year has no such day, the month's last (民法典 202).
 */
export function termEnd(startsOn: CalendarDate, years: number): CalendarDate {
  const last = monthEnd(addMonths(monthOf(startsOn), years * 12));
  const same = `${monthOf(last)}-${startsOn.slice(8)}`;
  return same <= last ? addDays(same, -1) : last;
}

/** The regular meeting 定期会议 that is owed: by when, and that nobody has called one. Null while there is time. */
export function missedMeeting(
  { lastMetOn, termFrom }: { readonly lastMetOn: CalendarDate | null; readonly termFrom: CalendarDate },
  months: number | null,
  today: CalendarDate,
): { readonly dueOn: CalendarDate; readonly sentence: string } | null {
  if (months === null) return null;
  const since = lastMetOn !== null && lastMetOn > termFrom ? lastMetOn : termFrom;
  const dueOn = before(since, { count: -months, unit: 'MONTH' });
  if (today <= dueOn) return null;
  return {
    dueOn,
    sentence: `业主大会至少每 ${months} 个月开一次会，到 ${formatFullDate(dueOn)}还没有开，请业委会召集`,
  };
}

/** What an elected committee owes, and by when: 备案, first meeting, handover from the old one. */
export interface TermDuties {
  readonly fileBy: CalendarDate;
  readonly firstMeetingBy: CalendarDate;
  readonly handOverBy: CalendarDate;
}

export function termDuties(
  electedOn: CalendarDate,
  startsOn: CalendarDate,
  {
    firstMeetingDays,
    handoverDays,
    committeeDays,
  }: Pick<CommitteeRules, 'firstMeetingDays' | 'handoverDays'> & {
    /** 备案 within so many days (物业管理条例 16). */
    readonly committeeDays: number;
  },
  holidays: Holidays,
): TermDuties {
  const begins = startsOn > electedOn ? startsOn : electedOn;
  return {
    fileBy: lastDayOfPeriod(electedOn, committeeDays, holidays),
    firstMeetingBy: lastDayOfPeriod(electedOn, firstMeetingDays, holidays),
    handOverBy: lastDayOfPeriod(begins, handoverDays, holidays),
  };
}

/** What every committee hands over: 印章、账册、档案, and whatever else belongs to the assembly (建房〔2009〕274号 48). */
export const HANDOVER_KINDS = ['SEAL', 'BOOKS', 'FILES', 'OTHER'] as const;
export type HandoverKind = (typeof HANDOVER_KINDS)[number];
export const HANDOVER_KIND_LABELS: Readonly<Record<HandoverKind, string>> = {
  SEAL: '印章',
  BOOKS: '账册',
  FILES: '档案',
  OTHER: '其他',
};
export const HANDOVER_LIST: readonly { readonly kind: HandoverKind; readonly name: string }[] = [
  { kind: 'SEAL', name: '业主大会印章' },
  { kind: 'SEAL', name: '业主委员会印章' },
  { kind: 'BOOKS', name: '公共收益账册、凭证和银行账户资料' },
  { kind: 'BOOKS', name: '业委会工作经费账册' },
  { kind: 'FILES', name: '业主名册' },
  { kind: 'FILES', name: '业主大会、业委会会议记录和决定' },
  { kind: 'FILES', name: '物业服务合同和承接查验资料' },
  { kind: 'OTHER', name: '属于业主大会、业委会的其他财物' },
];
export const HANDOVER_STATES = ['PENDING', 'GIVEN', 'DONE', 'MISSING'] as const;
/** 待移交, 移交人已签, 双方已签, 缺失. */
export type HandoverState = (typeof HANDOVER_STATES)[number];
export const HANDOVER_STATE_LABELS: Readonly<Record<HandoverState, string>> = {
  PENDING: '待移交',
  GIVEN: '移交人已签',
  DONE: '双方已签',
  MISSING: '缺失，已告知街道',
};
