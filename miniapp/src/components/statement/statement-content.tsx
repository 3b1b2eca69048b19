import { Text, View } from '@tarojs/components';
import {
  type CategorySum,
  COLLECTED_LABEL,
  type QuarterSum,
  type StatementLineView,
  type StatementView,
} from '@linli/shared/income';
import { formatDay, formatInstant, formatQuarter, formatYuan } from '@linli/shared/kernel';
import { type ReactNode, useState } from 'react';
import { Card } from '../card';
import { BarChart } from '../charts';
import { Chip } from '../chip';
import { LedgerLine } from '../ledger-line';
import { Fact, Money } from '../numbers';
import { useNow } from '../use-now';
import { LineSheet } from './line-sheet';
import './statement.css';

export interface StatementContentProps {
  readonly view: StatementView;
  /** Over the quarters; left out where there is only this one. */
  readonly quarters?: readonly QuarterSum[];
  /** The line that is opened at once. */
  readonly openAt?: number | undefined;
  /** Between the figures and the ledger. */
  readonly children?: ReactNode;
}

/** One quarter: what is there now, what came in and went out, where from and where to, and every line of it. */
export function StatementContent({ view, quarters, openAt, children }: StatementContentProps) {
  const [open, setOpen] = useState<StatementLineView | null>(
    openAt === undefined ? null : (view.lines[openAt] ?? null),
  );
  return (
    <View className="stack stack--4">
      <Head view={view} />
      <CategoryBars title="收入从哪来" sums={view.incomeByCategory} />
      <CategoryBars title="支出到哪去" sums={view.spendByCategory} />
      {quarters !== undefined && quarters.length > 1 && (
        <BalanceBars quarters={quarters} current={view.quarter} />
      )}
      {children}
      <Ledger
        title="收入明细"
        lines={view.lines}
        dir="INCOME"
        sums={view.incomeByCategory}
        onOpen={setOpen}
      />
      <Ledger title="支出明细" lines={view.lines} dir="SPEND" sums={view.spendByCategory} onOpen={setOpen} />
      <Bank view={view} />
      <Signatures view={view} />
      <LineSheet
        line={open}
        publishedAs={view.publishedAt === null ? null : view.id}
        onClose={() => {
          setOpen(null);
        }}
      />
    </View>
  );
}

function Head({ view }: { readonly view: StatementView }) {
  const { incomeNetFen, spendFen, fundTopupFen } = view.sums;
  return (
    <View className="card">
      <View className="row row--between row--wrap">
        <Text className="t-second t-muted">{`${formatQuarter(view.quarter)}末余额`}</Text>
        {view.version > 1 && <Chip tone="info">{`第 ${view.version} 版 · 有更正`}</Chip>}
      </View>
      <Money fen={view.closingFen} size="money" coloured />
      <View className="statement-flow">
        <View className="row row--between">
          <Text className="t-second t-muted">季初余额</Text>
          <Money fen={view.openingFen} />
        </View>
        <View className="row row--between">
          <Text className="t-second t-muted">本季净收入</Text>
          <View>
            <Text className="t-good">收 </Text>
            <Money fen={incomeNetFen} />
          </View>
        </View>
        <View className="row row--between">
          <Text className="t-second t-muted">本季支出</Text>
          <View>
            <Text className="t-urgent">支 </Text>
            <Money fen={spendFen} />
          </View>
        </View>
      </View>
      {fundTopupFen > 0 && (
        <View className="t-second t-muted">{`支出里有 ${formatYuan(fundTopupFen)} 补充了维修资金。`}</View>
      )}
    </View>
  );
}

function CategoryBars({ title, sums }: { readonly title: string; readonly sums: readonly CategorySum[] }) {
  if (sums.length === 0) return null;
  return (
    <Card title={title}>
      <BarChart
        label={title}
        rows={sums.map(({ label, amountFen, lines }) => ({
          label: lines > 1 ? `${label}（${lines} 笔）` : label,
          value: amountFen,
          text: formatYuan(amountFen),
        }))}
      />
    </Card>
  );
}

