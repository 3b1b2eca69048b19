import { Text, View } from '@tarojs/components';
import { BILL_STATE_LABELS, type BillLine, type BillView } from '@linli/shared/fees';
import { formatDay, formatMonth, formatYuan, yuanText } from '@linli/shared/kernel';
import { useState } from 'react';
import { Button, Check, Chip, Icon, Money, Tap, useNow } from '@/components';
import { navigate } from '@/navigate';
import { isOpen, owedFen } from '../model';
import './bill-card.css';

interface BillCardProps {
  readonly bill: BillView;
  /** Absent where it cannot be chosen: paid, or under way. */
  readonly chosen?: boolean;
  readonly onChoose?: (chosen: boolean) => void;
}

/** A bill that opens to its lines: what, how it comes to the amount, and on what basis. */
export function BillCard({ bill, chosen, onChoose }: BillCardProps) {
  const [open, setOpen] = useState(false);
  const title = `${formatMonth(bill.month)} ${bill.ledgerLabel}`;
  const head = (
    <Tap
      className="bill__head"
      label={`${title}，${formatYuan(owed(bill))}，${open ? '收起' : '看怎么算的'}`}
      onTap={() => {
        setOpen(!open);
      }}
    >
      <View className="row row--between">
        <View className="t-strong grow">
          <Text className="t-whole bill__month">{formatMonth(bill.month)}</Text>
          <Text className="t-whole">{bill.ledgerLabel}</Text>
        </View>
        <Money fen={owed(bill)} size="title" />
      </View>
      <View className="row row--between">
        <BillNote bill={bill} />
        <View className="row t-second bill__open">
          <Text>{open ? '收起' : '怎么算的'}</Text>
          <Icon name={open ? 'close' : 'down'} size="small" />
        </View>
      </View>
    </Tap>
  );
  return (
    <View className="card bill">
      {onChoose === undefined ? (
        head
      ) : (
        <Check on={chosen === true} onChange={onChoose} label={`选择${title}`}>
          {head}
        </Check>
      )}
      {open && (
        <>
          <BillLines lines={bill.lines} lateFeeFen={bill.lateFeeFen} />
          {bill.reducedFen > 0 && (
            <View className="row row--between">
              <View className="grow">减免</View>
              <Money fen={-bill.reducedFen} />
            </View>
          )}
          <Button
            kind="quiet"
            size="small"
            label={`${title}的记账凭证`}
            onTap={() => {
              navigate('moneyTrace', { bill: bill.id });
            }}
          >
            记账凭证
          </Button>
        </>
      )}
    </View>
  );
}

const owed = (bill: BillView): number => (isOpen(bill) ? owedFen(bill) : bill.totalFen);

function BillNote({ bill }: { readonly bill: BillView }) {
  const now = useNow();
  if (!isOpen(bill))
    return (
      <Chip tone="good" icon="check">
        {bill.reducedFen === bill.totalFen ? '已减免' : BILL_STATE_LABELS[bill.state]}
      </Chip>
    );
  if (bill.deferredUntil !== null && bill.overdueDays === 0)
    return <Chip icon="clock">{`缓缴到 ${formatDay(bill.deferredUntil, now)}`}</Chip>;
  if (bill.overdueDays > 0) return <Chip tone="urgent" icon="clock">{`已逾期 ${bill.overdueDays} 天`}</Chip>;
  return <Text className="t-second t-muted">{`${formatDay(bill.dueOn, now)}前缴`}</Text>;
}

/** 2026年10月 · 2026年10月至2026年12月 */
function spanText(months: readonly string[]): string {
  const [first = ''] = months;
  const last = months[months.length - 1] ?? first;
  return first === last ? formatMonth(first) : `${formatMonth(first)}至${formatMonth(last)}`;
}

function BillLines({
  lines,
  lateFeeFen,
}: {
  readonly lines: readonly BillLine[];
  readonly lateFeeFen: number;
}) {
  return (
    <View className="bill__lines stack stack--3">
      {lines.map((line) => (
        <View key={`${line.itemCode}:${line.itemName}:${line.formula}`} className="stack stack--1">
          <View className="row row--between">
            <View className="grow">{line.itemName}</View>
            <Money fen={line.amountFen} />
          </View>
          <View className="t-second">{line.formula}</View>
          <View className="t-second t-muted">{`${spanText(line.months)} · 依据：${line.basis}`}</View>
        </View>
      ))}
      {lateFeeFen > 0 && (
        <View className="t-second">{`违约金 ${yuanText(lateFeeFen)} 元，按合同约定计算`}</View>
      )}
    </View>
  );
}
