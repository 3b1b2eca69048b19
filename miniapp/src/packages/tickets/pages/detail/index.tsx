import { View } from '@tarojs/components';
import {
  type TicketDetail,
  TICKET_KIND_LABELS,
  SATISFACTION_LABELS,
  isOpen,
  liveDeadline,
  ticketCategory,
} from '@linli/shared/tickets';
import { formatInstant } from '@linli/shared/kernel';
import { Button, CallRow, Card, PageShell, Photos, SkeletonCard, useNow } from '@/components';
import {
  PictureNotes,
  PressingClock,
  TicketFacts,
  TicketStateChip,
  TicketTimeline,
  picturesOf,
} from '@/components/tickets';
import { navigate, useRouteParams } from '@/navigate';
import { useSession } from '@/stores';
import { useTicket } from '../../api';
import { Steps } from '../../components/steps';
import { waitsOn } from '../../model';

/** Where it stands, on whom it waits and until when, what one can do, and everything that happened. */
export default function ComplaintDetailPage() {
  const params = useRouteParams('complaintDetail');
  const here = useSession((state) => state.estateId);
  const resource = useTicket(params.estateId ?? here ?? undefined, params.id);
  return (
    <PageShell
      route="complaintDetail"
      resource={resource}
      skeleton={
        <View className="stack stack--3">
          <SkeletonCard lines={5} />
          <SkeletonCard lines={6} />
        </View>
      }
    >
      {(ticket) => <Detail ticket={ticket} sent={params.sent !== undefined} />}
    </PageShell>
  );
}

function Detail({ ticket, sent }: { readonly ticket: TicketDetail; readonly sent: boolean }) {
  const { photos, thumbs } = picturesOf(ticket.pictures);
  const unseen = ticket.unseenPictures.checking + ticket.unseenPictures.withheld;
  return (
    <View className="stack stack--4">
      {sent && ticket.state === 'SUBMITTED' && <Sent ticket={ticket} />}
      <Card>
        <View className="stack stack--2">
          <View className="row row--between row--top gap-2">
            <View className="t-title grow">{ticket.title}</View>
            <TicketStateChip state={ticket.state} side={ticket.isMine ? 'MINE' : 'OTHERS'} />
          </View>
          <View className="t-strong">{ticket.isMine ? waitsOn(ticket) : `由${ticket.handlerName}办理`}</View>
          {(isOpen(ticket.state) || ticket.state === 'RESOLVED') && ticket.pressing !== null && (
            <PressingClock pressing={ticket.pressing} />
          )}
          <TicketFacts ticket={ticket} />
          <MergedInto ticket={ticket} />
        </View>
      </Card>
      <Steps ticket={ticket} />
      <Card title="反映的情况">
        <View className="stack stack--3">
          <View className="t-second t-muted">
            {`${ticketCategory(ticket.category).label} · ${TICKET_KIND_LABELS[ticket.kind]}${ticket.anonymous ? ' · 匿名' : ''}`}
          </View>
          {ticket.text === '' ? (
            <View className="t-second t-muted">写了什么、怎么答复的，只给反映的人和办理的人看</View>
          ) : (
            <View>{ticket.text}</View>
          )}
          {photos.length > 0 && <Photos urls={photos} thumbs={thumbs} />}
          <PictureNotes ticket={ticket} />
          {photos.length === 0 && ticket.photos > unseen && (
            <View className="t-second t-muted">{`有 ${ticket.photos} 张照片，只给办理的人看`}</View>
          )}
          <View className="t-second t-muted">{byWhom(ticket)}</View>
        </View>
      </Card>
      {ticket.rating !== null && <Rating ticket={ticket} />}
      <Card title="办理经过">
        <TicketTimeline ticket={ticket} />
      </Card>
      <Card title="法定职责部门">
        <View className="stack stack--2">
          {ticket.lead.phone === null ? (
            <View className="t-strong">{ticket.lead.name}</View>
          ) : (
            <CallRow
              department={ticket.lead.name}
              duty={ticketCategory(ticket.category).label}
              phone={ticket.lead.phone.number}
            />
          )}
          <View className="t-caption t-muted">{`依据：${ticket.routeSource}`}</View>
        </View>
      </Card>
    </View>
  );
}

/** Where a merged one goes on. */
function MergedInto({ ticket: { estateId, mergedInto } }: { readonly ticket: TicketDetail }) {
  if (mergedInto === null) return null;
  return (
    <Button
      size="small"
      kind="quiet"
      onTap={() => {
        navigate('complaintDetail', { estateId, id: mergedInto.id });
      }}
    >
      {`已并入 ${mergedInto.number}，去看那一件`}
    </Button>
  );
}

function byWhom({ isMine, complainant, anonymous }: TicketDetail): string {
  if (anonymous) return isMine ? '您匿名反映，谁都看不到您是谁' : '匿名反映';
  return isMine ? '邻居看不到您写的内容，被投诉的一方看不到您的姓名和电话' : `反映人：${complainant.name}`;
}

function Sent({ ticket }: { readonly ticket: TicketDetail }) {
  const now = useNow();
  const acceptBy = liveDeadline(ticket.deadlines, 'ACCEPT')?.dueAt;
  return (
    <Card tone="brand">
      <View className="stack stack--1">
        <View className="t-title">{`已提交，编号 ${ticket.number}`}</View>
        <View>
          {acceptBy === undefined
            ? `${ticket.handlerName}会尽快受理。`
            : `${ticket.handlerName}会在 ${formatInstant(acceptBy, now)} 前受理，有进展会通知您。`}
        </View>
      </View>
    </Card>
  );
}

function Rating({ ticket }: { readonly ticket: TicketDetail }) {
  if (ticket.rating === null) return null;
  const { stars, solved, satisfaction, comment } = ticket.rating;
  return (
    <Card title="评价">
      <View className="stack stack--1">
        <View>{`${stars} 星 · ${solved ? '已解决' : '没有解决'} · ${SATISFACTION_LABELS[satisfaction]}`}</View>
        {comment !== '' && <View>{comment}</View>}
      </View>
    </Card>
  );
}