function BalanceBars({
  quarters,
  current,
}: {
  readonly quarters: readonly QuarterSum[];
  readonly current: string;
}) {
  return (
    <Card title="各季末余额">
      <BarChart
        label="各季末余额"
        rows={quarters.map(({ quarter, closingFen }) => ({
          label: formatQuarter(quarter),
          value: closingFen,
          text: formatYuan(closingFen),
          marked: quarter === current,
        }))}
      />
    </Card>
  );
}

interface LedgerProps {
  readonly title: string;
  readonly dir: 'INCOME' | 'SPEND';
  readonly lines: readonly StatementLineView[];
  readonly sums: readonly CategorySum[];
  readonly onOpen: (line: StatementLineView) => void;
}

/** Grouped by category, in the order of the bars. */
function Ledger({ title, dir, lines, sums, onOpen }: LedgerProps) {
  const now = useNow();
  if (sums.length === 0) return null;
  return (
    <Card title={title}>
      {sums.map(({ category, label, amountFen }) => (
        <View key={category} className="statement-group">
          <View className="row row--between statement-group__head">
            <Text className="t-strong">{label}</Text>
            <Text className="t-second t-muted">{`小计 ${formatYuan(amountFen)}`}</Text>
          </View>
          {lines
            .filter((line) => line.dir === dir && line.category === category)
            .map((line) => (
              <LedgerLine
                key={line.index}
                {...amountOf(line)}
                what={line.counterparty}
                who={besideOf(line)}
                when={line.collected === undefined ? formatDay(line.date, now) : ''}
                decision={line.decisionNo ?? undefined}
                origin={line.collected === undefined ? undefined : COLLECTED_LABEL}
                hasVoucher={line.vouchers.length > 0 || line.voucherIds.length > 0}
                onTap={() => {
                  onOpen(line);
                }}
              />
            ))}
        </View>
      ))}
    </Card>
  );
}

/** What was given back is no income below nothing, but money that went. */
function amountOf(line: StatementLineView) {
  if (line.dir === 'SPEND') return { direction: 'OUT', amountFen: line.amountFen } as const;
  const { netFen } = line;
  return line.collected?.kind === 'REFUNDS'
    ? ({ direction: 'BACK', amountFen: -netFen } as const)
    : ({ direction: 'IN', amountFen: netFen } as const);
}

function besideOf(line: StatementLineView): string {
  if (line.collected !== undefined) return line.note;
  return line.dir === 'INCOME' && line.costFen > 0 ? `已扣成本 ${formatYuan(line.costFen)}` : '';
}

function Bank({ view }: { readonly view: StatementView }) {
  return (
    <Card title="账户和银行余额">
      <Fact label="账户持有人">{view.accountHolder === '' ? '还没有填' : view.accountHolder}</Fact>
      <Fact label="银行余额">
        {view.bankBalanceFen === null ? '还没有填' : <Money fen={view.bankBalanceFen} />}
      </Fact>
      {view.reconciling.map(({ description, amountFen }) => (
        <Fact key={description} label={description}>
          <Money fen={amountFen} />
        </Fact>
      ))}
      <Fact label="季末余额">
        <Money fen={view.closingFen} />
      </Fact>
    </Card>
  );
}

function Signatures({ view }: { readonly view: StatementView }) {
  const now = useNow();
  return (
    <Card title="谁做的，谁核的">
      <Fact label="制表">{view.preparedBy}</Fact>
      <Fact label="复核公示">{view.reviewedBy ?? '还没有复核'}</Fact>
      {view.witness !== null && <Fact label="见证">{view.witness}</Fact>}
      <Fact label="公示时间">
        {view.publishedAt === null ? '还没有公示' : formatInstant(view.publishedAt, now)}
      </Fact>
      {view.hash !== null && (
        <>
          <Fact label="校验码">{`${view.hash.slice(0, 8)}…${view.hash.slice(-8)}`}</Fact>
          <View className="t-caption t-muted">
            公示后改动一个字，校验码就会不同；每一版都连着前一版的校验码。
          </View>
        </>
      )}
    </Card>
  );
}
