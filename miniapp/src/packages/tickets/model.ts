import {
  type FileTicketRequest,
  type TicketCategoryCode,
  type TicketKind,
  type TicketSummary,
  TICKET_LIMITS,
  asksAboutCompany,
} from '@linli/shared/tickets';
import type { Residency } from '@linli/shared/identity';
import type { UploadedPhoto } from '@/components';

/** What is typed and not sent yet. The photos are on the server already, loose until the complaint takes them. */
export interface ComplaintDraft {
  readonly kind: TicketKind;
  readonly title: string;
  readonly text: string;
  readonly place: string;
  readonly danger: boolean;
  readonly anonymous: boolean;
  /** 关于物业公司的; asked where the kind does not say. */
  readonly aboutCompany: boolean;
  /** For which home; the one chosen in the app until another is. */
  readonly unitId: string | null;
  readonly photos: readonly UploadedPhoto[];
}

export const EMPTY_DRAFT: ComplaintDraft = {
  kind: 'COMPLAINT',
  title: '',
  text: '',
  place: '',
  danger: false,
  anonymous: false,
  aboutCompany: false,
  unitId: null,
  photos: [],
};

/** One draft for each kind of complaint in each estate, so that looking at another loses and mixes nothing. */
export const draftName = (estateId: string, category: TicketCategoryCode) =>
  `complaint/${estateId}/${category}`;

/** The home that it is for: the one chosen in the form, else in the app, else the first; null without any there. */
export function homeFor(
  homes: readonly Residency[],
  estateId: string,
  chosen: string | null,
  current: string | null,
): Residency | null {
  const here = homes.filter((home) => home.estateId === estateId);
  const by = (unitId: string | null) => here.find((home) => home.unitId === unitId);
  return by(chosen) ?? by(current) ?? here[0] ?? null;
}

export function requestOf(
  category: TicketCategoryCode,
  draft: ComplaintDraft,
  unitId: string | null,
): FileTicketRequest {
  return {
    category,
    kind: draft.kind,
    title: draft.title.trim(),
    text: draft.text.trim(),
    place: draft.place.trim(),
    photoIds: draft.photos.map(({ id }) => id),
    danger: draft.danger,
    anonymous: draft.anonymous && draft.kind === 'REPORT',
    aboutCompany: draft.aboutCompany && asksAboutCompany(category),
    ...(unitId === null ? {} : { unitId }),
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

export function namedSentence({ kind, anonymous }: ComplaintDraft): string {
  if (anonymous && kind === 'REPORT') return '匿名举报：谁都看不到您是谁，也可能无法向您核实。';
  return '办理的人能看到您的姓名、电话和房号，方便联系您；邻居和被投诉的一方看不到。';
}

/** Everything that is about to be sent, in words. */
export function readBack(
  category: TicketCategoryCode,
  draft: ComplaintDraft,
  home: Residency | null,
): string {
  const photos = draft.photos.length === 0 ? '' : `，附 ${draft.photos.length} 张照片`;
  const from = home === null ? '' : `，以${home.unitName}的名义`;
  const about = draft.aboutCompany && asksAboutCompany(category) ? '这是关于物业公司的。' : '';
  return `反映“${draft.title.trim()}”${photos}${from}。${about}${namedSentence(draft)}`;
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
