import { Injectable } from '@nestjs/common';
import type {
  AuditCommitment,
  AuditedBook,
  AuditOpinion,
  AuditParty,
  AuditReportState,
  FindingEvent,
  FindingFacts,
  FindingState,
  ResponsibleBody,
} from '@linli/shared/income-audit';
import { type Reader, type SqlRecord, type Transaction, update } from '../../../kernel/database/index.ts';

export interface ReportRow {
  id: string;
  estate_id: string;
  audit_year: number;
  version: number;
  state: AuditReportState;
  revision: number;
  auditor: string;
  report_no: string;
  signed_on: string;
  opinion: AuditOpinion;
  summary: string;
  scan_file_id: string;
  content_json: string;
  amends: string | null;
  reason: string;
  recorded_by: string;
  published_by: string | null;
  published_at: number | null;
  updated_at: number;
}

/** What `content_json` holds. */
export interface StoredReport {
  readonly books: readonly AuditedBook[];
  readonly findings: readonly FindingFacts[];
}

export interface FindingRow {
  id: string;
  estate_id: string;
  report_id: string;
  audit_year: number;
  finding_no: number;
  responsible: ResponsibleBody;
  state: FindingState;
  seq: number;
  step_due_on: string | null;
  remind_on: string | null;
  statement_id: string | null;
  line_index: number | null;
  answered_by: string | null;
  answered_as: AuditParty | null;
}

export interface EventRow {
  finding_id: string;
  seq: number;
  event: FindingEvent;
  event_text: string;
  file_ids: string;
  person_id: string;
  party: AuditParty;
  at: number;
}

export interface CountRow {
  audit_year: number;
  found: number;
  accepted: number;
  overdue: number;
}

const REPORT = `id, estate_id, audit_year, version, state, revision, auditor, report_no, signed_on, opinion, summary,
  scan_file_id, content_json, amends, reason, recorded_by, published_by, published_at, updated_at`;
const FINDING = `id, estate_id, report_id, audit_year, finding_no, responsible, state, seq, step_due_on, remind_on,
  statement_id, line_index, answered_by, answered_as`;
const YEARS_KEPT_IN_VIEW = 30;
const MOST_UNSETTLED = 200;

interface CommitmentRow {
  change_no: number;
  since_year: number;
  is_owed: number;
  decision_number: string;
  decided_on: string;
}

@Injectable()
export class AuditsRepository {
  report(reader: Reader, estateId: string, id: string): Promise<ReportRow | null> {
    return reader.row<ReportRow>(`SELECT ${REPORT} FROM audit_reports WHERE estate_id = ? AND id = ?`, [
      estateId,
      id,
    ]);
  }

  async reports(reader: Reader, ids: readonly string[]): Promise<ReportRow[]> {
    if (ids.length === 0) return [];
    return reader.rows<ReportRow>(
      `SELECT ${REPORT} FROM audit_reports WHERE id IN (${ids.map(() => '?').join(', ')})`,
      ids,
    );
  }

  /** The versions in force, the newest year first. */
  current(reader: Reader, estateId: string): Promise<ReportRow[]> {
    return reader.rows<ReportRow>(
      `SELECT ${REPORT} FROM audit_reports WHERE estate_id = ? AND current_key IS NOT NULL
       ORDER BY current_key DESC LIMIT ${YEARS_KEPT_IN_VIEW}`,
      [estateId],
    );
  }

  /** The published versions of a year, the newest first. */
  versions(reader: Reader, estateId: string, year: number): Promise<ReportRow[]> {
    return reader.rows<ReportRow>(
      `SELECT ${REPORT} FROM audit_reports WHERE estate_id = ? AND audit_year = ? AND published_version IS NOT NULL
       ORDER BY published_version DESC`,
      [estateId, year],
    );
  }

  drafts(reader: Reader, estateId: string): Promise<ReportRow[]> {
    return reader.rows<ReportRow>(
      `SELECT ${REPORT} FROM audit_reports WHERE estate_id = ? AND open_key IS NOT NULL ORDER BY open_key DESC`,
      [estateId],
    );
  }

  finding(reader: Reader, estateId: string, id: string): Promise<FindingRow | null> {
    return reader.row<FindingRow>(`SELECT ${FINDING} FROM audit_findings WHERE estate_id = ? AND id = ?`, [
      estateId,
      id,
    ]);
  }

