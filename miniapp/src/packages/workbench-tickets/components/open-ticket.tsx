import { View } from '@tarojs/components';
import {
  type TicketDetail,
  SATISFACTION_LABELS,
  SLA_CLASS_LABELS,
  TICKET_KIND_LABELS,
  ticketCategory,
} from '@linli/shared/tickets';
import { Button, CallRow, Card, Chip, PageContent, Photos, SkeletonCard } from '@/components';
import {
  PictureNotes,
  PressingClock,
  TicketFacts,
  TicketStateChip,
  TicketTimeline,
  picturesOf,
} from '@/components/tickets';
import { useTicket } from '../api';
import { ExtensionDecision } from './extension-decision';
import { HandlerSteps } from './handler-steps';

/** One complaint to be worked: its clock, what can be done now, what was written, and all that happened. */
export function OpenTicket({
  estateId,
  id,
  onSheet,
  onClose,
}: {
  readonly estateId: string | undefined;
  readonly id: string | undefined;
  /** A sheet is open over the page: the table's keys rest. */
  readonly onSheet?: (open: boolean) => void;
  readonly onClose?: () => void;
}) {
  return (
    <PageContent
      resource={useTicket(estateId, id)}
      skeleton={<SkeletonCard lines={8} />}
      kept="您写的答复还在这台设备上"
    >
      {(ticket) => (
        <View className="stack stack--3">
          <Head ticket={ticket} onClose={onClose} />
          {ticket.pendingExtension !== null && (
            <ExtensionDecision
              ticket={ticket}
              extension={ticket.pendingExtension}
              mayDecide={ticket.mayDecideExtension}
            />
          )}
          <HandlerSteps key={ticket.id} ticket={ticket} onSheet={onSheet} />
          <What ticket={ticket} />
          <Card title="办理经过">
            <TicketTimeline ticket={ticket} />
          </Card>
        </View>
      )}
    </PageContent>
  );
}

function Head({
  ticket,
  onClose,
}: {
  readonly ticket: TicketDetail;
  readonly onClose: (() => void) | undefined;
}) {
  return (
    <Card
      title={ticket.title}
      extra={
        onClose === undefined ? undefined : (
          <Button kind="quiet" size="small" icon="close" label="关闭这一件" onTap={onClose}>
            关闭
          </Button>
        )
      }
    >
      <View className="stack stack--2">
        <View className="row row--wrap gap-2">
          <TicketStateChip state={ticket.state} side="OTHERS" />
          {ticket.unsafe && (
            <Chip tone="bad" icon="alert">
              有危险
            </Chip>
          )}
          <Chip>{SLA_CLASS_LABELS[ticket.slaClass]}</Chip>
        </View>
        {ticket.pressing !== null && <PressingClock pressing={ticket.pressing} />}
        <View>{`由${ticket.handlerName}${ticket.assigneeName === null ? '' : ` ${ticket.assigneeName}`}办理`}</View>
        <TicketFacts ticket={ticket} />
      </View>
    </Card>
  );
}

function What({ ticket }: { readonly ticket: TicketDetail }) {
  const { photos, thumbs } = picturesOf(ticket.pictures);
  const { complainant, rating } = ticket;
  const real = complainant.phone !== null && !complainant.phone.includes('*');
  return (
    <Card title="反映的情况">
      <View className="stack stack--3">
        <View className="t-second t-muted">
          {`${ticketCategory(ticket.category).label} · ${TICKET_KIND_LABELS[ticket.kind]}${ticket.anonymous ? ' · 匿名' : ''}`}
        </View>
        <View>{ticket.text}</View>
        {photos.length > 0 && <Photos urls={photos} thumbs={thumbs} />}
        <PictureNotes ticket={ticket} />
        {real ? (
          <CallRow
            department={complainant.name}
            duty={complainant.unitName ?? '反映人'}
            phone={complainant.phone ?? ''}
          />
        ) : (
          <View className="t-second t-muted">{`反映人：${complainant.name}（不向您显示身份）`}</View>
        )}
        <View className="t-second t-muted">{`职责部门：${ticket.lead.name}。依据：${ticket.routeSource}`}</View>
        {rating !== null && (
          <View>
            {`评价：${rating.stars} 星 · ${rating.solved ? '已解决' : '没有解决'} · ${SATISFACTION_LABELS[rating.satisfaction]}${rating.comment === '' ? '' : `：${rating.comment}`}`}
          </View>
        )}
      </View>
    </Card>
  );
}
