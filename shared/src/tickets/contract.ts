import type { Phone } from '../kernel/index.ts';
import type { CategoryGroup, SlaClass, TicketCategoryCode } from './categories.ts';
import type { TicketDeadline } from './deadlines.ts';
import type { DepartmentCode } from './departments.ts';
import type { DueState, PressingDeadline } from './queue.ts';
import type { TicketRating } from './rating.ts';
import type { TicketEvent, TicketState } from './status.ts';
import type { TimelineKind } from './timeline.ts';
import type { ShownComplainant } from './visibility.ts';

/** 诉求类型. Only a report 举报 may be anonymous. */
export const TICKET_KINDS = ['CONSULT', 'HELP', 'COMPLAINT', 'REPORT', 'SUGGESTION'] as const;
export type TicketKind = (typeof TICKET_KINDS)[number];
export const TICKET_KIND_LABELS: Readonly<Record<TicketKind, string>> = {
  CONSULT: '咨询',
  HELP: '求助',
  COMPLAINT: '投诉',
  REPORT: '举报',
  SUGGESTION: '建议',
};

/** 来源. */
export const TICKET_SOURCES = ['APP', 'HOTLINE_12345', 'WALK_IN', 'COMPANY_PATROL'] as const;
export type TicketSource = (typeof TICKET_SOURCES)[number];

// --- GET /api/estates/:estateId/ticket-categories ------------------------------------------------------------------

/** The picker: a grid of groups, and for each kind who answers for it and how to call them. */
export interface TicketCatalogue {
  readonly groups: readonly { readonly code: CategoryGroup; readonly label: string }[];
  readonly categories: readonly TicketCategoryView[];
}
export interface TicketCategoryView {
  readonly code: TicketCategoryCode;
  readonly label: string;
  readonly hint: string;
  readonly group: CategoryGroup;
  /** Asked while writing: 现在有人有危险吗. */
  readonly asksDanger: boolean;
  readonly lead: ResponsibleBody;
  readonly co: readonly ResponsibleBody[];
  /** Who does what, and by which text. */
  readonly work: string;
  readonly source: string;
  readonly firstLevelLabel: string;
  /** 24 小时内受理，5 个工作日内办结. */
  readonly promise: string;
}
/** GET …/tickets/responsible?category=&danger=: who answers for it, and who gets it first. */
export interface ResponsibleAnswer extends TicketCategoryView {
  /** 奇台县安泰物业服务有限公司; null where nobody on the platform holds that rung. */
  readonly handlerName: string | null;
  readonly slaClass: SlaClass;
  readonly unsafe: boolean;
}
export interface ResponsibleBody {
  readonly code: DepartmentCode;
  readonly name: string;
  /** From the estate's contact board; null where the board names none. */
  readonly phone: Phone | null;
}

// --- POST /api/estates/:estateId/tickets (Idempotency-Key) ---------------------------------------------------------

export interface FileTicketRequest {
  readonly category: TicketCategoryCode;
  readonly kind: TicketKind;
  readonly title: string;
  readonly text: string;
  readonly place: string;
  /** Uploaded beforehand; at most `TICKET_LIMITS.photosMax`. */
  readonly photoIds: readonly string[];
  /** 有人被困、漏气、起火、要掉落. */
  readonly danger: boolean;
  readonly anonymous: boolean;
  /** 关于物业公司的: the company is not told who complained. */
  readonly aboutCompany?: boolean;
  /** For which of the complainant's homes; the first one where absent. */
  readonly unitId?: string;
}
export interface FileTicketResponse {
  readonly id: string;
  /** 20261121-0007: unique in the estate, said on the phone. */
  readonly number: string;
  readonly state: TicketState;
  /** Instant, epoch ms. */
  readonly acceptBy: number;
  readonly handlerName: string;
  /** Sent again with other words after its answer was lost: this is the first one, and nothing new was filed. */
  readonly earlier?: true;
}

