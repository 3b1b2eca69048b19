import type { PeriodKey } from './periods.ts';
import type { PostingQuestion, QuestionStatus } from './questions.ts';
import type { RadarStatus } from './radar.ts';
import type { RadarCode } from './radar-items.ts';

// --- posting radar 公示雷达: GET /api/estates/:estateId/radar -----------------------------------------------------------

export interface RadarView {
  readonly items: readonly RadarRowView[];
  readonly overdue: number;
  readonly missing: number;
}
export type RadarRowView = RadarStatus & {
  readonly chip: string;
  readonly sentence: string | null;
  /** Where it can be read in the app; null where it is not posted. */
  readonly link: RadarLink | null;
  readonly openQuestions: number;
};
/** What the posting is: a page of its own, or a posting with text and files. */
export type RadarLink =
  | { readonly kind: 'FEES' | 'UTILITIES' | 'INCOME' | 'CONTACTS' }
  | { readonly kind: 'NOTICE' | 'POSTING'; readonly id: string };

/** GET /api/oversight/radar: a street's or bureau's estates, the worst first. */
export interface RadarOverview {
  readonly items: readonly RadarOverviewRow[];
  readonly next: string | null;
}
export interface RadarOverviewRow {
  readonly estateId: string;
  readonly estateName: string;
  readonly overdue: number;
  readonly missing: number;
  readonly longestOverdueDays: number;
  readonly wanting: readonly {
    readonly code: RadarCode;
    readonly label: string;
    readonly chip: string;
    readonly dutyText: string;
  }[];
}

/** POST /api/estates/:estateId/postings (Idempotency-Key): what has no page of its own is posted as text and files. */
export interface PublishPostingRequest {
  readonly code: RadarCode;
  readonly period: PeriodKey | null;
  readonly title: string;
  readonly body: string;
  readonly fileIds: readonly string[];
  /** The posting that this one replaces, with why; null for a first one. */
  readonly supersedes: { readonly id: string; readonly reason: string } | null;
}
/** POST …/postings/:id/check: looked at again, still right. */
export interface PostingView {
  readonly id: string;
  readonly code: RadarCode;
  readonly period: PeriodKey | null;
  readonly title: string;
  readonly body: string;
  readonly files: readonly FileLink[];
  readonly version: number;
  readonly reason: string;
  readonly publishedBy: string;
  readonly publishedAt: number;
  readonly checkedAt: number | null;
  readonly versions: readonly {
    readonly id: string;
    readonly version: number;
    readonly publishedAt: number;
    readonly reason: string;
  }[];
}
export interface FileLink {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  /** Pictures only. */
  readonly thumbUrl: string | null;
}

// --- questions 追问: GET · POST /api/estates/:estateId/radar/:code/questions --------------------------------------------

export interface AskQuestionRequest {
  readonly text: string;
}
export type PostingQuestionView = PostingQuestion &
  Pick<QuestionStatus, 'state'> & {
    /** 等物业答复，剩 3 天. */
    readonly statusText: string;
    readonly answeredBy: string | null;
    readonly isMine: boolean;
    readonly followed: boolean;
  };
export interface PostingQuestionList {
  readonly items: readonly PostingQuestionView[];
  readonly next: string | null;
}
/** POST …/questions/:id/answer, by the duty-holder. POST …/questions/:id/follow, by another owner. */
export interface AnswerQuestionRequest {
  readonly text: string;
}

// --- notices 通知: GET · POST /api/estates/:estateId/notices ------------------------------------------------------------

export const NOTICE_KINDS = [
  'SERVICE',
  'OUTAGE',
  'SAFETY',
  'ASSEMBLY',
  'MEETING',
  'POLICY',
  'OTHER',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];
export const NOTICE_KIND_LABELS: Readonly<Record<NoticeKind, string>> = {
  SERVICE: '物业服务',
  OUTAGE: '停水停电',
  SAFETY: '安全提醒',
  ASSEMBLY: '业主大会',
  MEETING: '联席会议',
  POLICY: '政策',
  OTHER: '其他',
};
export type NoticeState = 'PUBLISHED' | 'SUPERSEDED' | 'WITHDRAWN';

export interface NoticeSummary {
  readonly id: string;
  readonly kind: NoticeKind;
  readonly title: string;
  /** The first lines. */
  readonly excerpt: string;
  readonly publisherName: string;
  readonly publishedAt: number;
  readonly pinned: boolean;
  readonly state: NoticeState;
  readonly read: boolean;
}
export interface NoticeList {
  readonly items: readonly NoticeSummary[];
  readonly next: string | null;
}
export interface Notice extends NoticeSummary {
  readonly body: string;
  readonly files: readonly FileLink[];
  readonly version: number;
  /** Why this version replaced the one before, or why it was withdrawn; '' for a first version. */
  readonly reason: string;
  readonly versions: readonly {
    readonly id: string;
    readonly version: number;
    readonly publishedAt: number;
    readonly reason: string;
  }[];
  /** Homes that have opened it; told to the publisher only. */
  readonly readByHomes: number | null;
}
/** POST …/notices (Idempotency-Key) · POST …/notices/:id/corrections */
export interface PublishNoticeRequest {
  readonly kind: NoticeKind;
  readonly title: string;
  readonly body: string;
  readonly fileIds: readonly string[];
  /** Instant, epoch ms; null for not pinned. */
  readonly pinnedUntil: number | null;
}
export interface CorrectNoticeRequest extends PublishNoticeRequest {
  readonly reason: string;
}
/** POST …/notices/:id/withdraw: it stays readable with its reason. */
export interface WithdrawNoticeRequest {
  readonly reason: string;
}
