import { type CalendarDate, type Instant, addDays, daysBetween, shanghaiDate } from '../kernel/index.ts';
import {
  type PeriodKey,
  nextPeriod,
  periodClosedBy,
  periodDueOn,
  periodEnd,
  periodOf,
  periodText,
  previousPeriod,
} from './periods.ts';
import {
  DUTY_HOLDERS,
  type DutyHolder,
  type RadarCode,
  type RadarItem,
  type Recency,
} from './radar-items.ts';

/** Something that was posted. */
export interface PostingFact {
  readonly code: RadarCode;
  /** Instants, epoch ms. */
  readonly postedAt: Instant;
  /** When somebody last checked that it is still right; null for never since. */
  readonly checkedAt: Instant | null;
  /** The period it is for; null for what stands permanently. */
  readonly period: PeriodKey | null;
}

/** 已公示 / 逾期 / 未公示 / 还没到期. */
export type RadarStatus = {
  readonly item: RadarItem;
  /** Whose duty, in a word. */
  readonly dutyText: string;
} & (
  | {
      readonly state: 'POSTED';
      readonly days: number;
      readonly postedAt: Instant;
      readonly period: PeriodKey | null;
    }
  | {
      readonly state: 'OVERDUE';
      readonly days: number;
      readonly dueOn: CalendarDate;
      /** The first period that is owed; null where a standing posting was not checked again. */
      readonly period: PeriodKey | null;
      readonly lastPostedAt: Instant;
    }
  | {
      readonly state: 'MISSING';
      /** Since it was due; 0 on the day itself. */
      readonly days: number;
      readonly dueOn: CalendarDate;
      readonly period: PeriodKey | null;
    }
  | { readonly state: 'NOT_DUE'; readonly dueOn: CalendarDate; readonly period: PeriodKey }
);

/**
 * How one required item stands. `since` is the day from which the estate owes it: what ended before is nobody's debt
 * here, though it may be posted.
 */
export function radarStatus(
  item: RadarItem,
  facts: readonly PostingFact[],
  since: CalendarDate,
  now: Instant,
): RadarStatus {
  return statusOf(item, countedBy(item, facts), since, shanghaiDate(now));
}

/**
 * From which day an estate owes an item: its joining, or, where it posted anything for a period, the first period that it
 * posted. Books that begin later than the estate joined do not owe what was before them.
 */
export function owedSince(
  item: RadarItem,
  facts: readonly PostingFact[],
  joinedOn: CalendarDate,
): CalendarDate {
  return owedFrom(item, countedBy(item, facts), joinedOn);
}

/** The whole radar of an estate, what is wanting first. */
export function radar(
  items: readonly RadarItem[],
  facts: readonly PostingFact[],
  joinedOn: CalendarDate,
  now: Instant,
): RadarStatus[] {
  const rank = { OVERDUE: 0, MISSING: 0, NOT_DUE: 1, POSTED: 1 } as const;
  const today = shanghaiDate(now);
  return items
    .map((item) => {
      const counted = countedBy(item, facts);
      return statusOf(item, counted, owedFrom(item, counted, joinedOn), today);
    })
    .sort((a, b) => rank[a.state] - rank[b.state]);
}

function statusOf(
  item: RadarItem,
  counted: readonly PostingFact[],
  since: CalendarDate,
  today: CalendarDate,
): RadarStatus {
  const about = { item, dutyText: dutyText(item.dutyHolder) };
  return item.recency.kind === 'STANDING'
    ? { ...about, ...standingStatus(item.recency, counted, since, today) }
    : { ...about, ...periodicStatus(item.recency, counted, since, today) };
}

function owedFrom(item: RadarItem, counted: readonly PostingFact[], joinedOn: CalendarDate): CalendarDate {
  if (item.recency.kind === 'STANDING') return joinedOn;
  const [first] = counted.flatMap(({ period }) => period ?? []).sort();
  if (first === undefined) return joinedOn;
  const ended = periodEnd(first, item.recency.period);
  return ended > joinedOn ? ended : joinedOn;
}

/**
 * The postings of an item, under the periods that its rule counts by; a part of one that is not over says nothing yet.
 */
