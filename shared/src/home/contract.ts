import type { RadarLink } from '../disclosure/index.ts';

/** GET /api/me/home?estateId= : what the first screen shows, in one answer. */
export interface HomeView {
  /** At most three, the most urgent first. */
  readonly todos: readonly HomeTodo[];
  readonly postings: readonly HomePosting[];
  readonly notices: readonly HomeNotice[];
  /** Messages in the inbox that were not read yet. */
  readonly unread: number;
}

const TODO_KINDS = ['VOTE', 'BILL', 'COMPLAINT'] as const;
export type TodoKind = (typeof TODO_KINDS)[number];

export interface HomeTodo {
  readonly id: string;
  readonly kind: TodoKind;
  /** The assembly, the bill or the complaint that it is about. */
  readonly subjectId: string;
  /** 2026年第二次业主大会正在投票 */
  readonly title: string;
  /** 您家还有 3 项没有投 */
  readonly detail: string;
  readonly amountFen: number | null;
  /** Instant, epoch ms; null where nothing runs out. */
  readonly dueAt: number | null;
}

/** Whether a required item is posted, and for how many days it is or is missing. */
export type HomePostingState =
  | { readonly status: 'POSTED'; readonly days: number }
  | { readonly status: 'OVERDUE'; readonly days: number }
  | { readonly status: 'MISSING' };

export interface HomePosting {
  readonly id: string;
  /** 2026年第二季度公共收益 */
  readonly title: string;
  readonly state: HomePostingState;
  /** Whose duty it is, where it is late: 业委会. */
  readonly duty: string | null;
  /** Where it can be read; null where it is not posted. */
  readonly link: RadarLink | null;
}

export interface HomeNotice {
  readonly id: string;
  readonly title: string;
  readonly publisher: string;
  /** Instant, epoch ms. */
  readonly publishedAt: number;
  readonly read: boolean;
}

export const HOME_LIMITS = { todos: 3, posted: 3, wanting: 2, notices: 3 } as const;
