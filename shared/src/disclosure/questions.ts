import {
  type Holidays,
  type Instant,
  addWorkingDays,
  formatOverdue,
  formatTimeLeft,
} from '../kernel/index.ts';
import { DUTY_HOLDERS, type DutyHolder, type RadarCode } from './radar-items.ts';

/**
 * An owner asks why something is not posted 追问, and the duty-holder has so many working days to answer. No text sets
 * the days: the platform's own.
 */
const QUESTION_TERMS = { answerWithinWorkingDays: 5 } as const;

export interface PostingQuestion {
  readonly id: string;
  readonly code: RadarCode;
  readonly dutyHolder: DutyHolder;
  readonly text: string;
  /** Instants, epoch ms. */
  readonly askedAt: Instant;
  readonly answerBy: Instant;
  readonly answeredAt: Instant | null;
  readonly answer: string | null;
  /** Others who want to know as well 我也想知道. */
  readonly followers: number;
}

export function answerBy(
  askedAt: Instant,
  holidays: Holidays,
  { answerWithinWorkingDays }: { readonly answerWithinWorkingDays: number } = QUESTION_TERMS,
): Instant {
  return addWorkingDays(askedAt, answerWithinWorkingDays, holidays);
}

export type QuestionState = 'WAITING' | 'LATE' | 'ANSWERED' | 'ANSWERED_LATE';

export interface QuestionStatus {
  readonly state: QuestionState;
  /** 等物业答复，剩 3 天 / 物业逾期 2 天未答复 / 已答复 / 已答复（逾期）. */
  readonly text: string;
}

export function questionStatus(
  { dutyHolder, answerBy: due, answeredAt }: Pick<PostingQuestion, 'dutyHolder' | 'answerBy' | 'answeredAt'>,
  now: Instant,
): QuestionStatus {
  const who = DUTY_HOLDERS[dutyHolder];
  if (answeredAt !== null) {
    return answeredAt <= due
      ? { state: 'ANSWERED', text: `${who}已答复` }
      : { state: 'ANSWERED_LATE', text: `${who}已答复（${formatOverdue(due, answeredAt)}）` };
  }
  return now <= due
    ? { state: 'WAITING', text: `等${who}答复，${formatTimeLeft(due, now)}` }
    : { state: 'LATE', text: `${who}没有按时答复，${formatOverdue(due, now)}` };
}
