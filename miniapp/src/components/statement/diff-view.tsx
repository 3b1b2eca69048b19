import { Text, View } from '@tarojs/components';
import {
  INCOME_CATEGORIES,
  type LineChange,
  type ReconcilingItem,
  SPEND_CATEGORIES,
  type StatementDiff,
  type StatementLine,
} from '@linli/shared/income';
import { formatFullDate, formatYuan } from '@linli/shared/kernel';
import { Card } from '../card';
import { Chip } from '../chip';
import { classNames } from '../class-names';
import './diff-view.css';

const HEAD_NAMES = {
  openingFen: '季初余额',
  closingFen: '季末余额',
  bankBalanceFen: '银行余额',
  accountHolder: '账户持有人',
} as const;

const FIELD_NAMES: Readonly<Record<string, string>> = {
  category: '类别',
  date: '日期',
  counterparty: '对方单位',
  contractNo: '合同编号',
  grossFen: '收到',
  costFen: '成本',
  netFen: '净额',
  amountFen: '金额',
  voucherNo: '凭证号',
  voucherIds: '凭证扫描件',
  decisionNo: '决议编号',
  justification: '成本高的原因',
  note: '备注',
  collected: '微信笔数',
};

const KIND_NAMES = { CHANGED: '改了', ADDED: '补记', REMOVED: '删去', SAME: '' } as const;

/** Two versions side by side: only what differs, and how many lines do not. */
export function DiffView({ diff }: { readonly diff: StatementDiff }) {
  const changed = diff.lines.filter(({ kind }) => kind !== 'SAME');
  const same = diff.lines.length - changed.length;
  if (!diff.changed) return <Card>和原来的一样，还没有改动。</Card>;
  return (
    <View className="stack stack--4">
      {changed.map((change) => (
        <LineDiff key={JSON.stringify(change.after ?? change.before)} change={change} />
      ))}
      {(diff.head.length > 0 || diff.reconciling.changed) && (
        <Card title="余额和账户">
          {diff.head.map(({ field, before, after }) => (
            <Pair key={field} name={HEAD_NAMES[field]} before={shown(before)} after={shown(after)} />
          ))}
          {diff.reconciling.changed && (
            <Pair
              name="未达账项"
              before={itemsText(diff.reconciling.before)}
              after={itemsText(diff.reconciling.after)}
            />
          )}
        </Card>
      )}
      <View className="t-second t-muted">{`其余 ${same} 笔没有变化。`}</View>
    </View>
  );
}

function LineDiff({ change }: { readonly change: LineChange }) {
  const line = change.after ?? change.before;
  const fields = change.kind === 'CHANGED' ? change.fields : [amountField(line)];
  return (
    <Card title={nameOf(line)} extra={<Chip tone="info">{KIND_NAMES[change.kind]}</Chip>}>
      <View className="t-second t-muted">{`${formatFullDate(line.date)} · ${line.counterparty}`}</View>
      {fields.map((field) => (
        <Pair
          key={field}
          name={FIELD_NAMES[field] ?? field}
          before={fieldText(change.before, field)}
          after={fieldText(change.after, field)}
        />
      ))}
    </Card>
  );
}

function Pair({
  name,
  before,
  after,
}: {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}) {
  return (
    <View className="diff-pair">
      <View className="diff-pair__name">{name}</View>
      <View className="diff-pair__sides">
        <Side word="原来" text={before} old />
        <Side word="更正后" text={after} />
      </View>
    </View>
  );
}

function Side({
  word,
  text,
  old = false,
}: {
  readonly word: string;
  readonly text: string;
  readonly old?: boolean;
}) {
  return (
    <View className={classNames('diff-pair__side', old && 'diff-pair__side--old')}>
      <Text className="t-caption t-muted">{word}</Text>
      <View className="diff-pair__text">{text}</View>
    </View>
  );
}

function nameOf(line: StatementLine): string {
  const label =
    line.dir === 'INCOME' ? INCOME_CATEGORIES[line.category].label : SPEND_CATEGORIES[line.category].label;
  return `${line.dir === 'INCOME' ? '收' : '支'} · ${label}`;
}

function amountField(line: StatementLine): string {
  return line.dir === 'INCOME' ? 'netFen' : 'amountFen';
}

function fieldText(line: StatementLine | null, field: string): string {
  if (line === null) return '没有这一笔';
  if (field === 'category') return nameOf(line);
  const value = new Map<string, unknown>(Object.entries(line)).get(field);
  if (field === 'collected') return line.collected === undefined ? '没有' : `${line.collected.count} 笔`;
  if (field === 'voucherIds') return Array.isArray(value) ? `${value.length} 张` : '没有';
  return field.endsWith('Fen') && typeof value === 'number' ? formatYuan(value) : shown(value);
}

function shown(value: unknown): string {
  if (typeof value === 'number') return formatYuan(value);
  return typeof value === 'string' && value !== '' ? value : '没有填';
}

function itemsText(items: readonly ReconcilingItem[]): string {
  return items.length === 0
    ? '没有'
    : items.map(({ description, amountFen }) => `${description} ${formatYuan(amountFen)}`).join('；');
}
