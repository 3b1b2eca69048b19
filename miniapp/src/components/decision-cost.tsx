import { View } from '@tarojs/components';
import { SPEND_PURPOSES } from '@linli/shared/assembly';
import { formatFullDate, formatQuarter, formatYuan } from '@linli/shared/kernel';
import type { DecisionCost, DecisionSpend } from '@linli/shared/spending';
import { navigate } from '@/navigate';
import { api, useResource } from '@/request';
import { useSession } from '@/stores';
import { Card } from './card';
import { Money } from './numbers';
import { ErrorState, SkeletonCard } from './states';

/** 支出明细 of a decision: every spend that is charged to it, each opening to where it stands. */
export function DecisionCostView({ decisionId }: { readonly decisionId: string }) {
  const estateId = useSession((state) => state.estateId);
  const url = estateId === null ? null : `/api/estates/${estateId}/income/decisions/${decisionId}/spends`;
  const cost = useResource(url, () => api.get<DecisionCost>(url ?? ''));
  if (cost.status === 'loading') return <SkeletonCard lines={2} />;
  if (cost.status === 'error') return <ErrorState error={cost.error} onRetry={cost.reload} />;
  const { items } = cost.data;
  if (items.length === 0) return null;
  const totalFen = items.reduce((sum, { amountFen }) => sum + amountFen, 0);
  return (
    <View className="stack stack--2">
      <View className="row row--between">
        <View className="t-strong">{`支出明细（${items.length} 笔）`}</View>
        <Money fen={totalFen} />
      </View>
      {items.map((spend) => (
        <Spend key={spend.id} spend={spend} />
      ))}
    </View>
  );
}

function Spend({ spend }: { readonly spend: DecisionSpend }) {
  const { text, payee, amountFen, on, place, requestId } = spend;
  const purpose = SPEND_PURPOSES[spend.category];
  const open = openerOf(spend);
  const where =
    place !== null
      ? `看${formatQuarter(place.quarter)}的这一笔`
      : requestId !== null
        ? '看这笔支出申请'
        : '已记账，所在季度公示后能看凭证';
  return (
    <Card
      label={`${purpose}，${formatYuan(amountFen)}，${where}`}
      {...(open === null ? {} : { onTap: open })}
    >
      <View className="stack stack--1">
        <View className="row row--between row--top gap-2">
          <View className="grow">{text === '' ? purpose : text}</View>
          <Money fen={amountFen} />
        </View>
        <View className="t-second t-muted">{`${formatFullDate(on)}，付给 ${payee}`}</View>
        <View className="t-second t-muted">{where}</View>
      </View>
    </Card>
  );
}

function openerOf({ place, requestId }: DecisionSpend): (() => void) | null {
  if (place !== null)
    return () => {
      navigate('incomeStatement', { id: place.statementId, line: String(place.index) });
    };
  if (requestId === null) return null;
  return () => {
    navigate('spending', { id: requestId });
  };
}
