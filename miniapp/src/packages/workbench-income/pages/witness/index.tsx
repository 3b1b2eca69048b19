import { View } from '@tarojs/components';
import type { DraftSummary, IncomeDesk, StatementSummary } from '@linli/shared/income';
import { formatInstant, formatQuarter, formatYuan } from '@linli/shared/kernel';
import { Card, Cell, Chip, Empty, useNow } from '@/components';
import { WorkbenchShell } from '@/components/staff';
import { navigate } from '@/navigate';
import { useIncomeDesk } from '../../api';

/** 收支见证: what the committee has submitted and owners do not see yet; the community reads it first. */
export default function WitnessDeskPage() {
  const desk = useIncomeDesk();
  return (
    <WorkbenchShell
      route="witnessDesk"
      active="witness"
      title="收支见证"
      resource={desk}
      empty={({ items, published }) =>
        items.length + published.length > 0 ? null : (
          <Empty title="还没有要见证的账" text="业委会提交一季的公共收益后会出现在这里，也会发消息告诉您。" />
        )
      }
    >
      {(data) => (
        <View className="stack stack--4">
          <Submitted desk={data} />
          <Published statements={data.published} />
        </View>
      )}
    </WorkbenchShell>
  );
}

function Submitted({ desk: { items } }: { readonly desk: IncomeDesk }) {
  if (items.length === 0) return <Card title="等待公示的">现在没有提交上来的账。有了会发消息告诉您。</Card>;
  return (
    <Card title="等待公示的" flush>
      {items.map((item) => (
        <SubmittedCell key={item.id} item={item} />
      ))}
    </Card>
  );
}

function SubmittedCell({ item }: { readonly item: DraftSummary }) {
  const now = useNow();
  const title = titleOf(item);
  const state = item.awaitsMe ? '等您见证' : '已见证';
  return (
    <Cell
      icon="wallet"
      title={title}
      detail={`季末余额 ${formatYuan(item.closingFen)} · ${item.preparedBy}提交 · ${formatInstant(item.updatedAt, now)}`}
      mark={
        item.awaitsMe ? (
          <Chip tone="urgent">{state}</Chip>
        ) : (
          <Chip tone="good" icon="check">
            {state}
          </Chip>
        )
      }
      label={`${title}，${state}`}
      onTap={() => {
        navigate('incomeDraft', { id: item.id });
      }}
    />
  );
}

function Published({ statements }: { readonly statements: readonly StatementSummary[] }) {
  if (statements.length === 0) return null;
  return (
    <Card title="已经公示的" flush>
      {statements.map((statement) => (
        <Cell
          key={statement.id}
          icon="document"
          title={titleOf(statement)}
          detail={`季末余额 ${formatYuan(statement.closingFen)}`}
          onTap={() => {
            navigate('incomeStatement', { id: statement.id });
          }}
        />
      ))}
    </Card>
  );
}

function titleOf({ quarter, version }: StatementSummary): string {
  return `${formatQuarter(quarter)}${version > 1 ? ` 第 ${version} 版` : ''}`;
}
