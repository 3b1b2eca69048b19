import { Text, View } from '@tarojs/components';
import { COLLECTED_LABEL, isCollected, type StatementFault, type StatementLine } from '@linli/shared/income';
import { formatYuan, type Quarter, quarterEnd, yuanText } from '@linli/shared/kernel';
import { useState } from 'react';
import { Button, Card, Chip, Field, Money } from '@/components';
import { DataTable } from '@/components/staff';
import { amountOf, faultsOfLine, labelOf, newLine, type Edit } from '../model';
import { CollectedSheet } from './collected-sheet';
import { LineForm } from './line-form';
import { MoneyInput } from './money-input';

export interface StepProps {
  readonly edit: Edit;
  readonly faults: readonly StatementFault[];
  readonly onChange: (edit: Edit) => void;
}

interface Row {
  readonly index: number;
  readonly line: StatementLine;
  readonly faults: readonly StatementFault[];
}

/** 核对明细: the sheet's lines as a table that can be mended, one by one. */
export function LinesStep({ edit, faults, onChange }: StepProps) {
  const { request } = edit;
  const [open, setOpen] = useState<number | null>(null);
  const [added, setAdded] = useState<StatementLine | null>(null);
  const rows: Row[] = request.lines.map((line, index) => ({
    index,
    line,
    faults: faultsOfLine(faults, index),
  }));
  const close = () => {
    setOpen(null);
    setAdded(null);
  };
  const write = (lines: readonly StatementLine[]) => {
    onChange({ ...edit, request: { ...request, lines } });
    close();
  };
  const row = open === null ? undefined : rows[open];
  return (
    <View className="stack stack--4">
      <Opening edit={edit} faults={faults} onChange={onChange} />
      <Lines rows={rows} open={open} keyboard={open === null && added === null} onOpen={setOpen} />
      <AddLine quarter={request.quarter} onAdd={setAdded} />
      {row !== undefined && isCollected(row.line) && (
        <CollectedSheet line={row.line} faults={row.faults} onClose={close} />
      )}
      {row !== undefined && !isCollected(row.line) && (
        <LineForm
          key={`line-${row.index}`}
          line={row.line}
          title={`第 ${row.index + 1} 笔`}
          quarter={request.quarter}
          faults={row.faults}
          onSave={(line) => {
            write(request.lines.map((old, index) => (index === row.index ? line : old)));
          }}
          onRemove={() => {
            write(request.lines.filter((_, index) => index !== row.index));
          }}
          onClose={close}
        />
      )}
      {added !== null && (
        <LineForm
          line={added}
          title={added.dir === 'INCOME' ? '加一笔收入' : '加一笔支出'}
          quarter={request.quarter}
          faults={[]}
          onSave={(line) => {
            write([...request.lines, line]);
          }}
          onClose={close}
        />
      )}
    </View>
  );
}

interface LinesProps {
  readonly rows: readonly Row[];
  readonly open: number | null;
  readonly keyboard: boolean;
  readonly onOpen: (index: number) => void;
}

function Lines({ rows, open, keyboard, onOpen }: LinesProps) {
  return (
    <DataTable<Row>
      caption="本季每一笔收支"
      rows={rows}
      rowKey={({ index }) => `line-${index}`}
      rowLabel={({ line, index }) => `第 ${index + 1} 笔，${labelOf(line)}，${formatYuan(amountOf(line))}`}
      openKey={open === null ? null : `line-${open}`}
      keyboard={keyboard}
      onOpen={({ index }) => {
        onOpen(index);
      }}
      card={(entry) => <LineCard row={entry} />}
      columns={[
        {
          key: 'n',
          title: '笔',
          width: '48px',
          cell: ({ index }) => <Text className="t-nowrap">{String(index + 1)}</Text>,
        },
        { key: 'what', title: '类别', cell: ({ line }) => <What line={line} /> },
        {
          key: 'date',
          title: '日期',
          width: '96px',
          cell: ({ line }) => <Text className="t-nowrap">{line.date.slice(5)}</Text>,
        },
        {
          key: 'amount',
          title: '净额（元）',
          align: 'right',
          width: '164px',
          cell: ({ line }) => <Net line={line} />,
        },
        { key: 'decision', title: '依据', width: '148px', cell: (entry) => <Basis row={entry} /> },
      ]}
    />
  );
}

interface AddLineProps {
  readonly quarter: Quarter;
  readonly onAdd: (line: StatementLine) => void;
}

function AddLine({ quarter, onAdd }: AddLineProps) {
  return (
    <View className="row row--wrap gap-3">
      <Button
        kind="plain"
        icon="plus"
        onTap={() => {
          onAdd(newLine('INCOME', quarterEnd(quarter)));
        }}
      >
        加一笔收入
      </Button>
      <Button
        kind="plain"
        icon="plus"
        onTap={() => {
          onAdd(newLine('SPEND', quarterEnd(quarter)));
        }}
      >
        加一笔支出
      </Button>
    </View>
  );
}

function Opening({ edit, faults, onChange }: StepProps) {
  const { request } = edit;
  return (
    <Card>
      <Field
        label="季初余额（元）"
        hint="应等于上一季公示的季末余额"
        error={faults.find(({ path }) => path === 'openingFen' || path === 'quarter')?.message}
      >
        <MoneyInput
          fen={request.openingFen}
          onChange={(openingFen) => {
            onChange({ ...edit, request: { ...request, openingFen } });
          }}
        />
      </Field>
    </Card>
  );
}

function What({ line }: { readonly line: StatementLine }) {
  return (
    <View>
      <View>{`${line.dir === 'INCOME' ? '收' : '支'} · ${labelOf(line)}`}</View>
      <View className="t-caption t-muted">{line.counterparty}</View>
    </View>
  );
}

function Net({ line }: { readonly line: StatementLine }) {
  return (
    <View>
      <View>{yuanText(amountOf(line))}</View>
      {line.dir === 'INCOME' && line.costFen !== 0 && (
        <View className="t-caption t-muted t-nowrap">{`${yuanText(line.grossFen)} − ${yuanText(line.costFen)}`}</View>
      )}
    </View>
  );
}

function Basis({ row }: { readonly row: Row }) {
  return (
    <View>
      {row.line.decisionNo !== null && <View className="t-caption">{row.line.decisionNo}</View>}
      {isCollected(row.line) && <Chip tone="info">{COLLECTED_LABEL}</Chip>}
      {row.faults.length > 0 && <Chip tone="bad" icon="alert">{`${row.faults.length} 处要改`}</Chip>}
    </View>
  );
}

function LineCard({ row }: { readonly row: Row }) {
  const { line, faults, index } = row;
  return (
    <View>
      <View className="row row--between">
        <View className="t-strong grow">{`${index + 1}. ${line.dir === 'INCOME' ? '收' : '支'} · ${labelOf(line)}`}</View>
        <Money fen={amountOf(line)} />
      </View>
      <View className="t-second t-muted">{`${line.date.slice(5)} · ${line.counterparty}`}</View>
      {isCollected(line) && (
        <View className="row">
          <Chip tone="info">{COLLECTED_LABEL}</Chip>
        </View>
      )}
      {faults.map(({ code, message }) => (
        <View key={code} className="t-second t-bad">
          {message}
        </View>
      ))}
    </View>
  );
}
