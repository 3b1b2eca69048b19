import { View } from '@tarojs/components';
import {
  BILL_STATE_LABELS,
  type CollectionBill,
  type CollectionRow,
  type CollectionView,
  FEE_LIMITS,
  LEDGER_LABELS,
} from '@linli/shared/fees';
import {
  formatDay,
  formatMonth,
  formatPercent,
  formatYuan,
  monthOf,
  shanghaiDate,
} from '@linli/shared/kernel';
import { useEffect, useState } from 'react';
import {
  Button,
  Card,
  Chip,
  ConfirmSheet,
  Empty,
  Fact,
  Field,
  Money,
  MorePages,
  PageContent,
  Picker,
  Sheet,
  TextArea,
  useNow,
} from '@/components';
import { type Column, DataTable, FilterBar, FilterChips, WorkbenchShell } from '@/components/staff';
import { navigate } from '@/navigate';
import { type NextPage, useAction } from '@/request';
import { toast, useDraft } from '@/stores';
import { type CollectionFilter, useCollection, useFeeActions, useIsManager } from '../../api';
import { BillCredits } from '../../components/bill-credits';
import { BillRefund } from '../../components/bill-refund';
import { DunningSteps } from '../../components/dunning-steps';
import { MoneySum } from '../../components/money-sum';
import { useUnmatched } from '../../money-api';
import { monthOptions } from '../../model';
import { moneyColumn } from '../../money-column';
import '../../components/fees-desk.css';

const SEARCH_AFTER_MS = 300;

/** 缴费情况: who has paid and who has not, and money that fits nothing. Never shown to neighbours. */
export default function CollectionPage() {
  const now = useNow();
  const [month, setMonth] = useState(monthOf(shanghaiDate(now)));
  const [state, setState] = useState<CollectionFilter['state']>('ALL');
  const [typed, setTyped] = useState('');
  const [search, setSearch] = useState('');
  const [open, setOpen] = useState<string | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => {
      setSearch(typed);
    }, SEARCH_AFTER_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [typed]);
  const collection = useCollection({ month, state, search });
  return (
    <WorkbenchShell route="paymentsDesk" active="payments" title="缴费情况">
      <View className="stack stack--4">
        <Unmatched />
        <FilterBar search={{ value: typed, onChange: setTyped, placeholder: '找房号' }}>
          <View className="month-picker">
            <Picker label="月份" value={month} options={monthOptions(now, 12, 1)} onChange={setMonth} />
          </View>
          <FilterChips
            label="状态"
            value={state}
            onChange={setState}
            options={[
              { value: 'ALL', label: '全部' },
              { value: 'ISSUED', label: '待缴' },
              { value: 'OVERDUE', label: '已逾期' },
              { value: 'PAID', label: '已缴清' },
              { value: 'CANCELLED', label: '已作废' },
            ]}
          />
        </FilterBar>
        <PageContent resource={collection}>
          {(data) => (
            <View className="stack stack--4">
              <Sums collection={data} />
              <Bills collection={data} more={collection.more} openId={open} onOpen={setOpen} />
            </View>
          )}
        </PageContent>
        {open !== null && (
          <BillSheet
            billId={open}
            onClose={() => {
              setOpen(null);
            }}
          />
        )}
      </View>
    </WorkbenchShell>
  );
}

function Sums({ collection }: { readonly collection: CollectionView }) {
  const { issuedFen, paidFen, reducedFen, bills, paidBills } = collection;
  const openFen = issuedFen - paidFen - reducedFen;
  if (bills === 0) return null;
  return (
    <Card title={`${formatMonth(collection.month)}账单`}>
      <View className="fee-sums">
        <MoneySum label={`应收 · ${bills} 张`} fen={issuedFen} />
        <MoneySum label={`已收 · ${paidBills} 张`} fen={paidFen} />
        {reducedFen > 0 && <MoneySum label="减免" fen={reducedFen} />}
        <MoneySum label={`还差 · ${bills - paidBills} 张`} fen={openFen} coloured={openFen > 0} />
        <View className="fee-sums__item">
          <View className="t-second t-muted">收缴率</View>
          <View className="t-title">{formatPercent(paidFen, Math.max(1, issuedFen))}</View>
        </View>
      </View>
    </Card>
  );
}

function Bills({
  collection: { items: rows, bills },
  more,
  openId,
  onOpen,
}: {
  readonly collection: CollectionView;
  readonly more: NextPage;
  readonly openId: string | null;
  readonly onOpen: (billId: string) => void;
}) {
  if (rows.length === 0) return bills === 0 ? <NotIssued /> : <Empty title="没有符合的账单" />;
  return (
    <View className="stack stack--3">
      <DataTable
        caption="账单"
        rows={rows}
        rowKey={({ billId }) => billId}
        rowLabel={(row) => `${row.unitName}，${formatYuan(row.totalFen)}，${BILL_STATE_LABELS[row.state]}`}
        onOpen={({ billId }) => {
          onOpen(billId);
        }}
        openKey={openId}
        keyboard={openId === null}
        card={(row) => (
          <View className="stack stack--1">
            <View className="row row--between">
              <View className="t-strong">{row.unitName}</View>
              <Money fen={row.totalFen} />
            </View>
            <View className="row gap-2">
              <State row={row} />
              <View className="t-second t-muted">{row.payerName}</View>
            </View>
          </View>
        )}
        columns={COLUMNS}
      />
      <MorePages more={more} />
    </View>
  );
}

