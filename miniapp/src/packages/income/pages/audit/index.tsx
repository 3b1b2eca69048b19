import { View } from '@tarojs/components';
import {
  AUDIT_OPINION_MEANINGS,
  AUDITED_BOOK_LABELS,
  type AuditReportView,
} from '@linli/shared/income-audit';
import { formatFullDate, formatInstant } from '@linli/shared/kernel';
import { Attachments, Card, Cell, Chip, Fact, PageShell, SkeletonList, useNow } from '@/components';
import { FindingDetails, OpinionChip } from '@/components/audit';
import { navigate, useRouteParams } from '@/navigate';
import { useAuditReport } from '../../api';

/** One year's report: what the auditor says, and what became of each thing that was found. */
export default function AuditReportPage() {
  const { id } = useRouteParams('auditReport');
  const report = useAuditReport(id);
  return (
    <PageShell route="auditReport" resource={report} skeleton={<SkeletonList />}>
      {(view) => (
        <View className="stack stack--4">
          {view.state === 'SUPERSEDED' && (
            <Card tone="urgent">这一版已经被更正，现在有效的一版在本页最下面。</Card>
          )}
          <Head view={view} />
          {view.findings.map((finding) => (
            <Card key={finding.id}>
              <FindingDetails
                finding={finding}
                onConcern={(statementId) => {
                  navigate('incomeStatement', { id: statementId });
                }}
              />
            </Card>
          ))}
          <Original view={view} />
          {view.versions.length > 1 && <Versions view={view} />}
        </View>
      )}
    </PageShell>
  );
}

function Head({ view }: { readonly view: AuditReportView }) {
  const { opinion, findings, postedUntil } = view;
  const accepted = findings.filter(({ state }) => state === 'ACCEPTED').length;
  return (
    <Card>
      <View className="stack stack--2">
        <View className="row row--between row--wrap gap-2">
          <View className="t-title">{`${view.year} 年度审计报告`}</View>
          <OpinionChip opinion={opinion} />
        </View>
        <View>{AUDIT_OPINION_MEANINGS[opinion]}</View>
        <View className="t-strong">
          {findings.length === 0
            ? '没有发现问题。'
            : `发现 ${findings.length} 个问题，${accepted} 个已整改。`}
        </View>
        <Fact label="审计机构">{view.auditor}</Fact>
        <Fact label="审计了什么">{view.books.map((book) => AUDITED_BOOK_LABELS[book]).join('、')}</Fact>
        <Fact label="报告文号">{view.reportNo}</Fact>
        <Fact label="报告日期">{formatFullDate(view.signedOn)}</Fact>
        {postedUntil !== null && <Fact label="公告到">{formatFullDate(postedUntil)}</Fact>}
        <View>{view.summary}</View>
      </View>
    </Card>
  );
}

/** The scan, and what identifies the file that is kept. */
function Original({ view }: { readonly view: AuditReportView }) {
  const now = useNow();
  const { scan, scanSha256, publishedAt, recordedBy, publishedBy } = view;
  return (
    <Card title="报告原件">
      <View className="stack stack--2">
        {scan !== null && <Attachments files={[scan]} />}
        <View className="t-second t-muted">
          文件指纹（SHA-256）：下载后算出来一样，就是当时公示的那一份。
        </View>
        <View className="t-second">{scanSha256}</View>
        <Fact label="录入">{recordedBy}</Fact>
        <Fact label="核对公示">
          {publishedAt === null ? publishedBy : `${publishedBy}，${formatInstant(publishedAt, now)}`}
        </Fact>
      </View>
    </Card>
  );
}

function Versions({ view }: { readonly view: AuditReportView }) {
  const now = useNow();
  return (
    <Card title="各版和更正" flush>
      {view.versions.map(({ id, version, state, publishedAt, reason }) => (
        <Cell
          key={id}
          title={`第 ${version} 版`}
          mark={state === 'PUBLISHED' ? <Chip tone="good">现在有效</Chip> : <Chip>已被更正</Chip>}
          detail={`${publishedAt === null ? '' : `${formatInstant(publishedAt, now)} 公示`}${reason === '' ? '' : `，更正原因：${reason}`}`}
          label={`第 ${version} 版，打开`}
          onTap={
            id === view.id
              ? undefined
              : () => {
                  navigate('auditReport', { id });
                }
          }
        />
      ))}
    </Card>
  );
}
