import {
  addDays,
  type CalendarDate,
  daysBetween,
  formatFullDate,
  type Holidays,
  type Instant,
  lastDayOfPeriod,
  shanghaiDate,
  startOfDay,
} from '../../kernel/index.ts';
import type { CommitteeRules } from './committee-rules.ts';
import { HANDOVER_LIST } from './term.ts';

/** What a recall 罢免 that the owners passed brings with it, and when. */
export interface RecallEffect {
  /** From when on the office is over. */
  readonly at: Instant;
  /** By when the empty seat is filled. */
  readonly electBy: CalendarDate;
  /** By when seals, books and files are handed over. */
  readonly handOverBy: CalendarDate;
}

/** With the publication of the result, or so many whole days after it: the day itself does not count (民法典 201). */
export function recallEffect(
  publishedAt: Instant,
  {
    recallEffectDays,
    byElectionDays,
    handoverDays,
  }: Pick<CommitteeRules, 'recallEffectDays' | 'byElectionDays' | 'handoverDays'>,
  holidays: Holidays,
): RecallEffect {
  const published = shanghaiDate(publishedAt);
  const at = recallEffectDays === 0 ? publishedAt : startOfDay(addDays(published, recallEffectDays + 1));
  const from = shanghaiDate(at);
  return {
    at,
    electBy: lastDayOfPeriod(from, byElectionDays, holidays),
    handOverBy: lastDayOfPeriod(from, handoverDays, holidays),
  };
}

/** What the recalled hand over: the chair all, the treasurer the books; other members hold nothing of the committee's. */
export function recallHandover(roles: readonly string[]): typeof HANDOVER_LIST {
  if (roles.includes('COMMITTEE_CHAIR')) return HANDOVER_LIST;
  return roles.includes('COMMITTEE_TREASURER') ? HANDOVER_LIST.filter(({ kind }) => kind === 'BOOKS') : [];
}

/** Seats that recalls left empty, with the clock to fill them. */
export interface Vacancy {
  readonly seats: number;
  readonly electBy: CalendarDate;
  readonly overdueDays: number;
  readonly sentence: string;
}

/** `electBys` of the recalls of this term. Null where those seats are filled again. */
export function vacancyOf(
  {
    electBys,
    emptySeats,
    electionBegun,
  }: {
    readonly electBys: readonly CalendarDate[];
    readonly emptySeats: number;
    readonly electionBegun: boolean;
  },
  today: CalendarDate,
): Vacancy | null {
  const seats = Math.min(electBys.length, emptySeats);
  // Those that were filled are the oldest.
  const electBy = [...electBys].sort()[electBys.length - seats];
  if (seats <= 0 || electBy === undefined) return null;
  const overdueDays = electionBegun ? 0 : Math.max(0, daysBetween(electBy, today));
  const what = `罢免后空缺 ${seats} 席`;
  const by = `应在 ${formatFullDate(electBy)}前递补或者补选`;
  const late = overdueDays > 0 ? `，已逾期 ${overdueDays} 天` : '';
  const sentence = electionBegun ? `${what}，选举已经启动` : `${what}，${by}${late}`;
  return { seats, electBy, overdueDays, sentence };
}
