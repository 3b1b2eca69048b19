import { View } from '@tarojs/components';
import type { IncomeOverview, OwedQuarter } from '@linli/shared/income';
import { formatDay, formatQuarter } from '@linli/shared/kernel';
import { useState } from 'react';
import {
  Button,
  Card,
  Cell,
  Empty,
  PageContent,
  PageShell,
  Picker,
  PostingChip,
  SkeletonCard,
  SkeletonList,
  useNow,
} from '@/components';
import { StatementContent } from '@/components/statement';
import { navigate, useRouteParams } from '@/navigate';
import { canPrint } from '@/platform';
import { useIncome, useQuarterStatement } from '../../api';
import { AuditMarks } from '../../components/audit-marks';
import { Versions } from '../../components/versions';

const OWED_BY = { COMMITTEE: '业主委员会', COMMUNITY: '社区', COMPANY: '物业企业' } as const;

/** 公共收益: the latest quarter first, and what should have been there and is not. */
export default function IncomePage() {
  const { quarter } = useRouteParams('income');
  const income = useIncome();
  return (
    <PageShell route="income" resource={income} skeleton={<IncomeSkeleton />}>
      {(overview) => (
        <View className="stack stack--4">
          <Owed owed={overview.owed} />
          {overview.latest === null ? (
            <Empty
              title="还没有公示过公共收益"
              text="公示以后，这里能看到每一笔收入和支出。您可以向业主委员会或物业询问。"
            />
          ) : (
            <Quarters overview={overview} first={quarter ?? overview.latest.quarter} />
          )}
          <Card flush>
            <Cell
              icon="list"
              title="支出申请和准许依据"
              detail="谁申请、谁确认、付给谁、凭哪一项决定"
              onTap={() => {
                navigate('spending');
              }}
            />
            <Cell
              icon="search"
              title="年度审计报告"
              detail="审计机构怎么说、发现了什么、谁还没有答复"
              onTap={() => {
                navigate('audits');
              }}
            />
          </Card>
          <View className="t-second t-muted">{`${overview.thresholdText}；用共有部分经营要经特别决议。`}</View>
        </View>
      )}
    </PageShell>
  );
}

function IncomeSkeleton() {
  return (
    <View className="stack stack--3">
      <SkeletonCard lines={4} />
      <SkeletonList cards={2} />
    </View>
  );
}

/** Quarters that are over and not there, with whose duty it is. */
function Owed({ owed }: { readonly owed: readonly OwedQuarter[] }) {
  const now = useNow();
  return (
    <>
      {owed.map(({ quarter, dueOn, overdueDays, owedBy }) => (
        <Card key={quarter} tone={overdueDays > 0 ? 'urgent' : 'plain'}>
          <View className="stack stack--1">
            <View className="t-strong">{`${formatQuarter(quarter)}还没有公示`}</View>
            {overdueDays > 0 ? (
              <PostingChip state={{ status: 'OVERDUE', days: overdueDays }} duty={OWED_BY[owedBy]} />
            ) : null}
            <View className="t-second">
              {overdueDays > 0
                ? `应在 ${formatDay(dueOn, now)}前公示`
                : `${OWED_BY[owedBy]}应在 ${formatDay(dueOn, now)}前公示`}
            </View>
          </View>
        </Card>
      ))}
    </>
  );
}

function Quarters({ overview, first }: { readonly overview: IncomeOverview; readonly first: string }) {
  const [quarter, setQuarter] = useState(first);
  const statement = useQuarterStatement(quarter);
  const options = overview.quarters.map(({ quarter }) => ({ value: quarter, label: formatQuarter(quarter) }));
  // The newest first.
  options.reverse();
  return (
    <View className="stack stack--4">
      {options.length > 1 && (
        <Picker label="选择季度" value={quarter} options={options} onChange={setQuarter} />
      )}
      {overview.mismatched.includes(quarter) && (
        <Card tone="urgent">上一季度更正以后，这一季度的季初余额对不上了，正在等更正。</Card>
      )}
      <PageContent resource={statement} skeleton={<IncomeSkeleton />}>
        {(view) => (
          <View className="stack stack--4">
            <StatementContent view={view} quarters={overview.quarters} />
            <AuditMarks statementId={view.id} />
            <Versions view={view} />
            {canPrint && (
              <Button
                kind="plain"
                icon="print"
                block
                onTap={() => {
                  navigate('incomeStatement', { id: view.id });
                }}
              >
                打印这一季
              </Button>
            )}
          </View>
        )}
      </PageContent>
    </View>
  );
}
