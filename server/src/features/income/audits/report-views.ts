import type { FileRef } from '@linli/shared/files';
import { type AuditReportSummary, type AuditRules, postedUntil } from '@linli/shared/income-audit';
import { shanghaiDate } from '@linli/shared/kernel';
import { type ReportRow, storedReport } from './audits.repository.ts';

export function toSummary(row: ReportRow, rules: Pick<AuditRules, 'auditPostDays'>): AuditReportSummary {
  return {
    id: row.id,
    year: row.audit_year,
    version: row.version,
    state: row.state,
    books: storedReport(row).books,
    auditor: row.auditor,
    reportNo: row.report_no,
    signedOn: row.signed_on,
    opinion: row.opinion,
    publishedAt: row.published_at,
    postedUntil: row.published_at === null ? null : postedUntil(shanghaiDate(row.published_at), rules),
    reason: row.reason,
  };
}

/** The scan and what identifies the kept file. */
export interface Scan {
  readonly scan: FileRef | null;
  readonly scanSha256: string;
}
