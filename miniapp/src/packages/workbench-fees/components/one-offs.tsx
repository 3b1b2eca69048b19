import { View } from '@tarojs/components';
import { FEE_LIMITS, type FeeItemView, type OneOffCharge, oneOffLine } from '@linli/shared/fees';
import type { UnitChoice } from '@linli/shared/identity';
import type { Month } from '@linli/shared/kernel';
import { useState } from 'react';
import { Button, Card, Field, Picker, Sheet, TextInput } from '@/components';
import { UnitField } from '@/components/home-search';
import { useSession } from '@/stores';
import { useSchedule } from '../api';
import { isOneOff } from '../model';

/** With the names that are shown; the server is told only which. */
export interface OneOffRow extends OneOffCharge {
  readonly unitName: string;
  readonly itemName: string;
}

const isSameCharge = (one: OneOffRow, other: OneOffRow) =>
  one.unitId === other.unitId && one.itemCode === other.itemCode;

const NOTHING_PUBLISHED = { items: [], version: 0 };

interface OneOffsProps {
  readonly month: Month;
  readonly rows: readonly OneOffRow[];
  readonly onChange: (rows: readonly OneOffRow[]) => void;
}

/** 一次性收费: what a household asked for and is charged once, on the bill of this month. */
export function OneOffs({ month, rows, onChange }: OneOffsProps) {
  const [adding, setAdding] = useState(false);
  const schedule = useSchedule();
  const { items: published, version } = schedule.status === 'ready' ? schedule.data : NOTHING_PUBLISHED;
  const items = published.filter(isOneOff);
  return (
    <Card
      title="一次性收费"
      extra={
        items.length > 0 && (
          <Button
            size="small"
            kind="plain"
            icon="plus"
            disabled={rows.length >= FEE_LIMITS.oneOffsMax}
            onTap={() => {
              setAdding(true);
            }}
          >
            加一笔
          </Button>
        )
      }
    >
      <View className="stack stack--2">
        <View className="t-second t-muted">
          {items.length === 0
            ? '公示的收费标准里没有按次收的项目。'
            : '住户办了才收，和当月账单出在一起。当月已经出过账的户加不上，请放到下个月。'}
        </View>
        {rows.map((row) => (
          <OneOffLine
            key={`${row.unitId}/${row.itemCode}`}
            row={row}
            onRemove={() => {
              onChange(rows.filter((one) => one !== row));
            }}
          />
        ))}
      </View>
      {adding && (
        <OneOffSheet
          month={month}
          version={version}
          items={items}
          onAdd={(row) => {
            onChange([...rows.filter((one) => !isSameCharge(one, row)), row]);
            setAdding(false);
          }}
          onClose={() => {
            setAdding(false);
          }}
        />
      )}
    </Card>
  );
}

function OneOffLine({ row, onRemove }: { readonly row: OneOffRow; readonly onRemove: () => void }) {
  return (
    <View className="row row--between gap-3">
      <View className="grow">{`${row.unitName} · ${row.itemName} × ${row.count}`}</View>
      <Button size="small" kind="quiet" label={`去掉 ${row.unitName} 的${row.itemName}`} onTap={onRemove}>
        去掉
      </Button>
    </View>
  );
}

function OneOffSheet({
  month,
  version,
  items,
  onAdd,
  onClose,
}: {
  readonly month: Month;
  /** Of the schedule that is in force. */
  readonly version: number;
  readonly items: readonly FeeItemView[];
  readonly onAdd: (row: OneOffRow) => void;
  readonly onClose: () => void;
}) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const [unit, setUnit] = useState<UnitChoice | null>(null);
  const [code, setCode] = useState<string | null>(items.length === 1 ? (items[0]?.code ?? null) : null);
  const [count, setCount] = useState('1');
  const item = items.find((one) => one.code === code);
  const times = Number(count);
  const countable = Number.isInteger(times) && times >= 1 && times <= FEE_LIMITS.oneOffCountMax;
  const add = () => {
    if (unit === null || item === undefined) return;
    onAdd({ unitId: unit.id, unitName: unit.name, itemCode: item.code, itemName: item.name, count: times });
  };
  return (
    <Sheet open title="加一笔一次性收费" onClose={onClose}>
      <View className="stack stack--3">
        <UnitField estateId={estateId} value={unit} onChange={setUnit} />
        <Field label="收费项目" hint={item === undefined ? undefined : `依据：${item.basis}`}>
          <Picker
            value={code}
            options={items.map((one) => ({
              value: one.code,
              label: `${one.name} ${one.rateText} ${one.unitLabel}`,
            }))}
            onChange={setCode}
          />
        </Field>
        <Field
          label="数量"
          error={countable ? undefined : `请填 1 到 ${FEE_LIMITS.oneOffCountMax} 之间的整数`}
          hint={
            item === undefined || !countable ? undefined : oneOffLine(item, version, month, times).formula
          }
        >
          <TextInput value={count} keyboard="number" maxLength={3} onChange={setCount} />
        </Field>
        <Button block disabled={unit === null || item === undefined || !countable} onTap={add}>
          加上
        </Button>
      </View>
    </Sheet>
  );
}
