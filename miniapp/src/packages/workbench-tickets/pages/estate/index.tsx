import { WorkbenchShell } from '@/components/staff';
import { QueueView } from '../../components/queue-view';

const SCOPES = [
  { value: 'ALL', label: '全部投诉' },
  { value: 'OURS', label: '由业委会办理' },
] as const;

/** 小区投诉: everything residents have reported; the committee looks on, urges, and handles what is raised to it. */
export default function ComplaintsDeskPage() {
  return (
    <WorkbenchShell route="complaintsDesk" active="complaints" title="小区投诉">
      <QueueView scopes={SCOPES} />
    </WorkbenchShell>
  );
}
