import { View } from '@tarojs/components';
import type { RollCorrection } from '@linli/shared/assembly';
import { formatSqm } from '@linli/shared/kernel';
import { Card, Cell, Fact, InstantText, MorePages, PageContent, PageShell, SkeletonList } from '@/components';
import { useRouteParams } from '@/navigate';
import { usePostedRoll, useRollCorrections } from '../../api';
import { LogAlarm } from '../../components/log-alarm';

/** 名册公示: the roll as it was frozen with the notice. */
export default function AssemblyRollPage() {
  const { assemblyId } = useRouteParams('assemblyRoll');
  const roll = usePostedRoll(assemblyId);
  return (
    <PageShell route="assemblyRoll" resource={roll} skeleton={<SkeletonList />}>
      {(posted) => (
        <View className="stack stack--4">
          <LogAlarm assemblyId={assemblyId} />
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
          <Corrections assemblyId={assemblyId} />
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

/** 更正记录: what changed after the roll was posted, why and by whom; the totals above go by it. */
function Corrections({ assemblyId }: { readonly assemblyId: string | undefined }) {
  const corrections = useRollCorrections(assemblyId);
  return (
    <Card title="更正记录">
      <PageContent resource={corrections}>
        {({ items }) => (
          <View className="stack stack--3">
            {items.length === 0 && <View className="t-muted">公示以来没有更正过。</View>}
            {items.map((correction) => (
              <View key={correction.id} className="stack stack--1">
                <View className="t-strong">{`${correction.label}：${areasOf(correction)}`}</View>
                <View>{`理由：${correction.reason}`}</View>
                <View className="t-second t-muted">
                  {`${correction.decidedBy}，`}
                  <InstantText at={correction.decidedAt} />
                </View>
              </View>
            ))}
            <MorePages more={corrections.more} />
          </View>
        )}
      </PageContent>
    </Card>
  );
}

function areasOf({ beforeAreaCentiSqm, afterAreaCentiSqm }: RollCorrection): string {
  if (beforeAreaCentiSqm === null) return `补上，${formatSqm(afterAreaCentiSqm)}`;
  if (beforeAreaCentiSqm === afterAreaCentiSqm)
    return `业主已更正，面积 ${formatSqm(afterAreaCentiSqm)} 不变`;
  return `${formatSqm(beforeAreaCentiSqm)} 改为 ${formatSqm(afterAreaCentiSqm)}`;
}
