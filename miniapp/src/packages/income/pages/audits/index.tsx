import { View } from '@tarojs/components';
import type { AuditYear } from '@linli/shared/income-audit';
import { Card, Chip, Empty, PageShell, SkeletonList } from '@/components';
import { DutyWords, OpinionChip, OwedAudits } from '@/components/audit';
import { navigate } from '@/navigate';
import { useAudits } from '../../api';

/** 年度审计: every year's report, and the years that should have one and have not. */
export default function AuditsPage() {
  const audits = useAudits();
  return (
    <PageShell
      route="audits"
      resource={audits}
      skeleton={<SkeletonList />}
      empty={({ years, owed, duty, decided }) =>
        years.length + owed.length + decided.length > 0 ? null : (
          <Empty
            title="还没有公示过审计报告"
            text={
              duty === null
                ? '本地没有规定每年审计，业主大会可以决定每年审计一次。'
                : '第一份报告公示以后，这里能看到审计意见和每一条发现的答复。'
            }
          />
        )
      }
    >
      {({ years, owed, duty, decided }) => (
        <View className="stack stack--3">
          <OwedAudits owed={owed} />
          {years.map((year) => (
            <YearCard key={year.report.id} year={year} />
          ))}
          <DutyWords duty={duty} decided={decided} />
        </View>
      )}
    </PageShell>
  );
}

function YearCard({ year: { report, findings } }: { readonly year: AuditYear }) {
  const title = `${report.year} 年度审计报告`;
  const open = findings.all - findings.accepted;
  return (
    <Card
      label={title}
      onTap={() => {
        navigate('auditReport', { id: report.id });
      }}
    >
      <View className="stack stack--2">
        <View className="row row--between row--wrap gap-2">
          <View className="t-title">{title}</View>
          <OpinionChip opinion={report.opinion} />
        </View>
        <View className="t-second t-muted">{report.auditor}</View>
        <View>
          {findings.all === 0
            ? '没有发现问题'
            : `发现 ${findings.all} 个问题，${findings.accepted} 个已整改，${open} 个还在办`}
        </View>
        {findings.overdue > 0 && (
          <View className="row">
            <Chip tone="bad" icon="clock">{`${findings.overdue} 个逾期没有办`}</Chip>
          </View>
        )}
      </View>
    </Card>
  );
}
