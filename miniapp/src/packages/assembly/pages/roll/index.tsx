import { View } from '@tarojs/components';
import type { PostedRollEntry } from '@linli/shared/assembly';
import { formatSqm } from '@linli/shared/kernel';
import { useState } from 'react';
import { Button, Card, Cell, Fact, InstantText, PageShell, SkeletonList } from '@/components';
import { useRouteParams } from '@/navigate';
import { useAction } from '@/request';
import { useSession } from '@/stores';
import { morePostedRoll, usePostedRoll } from '../../api';

/** 名册公示: the roll as it was frozen with the notice. */
export default function AssemblyRollPage() {
  const { assemblyId } = useRouteParams('assemblyRoll');
  const roll = usePostedRoll(assemblyId);
  const estateId = useSession((state) => state.estateId) ?? '';
  const [more, setMore] = useState<{ items: readonly PostedRollEntry[]; next: string | null } | null>(null);
  const load = useAction((_key, after: string) => morePostedRoll(estateId, assemblyId ?? '', after), {
    onDone: ({ items, next }) => {
      setMore((before) => ({ items: [...(before?.items ?? []), ...items], next }));
    },
  });
  return (
    <PageShell route="assemblyRoll" resource={roll} skeleton={<SkeletonList />}>
      {(posted) => {
        const next = more === null ? posted.next : more.next;
        return (
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
              {[...posted.items, ...(more?.items ?? [])].map((entry) => (
                <Cell
                  key={entry.label}
                  title={entry.label}
                  detail={entry.ownersMasked.join('、') || '没有登记业主'}
                  value={entry.counted ? formatSqm(entry.areaCentiSqm) : '不计入'}
                />
              ))}
            </Card>
            {load.error !== null && <View className="t-bad">{load.error.message}</View>}
            {next !== null && (
              <Button kind="plain" block busy={load.busy} onTap={() => load.run(next)}>
                再看 100 条
              </Button>
            )}
          </View>
        );
      }}
    </PageShell>
  );
}
