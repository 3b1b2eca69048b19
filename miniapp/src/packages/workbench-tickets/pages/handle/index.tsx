import { View } from '@tarojs/components';
import { WorkbenchShell } from '@/components/staff';
import { useRouteParams } from '@/navigate';
import { useSession } from '@/stores';
import { OpenTicket } from '../../components/open-ticket';
import '../../components/tickets-desk.css';

/** One complaint on a phone, or where a message led to it; on a laptop no wider than one can read. */
export default function TicketHandlePage() {
  const { estateId, id } = useRouteParams('ticketHandle');
  const here = useSession((state) => state.estateId);
  return (
    <WorkbenchShell route="ticketHandle" active="tickets" title="处理投诉">
      <View className="ticket-alone">
        <OpenTicket estateId={estateId ?? here ?? undefined} id={id} />
      </View>
    </WorkbenchShell>
  );
}
