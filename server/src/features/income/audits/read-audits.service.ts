import { Inject, Injectable } from '@nestjs/common';
import type {
  AuditDesk,
  AuditDraft,
  AuditDraftSummary,
  AuditMarks,
  AuditOverview,
  AuditReportView,
  FindingInForce,
  FindingView,
} from '@linli/shared/income-audit';
import { latestAnswerOn, reportFaults } from '@linli/shared/income-audit';
import type { Caller } from '../../../kernel/access/index.ts';
import { Database, type Reader } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { FilesService } from '../../../kernel/files/index.ts';
import { PersonsRepository } from '../../identity/index.ts';
import { type Books, EstateBooks } from '../estate-books.ts';
import { mayRecord, requireRecorder } from './audit-actors.ts';
import { AuditDuties } from './audit-duties.ts';
import { AuditsRepository, type CountRow, type ReportRow, storedReport } from './audits.repository.ts';
import { FindingViewsService } from './finding-views.service.ts';
import { type Scan, toSummary } from './report-views.ts';

const NO_FINDINGS: Omit<CountRow, 'audit_year'> = { found: 0, accepted: 0, overdue: 0 };

/** The yearly audit as owners and desks read it. */
@Injectable()
export class ReadAuditsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AuditsRepository) private readonly audits: AuditsRepository,
    @Inject(AuditDuties) private readonly duties: AuditDuties,
    @Inject(EstateBooks) private readonly books: EstateBooks,
    @Inject(FindingViewsService) private readonly findings: FindingViewsService,
    @Inject(FilesService) private readonly files: FilesService,
    @Inject(PersonsRepository) private readonly persons: PersonsRepository,
  ) {}

  async overview(estateId: string): Promise<AuditOverview> {
    const books = await this.books.of(this.database, estateId);
    const [current, counts] = await Promise.all([
      this.audits.current(this.database, estateId),
      this.audits.counts(this.database, estateId, this.books.today()),
    ]);
    const byYear = new Map(counts.map((row) => [row.audit_year, row]));
    const years = current.map((row) => {
      const { found, accepted, overdue } = byYear.get(row.audit_year) ?? NO_FINDINGS;
      return {
        report: toSummary(row, books.rules),
        // MariaDB sums in decimals, which come as text.
        findings: { all: Number(found), accepted: Number(accepted), overdue: Number(overdue) },
      };
    });
    return { years, ...(await this.duties.of(this.database, books, publishedYears(current))) };
  }

  /** A published version, in force or not; a draft is not there. */
  async report(caller: Caller, estateId: string, id: string): Promise<AuditReportView> {
    const row = await this.audits.report(this.database, estateId, id);
    if (row === null || (row.state !== 'PUBLISHED' && row.state !== 'SUPERSEDED')) throw refuse('NOT_FOUND');
    const books = await this.books.of(this.database, estateId);
    const [versions, threads, names, scan] = await Promise.all([
      this.audits.versions(this.database, estateId, row.audit_year),
      this.audits.findingsOfYear(this.database, estateId, row.audit_year),
      this.persons.names(this.database, [row.recorded_by, row.published_by ?? '']),
      this.scanOf(this.database, row),
    ]);
    return {
      ...toSummary(row, books.rules),
      ...scan,
      summary: row.summary,
      recordedBy: names.get(row.recorded_by) ?? '',
      publishedBy: names.get(row.published_by ?? '') ?? '',
      findings: await this.findings.of(this.database, caller, books, threads, row),
      versions: versions.map((version) => toSummary(version, books.rules)),
    };
  }

  async finding(caller: Caller, estateId: string, id: string): Promise<FindingView> {
    const row = await this.audits.finding(this.database, estateId, id);
    if (row === null) throw refuse('NOT_FOUND');
    const books = await this.books.of(this.database, estateId);
    const [view] = await this.findings.of(this.database, caller, books, [row]);
    if (view === undefined) throw refuse('NOT_FOUND');
    return view;
  }

  async marks(estateId: string, statementId: string): Promise<AuditMarks> {
    const rows = await this.audits.findingsOf(this.database, estateId, statementId);
    const items = rows.map((row) => ({
      findingId: row.id,
      reportId: row.report_id,
      year: row.audit_year,
      no: row.finding_no,
      lineIndex: row.line_index,
      state: row.state,
    }));
    return { items };
  }

  async desk(caller: Caller, estateId: string): Promise<AuditDesk> {
    const books = await this.books.of(this.database, estateId);
    const [current, drafts, unsettled] = await Promise.all([
      this.audits.current(this.database, estateId),
      mayRecord(caller, books) ? this.audits.drafts(this.database, estateId) : [],
      this.audits.unsettled(this.database, estateId),
    ]);
    const names = await this.persons.names(
      this.database,
      drafts.map((row) => row.recorded_by),
    );
    const findings = await this.findings.of(this.database, caller, books, unsettled);
    return {
      ...(await this.duties.of(this.database, books, publishedYears(current))),
      drafts: drafts.map((row) => draftSummary(row, books, caller, names)),
      published: current.map((row) => toSummary(row, books.rules)),
      findings: findings.toSorted((a, b) => Number(b.can.length > 0) - Number(a.can.length > 0)),
      mayRecord: mayRecord(caller, books),
      latestAnswerOn: latestAnswerOn(this.books.today(), books.rules),
    };
  }

  async draft(caller: Caller, estateId: string, id: string): Promise<AuditDraft> {
    const row = await this.audits.report(this.database, estateId, id);
    if (row === null || row.state === 'DISCARDED') throw refuse('NOT_FOUND');
    const books = await this.books.of(this.database, estateId);
    requireRecorder(caller, books);
    const stored = storedReport(row);
    const inForce = await this.inForce(this.database, row);
    const content = { ...toSummary(row, books.rules), summary: row.summary, findings: stored.findings };
    return {
      ...draftSummary(row, books, caller, await this.persons.names(this.database, [row.recorded_by])),
      ...(await this.scanOf(this.database, row)),
      summary: row.summary,
      findings: stored.findings,
      revision: row.revision,
      faults: row.state === 'DRAFT' ? reportFaults(content, inForce, this.books.today(), books.rules) : [],
      fixedNos: inForce.map(({ no }) => no),
    };
  }

  /** The findings of the year that a version would correct. */
  async inForce(reader: Reader, row: ReportRow): Promise<FindingInForce[]> {
    if (row.amends === null) return [];
    const threads = await this.audits.findingsOfYear(reader, row.estate_id, row.audit_year);
    const amended = await this.audits.report(reader, row.estate_id, row.amends);
    const facts = amended === null ? [] : storedReport(amended).findings;
    return facts.map(({ no, responsible, dueOn }) => {
      const thread = threads.find((one) => one.finding_no === no);
      return { no, responsible, dueOn, state: thread?.state ?? 'OPEN' };
    });
  }

  private async scanOf(reader: Reader, row: ReportRow): Promise<Scan> {
    const [scan = null] = await this.files.refs(reader, [row.scan_file_id]);
    const digests = await this.files.digests(reader, [row.scan_file_id]);
    return { scan, scanSha256: digests.get(row.scan_file_id) ?? '' };
  }
}

function draftSummary(
  row: ReportRow,
  books: Books,
  caller: Caller,
  names: ReadonlyMap<string, string>,
): AuditDraftSummary {
  return {
    ...toSummary(row, books.rules),
    recordedBy: names.get(row.recorded_by) ?? '',
    updatedAt: row.updated_at,
    awaitsMe: row.state === 'DRAFT' && row.recorded_by !== caller.personId,
  };
}

const publishedYears = (rows: readonly ReportRow[]): number[] => rows.map((row) => row.audit_year);
