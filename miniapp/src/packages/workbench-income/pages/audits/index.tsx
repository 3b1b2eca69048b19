import { View } from '@tarojs/components';
import {
  AUDIT_PARTY_LABELS,
  type AuditDesk,
  FINDING_STATE_LABELS,
  type FindingView,
} from '@linli/shared/income-audit';
import { formatDay, formatInstant, formatYuan } from '@linli/shared/kernel';
import { Button, Card, Cell, Chip, Empty, useNow } from '@/components';
import {
  dutyText,
  DutyWords,
  FindingChips,
  FindingDetails,
  OpinionChip,
  OwedAudits,
} from '@/components/audit';
import { TableWithSheet, WorkbenchShell } from '@/components/staff';
import { navigate } from '@/navigate';
import { useAuditDesk } from '../../audit-api';
import { AmendReport } from '../../components/amend-report';
import { CommitAudit } from '../../components/commit-audit';
import { FindingSteps } from '../../components/finding-steps';

/** 年度审计: the report is recorded and published, its findings answered and looked into. */
export default function AuditDeskPage() {
  const desk = useAuditDesk();
  return (
    <WorkbenchShell route="auditDesk" active="audits" title="年度审计" resource={desk}>
      {(data) => (
        <View className="stack stack--4">
          <OwedAudits owed={data.owed} />
          {data.mayRecord && (
            <View className="row row--wrap gap-2">
              <Button
                icon="plus"
                onTap={() => {
                  navigate('auditDraft', {});
                }}
              >
                录入审计报告
              </Button>
              {(data.duty === null || data.decided.length > 0) && (
                <CommitAudit isDecided={data.decided.length > 0} />
              )}
            </View>
          )}
          <DutyWords duty={data.duty} decided={data.decided} />
          <Drafts desk={data} />
          <Findings findings={data.findings} />
          <Published desk={data} />
        </View>
      )}
    </WorkbenchShell>
  );
}

function Drafts({ desk: { drafts } }: { readonly desk: AuditDesk }) {
  const now = useNow();
  if (drafts.length === 0) return null;
  return (
    <Card title="正在录入的" flush>
      {drafts.map(({ id, year, version, recordedBy, updatedAt, awaitsMe }) => (
        <Cell
          key={id}
          icon="document"
          title={`${year} 年度审计报告${version === 1 ? '' : `，第 ${version} 版更正`}`}
          detail={`${recordedBy}录入 · ${formatInstant(updatedAt, now)}`}
          mark={awaitsMe ? <Chip tone="urgent">等您核对公示</Chip> : <Chip>等另一位公示</Chip>}
          onTap={() => {
            navigate('auditDraft', { id });
          }}
        />
      ))}
    </Card>
  );
}

function Findings({ findings }: { readonly findings: readonly FindingView[] }) {
  const now = useNow();
  if (findings.length === 0)
    return <Empty title="没有等待办理的审计发现" text="报告公示以后，每一条发现都会列在这里，直到办结。" />;
  return (
    <TableWithSheet
      caption="等待办理的审计发现"
      rows={findings}
      rowKey={({ id }) => id}
      rowLabel={(row) => `${row.year} 年度第 ${row.no} 条，${row.text}，${FINDING_STATE_LABELS[row.state]}`}
      card={(row) => <FindingLine finding={row} />}
      columns={[
        { key: 'no', title: '编号', width: '140px', cell: ({ year, no }) => `${year} · 第 ${no} 条` },
        { key: 'text', title: '发现了什么', cell: ({ text }) => text },
        {
          key: 'fen',
          title: '涉及金额',
          align: 'right',
          width: '120px',
          cell: ({ amountFen }) => (amountFen === null ? '' : formatYuan(amountFen)),
        },
        {
          key: 'by',
          title: '该谁办',
          width: '100px',
          cell: ({ duty }) => (duty === null ? '' : AUDIT_PARTY_LABELS[duty.by]),
        },
        {
          key: 'due',
          title: '期限',
          width: '130px',
          cell: ({ duty }) => (duty === null ? '' : formatDay(duty.dueOn, now)),
        },
        { key: 'state', title: '进展', width: '230px', cell: (row) => <FindingChips {...row} /> },
      ]}
      sheetTitle={({ year, no }) => `${year} 年度审计第 ${no} 条`}
      sheet={(finding, close) => (
        <>
          <FindingDetails finding={finding} />
          <FindingSteps finding={finding} onDone={close} />
        </>
      )}
    />
  );
}

function FindingLine({ finding }: { readonly finding: FindingView }) {
  const now = useNow();
  const { year, no, text, amountFen } = finding;
  return (
    <View className="stack stack--1">
      <View className="t-strong">{`${year} · 第 ${no} 条　${text}`}</View>
      {amountFen !== null && <View className="t-second t-muted">{`涉及 ${formatYuan(amountFen)}`}</View>}
      <View className="t-second">{dutyText(finding, now)}</View>
      <FindingChips {...finding} />
    </View>
  );
}

function Published({ desk: { published, mayRecord } }: { readonly desk: AuditDesk }) {
  if (published.length === 0) return null;
  return (
    <Card title="已公示的报告" flush>
      {published.map((report) => (
        <View key={report.id}>
          <Cell
            icon="document"
            title={`${report.year} 年度审计报告`}
            detail={`${report.auditor} · ${report.reportNo}`}
            mark={<OpinionChip opinion={report.opinion} />}
            onTap={() => {
              navigate('auditReport', { id: report.id });
            }}
          />
          {mayRecord && <AmendReport report={report} />}
        </View>
      ))}
    </Card>
  );
}
