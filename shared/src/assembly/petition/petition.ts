import {
  type CalendarDate,
  type Fraction,
  type Holidays,
  type Instant,
  atLeast,
  endOfDay,
  formatFullDate,
  formatPercent,
  formatSqm,
  lastDayOfPeriod,
  leastReaching,
  shanghaiDate,
} from '../../kernel/index.ts';
import type { DoubleCount } from '../counts.ts';
import { addCounts, NOTHING } from '../counts.ts';
import { type Electorate } from '../electorate.ts';
import type { Measure } from '../measure.ts';

/**
 * A petition of owners 业主联名: so many of them oblige the committee to convene, and the street where it does not
 * (物业管理条例 13; 北京 36, 上海 25, 山东 28).
 */

export const PETITION_KINDS = ['MEETING', 'RECALL'] as const;
/** 要求召开临时会议, 提议罢免业委会成员. */
export type PetitionKind = (typeof PETITION_KINDS)[number];
export const PETITION_KIND_LABELS: Readonly<Record<PetitionKind, string>> = {
  MEETING: '要求召开业主大会临时会议',
  RECALL: '提议罢免业委会成员',
};

export const PETITION_STATES = ['OPEN', 'REACHED', 'WITH_STREET', 'LAPSED', 'WITHDRAWN'] as const;
/** 征集中, 人数已够，业委会召集, 业委会逾期，街道召集, 到期人数不够, 发起人撤回. */
export type PetitionState = (typeof PETITION_STATES)[number];

export const PETITION_LIMITS = {
  titleLength: { min: 4, max: 60 },
  textLength: { min: 10, max: 1_000 },
  members: { max: 11 },
} as const;

/** How many must sign: by heads and, where the region asks for it, also by area. Exactly the share is enough. */
export interface PetitionThreshold {
  readonly heads: Fraction;
  readonly area: Fraction | null;
}

export interface PetitionProgress {
  readonly heads: Measure;
  /** Null where the region asks for heads alone. */
  readonly area: Measure | null;
  readonly reached: boolean;
  /** "还差 12 户". */
  readonly sentence: string;
}

/**
 * The heads and the area of those who signed, counted as votes are: one head for a set of owners, whichever of them
 * signs, and however many.
 */
export function signedCounts(electorate: Electorate, signers: ReadonlySet<string>): DoubleCount {
  let counts = NOTHING;
  for (const { voters, areaCentiSqm } of electorate.principals.values())
    if ([...voters].some((voter) => signers.has(voter)))
      counts = addCounts(counts, { areaCentiSqm, heads: 1 });
  return counts;
}

export function petitionProgress(
  total: DoubleCount,
  signed: DoubleCount,
  threshold: PetitionThreshold,
): PetitionProgress {
  const heads = measure(signed.heads, total.heads, threshold.heads);
  const area =
    threshold.area === null ? null : measure(signed.areaCentiSqm, total.areaCentiSqm, threshold.area);
  const reached = heads.reached && (area?.reached ?? true);
  const missing = [
    heads.missing > 0 ? `${heads.missing} 户` : '',
    area !== null && area.missing > 0 ? formatSqm(area.missing) : '',
  ].filter((text) => text !== '');
  return { heads, area, reached, sentence: progressSentence(reached, missing) };
}

function progressSentence(reached: boolean, missing: readonly string[]): string {
  if (reached) return '人数已经够了';
  // Of an empty roll nothing is missing, and nothing is reached.
  return missing.length === 0 ? '名册里还没有可以联名的业主' : `还差 ${missing.join('、')}`;
}

function measure(have: number, of: number, share: Fraction): Measure {
  const reached = atLeast(have, of, share);
  const needed = leastReaching(of, share);
  return {
    have,
    of,
    needed,
    missing: reached ? 0 : needed - have,
    reached,
    percent: formatPercent(have, of),
  };
}

/** Whose turn it is once enough have signed. */
export interface PetitionDuty {
  readonly on: 'COMMITTEE' | 'STREET' | 'NOBODY';
  readonly until: CalendarDate | null;
  readonly overdueDays: number;
  readonly sentence: string;
}

export interface PetitionFacts {
  readonly state: PetitionState;
  readonly signUntil: Instant;
  readonly committeeUntil: CalendarDate | null;
  readonly streetUntil: CalendarDate | null;
  /** The day of the notice of the meeting that it led to; null while there is none, and again if that is cancelled. */
  readonly noticedOn: CalendarDate | null;
}

/** The committee's days from the crossing, then as many for the street, each as the law counts a period. */
export function conveneDates(reachedAt: Instant, days: number, holidays: Holidays) {
  const committeeUntil = lastDayOfPeriod(shanghaiDate(reachedAt), days, holidays);
  return { committeeUntil, streetUntil: lastDayOfPeriod(committeeUntil, days, holidays) };
}

/** Where the petition stands by the clock, whatever job has or has not run. */
export function petitionStateAt(facts: PetitionFacts, now: Instant): PetitionState {
  const { state, signUntil, committeeUntil, noticedOn } = facts;
  if (state === 'OPEN') return now > signUntil ? 'LAPSED' : 'OPEN';
  const missed = committeeUntil !== null && noticedOn === null && now > endOfDay(committeeUntil);
  return state === 'REACHED' && missed ? 'WITH_STREET' : state;
}

export function petitionDuty(facts: PetitionFacts, now: Instant): PetitionDuty {
  const state = petitionStateAt(facts, now);
  const nobody = { on: 'NOBODY', until: null, overdueDays: 0 } as const;
  if (state === 'LAPSED') return { ...nobody, sentence: '到期人数不够，联名结束' };
  if (state === 'WITHDRAWN') return { ...nobody, sentence: '发起人已撤回' };
  if (state === 'OPEN') return { ...nobody, sentence: '' };
  if (facts.noticedOn !== null)
    return { ...nobody, sentence: `${formatFullDate(facts.noticedOn)}已经发出会议通知` };
  const on = state === 'REACHED' ? 'COMMITTEE' : 'STREET';
  const until = on === 'COMMITTEE' ? facts.committeeUntil : facts.streetUntil;
  const overdueDays = until === null ? 0 : Math.max(0, lateDays(until, now));
  const who = on === 'COMMITTEE' ? '业委会' : '业委会没有按期召集，由街道';
  const late = overdueDays > 0 ? `，已逾期 ${overdueDays} 天` : '';
  const by = until === null ? '' : `在 ${formatFullDate(until)}前`;
  return { on, until, overdueDays, sentence: `${who}${by}发出会议通知${late}` };
}

function lateDays(until: CalendarDate, now: Instant): number {
  return Math.ceil((now - endOfDay(until)) / 86_400_000);
}
