import { Text, View } from '@tarojs/components';
import { type MyDunningCase, type MyDunningStep, NOTICE_DELIVERY_LABELS } from '@linli/shared/fees';
import { formatFullDate, formatYuan } from '@linli/shared/kernel';
import { Button, Card, Fact } from '@/components';
import { navigate } from '@/navigate';
import { useMyDunning } from '../api';

/** 催缴记录 of the reader's own homes: what was done when, what may come next, and what one can do. */
export function DunningRecord() {
  const mine = useMyDunning();
  if (mine.status !== 'ready') return null;
  return (
    <>
      {mine.data.items.map((item) => (
        <Record key={`${item.unitName}:${item.ledgerLabel}`} record={item} />
      ))}
    </>
  );
}

function Record({ record: { unitName, ledgerLabel, steps, next } }: { readonly record: MyDunningCase }) {
  return (
    <Card title={`${ledgerLabel}催缴记录`}>
      <View className="stack stack--3">
        <View className="t-second t-muted">{`${unitName}。只有您家和物业能看到这里，邻居看不到。`}</View>
        {steps.map((step) => (
          <Step key={step.step} step={step} />
        ))}
        {next !== null && next.notBefore !== null && (
          <View>
            {`还没缴清的话，${formatFullDate(next.notBefore)}起物业可以进行下一步：${next.label}。缴清了就到此为止。`}
          </View>
        )}
        <View className="t-second">
          有异议请在期限内告诉物业，物业应当说明每一笔怎么算的；说不通可以请业委会、社区调解。不会因为欠费停水停电、限制出入或张贴名单。
        </View>
        <View className="row">
          <Button
            size="small"
            kind="plain"
            onTap={() => {
              navigate('relief');
            }}
          >
            有困难，申请减免或缓缴
          </Button>
        </View>
      </View>
    </Card>
  );
}

function Step({
  step: { label, takenOn, respondBy, amountFen, handledBy, notice },
}: {
  readonly step: MyDunningStep;
}) {
  const delivery = notice?.delivery ?? null;
  return (
    <View className="stack stack--1">
      <Fact label={label}>{formatFullDate(takenOn)}</Fact>
      <View className="t-second t-muted">
        <Text className="t-whole">{`${formatYuan(amountFen)}，`}</Text>
        <Text className="t-whole">{`请在 ${formatFullDate(respondBy)} 前缴，`}</Text>
        <Text className="t-whole">{`经办 ${handledBy}`}</Text>
      </View>
      {notice !== null && (
        <View className="t-second t-muted">
          {delivery === null
            ? `${notice.numberText}，还没有送到`
            : `${notice.numberText}，${formatFullDate(delivery.deliveredOn)}${NOTICE_DELIVERY_LABELS[delivery.method]}`}
        </View>
      )}
    </View>
  );
}
