import { Text, View } from '@tarojs/components';
import {
  type PressingDeadline,
  type TicketDetail,
  type TicketPicture,
  type TicketState,
  type TicketSummary,
  type TimelineEntry,
  type UnseenPictures,
  TICKET_CLOCK_LABELS,
  TICKET_STATE_LABELS,
  TICKET_STATE_STAFF_LABELS,
  TIMELINE_LABELS,
} from '@linli/shared/tickets';
import { Chip, type Tone } from './chip';
import { Deadline } from './deadline';
import { type TimelineItem, Timeline } from './timeline';

/** Pieces that residents and handlers both see of a complaint. */

const TONES: Readonly<Partial<Record<TicketState, Tone>>> = {
  SUBMITTED: 'info',
  ACCEPTED: 'info',
  ASSIGNED: 'info',
  IN_PROGRESS: 'brand',
  WAIT_RESIDENT: 'urgent',
  RESOLVED: 'urgent',
  REOPENED: 'urgent',
  ESCALATED: 'urgent',
  CONFIRMED: 'good',
  CLOSED: 'good',
  REJECTED: 'bad',
};

/** Where it stands, in a word; for residents 等您确认, for handlers 等居民确认. */
export function TicketStateChip({
  state,
  side,
}: {
  readonly state: TicketState;
  readonly side: 'MINE' | 'OTHERS';
}) {
  const labels = side === 'MINE' ? TICKET_STATE_LABELS : TICKET_STATE_STAFF_LABELS;
  return <Chip tone={TONES[state] ?? 'plain'}>{labels[state]}</Chip>;
}

/** The clock that presses: what ends when, and how late it is. */
export function PressingClock({ pressing }: { readonly pressing: PressingDeadline | null }) {
  if (pressing === null) return <Text className="t-second t-muted">没有计时</Text>;
  return <Deadline at={pressing.dueAt} what={TICKET_CLOCK_LABELS[pressing.clock]} overdueCounts />;
}

/** The same in the width of a table's column. */
export function ClockChip({ pressing }: { readonly pressing: PressingDeadline | null }) {
  if (pressing === null) return <Text className="t-muted">—</Text>;
  const overdue = pressing.dueState === 'OVERDUE';
  const tone = overdue ? 'bad' : pressing.dueState === 'DUE_TODAY' ? 'urgent' : 'plain';
  return (
    <Chip tone={tone} icon="clock">
      {pressing.text.replace('期限', '')}
    </Chip>
  );
}

const ENTRY_TONES: Readonly<Partial<Record<TimelineEntry['kind'], TimelineItem['tone']>>> = {
  RESOLVE: 'good',
  CONFIRM: 'good',
  URGE: 'bad',
  ESCALATE: 'urgent',
  REOPEN: 'urgent',
  APPEAL: 'urgent',
  REJECT: 'bad',
};

/** 办理经过, the latest first. */
export function TicketTimeline({ ticket }: { readonly ticket: TicketDetail }) {
  const items = [...ticket.timeline].reverse().map((entry): TimelineItem => ({
    id: entry.id,
    at: entry.at,
    who: ticket.isMine && entry.by === '投诉人' ? '您' : entry.by,
    what: TIMELINE_LABELS[entry.kind],
    text: entry.text === '' ? undefined : entry.text,
    tone: ENTRY_TONES[entry.kind] ?? 'plain',
    ...picturesOf(entry.pictures),
    note: pictureNotes(entry).join(''),
  }));
  const clock = ticket.pressing === null ? {} : { clock: <PressingClock pressing={ticket.pressing} /> };
  return <Timeline items={items} {...clock} />;
}

/** As `Photos` takes them. */
export function picturesOf(pictures: readonly TicketPicture[]): {
  readonly photos: readonly string[];
  readonly thumbs: readonly string[];
} {
  return {
    photos: pictures.map(({ url }) => url),
    thumbs: pictures.map(({ thumbUrl }) => thumbUrl),
  };
}

/** What there is to know of pictures that not everybody sees, or nobody. */
function pictureNotes({
  pictures,
  unseenPictures: { checking, withheld },
}: {
  readonly pictures: readonly TicketPicture[];
  readonly unseenPictures: UnseenPictures;
}): readonly string[] {
  return [
    ...(pictures.some((picture) => picture.checking) ? ['照片检查中，通过后处理人才能看到。'] : []),
    ...(checking > 0 ? [`还有 ${checking} 张照片正在检查，通过后显示。`] : []),
    ...(withheld > 0 ? [`${withheld} 张照片没有通过内容检查，已不显示；投诉照常办理。`] : []),
  ];
}

/** Under the pictures of a complaint. */
export function PictureNotes({ ticket }: { readonly ticket: TicketDetail }) {
  const notes = pictureNotes(ticket);
  if (notes.length === 0) return null;
  return (
    <View className="stack stack--1">
      {notes.map((note) => (
        <View key={note} className="t-second t-muted">
          {note}
        </View>
      ))}
    </View>
  );
}

/** Number, place and how many also met with it, in a line under the title. */
export function TicketFacts({ ticket }: { readonly ticket: TicketSummary }) {
  const parts = [
    ticket.number,
    ...(ticket.place === '' ? [] : [ticket.place]),
    ...(ticket.followers === 0 ? [] : [`${ticket.followers} 位邻居也遇到`]),
  ];
  return <View className="t-second t-muted">{parts.join(' · ')}</View>;
}
