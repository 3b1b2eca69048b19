import {
  type FileTicketRequest,
  type TicketCategoryCode,
  type TicketKind,
  type TicketSummary,
  TICKET_LIMITS,
} from '@linli/shared/tickets';
import type { UploadedPhoto } from '@/components';

/** What is typed and not sent yet. The photos are on the server already, loose until the complaint takes them. */
export interface ComplaintDraft {
  readonly kind: TicketKind;
  readonly title: string;
  readonly text: string;
  readonly place: string;
  readonly danger: boolean;
  readonly anonymous: boolean;
  readonly photos: readonly UploadedPhoto[];
}

export const EMPTY_DRAFT: ComplaintDraft = {
  kind: 'COMPLAINT',
  title: '',
  text: '',
  place: '',
  danger: false,
  anonymous: false,
  photos: [],
};

/** One draft for each kind of complaint, so that looking at another kind loses nothing. */
export const draftName = (category: TicketCategoryCode) => `complaint/${category}`;

export function requestOf(category: TicketCategoryCode, draft: ComplaintDraft): FileTicketRequest {
  return {
    category,
    kind: draft.kind,
    title: draft.title.trim(),
    text: draft.text.trim(),
    place: draft.place.trim(),
    photoIds: draft.photos.map(({ id }) => id),
    danger: draft.danger,
    anonymous: draft.anonymous && draft.kind === 'REPORT',
  };
}

export type FieldFaults = Readonly<Partial<Record<'title' | 'text', string>>>;

/** Said before anything is sent; the server checks the same. */
export function faultsOf({ title, text }: ComplaintDraft): FieldFaults {
  const { titleMin, titleMax, textMin, textMax } = TICKET_LIMITS;
  const length = (value: string) => Array.from(value.trim()).length;
  return {
    ...(length(title) < titleMin || length(title) > titleMax
      ? { title: `标题请写 ${titleMin} 到 ${titleMax} 个字` }
      : {}),
    ...(length(text) < textMin || length(text) > textMax
      ? { text: `情况请写 ${textMin} 到 ${textMax} 个字，说清楚在哪里、怎么了` }
      : {}),
  };
}

/** On whom it waits, in a sentence. */
export function waitsOn({ state, handlerName }: TicketSummary): string {
  switch (state) {
    case 'RESOLVED':
      return '等您确认处理结果';
    case 'WAIT_RESIDENT':
      return '等您补充情况';
    case 'SUBMITTED':
      return `等${handlerName}受理`;
    case 'CONFIRMED':
      return '已确认，不满意还可以要求重办';
    case 'CLOSED':
      return '已办结';
    case 'REJECTED':
      return '没有受理，请看原因';
    case 'WITHDRAWN':
      return '您已撤回';
    case 'MERGED':
      return '与另一件合并办理';
    default:
      return `${handlerName}正在办理`;
  }
}
