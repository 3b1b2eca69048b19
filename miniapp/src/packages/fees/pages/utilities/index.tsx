import { View } from '@tarojs/components';
import type { UtilityMonthView } from '@linli/shared/fees';
import { formatInstant, formatMonth } from '@linli/shared/kernel';
import { useState } from 'react';
import { Card, Empty, Fact, Money, PageShell, Picker, SectionHead, useNow } from '@/components';
import { useRouteParams } from '@/navigate';
import { currentHome, useSession } from '@/stores';
import { useUtilities } from '../../api';

/** 公共水电费分摊: the meters of a month, and one's own share to the fen. */
export default function UtilitiesPage() {
  const params = useRouteParams('utilities');
  const [month, setMonth] = useState(params.month);
  const utilities = useUtilities(month);
  if (utilities.status === 'error' && utilities.error.status === 404)
    return (
      <PageShell route="utilities">
        <Empty title="还没有公示过分摊" text="物业每月抄表后在这里公示：每只表的读数、单价和怎么分。" />
      </PageShell>
    );
  return (
    <PageShell route="utilities" resource={utilities}>
      {(data) => (
        <View className="stack stack--4">
          {data.months.length > 1 && (
            <Picker
              label="选择月份"
              value={data.month}
              options={data.months.map((value) => ({ value, label: formatMonth(value) }))}
              onChange={setMonth}
            />
          )}
          <Mine utilities={data} />
          <Meters utilities={data} />
        </View>
      )}
    </PageShell>
  );
}

/** The home that is looked at comes first. */
function homeFirst(shares: UtilityMonthView['mine'], unitName: string | undefined): UtilityMonthView['mine'] {
  return [
    ...shares.filter((share) => share.unitName === unitName),
    ...shares.filter((share) => share.unitName !== unitName),
  ];
}

function Mine({ utilities }: { readonly utilities: UtilityMonthView }) {
  const home = useSession(currentHome);
  return (
    <>
      {homeFirst(utilities.mine, home?.unitName).map(({ unitName, amountFen, lines }) => (
        <Card key={unitName} title={`${unitName} 分到`}>
          <View className="stack stack--2">
            <Money fen={amountFen} size="money" coloured />
            {lines.map((line) => (
              <View key={line} className="t-second">
                {line}
              </View>
            ))}
          </View>
        </Card>
      ))}
    </>
  );
}

function Meters({ utilities }: { readonly utilities: UtilityMonthView }) {
  const now = useNow();
  return (
    <View className="stack stack--3">
      <SectionHead title={`${formatMonth(utilities.month)}各表`} />
      {utilities.charges.map((charge) => (
        <Card key={charge.name}>
          <View className="stack stack--2">
            <View className="row row--between">
              <View className="t-strong grow">{charge.name}</View>
              <Money fen={charge.amountFen} />
            </View>
            <View className="t-second">{charge.formula}</View>
            <View className="t-second t-muted">{`${charge.scopeText} · ${charge.methodLabel}`}</View>
          </View>
        </Card>
      ))}
      <Card>
        <View className="stack stack--2">
          <Fact label="合计">
            <Money fen={utilities.totalFen} />
          </Fact>
          <Fact label="公示">{`${utilities.publishedBy} · ${formatInstant(utilities.publishedAt, now)}`}</Fact>
        </View>
      </Card>
    </View>
  );
}
