import { View } from '@tarojs/components';
import { formatYuan } from '@linli/shared/kernel';
import {
  APPLICANT_BODY_LABELS,
  basisText,
  SPENDING_STATE_LABELS,
  type SpendingRequest,
  type SpendingState,
} from '@linli/shared/spending';
import { useState } from 'react';
import { Button, Empty, InstantText, MorePages, PageContent, Tabs, useNow } from '@/components';
import { SpendingChip, SpendingFacts, SpendingLine } from '@/components/spending';
import { TableWithSheet, WorkbenchShell } from '@/components/staff';
import { navigate } from '@/navigate';
import { membershipsIn, useSession } from '@/stores';
import { SpendingForm } from '../../components/spending-form';
import { SpendingSteps } from '../../components/spending-steps';
import { useSpendingDesk } from '../../spending-api';

type Filter = SpendingState | 'ALL';

const FILTERS: readonly { readonly value: Filter; readonly label: string }[] = [
  { value: 'ALL', label: '全部' },
  { value: 'APPLIED', label: '待确认' },
  { value: 'COMMITTEE_CONFIRMED', label: '待备案' },
  { value: 'STREET_FILED', label: '待付款' },
  { value: 'PAID', label: '待对账' },
];

/** 支出审批: the joint account of company, committee and street. */
export default function SpendingDeskPage() {
  const [filter, setFilter] = useState<Filter>('ALL');
  const [applying, setApplying] = useState(false);
  const spending = useSpendingDesk(filter);
  const isStreet = useIsStreetOnly();
  return (
    <WorkbenchShell
      route="spendingDesk"
      active="spending"
      title="支出审批"
      actions={
        <>
          <Button kind="plain" onTap={() => navigate('accountDesk')}>
            月度对账
          </Button>
          {!isStreet && (
            <Button
              icon="plus"
              onTap={() => {
                setApplying(true);
              }}
            >
              申请支出
            </Button>
          )}
        </>
      }
    >
      <View className="stack stack--4">
        <Tabs label="进展" value={filter} onChange={setFilter} options={FILTERS} />
        <PageContent resource={spending}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title="没有这样的支出" text="从公共收益支出，先在这里申请，再确认、备案、付款、对账。" />
            ) : (
              <View className="stack stack--3">
                <SpendingTable requests={items} />
                <MorePages more={spending.more} />
              </View>
            )
          }
        </PageContent>
        {applying && (
          <SpendingForm
            onClose={() => {
              setApplying(false);
            }}
          />
        )}
      </View>
    </WorkbenchShell>
  );
}

/** The street files and does not apply. */
function useIsStreetOnly(): boolean {
  return useSession(({ me, estateId }) =>
    membershipsIn(me, estateId).every(({ role }) => role === 'STREET_OFFICER'),
  );
}

function SpendingTable({ requests }: { readonly requests: readonly SpendingRequest[] }) {
  return (
    <TableWithSheet
      caption="支出申请"
      rows={requests}
      rowKey={({ id }) => id}
      rowLabel={(row) => `${row.text}，${formatYuan(row.amountFen)}，${SPENDING_STATE_LABELS[row.state]}`}
      card={(row) => <SpendingLine request={row} />}
      columns={[
        { key: 'text', title: '用来做什么', cell: ({ text }) => text },
        { key: 'payee', title: '收款单位', width: '170px', cell: ({ payee }) => payee },
        {
          key: 'fen',
          title: '金额',
          align: 'right',
          width: '120px',
          cell: ({ amountFen }) => formatYuan(amountFen),
        },
        { key: 'basis', title: '准许依据', width: '200px', cell: (row) => basisText(row) },
        {
          key: 'applied',
          title: '申请',
          width: '180px',
          cell: (row) => <Applied request={row} />,
        },
        {
          key: 'state',
          title: '进展',
          width: '140px',
          cell: ({ state }) => <SpendingChip state={state} />,
        },
      ]}
      sheetTitle={() => '支出申请'}
      sheet={(request, close) => (
        <>
          <SpendingFacts request={request} />
          <SpendingSteps request={request} onDone={close} />
        </>
      )}
    />
  );
}

function Applied({ request: { appliedAs, steps } }: { readonly request: SpendingRequest }) {
  const now = useNow();
  return (
    <View>
      <View>{APPLICANT_BODY_LABELS[appliedAs]}</View>
      <InstantText at={steps[0]?.at ?? now} />
    </View>
  );
}
