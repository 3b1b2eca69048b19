import { View } from '@tarojs/components';
import { type IncomeDesk, STATEMENT_STATE_LABELS, type StatementSummary } from '@linli/shared/income';
import { formatDay, formatInstant, formatQuarter, formatYuan } from '@linli/shared/kernel';
import { useState } from 'react';
import {
  Button,
  Card,
  Cell,
  Chip,
  ConfirmSheet,
  Field,
  PostingChip,
  SectionHead,
  TextArea,
  useNow,
} from '@/components';
import { DataTable, WorkbenchShell } from '@/components/staff';
import { navigate } from '@/navigate';
import { useAction } from '@/request';
import { useDraft, useSession } from '@/stores';
import { incomeActions, useIncomeDesk } from '../../api';
import { ImportSheet } from '../../components/import-sheet';

const REASON_MAX = 300;

/** 本季收支: what is owed, what is being worked on, what is published. */
export default function IncomeDeskPage() {
  const desk = useIncomeDesk();
  return (
    <WorkbenchShell route="incomeDesk" active="income" title="本季收支" resource={desk}>
      {(data) => (
        <View className="stack stack--4">
          <Owed desk={data} />
          <Open desk={data} />
          <Card flush>
            <Cell
              icon="document"
              title="账簿"
              detail="收支发生时记一笔，季末直接生成季报；共管账户付出去的钱自动在里面"
              onTap={() => {
                navigate('incomeBooks');
              }}
            />
          </Card>
          <ImportSheet
            onBegun={(id) => {
              navigate('incomeDraft', { id });
            }}
          />
          <Published desk={data} />
        </View>
      )}
    </WorkbenchShell>
  );
}

function Owed({ desk }: { readonly desk: IncomeDesk }) {
  const now = useNow();
  const waiting = desk.owed.filter(({ quarter }) => !desk.items.some((item) => item.quarter === quarter));
  if (waiting.length === 0) return null;
  return (
    <Card
      title="还没有公示的季度"
      flush
      tone={waiting.some(({ overdueDays }) => overdueDays > 0) ? 'urgent' : 'plain'}
    >
      {waiting.map(({ quarter, dueOn, overdueDays }) => (
        <Cell
          key={quarter}
          icon="clock"
          title={formatQuarter(quarter)}
          detail={`应在 ${formatDay(dueOn, now)}前公示`}
          value={
            overdueDays > 0 ? (
              <PostingChip state={{ status: 'OVERDUE', days: overdueDays }} />
            ) : (
              <Chip>还有时间</Chip>
            )
          }
        />
      ))}
    </Card>
  );
}

function Open({ desk }: { readonly desk: IncomeDesk }) {
  const now = useNow();
  if (desk.items.length === 0) return null;
  return (
    <Card title="正在做的" flush>
      {desk.items.map((item) => (
        <Cell
          key={item.id}
          icon="edit"
          title={`${formatQuarter(item.quarter)}${item.version > 1 ? ` 第 ${item.version} 版（更正）` : ''}`}
          detail={`${item.preparedBy} · ${formatInstant(item.updatedAt, now)}`}
          value={
            item.awaitsMe ? (
              <Chip tone="urgent">等您复核公示</Chip>
            ) : (
              <Chip tone="info">{STATEMENT_STATE_LABELS[item.state]}</Chip>
            )
          }
          onTap={() => {
            navigate('incomeDraft', { id: item.id });
          }}
        />
      ))}
    </Card>
  );
}

function Published({ desk }: { readonly desk: IncomeDesk }) {
  const [amending, setAmending] = useState<StatementSummary | null>(null);
  if (desk.published.length === 0) return null;
  return (
    <View>
      <SectionHead title="已经公示的" />
      <DataTable<StatementSummary>
        caption="已经公示的季度"
        rows={desk.published}
        rowKey={({ id }) => id}
        rowLabel={({ quarter, closingFen }) =>
          `${formatQuarter(quarter)}，余额 ${formatYuan(closingFen)}，打开可以发布更正`
        }
        onOpen={setAmending}
        keyboard={amending === null}
        card={(row) => (
          <View>
            <View className="row row--between">
              <View className="t-strong">{formatQuarter(row.quarter)}</View>
              <View>{formatYuan(row.closingFen)}</View>
            </View>
            <View className="row gap-2">
              {row.version > 1 && <Chip tone="info">{`第 ${row.version} 版`}</Chip>}
              <Due desk={desk} quarter={row.quarter} />
            </View>
          </View>
        )}
        columns={[
          {
            key: 'quarter',
            title: '季度',
            cell: (row) => (
              <View className="row gap-2">
                <View>{formatQuarter(row.quarter)}</View>
                {row.version > 1 && <Chip tone="info">{`第 ${row.version} 版`}</Chip>}
                <Due desk={desk} quarter={row.quarter} />
              </View>
            ),
          },
          { key: 'in', title: '净收入', align: 'right', cell: (row) => formatYuan(row.incomeNetFen) },
          { key: 'out', title: '支出', align: 'right', cell: (row) => formatYuan(row.spendFen) },
          { key: 'closing', title: '季末余额', align: 'right', cell: (row) => formatYuan(row.closingFen) },
        ]}
      />
      {amending !== null && (
        <Amend
          statement={amending}
          onClose={() => {
            setAmending(null);
          }}
        />
      )}
    </View>
  );
}

/** Why a published quarter waits for a correction. */
function Due({ desk, quarter }: { readonly desk: IncomeDesk; readonly quarter: string }) {
  return (
    <>
      {desk.mismatched.includes(quarter) && <Chip tone="bad">期初要更正</Chip>}
      {desk.behind.includes(quarter) && <Chip tone="bad">账簿有变，要更正</Chip>}
    </>
  );
}

/** A published quarter is read, or corrected by a new version with its reason. */
function Amend({
  statement,
  onClose,
}: {
  readonly statement: StatementSummary;
  readonly onClose: () => void;
}) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const { value: reason, set: setReason, discard } = useDraft(`quarter-amendment/${statement.id}`, '');
  const amend = useAction((key) => incomeActions(estateId).amend(key, statement.id, reason), {
    onDone: ({ id }) => {
      discard();
      onClose();
      navigate('incomeDraft', { id });
    },
  });
  return (
    <ConfirmSheet
      open
      title={`更正${formatQuarter(statement.quarter)}`}
      sentence="已经公示的不能改。更正会做成新的一版，连同原因和改动对照一起公示，原来的一版仍然能看到。"
      doLabel="开始更正"
      busy={amend.busy}
      error={amend.error?.message}
      onConfirm={() => amend.run()}
      onClose={onClose}
    >
      <View className="stack stack--3">
        <Field label="更正的原因" hint="业主会看到这句话">
          <TextArea value={reason} onChange={setReason} maxLength={REASON_MAX} rows={3} />
        </Field>
        <Button
          kind="quiet"
          onTap={() => {
            onClose();
            navigate('incomeStatement', { id: statement.id });
          }}
        >
          只看公示的内容
        </Button>
      </View>
    </ConfirmSheet>
  );
}
