import { View } from '@tarojs/components';
import type { StatementView } from '@linli/shared/income';
import { formatQuarter } from '@linli/shared/kernel';
import { useEffect } from 'react';
import { Button, Card, PageShell, SkeletonList } from '@/components';
import { StatementContent } from '@/components/statement';
import { navigate, useRouteParams } from '@/navigate';
import { canPrint, printPage } from '@/platform';
import { estatesOf, useSession } from '@/stores/session';
import { useStatement } from '../../api';
import { PrintedStatement } from '../../components/printed-statement';
import { Versions } from '../../components/versions';

/** One version, as it was published; this is where the code on a printed statement leads. */
export default function StatementPage() {
  const { id, estateId, line } = useRouteParams('incomeStatement');
  // Whoever comes by the printed code may have another estate open.
  useEffect(() => {
    const { me, estateId: chosen, chooseEstate } = useSession.getState();
    if (
      estateId !== undefined &&
      estateId !== chosen &&
      estatesOf(me).some((estate) => estate.id === estateId)
    )
      chooseEstate(estateId);
  }, [estateId]);
  const statement = useStatement(id);
  return (
    <PageShell route="incomeStatement" resource={statement} skeleton={<SkeletonList />}>
      {(view) => (
        <>
          <View className="stack stack--4 no-print">
            <Superseded view={view} />
            {canPrint && (
              <Button kind="plain" icon="print" block onTap={printPage}>
                打印（A4）
              </Button>
            )}
            <StatementContent view={view} openAt={line === undefined ? undefined : Number(line)} />
            <Versions view={view} />
          </View>
          <PrintedStatement view={view} />
        </>
      )}
    </PageShell>
  );
}

function Superseded({ view }: { readonly view: StatementView }) {
  const current = view.versions.find(({ state }) => state === 'PUBLISHED');
  if (view.state !== 'SUPERSEDED' || current === undefined) return null;
  return (
    <Card tone="urgent">
      <View className="stack stack--2">
        <View className="t-strong">{`这是${formatQuarter(view.quarter)}的第 ${view.version} 版，已经被更正`}</View>
        <Button
          kind="plain"
          onTap={() => {
            navigate('incomeDiff', { id: current.id });
          }}
        >
          看更正了什么
        </Button>
      </View>
    </Card>
  );
}
