import { View } from '@tarojs/components';
import { formatQuarter } from '@linli/shared/kernel';
import { Button, Card, PageShell, SkeletonList } from '@/components';
import { DiffView } from '@/components/statement/diff-view';
import { navigate, useRouteParams } from '@/navigate';
import { useStatementDiff } from '../../api';

/** 更正对照: the reason first, then what was beside what is. */
export default function StatementDiffPage() {
  const { id } = useRouteParams('incomeDiff');
  const diff = useStatementDiff(id);
  return (
    <PageShell route="incomeDiff" resource={diff} skeleton={<SkeletonList />}>
      {({ before, after, reason, diff: changes }) => (
        <View className="stack stack--4">
          <Card title={`${formatQuarter(after.quarter)}：第 ${before.version} 版 → 第 ${after.version} 版`}>
            <View>{`更正原因：${reason}`}</View>
          </Card>
          <DiffView diff={changes} />
          <View className="stack stack--2">
            {[before, after].map((version) => (
              <Button
                key={version.id}
                kind="plain"
                block
                onTap={() => {
                  navigate('incomeStatement', { id: version.id });
                }}
              >
                {`看第 ${version.version} 版全文`}
              </Button>
            ))}
          </View>
        </View>
      )}
    </PageShell>
  );
}
