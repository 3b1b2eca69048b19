import { View } from '@tarojs/components';
import { LEDGER_LABELS, LEDGERS, type Ledger } from '@linli/shared/fees';
import { RUN_STATE_LABELS, type ReconciledDay, type ReconciliationMonth } from '@linli/shared/reconcile';
import { formatMonth, formatYuan, monthOf, shanghaiDate } from '@linli/shared/kernel';
import { useState } from 'react';
import { Button, Card, Chip, Empty, PageContent, Picker, useNow } from '@/components';
import { DataTable, FilterBar, FilterChips, WorkbenchShell } from '@/components/staff';
import { canSaveFile, saveTextFile } from '@/platform';
import { SettlementImport } from '../../components/bank-import';
import { DifferenceTable } from '../../components/differences';
import { MoneySum } from '../../components/money-sum';
import { monthOptions } from '../../model';
import { useReconciliation } from '../../money-api';
import { moneyColumn } from '../../money-column';
import '../../components/fees-desk.css';

/** 对账: every day beside WeChat's bill and the bank, and the month's report. */
export default function ReconcilePage() {
  const now = useNow();
  const [month, setMonth] = useState(monthOf(shanghaiDate(now)));
  const [ledger, setLedger] = useState<Ledger>('PROPERTY_FEE');
  const report = useReconciliation(month, ledger);
  return (
    <WorkbenchShell route="reconcileDesk" active="reconcile" title="对账">
      <View className="stack stack--4">
        <FilterBar>
          <View className="month-picker">
            <Picker label="月份" value={month} options={monthOptions(now, 12, 0)} onChange={setMonth} />
          </View>
          <FilterChips
            label="账目"
            value={ledger}
            onChange={setLedger}
            options={LEDGERS.map((value) => ({ value, label: LEDGER_LABELS[value] }))}
          />
        </FilterBar>
        <PageContent resource={report}>
          {(data) => (
            <View className="stack stack--4">
              <Totals report={data} />
              {data.differences.length > 0 && <DifferenceTable differences={data.differences} />}
              <SettlementImport ledger={ledger} />
              <Days report={data} />
            </View>
          )}
        </PageContent>
      </View>
    </WorkbenchShell>
  );
}

function Totals({ report }: { readonly report: ReconciliationMonth }) {
  const { totals } = report;
  return (
    <Card
      title={`${formatMonth(report.month)}对账`}
      extra={
        totals.openDifferences === 0 ? (
          <Chip tone="good" icon="check">
            没有未处理的差异
          </Chip>
        ) : (
          <Chip tone="bad">{`${totals.openDifferences} 条差异未处理`}</Chip>
        )
      }
    >
      <View className="stack stack--3">
        <View className="t-second t-muted">{`${report.payeeName} · 商户号 ${report.mchId}`}</View>
        <View className="fee-sums">
          <MoneySum label={`收款 · ${totals.payments} 笔`} fen={totals.paidFen} />
          <MoneySum label={`退款 · ${totals.refunds} 笔`} fen={totals.refundedFen} />
          <MoneySum label="手续费" fen={totals.feeFen} />
          <MoneySum label="应结算" fen={totals.settlementFen} />
          <MoneySum label="银行已到账" fen={totals.arrivedFen} />
        </View>
        {totals.recovered > 0 && (
          <View className="t-second t-muted">{`其中 ${totals.recovered} 笔没有收到通知，是对账时查到并补记的。`}</View>
        )}
        {canSaveFile && (
          <View className="row">
            <Button
              kind="plain"
              icon="document"
              onTap={() => {
                saveTextFile(`对账-${report.month}.csv`, report.csv);
              }}
            >
              下载月报表
            </Button>
          </View>
        )}
      </View>
    </Card>
  );
}

function Days({ report: { days } }: { readonly report: ReconciliationMonth }) {
  if (days.length === 0)
    return <Empty title="这个月还没有对过账" text="每天上午十点以后自动核对前一天的微信账单。" />;
  return (
    <DataTable
      caption="每天"
      rows={[...days].reverse()}
      rowKey={({ date }) => date}
      rowLabel={(day) => `${day.date}，${RUN_STATE_LABELS[day.state]}`}
      card={(day) => (
        <View className="stack stack--1">
          <View className="row row--between">
            <View className="t-strong">{day.date}</View>
            <DayState day={day} />
          </View>
          <View className="t-second t-muted">{`收 ${formatYuan(day.paidFen)} · 退 ${formatYuan(day.refundedFen)} · 应结算 ${formatYuan(day.settlementFen)}`}</View>
        </View>
      )}
      columns={[
        { key: 'date', title: '日期', cell: ({ date }) => date },
        moneyColumn('paidFen', '收款', '120px'),
        moneyColumn('refundedFen', '退款', '110px'),
        moneyColumn('feeFen', '手续费', '100px'),
        moneyColumn('settlementFen', '应结算', '120px'),
        { key: 'bank', title: '银行', width: '90px', cell: bankText },
        { key: 'state', title: '状态', width: '150px', cell: (day) => <DayState day={day} /> },
      ]}
    />
  );
}

function bankText({ arrivedFen, settlementFen }: ReconciledDay): string {
  if (arrivedFen === null) return '—';
  return arrivedFen === settlementFen ? '已到账' : '金额不符';
}

function DayState({ day }: { readonly day: ReconciledDay }) {
  if (day.openDifferences > 0) return <Chip tone="bad">{`${day.openDifferences} 条差异`}</Chip>;
  if (day.state === 'DONE')
    return (
      <Chip tone="good" icon="check">
        一致
      </Chip>
    );
  return <Chip tone={day.state === 'WAITING' ? 'urgent' : 'plain'}>{RUN_STATE_LABELS[day.state]}</Chip>;
}
