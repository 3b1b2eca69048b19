import { Text, View } from '@tarojs/components';
import {
  FEE_TARGETS,
  FEE_UNITS,
  type FeeItem,
  LEDGER_LABELS,
  LEDGERS,
  type ServiceStandard,
  aboveReference,
} from '@linli/shared/fees';
import { rateText } from '@linli/shared/kernel';
import { Card, SectionHead } from '../card';
import { Chip } from '../chip';
import './fees.css';

/** Every published charge, with its rate large and its basis under it; the three ledgers kept apart. */
export function FeeItems({ items }: { readonly items: readonly FeeItem[] }) {
  return (
    <View className="stack stack--4">
      {LEDGERS.map((ledger) => {
        const mine = items.filter((item) => item.ledger === ledger);
        if (mine.length === 0) return null;
        return (
          <View key={ledger} className="stack stack--3">
            <SectionHead title={LEDGER_LABELS[ledger]} />
            {mine.map((item) => (
              <FeeItemCard key={item.code} item={item} />
            ))}
          </View>
        );
      })}
    </View>
  );
}

function FeeItemCard({ item }: { readonly item: FeeItem }) {
  return (
    <Card>
      <View className="stack stack--2">
        <View className="row row--between row--top">
          <View className="t-strong grow">{item.name}</View>
          {item.serviceGrade !== null && <Chip tone="brand">{item.serviceGrade}</Chip>}
        </View>
        <View className="fee-rate">
          {item.unit === 'SQM_SHARED' ? (
            <Text className="t-title">按实际用量分摊</Text>
          ) : (
            <>
              <Text className="fee-rate__number">{rateText(item.rateTenThousandthYuan)}</Text>
              <Text className="t-second">{` ${FEE_UNITS[item.unit].label}`}</Text>
            </>
          )}
        </View>
        <Reference item={item} />
        <View className="t-second">{`向谁收：${FEE_TARGETS[item.target].label}`}</View>
        <View className="t-second">{`依据：${item.basis}`}</View>
        {item.note !== '' && <View className="t-second t-muted">{item.note}</View>}
      </View>
    </Card>
  );
}

/** The region's reference price beside the rate, and by how much this one differs. */
function Reference({ item }: { readonly item: FeeItem }) {
  const above = aboveReference(item);
  if (item.reference === null || above === null) return null;
  const difference =
    above === 0 ? '与参考价相同' : above > 0 ? `高 ${rateText(above)} 元` : `低 ${rateText(-above)} 元`;
  return (
    <View className="t-second">{`参考价 ${rateText(item.reference.rateTenThousandthYuan)} 元，${difference}`}</View>
  );
}

/** What is served for the fee. */
export function ServiceList({ services }: { readonly services: readonly ServiceStandard[] }) {
  if (services.length === 0) return null;
  return (
    <Card title="服务内容和标准">
      <View className="stack stack--3">
        {services.map(({ area, standard }) => (
          <View key={area} className="stack stack--1">
            <View className="t-strong">{area}</View>
            <View className="t-second">{standard}</View>
          </View>
        ))}
      </View>
    </Card>
  );
}