  findingsOfYear(reader: Reader, estateId: string, year: number): Promise<FindingRow[]> {
    return reader.rows<FindingRow>(
      `SELECT ${FINDING} FROM audit_findings WHERE estate_id = ? AND audit_year = ? ORDER BY finding_no`,
      [estateId, year],
    );
  }

  /** What is not accepted yet; an estate has a handful. */
  unsettled(reader: Reader, estateId: string): Promise<FindingRow[]> {
    return reader.rows<FindingRow>(
      `SELECT ${FINDING} FROM audit_findings
       WHERE estate_id = ? AND state IN ('OPEN', 'ANSWERED', 'SENT_BACK')
       ORDER BY step_due_on, id LIMIT ${MOST_UNSETTLED}`,
      [estateId],
    );
  }

  findingsOf(reader: Reader, estateId: string, statementId: string): Promise<FindingRow[]> {
    return reader.rows<FindingRow>(
      `SELECT ${FINDING} FROM audit_findings WHERE statement_id = ? AND estate_id = ?
       ORDER BY audit_year, finding_no`,
      [statementId, estateId],
    );
  }

  counts(reader: Reader, estateId: string, today: string): Promise<CountRow[]> {
    return reader.rows<CountRow>(
      `SELECT audit_year, COUNT(*) AS found,
         SUM(CASE WHEN state = 'ACCEPTED' THEN 1 ELSE 0 END) AS accepted,
         SUM(CASE WHEN step_due_on < ? THEN 1 ELSE 0 END) AS overdue
       FROM audit_findings WHERE estate_id = ? GROUP BY audit_year`,
      [today, estateId],
    );
  }

  /** Those of whom a reminder is due, the oldest first. */
  toRemind(reader: Reader, today: string, limit: number): Promise<FindingRow[]> {
    return reader.rows<FindingRow>(
      `SELECT ${FINDING} FROM audit_findings WHERE remind_on <= ? ORDER BY remind_on, id LIMIT ${limit}`,
      [today],
    );
  }

  async events(reader: Reader, findingIds: readonly string[]): Promise<EventRow[]> {
    if (findingIds.length === 0) return [];
    return reader.rows<EventRow>(
      `SELECT finding_id, seq, event, event_text, file_ids, person_id, party, at FROM audit_finding_events
       WHERE finding_id IN (${findingIds.map(() => '?').join(', ')}) ORDER BY finding_id, seq`,
      findingIds,
    );
  }

  /** What the owners decided on the yearly audit, in turn; a decision that was annulled since asks for nothing. */
  async decided(reader: Reader, estateId: string): Promise<AuditCommitment[]> {
    const rows = await reader.rows<CommitmentRow>(
      `SELECT c.change_no, c.since_year, c.is_owed, c.decision_number, c.decided_on FROM (
         SELECT estate_id, 0 AS change_no, since_year, 1 AS is_owed, decision_number, decided_on
         FROM audit_commitments WHERE estate_id = ?
         UNION ALL
         SELECT estate_id, change_no, since_year, is_owed, decision_number, decided_on
         FROM audit_commitment_changes WHERE estate_id = ?
       ) c JOIN decisions d ON d.estate_id = c.estate_id AND d.number_taken = c.decision_number
       WHERE d.status = 'IN_FORCE' ORDER BY c.change_no`,
      [estateId, estateId],
    );
    return rows.map((row) => ({
      sinceYear: row.since_year,
      decisionNumber: row.decision_number,
      decidedOn: row.decided_on,
      isOwed: row.is_owed === 1,
    }));
  }

  /** How many later decisions were registered, annulled ones among them. */
  async changes(reader: Reader, estateId: string): Promise<number> {
    const row = await reader.row<{ changes: number }>(
      'SELECT COUNT(*) AS changes FROM audit_commitment_changes WHERE estate_id = ?',
      [estateId],
    );
    return Number(row?.changes ?? 0);
  }

  /** False where somebody was faster: of two steps at once one is taken. */
  async step(tx: Transaction, { id, state, seq }: FindingRow, facts: SqlRecord): Promise<boolean> {
    return (await update(tx, 'audit_findings', { seq: seq + 1, ...facts }, { id, state, seq })) === 1;
  }
}

export function storedReport(row: Pick<ReportRow, 'content_json'>): StoredReport {
  return JSON.parse(row.content_json) as StoredReport;
}
