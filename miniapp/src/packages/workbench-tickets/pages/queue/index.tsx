import { WorkbenchShell } from '@/components/staff';
import { QueueView } from '../../components/queue-view';

const SCOPES = [
  { value: 'OURS', label: '我们在办' },
  { value: 'PASSED_ON', label: '已转出' },
] as const;

/** 工单: what is with us, the soonest deadline first. */
export default function TicketsDeskPage() {
  return (
    <WorkbenchShell route="ticketsDesk" active="tickets" title="工单">
      <QueueView scopes={SCOPES} />
    </WorkbenchShell>
  );
}
