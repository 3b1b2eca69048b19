import { Inject, Injectable } from '@nestjs/common';
import {
  type AmendAuditReportRequest,
  AUDIT_LIMITS,
  type SaveAuditReportRequest,
} from '@linli/shared/income-audit';
import type { Caller } from '../../../kernel/access/index.ts';
import { Audit } from '../../../kernel/audit/audit.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import {
  Database,
  type SqlRecord,
  type Transaction,
  update,
  violates,
} from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { FilesService } from '../../../kernel/files/index.ts';
import { type Action, Idempotency } from '../../../kernel/idempotency/idempotency.ts';
import { Ids } from '../../../kernel/ids/ids.ts';
import { EstateBooks } from '../estate-books.ts';
import { requireRecorder } from './audit-actors.ts';
import { areKnown, AuditConcerns } from './audit-concerns.ts';
import { AuditsRepository, type ReportRow } from './audits.repository.ts';

/** Copying the auditor's report before owners see it 录入: begin, save, discard, and begin a correction. */
@Injectable()
export class RecordReportService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AuditsRepository) private readonly audits: AuditsRepository,
    @Inject(AuditConcerns) private readonly concerns: AuditConcerns,
    @Inject(EstateBooks) private readonly books: EstateBooks,
    @Inject(FilesService) private readonly files: FilesService,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /** The first version of a year. One version of a year is worked on at a time. */
  begin(
    caller: Caller,
    estateId: string,
    request: SaveAuditReportRequest,
    key: string,
  ): Promise<{ readonly id: string }> {
    const action = { personId: caller.personId, key, useCase: `audit.begin:${estateId}`, body: request };
    return this.openWork(action, async (tx) => {
      await this.allow(tx, caller, estateId);
      const current = await this.audits.current(tx, estateId);
      if (current.some((row) => row.audit_year === request.year)) throw refuse('AUDIT.YEAR_PUBLISHED');
      await this.requireKnown(tx, estateId, request);
      await this.files.attach(tx, caller, estateId, 'VOUCHER', [request.scanFileId]);
      const columns = { ...contentColumns(request), audit_year: request.year, version: 1 };
      return this.insert(tx, caller, estateId, { ...columns, amends: null, reason: '' });
    });
  }

  /** A correction 更正: a draft of the next version, filled with what is published. */
  amend(
    caller: Caller,
    estateId: string,
    id: string,
    request: AmendAuditReportRequest,
    key: string,
  ): Promise<{ readonly id: string }> {
    const reason = request.reason.trim();
    const useCase = `audit.amend:${estateId}:${id}`;
    const action = { personId: caller.personId, key, useCase, body: request };
    return this.openWork(action, async (tx) => {
      const row = await this.audits.report(tx, estateId, id);
      if (row === null || row.state === 'DRAFT' || row.state === 'DISCARDED') throw refuse('NOT_FOUND');
      await this.allow(tx, caller, estateId);
      if (row.state === 'SUPERSEDED') throw refuse('AUDIT.AMEND_NOT_LATEST');
      if (reason.length < AUDIT_LIMITS.reasonLength.min) throw refuse('AUDIT.AMEND_REASON');
      return this.insert(tx, caller, estateId, {
        audit_year: row.audit_year,
        version: row.version + 1,
        auditor: row.auditor,
        report_no: row.report_no,
        signed_on: row.signed_on,
        opinion: row.opinion,
        summary: row.summary,
        scan_file_id: row.scan_file_id,
        content_json: row.content_json,
        amends: row.id,
        reason,
      });
    });
  }

  /** Overwrites the draft that was seen; one that somebody has saved since is refused. */
  async save(caller: Caller, estateId: string, id: string, request: SaveAuditReportRequest): Promise<void> {
    await this.database.transaction(async (tx) => {
      const row = await this.draft(tx, estateId, id);
      await this.allow(tx, caller, estateId);
      if (row.audit_year !== request.year) throw refuse('AUDIT.IMMUTABLE');
      await this.requireKnown(tx, estateId, request);
      if (request.scanFileId !== row.scan_file_id)
        await this.files.attach(tx, caller, estateId, 'VOUCHER', [request.scanFileId]);
      const columns = {
        ...contentColumns(request),
        recorded_by: caller.personId,
        updated_at: this.clock.now(),
      };
      const { revision } = request;
      const saved = await update(
        tx,
        'audit_reports',
        { ...columns, revision: revision + 1 },
        { id, revision, state: 'DRAFT' },
      );
      if (saved === 0) throw refuse('AUDIT.CHANGED_SINCE');
      await this.record(tx, caller, row, 'SAVED', { findings: request.findings.length });
    });
  }

  async discard(caller: Caller, estateId: string, id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const row = await this.draft(tx, estateId, id);
      await this.allow(tx, caller, estateId);
      const done = await tx.run(
        "UPDATE audit_reports SET state = 'DISCARDED', open_key = NULL, updated_at = ? WHERE id = ? AND state = 'DRAFT'",
        [this.clock.now(), id],
      );
      if (done === 0) throw refuse('AUDIT.CHANGED_SINCE');
      await this.record(tx, caller, row, 'DISCARDED', { state: 'DISCARDED' });
    });
  }

  private async allow(tx: Transaction, caller: Caller, estateId: string): Promise<void> {
    requireRecorder(caller, await this.books.of(tx, estateId));
  }

  private async draft(tx: Transaction, estateId: string, id: string): Promise<ReportRow> {
    const row = await this.audits.report(tx, estateId, id);
    if (row === null || row.state === 'DISCARDED') throw refuse('NOT_FOUND');
    if (row.state !== 'DRAFT') throw refuse('AUDIT.IMMUTABLE');
    return row;
  }

  private async requireKnown(
    tx: Transaction,
    estateId: string,
    { findings }: SaveAuditReportRequest,
  ): Promise<void> {
    if (!areKnown(findings, await this.concerns.of(tx, estateId, findings)))
      throw refuse('AUDIT.CONCERN_UNKNOWN');
  }

  private async openWork(
    action: Action,
    work: (tx: Transaction) => Promise<{ readonly id: string }>,
  ): Promise<{ readonly id: string }> {
    try {
      return await this.idempotency.once(action, work);
    } catch (error) {
      throw violates(error, 'uq_audit_reports_open') ? refuse('AUDIT.YEAR_EXISTS') : error;
    }
  }

  private async insert(
    tx: Transaction,
    caller: Caller,
    estateId: string,
    columns: SqlRecord & { readonly audit_year: number; readonly version: number },
  ): Promise<{ readonly id: string }> {
    const id = this.ids.next();
    const now = this.clock.now();
    await tx.insert('audit_reports', {
      ...columns,
      id,
      estate_id: estateId,
      state: 'DRAFT',
      revision: 1,
      open_key: columns.audit_year,
      recorded_by: caller.personId,
      created_at: now,
      updated_at: now,
    });
    const { audit_year: year, version } = columns;
    await this.record(tx, caller, { id, estate_id: estateId }, 'BEGUN', { year, version });
    return { id };
  }

  private record(
    tx: Transaction,
    caller: Caller,
    { id, estate_id: estateId }: Pick<ReportRow, 'id' | 'estate_id'>,
    action: string,
    after: object,
  ): Promise<void> {
    return this.audit.record(tx, caller, {
      action: `AUDIT_REPORT.${action}`,
      estateId,
      subjectType: 'audit_report',
      subjectId: id,
      after,
    });
  }
}

function contentColumns(request: SaveAuditReportRequest): SqlRecord {
  const { books, findings } = request;
  return {
    auditor: request.auditor,
    report_no: request.reportNo,
    signed_on: request.signedOn,
    opinion: request.opinion,
    summary: request.summary,
    scan_file_id: request.scanFileId,
    content_json: JSON.stringify({ books, findings }),
  };
}
