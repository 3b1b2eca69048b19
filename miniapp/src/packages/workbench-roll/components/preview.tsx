import { View } from '@tarojs/components';
import type { RollChange, RollChangeKind, RollImport, RollPreview, RollTotals } from '@linli/shared/estate';
import { formatSqm } from '@linli/shared/kernel';
import {
  Button,
  Card,
  Chip,
  ConfirmButton,
  MorePages,
  PageContent,
  SkeletonList,
  type Tone,
} from '@/components';
import { DataTable, type Column } from '@/components/staff';
import { resourceCache } from '@/request';
import { toast } from '@/stores';
import { applyRoll, useRollChanges } from '../api';

const KINDS: Readonly<Record<RollChangeKind, { readonly word: string; readonly tone: Tone }>> = {
  ADDED: { word: '新增', tone: 'good' },
  CHANGED: { word: '变更', tone: 'urgent' },
  REMOVED: { word: '移出', tone: 'bad' },
};

export interface PreviewProps {
  readonly estateId: string;
  readonly ready: RollImport;
  readonly preview: RollPreview;
  readonly onMoved: (next: RollImport) => void;
  readonly onCancel: () => Promise<unknown>;
}

/** What applying would do, before it is done. */
export function Preview({ estateId, ready, preview, onMoved, onCancel }: PreviewProps) {
  const { rollVersion, added, changed, removed } = preview;
  const nothing = added + changed + removed === 0;
  return (
    <View className="stack stack--4">
      <Card title={`${ready.fileName} 检查通过`}>
        <View className="stack stack--3">
          <Counts preview={preview} />
          <View>{`导入前：${totalsText(preview.before)}`}</View>
          <View className="t-strong">{`导入后：${totalsText(preview.after)}`}</View>
          {nothing && <View className="t-second t-muted">与现有名册一样，不用导入。</View>}
          <View className="row gap-3">
            <Button kind="plain" onTap={onCancel} busyText="正在取消…">
              不导入
            </Button>
            {!nothing && (
              <ConfirmButton
                text="导入名册"
                ask={{
                  title: '导入名册',
                  sentence: `将新增 ${added} 户、变更 ${changed} 户、移出 ${removed} 户。投票权和账单按新名册计算。`,
                  doLabel: '确认导入',
                  busyText: '正在写入…',
                }}
                perform={(key) =>
                  applyRoll(key, estateId, ready.id, { rollVersion, added, changed, removed })
                }
                onDone={(next) => {
                  resourceCache.invalidate(`roll-imports/${estateId}`);
                  toast('名册已更新', 'good');
                  onMoved(next);
                }}
              />
            )}
          </View>
        </View>
      </Card>
      {!nothing && <Changes estateId={estateId} importId={ready.id} />}
    </View>
  );
}

function Counts({ preview: { added, changed, removed, unchanged } }: Pick<PreviewProps, 'preview'>) {
  return (
    <View className="row row--wrap gap-2">
      <Chip tone="good">{`新增 ${added} 户`}</Chip>
      <Chip tone="urgent">{`变更 ${changed} 户`}</Chip>
      <Chip tone="bad">{`移出 ${removed} 户`}</Chip>
      <Chip>{`不变 ${unchanged} 户`}</Chip>
    </View>
  );
}

function totalsText({ units, heads, areaCentiSqmCounted }: RollTotals): string {
  return units === 0
    ? '空名册'
    : `${units} 户（含车位），计票 ${heads} 人、${formatSqm(areaCentiSqmCounted)}`;
}

const COLUMNS: readonly Column<RollChange>[] = [
  {
    key: 'kind',
    title: '变动',
    width: '88px',
    cell: ({ kind }) => <Chip tone={KINDS[kind].tone}>{KINDS[kind].word}</Chip>,
  },
  { key: 'unit', title: '房屋', width: '200px', cell: ({ unitName }) => unitName },
  {
    key: 'row',
    title: '行',
    width: '64px',
    align: 'right',
    cell: ({ row }) => (row === null ? '—' : String(row)),
  },
  { key: 'fields', title: '内容', cell: (change) => changeText(change) },
];

function Changes({ estateId, importId }: { readonly estateId: string; readonly importId: string }) {
  const changes = useRollChanges(estateId, importId);
  return (
    <PageContent resource={changes} skeleton={<SkeletonList />}>
      {({ items }) => (
        <View className="stack stack--3">
          <DataTable
            rows={items}
            columns={COLUMNS}
            rowKey={({ id }) => id}
            rowLabel={(change) => `${KINDS[change.kind].word}，${change.unitName}，${changeText(change)}`}
            card={(change) => (
              <View className="stack stack--1">
                <View className="row gap-2">
                  <Chip tone={KINDS[change.kind].tone}>{KINDS[change.kind].word}</Chip>
                  <View className="t-strong">{change.unitName}</View>
                </View>
                <View className="t-second">{changeText(change)}</View>
              </View>
            )}
            caption="导入会带来的变动"
          />
          {changes.more.left && (
            <View className="t-second t-muted">{`这里列出前 ${items.length} 户，其余同样会导入。`}</View>
          )}
          <MorePages more={changes.more} />
        </View>
      )}
    </PageContent>
  );
}

/** What changes, in one line: 产权人 钱一 → 李四. */
function changeText({ kind, fields }: RollChange): string {
  if (kind === 'CHANGED')
    return fields
      .map(({ label, before, after }) => `${label} ${before || '空'} → ${after || '空'}`)
      .join('；');
  const told = ['AREA', 'OWNERS', 'STATUS'];
  return fields
    .filter(({ field }) => told.includes(field))
    .map(({ before, after }) => before || after)
    .join(' · ');
}