const COLUMNS: readonly Column<CollectionRow>[] = [
  { key: 'unit', title: '房屋', cell: ({ unitName }) => unitName },
  { key: 'payer', title: '交款人', width: '130px', cell: ({ payerName }) => payerName },
  { key: 'ledger', title: '账目', width: '110px', cell: ({ ledger }) => LEDGER_LABELS[ledger] },
  moneyColumn('totalFen', '应收', '110px'),
  moneyColumn('openFen', '还差', '110px'),
  { key: 'state', title: '状态', width: '150px', cell: (row) => <State row={row} /> },
];

function NotIssued() {
  const next = {
    label: '去出账',
    onTap: () => {
      navigate('billsDesk');
    },
  };
  return <Empty title="这个月还没有出账" next={next} />;
}

function State({ row }: { readonly row: CollectionRow }) {
  if (row.overdueDays > 0) return <Chip tone="urgent" icon="clock">{`逾期 ${row.overdueDays} 天`}</Chip>;
  if (row.state === 'PAID')
    return (
      <Chip tone="good" icon="check">
        已缴清
      </Chip>
    );
  return <Chip>{BILL_STATE_LABELS[row.state]}</Chip>;
}

/** One bill with its lines; a wrong one is cancelled by the manager. */
function BillSheet({ billId, onClose }: { readonly billId: string; readonly onClose: () => void }) {
  const actions = useFeeActions();
  const [bill, setBill] = useState<CollectionBill | null>(null);
  const [asking, setAsking] = useState(false);
  const { value: reason, set: setReason, discard } = useDraft(`bill-cancel/${billId}`, '');
  const load = useAction(() => actions.bill(billId), { onDone: setBill });
  const { run } = load;
  useEffect(() => {
    void run();
  }, [run]);
  const cancel = useAction((key) => actions.cancel(key, billId, reason), {
    onDone: () => {
      discard();
      onClose();
      toast('已作废，可以重新出账', 'good');
    },
  });
  if (asking)
    return (
      <ConfirmSheet
        open
        danger
        title="作废账单"
        sentence={`将作废 ${bill?.unitName ?? ''} ${bill === null ? '' : formatMonth(bill.month)}的账单 ${formatYuan(bill?.totalFen ?? 0)}。作废后可以重新出账。`}
        doLabel="确认作废"
        busy={cancel.busy}
        error={cancel.error?.message}
        onConfirm={() => cancel.run()}
        onClose={() => {
          setAsking(false);
        }}
      >
        <Field label="为什么作废">
          <TextArea value={reason} onChange={setReason} maxLength={FEE_LIMITS.reasonMax} rows={2} />
        </Field>
      </ConfirmSheet>
    );
  return (
    <Sheet open title={bill?.unitName ?? '账单'} onClose={onClose}>
      {load.error !== null && <View className="t-bad">{load.error.message}</View>}
      {bill !== null && (
        <BillContent
          bill={bill}
          onCancel={() => {
            setAsking(true);
          }}
        />
      )}
    </Sheet>
  );
}

function BillContent({ bill, onCancel }: { readonly bill: CollectionBill; readonly onCancel: () => void }) {
  const manager = useIsManager();
  return (
    <View className="stack stack--4">
      <BillFacts bill={bill} />
      <BillCredits bill={bill} />
      {bill.overdueDays > 0 && <DunningSteps billId={bill.billId} />}
      {(bill.state === 'PAID' || bill.state === 'PART_PAID') && (
        <BillRefund billId={bill.billId} unitName={bill.unitName} />
      )}
      {manager && (
        <Button
          kind="plain"
          onTap={() => {
            navigate('ledgerTrace', { kind: 'BILL', id: bill.billId });
          }}
        >
          记账凭证
        </Button>
      )}
      {manager && bill.state === 'ISSUED' && (
        <Button kind="danger" onTap={onCancel}>
          作废这张账单
        </Button>
      )}
    </View>
  );
}

function BillFacts({ bill }: { readonly bill: CollectionBill }) {
  const now = useNow();
  return (
    <View className="stack stack--3">
      <Money fen={bill.totalFen} size="money" />
      <View className="stack stack--2">
        <Fact label="月份">{formatMonth(bill.month)}</Fact>
        <Fact label="账目">{bill.ledgerLabel}</Fact>
        <Fact label="交款人">{bill.payerName}</Fact>
        <Fact label="期限">{formatDay(bill.dueOn, now)}</Fact>
        <Fact label="状态">
          <State row={bill} />
        </Fact>
        {bill.cancelReason !== null && <Fact label="作废原因">{bill.cancelReason}</Fact>}
      </View>
      {bill.lines.map((line) => (
        <View key={`${line.itemCode}:${line.itemName}:${line.formula}`} className="stack stack--1">
          <View className="row row--between">
            <View className="grow">{line.itemName}</View>
            <Money fen={line.amountFen} />
          </View>
          <View className="t-second t-muted">{line.formula}</View>
        </View>
      ))}
    </View>
  );
}

/** Payments that a person has to look at. Nothing is shown while there are none. */
function Unmatched() {
  const unmatched = useUnmatched();
  if (unmatched.status !== 'ready') return null;
  const { quarantined, credits } = unmatched.data;
  if (quarantined.length + credits.length === 0) return null;
  return (
    <Card tone="urgent" title={`${quarantined.length + credits.length} 笔钱要处理`}>
      <View className="stack stack--3">
        <View>{`对不上的付款 ${quarantined.length} 笔，业主多付的钱 ${credits.length} 笔。`}</View>
        <Button
          kind="plain"
          onTap={() => {
            navigate('refundsDesk');
          }}
        >
          去处理
        </Button>
      </View>
    </Card>
  );
}