function countedBy({ code, recency }: RadarItem, facts: readonly PostingFact[]): readonly PostingFact[] {
  const own = facts.filter((fact) => fact.code === code);
  if (recency.kind === 'STANDING') return own;
  return own.flatMap((fact) => {
    const closed = fact.period === null ? null : periodClosedBy(fact.period, recency.period);
    return fact.period !== null && closed === null ? [] : { ...fact, period: closed };
  });
}

/** 已公示 3 天 / 逾期 12 天 / 未公示 / 10月30日前公示. */
export function radarChip(status: RadarStatus): string {
  switch (status.state) {
    case 'POSTED':
      return status.days === 0 ? '今天公示' : `已公示 ${status.days} 天`;
    case 'OVERDUE':
      return `逾期 ${status.days} 天`;
    case 'MISSING':
      return '未公示';
    case 'NOT_DUE':
      return `${Number(status.dueOn.slice(5, 7))}月${Number(status.dueOn.slice(8))}日前公示`;
  }
}

/** What is wrong, in a sentence with whose duty it is; null where nothing is. */
export function radarSentence(status: RadarStatus): string | null {
  const { item, dutyText: duty } = status;
  if (status.state === 'POSTED' || status.state === 'NOT_DUE') return null;
  const which =
    status.period === null || item.recency.kind === 'STANDING'
      ? ''
      : `${periodText(status.period, item.recency.period)}的`;
  if (status.state === 'MISSING') return `${which}${item.label}还没有公示，${duty}`;
  const what =
    status.period === null
      ? `很久没有核对，已逾期 ${status.days} 天`
      : `没有按时公示，已逾期 ${status.days} 天`;
  return `${which}${item.label}${what}，${duty}`;
}

export function dutyText(dutyHolder: DutyHolder): string {
  return `应由${DUTY_HOLDERS[dutyHolder]}公示`;
}

type StatusBody = RadarStatus extends infer Status
  ? Status extends RadarStatus
    ? Omit<Status, 'item' | 'dutyText'>
    : never
  : never;

function standingStatus(
  { recheckDays }: Extract<Recency, { kind: 'STANDING' }>,
  facts: readonly PostingFact[],
  since: CalendarDate,
  today: CalendarDate,
): StatusBody {
  const newest = newestOf(facts);
  if (newest === null) {
    return { state: 'MISSING', days: Math.max(0, daysBetween(since, today)), dueOn: since, period: null };
  }
  const seen = Math.max(newest.postedAt, newest.checkedAt ?? newest.postedAt);
  const dueOn = recheckDays === null ? null : addDays(shanghaiDate(seen), recheckDays);
  if (dueOn !== null && today > dueOn) {
    return {
      state: 'OVERDUE',
      days: daysBetween(dueOn, today),
      dueOn,
      period: null,
      lastPostedAt: newest.postedAt,
    };
  }
  return posted(newest, today);
}

function periodicStatus(
  { period, withinDays }: Extract<Recency, { kind: 'PERIODIC' }>,
  facts: readonly PostingFact[],
  since: CalendarDate,
  today: CalendarDate,
): StatusBody {
  const posts = new Set(facts.map((fact) => fact.period));
  const newest = newestOf(facts);
  const current = periodOf(today, period);
  let owed = periodOf(since, period);
  while (owed < current && posts.has(owed)) owed = nextPeriod(owed, period);
  const dueOn = periodDueOn(owed, period, withinDays);
  if (owed < current && today > dueOn) {
    const days = daysBetween(dueOn, today);
    return newest === null
      ? { state: 'MISSING', days, dueOn, period: owed }
      : { state: 'OVERDUE', days, dueOn, period: owed, lastPostedAt: newest.postedAt };
  }
  const last = facts.find((fact) => fact.period === previousPeriod(owed, period)) ?? newest;
  return last === null ? { state: 'NOT_DUE', dueOn, period: owed } : posted(last, today);
}

function newestOf(facts: readonly PostingFact[]): PostingFact | null {
  return facts.reduce<PostingFact | null>(
    (newest, fact) => (newest === null || fact.postedAt > newest.postedAt ? fact : newest),
    null,
  );
}

function posted({ postedAt, period }: PostingFact, today: CalendarDate): StatusBody {
  return { state: 'POSTED', days: daysBetween(shanghaiDate(postedAt), today), postedAt, period };
}
