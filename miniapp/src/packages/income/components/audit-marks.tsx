import { FINDING_STATE_LABELS } from '@linli/shared/income-audit';
import { Card, Cell } from '@/components';
import { navigate } from '@/navigate';
import { useAuditMarks } from '../api';

/** What auditors found in this statement; nothing where they found nothing. */
export function AuditMarks({ statementId }: { readonly statementId: string }) {
  const marks = useAuditMarks(statementId);
  if (marks.status !== 'ready' || marks.data.items.length === 0) return null;
  return (
    <Card title="审计发现" flush>
      {marks.data.items.map(({ findingId, reportId, year, no, lineIndex, state }) => (
        <Cell
          key={findingId}
          icon="search"
          title={`${year} 年度审计第 ${no} 条${lineIndex === null ? '' : `，涉及第 ${lineIndex + 1} 笔`}`}
          detail={FINDING_STATE_LABELS[state]}
          onTap={() => {
            navigate('auditReport', { id: reportId });
          }}
        />
      ))}
    </Card>
  );
}