/** POST /api/estates/:estateId/tickets/similar: open complaints that may be the same. */
export interface SimilarTicketsRequest {
  readonly category: TicketCategoryCode;
  readonly place: string;
  readonly text: string;
}
export interface SimilarTicketsResponse {
  readonly items: readonly SimilarTicketView[];
}
export interface SimilarTicketView {
  readonly id: string;
  readonly title: string;
  readonly place: string;
  readonly state: TicketState;
  readonly followers: number;
  readonly filedAt: number;
  readonly reasons: readonly string[];
  /** The caller's own, or one that the caller follows already. */
  readonly isMine: boolean;
  readonly followed: boolean;
}
/** POST /api/estates/:estateId/tickets/:id/follow 我也遇到, with what is different for this neighbour. */
export interface FollowTicketRequest {
  readonly note: string;
}

// --- GET /api/estates/:estateId/tickets · …/tickets/queue · GET /api/me/tickets · GET /api/oversight/tickets -------

/** Whose complaints a member of staff looks at: with us now, everything we may see, or passed on by us. */
export const QUEUE_SCOPES = ['OURS', 'ALL', 'PASSED_ON'] as const;
export type QueueScope = (typeof QUEUE_SCOPES)[number];
/** Staff's list, the soonest deadline first. */
export interface TicketQueueQuery {
  readonly scope?: QueueScope;
  /** MINE: assigned to me. */
  readonly filter?: QueueFilter;
  readonly state?: TicketState;
  readonly category?: TicketCategoryCode;
  readonly after?: string;
  readonly limit?: number;
}
export const QUEUE_FILTERS = ['OPEN', 'MINE', 'UNASSIGNED', 'DUE_TODAY', 'OVERDUE', 'ENDED'] as const;
export type QueueFilter = (typeof QUEUE_FILTERS)[number];
/** GET /api/oversight/tickets: across the caller's estates. */
export const OVERSIGHT_FILTERS = ['OVERDUE', 'OPEN'] as const;
export type OversightFilter = (typeof OVERSIGHT_FILTERS)[number];
export interface OversightTicket extends TicketSummary {
  readonly estateName: string;
}
/** GET /api/oversight/tickets/counts: the numbers beside the supervisors' lists. */
export interface OversightCounts {
  readonly overdue: number;
  readonly open: number;
  readonly extensions: number;
}
/** GET /api/oversight/extensions: 延期申请 that wait for a decision. */
export interface OversightExtension extends PendingExtension {
  readonly ticket: OversightTicket;
  /** False for a level that may look and not approve. */
  readonly mayDecide: boolean;
}
export interface TicketSummary {
  readonly id: string;
  readonly estateId: string;
  readonly number: string;
  readonly category: TicketCategoryCode;
  readonly title: string;
  readonly place: string;
  readonly state: TicketState;
  readonly level: number;
  readonly handlerName: string;
  readonly assigneeName: string | null;
  readonly slaClass: SlaClass;
  readonly unsafe: boolean;
  readonly filedAt: number;
  readonly followers: number;
  readonly photos: number;
  readonly dueState: DueState;
  readonly pressing: PressingDeadline | null;
  readonly isMine: boolean;
  /** The caller said 我也遇到. */
  readonly followed: boolean;
}
/** GET …/tickets/counts: the numbers beside the queue's filters. */
export interface TicketCounts {
  readonly open: number;
  readonly mine: number;
  readonly dueToday: number;
  readonly overdue: number;
  readonly unassigned: number;
  readonly byState: Readonly<Partial<Record<TicketState, number>>>;
}

// --- GET /api/estates/:estateId/tickets/:id ------------------------------------------------------------------------

