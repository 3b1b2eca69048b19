import { CHINA_HOLIDAYS, type Instant } from '@linli/shared/kernel';
import {
  ACCUSED_BODIES,
  type AccusedBody,
  type DeadlineContext,
  type SlaClass,
  type TicketCategoryCode,
  type TicketDeadline,
  type TicketKind,
  type TicketRules,
  type TicketSource,
  type TicketState,
} from '@linli/shared/tickets';
import type { Body } from './bodies.ts';

/** A complaint as it is stored. */
export interface Ticket {
  readonly id: string;
  readonly estateId: string;
  readonly number: string;
  readonly category: TicketCategoryCode;
  readonly kind: TicketKind;
  readonly source: TicketSource;
  readonly title: string;
  readonly text: string;
  readonly place: string;
  /** With the complainant's name, phone and home blotted out: what lists show to others. */
  readonly shownTitle: string;
  readonly shownPlace: string;
  readonly photoIds: readonly string[];
  readonly danger: boolean;
  readonly anonymous: boolean;
  /** The bodies that it is about, as filed and as added since: they never learn who complained. */
  readonly accused: readonly AccusedBody[];
  readonly complainantId: string;
  readonly unitId: string | null;
  readonly state: TicketState;
  readonly slaClass: SlaClass;
  readonly unsafe: boolean;
  readonly level: number;
  readonly levelSince: Instant;
  readonly handlerBody: Body;
  readonly assigneeId: string | null;
  readonly deadlines: readonly TicketDeadline[];
  readonly urgedAt: readonly Instant[];
  readonly reopens: number;
  readonly followers: number;
  readonly mergedIntoId: string | null;
  readonly version: number;
  readonly filedAt: Instant;
}

export interface TicketRow {
  id: string;
  estate_id: string;
  ticket_number: string;
  category: string;
  kind: string;
  source: string;
  title: string;
  content: string;
  place: string;
  shown_title: string;
  shown_place: string;
  photo_ids_json: string;
  danger: number;
  anonymous: number;
  accused: string;
  complainant_id: string;
  unit_id: string | null;
  state: string;
  sla_class: string;
  unsafe: number;
  level: number;
  level_since: number;
  handler_body: string;
  assignee_id: string | null;
  deadlines_json: string;
  urged_json: string;
  reopens: number;
  followers: number;
  merged_into_id: string | null;
  due_at: number;
  version: number;
  filed_at: number;
}

/** Later than any deadline: what has none stands last. 9999-12-31. */
export const NO_DUE = 253_402_214_400_000;

export const TICKET_COLUMNS = [
  'id',
  'estate_id',
  'ticket_number',
  'category',
  'kind',
  'source',
  'title',
  'content',
  'place',
  'shown_title',
  'shown_place',
  'photo_ids_json',
  'danger',
  'anonymous',
  'accused',
  'complainant_id',
  'unit_id',
  'state',
  'sla_class',
  'unsafe',
  'level',
  'level_since',
  'handler_body',
  'assignee_id',
  'deadlines_json',
  'urged_json',
  'reopens',
  'followers',
  'merged_into_id',
  'due_at',
  'version',
  'filed_at',
]
  .map((column) => `t.${column}`)
  .join(', ');

export function ticketOf(row: TicketRow): Ticket {
  return {
    id: row.id,
    estateId: row.estate_id,
    number: row.ticket_number,
    category: row.category as TicketCategoryCode,
    kind: row.kind as TicketKind,
    source: row.source as TicketSource,
    title: row.title,
    text: row.content,
    place: row.place,
    shownTitle: row.shown_title,
    shownPlace: row.shown_place,
    photoIds: JSON.parse(row.photo_ids_json) as string[],
    danger: row.danger === 1,
    anonymous: row.anonymous === 1,
    accused: bodiesIn(row.accused),
    complainantId: row.complainant_id,
    unitId: row.unit_id,
    state: row.state as TicketState,
    slaClass: row.sla_class as SlaClass,
    unsafe: row.unsafe === 1,
    level: row.level,
    levelSince: row.level_since,
    handlerBody: row.handler_body as Body,
    assigneeId: row.assignee_id,
    deadlines: JSON.parse(row.deadlines_json) as TicketDeadline[],
    urgedAt: JSON.parse(row.urged_json) as number[],
    reopens: row.reopens,
    followers: row.followers,
    mergedIntoId: row.merged_into_id,
    version: row.version,
    filedAt: row.filed_at,
  };
}

/** `COMPANY,COMMITTEE`, as the column keeps it. */
function bodiesIn(kept: string): AccusedBody[] {
  const bodies = kept.split(',');
  return ACCUSED_BODIES.filter((body) => bodies.includes(body));
}

export function deadlineContext(rules: TicketRules, slaClass: SlaClass): DeadlineContext {
  return { rules, slaClass, holidays: CHINA_HOLIDAYS };
}
