import { View } from '@tarojs/components';
import { ASSEMBLY_STATE_LABELS, type AssemblySummary } from '@linli/shared/assembly';
import { formatInstant } from '@linli/shared/kernel';
import { Button, Chip, Empty, MorePages, useNow } from '@/components';
import { type Column, DataTable, WorkbenchShell } from '@/components/staff';
import { navigate } from '@/navigate';
import { bothResources } from '@/request';
import { useDrafts, useMeetings } from '../../api';

/** 业主大会 of the estate: drafts first, then the newest. */
export default function AssembliesDeskPage() {
  const drafts = useDrafts();
  const held = useMeetings();
  const create = () => {
    navigate('convene', {});
  };
  return (
    <WorkbenchShell
      route="assembliesDesk"
      active="assemblies"
      title="业主大会"
      resource={bothResources(drafts, held)}
      actions={
        <>
          <Button
            kind="plain"
            onTap={() => {
              navigate('decisionsDesk');
            }}
          >
            决定登记
          </Button>
          <Button icon="plus" onTap={create}>
            召集会议
          </Button>
        </>
      }
      empty={([unsent, known]) =>
        unsent.items.length + known.items.length > 0 ? null : (
          <Empty
            title="还没有召集过会议"
            text="从议题写起，系统会一步步核对通知时间和程序。"
            next={{ label: '召集会议', onTap: create }}
          />
        )
      }
    >
      {([unsent, known]) => (
        <View className="stack stack--3">
          <Meetings rows={[...unsent.items, ...known.items]} />
          <MorePages more={held.more} />
        </View>
      )}
    </WorkbenchShell>
  );
}

function Meetings({ rows }: { readonly rows: readonly AssemblySummary[] }) {
  const now = useNow();
  const when = ({ opensAt, closesAt }: AssemblySummary) =>
    opensAt === null || closesAt === null
      ? '时间未定'
      : `${formatInstant(opensAt, now)} 至 ${formatInstant(closesAt, now)}`;
  const columns: readonly Column<AssemblySummary>[] = [
    { key: 'title', title: '会议', cell: (row) => <NameCell row={row} /> },
    {
      key: 'motions',
      title: '议题',
      width: '72px',
      align: 'right',
      cell: (row) => `${row.motions.length} 项`,
    },
    { key: 'when', title: '投票时间', width: '370px', cell: when },
    { key: 'state', title: '进展', width: '150px', cell: (row) => <StateChip row={row} /> },
  ];
  return (
    <DataTable
      caption="业主大会会议"
      rows={rows}
      columns={columns}
      rowKey={(row) => row.id}
      rowLabel={(row) => `${row.title || '未命名的会议'}，${ASSEMBLY_STATE_LABELS[row.state]}`}
      card={(row) => (
        <View className="stack stack--2">
          <NameCell row={row} />
          <View className="t-second">{when(row)}</View>
          <View className="row">
            <StateChip row={row} />
          </View>
        </View>
      )}
      onOpen={({ id, state }) => {
        if (state === 'DRAFT') navigate('convene', { assemblyId: id });
        else navigate('meetingDesk', { assemblyId: id });
      }}
    />
  );
}

function NameCell({ row }: { readonly row: AssemblySummary }) {
  return (
    <View>
      <View className="t-strong">{row.title || '未命名的会议'}</View>
      <View className="t-second t-muted">{row.name}</View>
    </View>
  );
}

function StateChip({ row: { state } }: { readonly row: AssemblySummary }) {
  const tone = state === 'VOTING' ? 'urgent' : state === 'PUBLISHED' ? 'good' : 'info';
  return <Chip tone={tone}>{ASSEMBLY_STATE_LABELS[state]}</Chip>;
}
