import { Text, View } from '@tarojs/components';
import { type TicketSummary, isOpen, ticketCategory } from '@linli/shared/tickets';
import { Card } from '@/components';
import { PressingClock, TicketFacts, TicketStateChip } from '@/components/tickets';
import { navigate } from '@/navigate';
import { waitsOn } from '../model';

/** One complaint in a list: what, where it stands, on whom it waits and until when. */
export function ComplaintCard({ ticket }: { readonly ticket: TicketSummary }) {
  const label = ticketCategory(ticket.category).label;
  const waits = waitsOn(ticket);
  return (
    <Card
      label={`${ticket.title}，${waits}`}
      onTap={() => {
        navigate('complaintDetail', { estateId: ticket.estateId, id: ticket.id });
      }}
    >
      <View className="stack stack--2">
        <View className="row row--between row--top gap-2">
          <View className="t-strong grow">{ticket.title}</View>
          <TicketStateChip state={ticket.state} side={ticket.isMine ? 'MINE' : 'OTHERS'} />
        </View>
        <View className="t-second t-muted">{label}</View>
        <TicketFacts ticket={ticket} />
        {ticket.isMine && <Text className="t-second">{waits}</Text>}
        {ticket.isMine &&
          ticket.pressing !== null &&
          (isOpen(ticket.state) || ticket.state === 'RESOLVED') && (
            <PressingClock pressing={ticket.pressing} />
          )}
      </View>
    </Card>
  );
}
