import { PageShell } from '@/components';
import { useRouteParams } from '@/navigate';
import { useSession } from '@/stores';
import { OpenTicket } from '../../components/open-ticket';

/** One complaint on a phone, or where a message led to it. */
export default function TicketHandlePage() {
  const { estateId, id } = useRouteParams('ticketHandle');
  const here = useSession((state) => state.estateId);
  return (
    <PageShell route="ticketHandle">
      <OpenTicket estateId={estateId ?? here ?? undefined} id={id} />
    </PageShell>
  );
}
