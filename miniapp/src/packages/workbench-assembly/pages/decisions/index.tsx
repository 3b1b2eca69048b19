import { View } from '@tarojs/components';
import { type Decision, DECISION_STATUS_LABELS } from '@linli/shared/assembly';
import { formatFullDate, formatYuan } from '@linli/shared/kernel';
import { useState } from 'react';
import { Button, Chip, Empty, FollowUpChip, MorePages, Sheet } from '@/components';
import { type Column, TableWithSheet, WorkbenchShell } from '@/components/staff';
import { membershipsIn, useSession } from '@/stores/session';
import { useAllDecisions } from '../../api';
import { FollowUpDesk } from '../../components/follow-up-desk';
import { DecisionForm } from '../../components/decision-form';
import { DecisionReview } from '../../components/decision-review';

/** 决定登记: old decisions with their scan; one member registers, another confirms. */
export default function DecisionsDeskPage() {
  const decisions = useAllDecisions();
  const me = useSession((state) => state.me);
  const estateId = useSession((state) => state.estateId);
  const roles = membershipsIn(me, estateId).map(({ role }) => role);
  const mayRegister = roles.some((role) => role.startsWith('COMMITTEE_'));
  const convenes = mayRegister || roles.includes('STREET_OFFICER');
  const [registering, setRegistering] = useState(false);
  const register = () => {
    setRegistering(true);
  };
  const close = () => {
    setRegistering(false);
  };
  const isEmpty = decisions.status === 'ready' && decisions.data.items.length === 0;
  return (
    <WorkbenchShell
      route="decisionsDesk"
      active={convenes ? 'assemblies' : 'decisions'}
      title="决定登记和落实"
      resource={decisions}
      actions={
        // Where there is none yet, the page itself leads there.
        isEmpty || !mayRegister ? null : (
          <Button icon="plus" onTap={register}>
            登记以前的决定
          </Button>
        )
      }
    >
      {({ items }) => (
        <View className="stack stack--3">
          {items.length === 0 ? (
            <Empty
              title="还没有决定"
              text="把以前纸面上的决定登记进来，合同和支出才能引用。"
              {...(mayRegister ? { next: { label: '登记以前的决定', onTap: register } } : {})}
            />
          ) : (
            <Decisions rows={items} keyboard={!registering} />
          )}
          <MorePages more={decisions.more} />
          <Sheet open={registering} title="登记以前的决定" onClose={close}>
            <DecisionForm onDone={close} />
          </Sheet>
        </View>
      )}
    </WorkbenchShell>
  );
}

function Decisions({ rows, keyboard }: { readonly rows: readonly Decision[]; readonly keyboard: boolean }) {
  return (
    <TableWithSheet
      caption="业主大会的决定"
      rows={rows}
      columns={COLUMNS}
      rowKey={(row) => row.id}
      rowLabel={(row) => `${row.number}，${row.title}，${DECISION_STATUS_LABELS[row.status]}`}
      card={(row) => (
        <View className="stack stack--1">
          <View className="t-strong">{row.title}</View>
          <View className="t-second t-muted">{row.number}</View>
          <View className="row">
            <StatusChip row={row} />
          </View>
        </View>
      )}
      keyboard={keyboard}
      sheetTitle={({ number }) => number}
      sheet={(decision, close) => (
        <>
          <DecisionReview decision={decision} onDone={close} />
          {decision.followUp !== null && <FollowUpDesk decision={decision} />}
        </>
      )}
    />
  );
}

const COLUMNS: readonly Column<Decision>[] = [
  { key: 'number', title: '编号', width: '200px', cell: (row) => row.number },
  { key: 'title', title: '决定', cell: (row) => row.title },
  { key: 'date', title: '决定日期', width: '130px', cell: (row) => formatFullDate(row.decidedOn) },
  {
    key: 'due',
    title: '完成期限',
    width: '150px',
    cell: (row) =>
      row.followUp?.dueOn === null || row.followUp === null ? '—' : formatFullDate(row.followUp.dueOn),
  },
  { key: 'spent', title: '已支出', align: 'right', width: '190px', cell: spentOf },
  { key: 'status', title: '状态', width: '140px', cell: (row) => <StatusChip row={row} /> },
];

function spentOf({ followUp, amountLimitFen }: Decision): string {
  if (followUp === null || amountLimitFen === null) return '—';
  return `${formatYuan(followUp.spentFen)} / ${formatYuan(amountLimitFen)}`;
}

function StatusChip({ row: { status, followUp } }: { readonly row: Decision }) {
  if (followUp !== null) return <FollowUpChip state={followUp.state} />;
  const tone = status === 'IN_FORCE' ? 'good' : status === 'PENDING' ? 'urgent' : 'bad';
  return <Chip tone={tone}>{DECISION_STATUS_LABELS[status]}</Chip>;
}
