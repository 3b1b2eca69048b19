import { View } from '@tarojs/components';
import { type PaperDesk, PAPER_REFUSAL_LABELS, PAPER_REFUSALS } from '@linli/shared/assembly';
import { useState } from 'react';
import { Card, Deadline, Fact, InstantText, Tabs, useNow } from '@/components';
import { WorkbenchShell } from '@/components/staff';
import { useRouteParams } from '@/navigate';
import { PaperDeliveries } from '../../components/paper-deliveries';
import { PaperPrints } from '../../components/paper-prints';
import { PaperReturns } from '../../components/paper-returns';
import { usePaperDesk } from '../../paper-api';

type Part = 'PRINT' | 'DELIVER' | 'RETURN';

/** The papers of one meeting: printing, delivery, and what was handed in. */
export default function PaperDeskPage() {
  const { assemblyId = '' } = useRouteParams('paperDesk');
  const desk = usePaperDesk(assemblyId);
  const [part, setPart] = useState<Part | null>(null);
  return (
    <WorkbenchShell route="paperDesk" active="papers" title="纸质票" resource={desk}>
      {(known) => {
        const shown = part ?? firstPart(known);
        const { WAITING, ONCE, MISMATCH } = known.returns;
        return (
          <View className="stack stack--4">
            <Summary desk={known} />
            <Tabs<Part>
              label="办什么"
              value={shown}
              onChange={setPart}
              options={[
                { value: 'PRINT', label: '印票' },
                { value: 'DELIVER', label: '送达', count: known.undelivered },
                {
                  value: 'RETURN',
                  label: '收票录入',
                  count: WAITING + ONCE + MISMATCH + known.openObjections,
                },
              ]}
            />
            {shown === 'PRINT' && <PaperPrints assemblyId={assemblyId} desk={known} />}
            {shown === 'DELIVER' && <PaperDeliveries assemblyId={assemblyId} />}
            {shown === 'RETURN' && <PaperReturns assemblyId={assemblyId} desk={known} />}
          </View>
        );
      }}
    </WorkbenchShell>
  );
}

/** What is next: numbers first, then the doors, then the desk. */
function firstPart({ issued, opensAt }: PaperDesk): Part {
  if (issued === 0) return 'PRINT';
  return Date.now() < opensAt ? 'DELIVER' : 'RETURN';
}

function Summary({ desk }: { readonly desk: PaperDesk }) {
  const { principals, issued, delivered, undelivered, returns, refused, opensAt, closesAt } = desk;
  const now = useNow();
  const waiting = returns.WAITING + returns.ONCE + returns.MISMATCH;
  const received = waiting + returns.COUNTED + returns.REFUSED;
  const reasons = PAPER_REFUSALS.flatMap((reason) => {
    const papers = refused[reason];
    return papers === undefined ? [] : [`${PAPER_REFUSAL_LABELS[reason]} ${papers}`];
  });
  return (
    <Card>
      <View className="stack stack--2">
        {now < opensAt ? (
          <Deadline at={opensAt} what="投票开始" />
        ) : (
          <Deadline at={closesAt} what="投票截止" />
        )}
        <Fact label="印发">{`${issued} 张，共 ${principals} 票`}</Fact>
        <Fact label="送达">{`${delivered} 张已登记，还有 ${undelivered} 户没有送达也没有投票`}</Fact>
        <Fact label="收回">{`${received} 张：已计入 ${returns.COUNTED}，待录入 ${waiting}，不计入 ${returns.REFUSED}`}</Fact>
        {reasons.length > 0 && <Fact label="不计入">{reasons.join('；')}</Fact>}
        {now > closesAt && waiting > 0 && (
          <View className="t-bad">
            {`计票在等还没录完的 ${waiting} 张，最晚等到 `}
            <InstantText at={desk.entryUntil} />
            ，到时没有录的不计入并公布。
          </View>
        )}
      </View>
    </Card>
  );
}