export interface TicketDetail extends TicketSummary {
  readonly kind: TicketKind;
  readonly source: TicketSource;
  readonly text: string;
  readonly pictures: readonly TicketPicture[];
  readonly unseenPictures: UnseenPictures;
  readonly danger: boolean;
  readonly anonymous: boolean;
  readonly complainant: ShownComplainant;
  /** Whether it is about an organisation of the caller: they answer it, and do not judge it. */
  readonly accusesCaller: boolean;
  readonly lead: ResponsibleBody;
  readonly co: readonly ResponsibleBody[];
  readonly routeSource: string;
  readonly deadlines: readonly TicketDeadline[];
  readonly reopens: number;
  readonly reopensLeft: number;
  readonly rating: TicketRating | null;
  readonly mergedInto: { readonly id: string; readonly number: string } | null;
  /** Goes up with every change; a step may name the one it was decided on. */
  readonly version: number;
  /** Whether the caller may decide the pending extension. */
  readonly mayDecideExtension: boolean;
  readonly pendingExtension: PendingExtension | null;
  readonly timeline: readonly TimelineEntry[];
  /** The steps open to the caller now, for the buttons. */
  readonly steps: readonly TicketEvent[];
}
export interface PendingExtension {
  readonly id: string;
  readonly requestedBy: string;
  readonly requestedAt: number;
  readonly reason: string;
  /** Instants, epoch ms. */
  readonly fromDueAt: number;
  readonly toDueAt: number;
}
export interface TimelineEntry {
  readonly id: string;
  readonly kind: TimelineKind;
  readonly at: number;
  /** 康宁物业 客服王*, 系统, 投诉人. */
  readonly by: string;
  readonly text: string;
  readonly pictures: readonly TicketPicture[];
  readonly unseenPictures: UnseenPictures;
}
/** Signed, short-lived addresses; shown to the handlers and to whoever took the picture. */
export interface TicketPicture {
  readonly url: string;
  readonly thumbUrl: string;
  /** Shown to its sender only, until WeChat has passed it. */
  readonly checking: boolean;
}
/** Pictures of the same thing that the caller is not shown: still being checked, or taken away as they did not pass. */
export interface UnseenPictures {
  readonly checking: number;
  readonly withheld: number;
}

// --- steps: POST /api/estates/:estateId/tickets/:id/… (Idempotency-Key) ---------------------------------------------

/**
 * Every step may name the `version` of the complaint that was looked at: if somebody else was faster it is refused with
 * CONFLICT instead of being done on top.
 */
export interface TicketStepRequest {
  readonly version?: number;
}
/** …/accept: the category may still be corrected. */
export interface AcceptTicketRequest extends TicketStepRequest {
  readonly category?: TicketCategoryCode;
}
/** …/reject: why, and where to go instead. */
export interface RejectTicketRequest extends TicketStepRequest {
  readonly reason: string;
  readonly otherChannel: string;
}
/** GET …/tickets/assignees: colleagues of the caller's organisation. */
export interface TicketAssignee {
  readonly id: string;
  readonly name: string;
  readonly role: string;
}
/** …/start · …/take-over · …/resume */
export type TicketPlainRequest = TicketStepRequest;
/** …/assign */
export interface AssignTicketRequest extends TicketStepRequest {
  readonly assigneeId: string;
}
/** …/reply · …/ask · …/answer · …/resolve: a text with photos; resolving needs at least one photo or file. */
export interface TicketMessageRequest extends TicketStepRequest {
  readonly text: string;
  readonly photoIds: readonly string[];
}
/** …/transfer */
export interface TransferTicketRequest extends TicketStepRequest {
  readonly department: DepartmentCode;
  readonly reason: string;
}
/** …/return · …/mediate · …/mediation-fails · …/reopen · …/appeal · …/urge · …/withdraw */
export interface TicketReasonRequest extends TicketStepRequest {
  readonly reason: string;
}
/** …/suspend */
export interface SuspendTicketRequest extends TicketStepRequest {
  readonly reason: string;
  readonly until: number;
}
/** …/merge */
export interface MergeTicketRequest extends TicketStepRequest {
  /** 20261121-0007, as it is said and read. */
  readonly masterNumber: string;
  readonly reason: string;
}
/** …/extensions: asked for by the handler … */
export interface RequestExtensionRequest extends TicketStepRequest {
  readonly reason: string;
  /** Instant, epoch ms. */
  readonly dueAt: number;
}
/** …/extensions/:extensionId: … and decided by the street or above, as the region has it. */
export interface DecideExtensionRequest {
  readonly approve: boolean;
  readonly reason: string;
}
