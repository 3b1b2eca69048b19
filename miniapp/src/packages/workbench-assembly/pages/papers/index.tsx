import { View } from '@tarojs/components';
import { ASSEMBLY_STATE_LABELS, type AssemblySummary } from '@linli/shared/assembly';
import { formatInstant } from '@linli/shared/kernel';
import { Chip, Empty, MorePages, useNow } from '@/components';
import { DataTable, WorkbenchShell } from '@/components/staff';
import { navigate } from '@/navigate';
import { usePaperMeetings } from '../../paper-api';

const WITH_PAPERS: readonly AssemblySummary['state'][] = ['NOTICED', 'VOTING', 'CLOSED', 'PUBLISHED'];
const hasPapers = ({ state }: AssemblySummary) => WITH_PAPERS.includes(state);

/** 纸质票: the meetings whose papers one prints, delivers, takes in and reads. */
export default function PapersDeskPage() {
  const meetings = usePaperMeetings();
  return (
    <WorkbenchShell
      route="papersDesk"
      active="papers"
      title="纸质票"
      resource={meetings}
      empty={({ items }) =>
        items.some(hasPapers) ? null : (
          <Empty
            title="现在没有要办的会议"
            text="业主大会发出通知、名册公示以后，可以在这里印票、登记送达和收票。"
          />
        )
      }
    >
      {({ items }) => (
        <View className="stack stack--3">
          <View>
            纸质票由两个人各自录入，录得一样才计入；第二个人看不到第一个人录了什么。自己家的票要由别人来办。
          </View>
          <Meetings rows={items.filter(hasPapers)} />
          <MorePages more={meetings.more} />
        </View>
      )}
    </WorkbenchShell>
  );
}

function Meetings({ rows }: { readonly rows: readonly AssemblySummary[] }) {
  const now = useNow();
  const until = ({ closesAt }: AssemblySummary) =>
    closesAt === null ? '' : `投票截止 ${formatInstant(closesAt, now)}`;
  return (
    <DataTable<AssemblySummary>
      rows={rows}
      caption="有纸质票的会议"
      rowKey={({ id }) => id}
      rowLabel={(row) => `${row.title}，${ASSEMBLY_STATE_LABELS[row.state]}`}
      onOpen={({ id }) => {
        navigate('paperDesk', { assemblyId: id });
      }}
      columns={[
        { key: 'title', title: '会议', cell: ({ title }) => title },
        { key: 'name', title: '届次', cell: ({ name }) => name, width: '30%' },
        { key: 'state', title: '现在', cell: ({ state }) => <State state={state} />, width: '18%' },
        { key: 'until', title: '投票截止', cell: until, width: '26%' },
      ]}
      card={(row) => (
        <View className="stack stack--1">
          <View className="row row--between row--top">
            <View className="t-title grow">{row.title}</View>
            <State state={row.state} />
          </View>
          <View className="t-second t-muted">{until(row)}</View>
        </View>
      )}
    />
  );
}

function State({ state }: Pick<AssemblySummary, 'state'>) {
  return <Chip tone={state === 'VOTING' ? 'urgent' : 'info'}>{ASSEMBLY_STATE_LABELS[state]}</Chip>;
}
