import type { CalendarDate, Fen, Month, Page } from '../kernel/index.ts';
import type { DunningStep } from './dunning.ts';
import type { WrittenNotice } from './written-notice.ts';

/** A bill as the paper names it, frozen when it was written. */
export interface NoticedBill {
  readonly month: Month;
  readonly dueOn: CalendarDate;
  readonly openFen: Fen;
  readonly lateFeeFen: Fen;
  /** What is charged and on what basis, each once. */
  readonly items: readonly string[];
  readonly bases: readonly string[];
}

// --- the company's papers: …/fees/dunning/notices ----------------------------------------------------------------------

/** GET ?after=&limit=&show= : the newest first. */
export type NoticePage = Page<NoticeRow>;
export const NOTICE_FILTERS = ['UNDELIVERED', 'ALL'] as const;
export type NoticeFilter = (typeof NOTICE_FILTERS)[number];
export interface NoticeRow extends WrittenNotice {
  readonly year: number;
  readonly number: number;
  readonly unitName: string;
  readonly issuedOn: CalendarDate;
  readonly respondBy: CalendarDate;
  /** With the late fee of that day. */
  readonly amountFen: Fen;
  /** What it asked for is settled: it is neither printed nor delivered any more. */
  readonly settled: boolean;
}

/** POST (Idempotency-Key): writes a 催告书 for every home whose reminder has run out, at most `NOTICE_LIMITS.atOnce`. */
export interface WriteNoticesRequest {
  readonly respondBy: CalendarDate;
  readonly handledBy: string;
}
export interface WrittenNotices {
  readonly written: number;
  readonly year: number;
  readonly from: number;
  readonly to: number;
}

/** GET …/fees/dunning/notices/ready: the homes that a batch would write to, counted. */
export interface ReadyForNotice {
  readonly homes: number;
}

// --- GET /api/me/dunning?estateId= : the household's own record -----------------------------------------------------------

export interface MyDunning {
  /** One for each home and book in which something is overdue and a step was taken. */
  readonly items: readonly MyDunningCase[];
}
export interface MyDunningCase {
  readonly unitName: string;
  readonly ledgerLabel: string;
  readonly steps: readonly MyDunningStep[];
  readonly next: { readonly label: string; readonly notBefore: CalendarDate | null } | null;
}
export interface MyDunningStep {
  readonly step: DunningStep;
  readonly label: string;
  readonly takenOn: CalendarDate;
  /** A paper that came late leaves the whole time. */
  readonly respondBy: CalendarDate;
  readonly amountFen: Fen;
  readonly handledBy: string;
  readonly notice: WrittenNotice | null;
}

// --- GET …/fees/dunning/sums : for the committee, without a home or a name ------------------------------------------------

export interface DunningSums {
  readonly steps: readonly { readonly step: DunningStep; readonly label: string; readonly homes: number }[];
  readonly homes: number;
  /** Asked for at the last step of each; null for fewer homes than `fewHomes`. */
  readonly amountFen: Fen | null;
}
