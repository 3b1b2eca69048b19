import { View } from '@tarojs/components';
import { formatSqm } from '@linli/shared/kernel';
import { Card, Cell, Fact, InstantText, MorePages, PageShell, SkeletonList } from '@/components';
import { useRouteParams } from '@/navigate';
import { usePostedRoll } from '../../api';

/** 名册公示: the roll as it was frozen with the notice. */
export default function AssemblyRollPage() {
  const { assemblyId } = useRouteParams('assemblyRoll');
  const roll = usePostedRoll(assemblyId);
  return (
    <PageShell route="assemblyRoll" resource={roll} skeleton={<SkeletonList />}>
      {(posted) => (
        <View className="stack stack--4">
          <Card>
            <View className="stack stack--2">
              <Fact label="全体业主">{`${posted.total.heads} 户`}</Fact>
              <Fact label="计入面积">{formatSqm(posted.total.areaCentiSqm)}</Fact>
              <Fact label="名册确定于">
                <InstantText at={posted.frozenAt} />
              </Fact>
              <View className="t-second t-muted">
                一人有几套房算一户，几人共有一套也算一户；开发企业没有卖出或没有交付的，合在一起算一户。
              </View>
            </View>
          </Card>
          <Card flush>
            {posted.items.map((entry) => (
              <Cell
                key={entry.label}
                title={entry.label}
                detail={entry.ownersMasked.join('、') || '没有登记业主'}
                value={entry.counted ? formatSqm(entry.areaCentiSqm) : '不计入'}
              />
            ))}
          </Card>
          <MorePages more={roll.more} />
        </View>
      )}
    </PageShell>
  );
}
