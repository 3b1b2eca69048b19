import { Inject, Injectable } from '@nestjs/common';
import {
  AUDIT_OPINION_LABELS,
  AUDIT_PARTY_LABELS,
  answererOf,
  firstReminderOn,
  type FindingFacts,
  reportFaults,
} from '@linli/shared/income-audit';
import { formatFullDate } from '@linli/shared/kernel';
import type { Caller } from '../../../kernel/access/index.ts';
import { Audit } from '../../../kernel/audit/audit.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database, type Transaction, violates } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { Ids } from '../../../kernel/ids/ids.ts';
import { InboxService } from '../../notifications/index.ts';
import { type Books, EstateBooks, WITNESSES } from '../estate-books.ts';
import { AUDIT_DESK_PAGE, AUDITS_PAGE, PARTY_ROLES, requireRecorder } from './audit-actors.ts';
import { AuditsRepository, type ReportRow, storedReport } from './audits.repository.ts';
import { ReadAuditsService } from './read-audits.service.ts';

/** The way to the owners: another person compares with the original and publishes; then nothing in it ever changes. */
@Injectable()
export class PublishReportService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AuditsRepository) private readonly audits: AuditsRepository,
    @Inject(ReadAuditsService) private readonly reading: ReadAuditsService,
    @Inject(EstateBooks) private readonly books: EstateBooks,
    @Inject(InboxService) private readonly inbox: InboxService,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  async publish(caller: Caller, estateId: string, id: string, revision: number): Promise<void> {
    try {
      await this.database.transaction((tx) => this.publishOnce(tx, caller, estateId, id, revision));
    } catch (error) {
      throw violates(error, 'uq_audit_reports_current') ? refuse('AUDIT.YEAR_PUBLISHED') : error;
    }
  }

  private async publishOnce(
    tx: Transaction,
    caller: Caller,
    estateId: string,
    id: string,
    revision: number,
  ): Promise<void> {
    const row = await this.audits.report(tx, estateId, id);
    if (row === null || row.state === 'DISCARDED') throw refuse('NOT_FOUND');
    const books = await this.books.of(tx, estateId);
    requireRecorder(caller, books);
    // The second tap of the same person on what they have published is answered as the first.
    if (row.state === 'PUBLISHED' && row.published_by === caller.personId) return;
    if (row.state !== 'DRAFT') throw refuse('AUDIT.IMMUTABLE');
    if (row.revision !== revision) throw refuse('AUDIT.CHANGED_SINCE');
    if (row.recorded_by === caller.personId) throw refuse('AUDIT.SAME_PERSON');
    await this.requireSound(tx, books, row);
    if (row.amends !== null) await this.supersede(tx, row.amends);
    const done = await tx.run(
      `UPDATE audit_reports SET state = 'PUBLISHED', published_by = ?, published_at = ?, published_version = version,
         open_key = NULL, current_key = audit_year, updated_at = ?
       WHERE id = ? AND revision = ? AND state = 'DRAFT'`,
      [caller.personId, this.clock.now(), this.clock.now(), id, revision],
    );
    if (done === 0) throw refuse('AUDIT.CHANGED_SINCE');
    await this.openFindings(tx, row);
    await this.audit.record(tx, caller, {
      action: 'AUDIT_REPORT.PUBLISHED',
      estateId,
      subjectType: 'audit_report',
      subjectId: id,
      before: { state: 'DRAFT' },
      after: { year: row.audit_year, version: row.version, opinion: row.opinion },
    });
    await this.tellOwners(tx, row);
    await this.askForAnswers(tx, books, row);
  }

  private async requireSound(tx: Transaction, { rules }: Books, row: ReportRow): Promise<void> {
    const { books, findings } = storedReport(row);
    const content = {
      year: row.audit_year,
      books,
      findings,
      auditor: row.auditor,
      reportNo: row.report_no,
      signedOn: row.signed_on,
      opinion: row.opinion,
      summary: row.summary,
    };
    const inForce = await this.reading.inForce(tx, row);
    const [fault] = reportFaults(content, inForce, this.books.today(), rules);
    if (fault !== undefined) throw refuse(fault.code);
  }

  private async supersede(tx: Transaction, amended: string): Promise<void> {
    const done = await tx.run(
      "UPDATE audit_reports SET state = 'SUPERSEDED', current_key = NULL WHERE id = ? AND state = 'PUBLISHED'",
      [amended],
    );
    if (done === 0) throw refuse('AUDIT.AMEND_NOT_LATEST');
  }

  /** Each finding is one item to answer, however often the report is corrected. */
  private async openFindings(tx: Transaction, row: ReportRow): Promise<void> {
    const known = await this.audits.findingsOfYear(tx, row.estate_id, row.audit_year);
    for (const found of storedReport(row).findings) {
      const thread = known.find((one) => one.finding_no === found.no);
      if (thread === undefined) await this.open(tx, row, found);
      else
        await tx.run(
          'UPDATE audit_findings SET report_id = ?, responsible = ?, statement_id = ?, line_index = ? WHERE id = ?',
          [row.id, found.responsible, found.statementId, found.lineIndex, thread.id],
        );
    }
  }

  private async open(tx: Transaction, row: ReportRow, found: FindingFacts): Promise<void> {
    await tx.insert('audit_findings', {
      id: this.ids.next(),
      estate_id: row.estate_id,
      report_id: row.id,
      audit_year: row.audit_year,
      finding_no: found.no,
      responsible: found.responsible,
      state: 'OPEN',
      seq: 0,
      step_due_on: found.dueOn,
      remind_on: firstReminderOn(found.dueOn, this.books.today()),
      statement_id: found.statementId,
      line_index: found.lineIndex,
      answered_by: null,
      answered_as: null,
      accepted_by: null,
    });
  }

  private async tellOwners(tx: Transaction, row: ReportRow): Promise<void> {
    const { findings } = storedReport(row);
    const what = row.version === 1 ? '公示了' : '有更正';
    const found = findings.length === 0 ? '没有发现问题' : `发现 ${findings.length} 个问题，逐条公布答复`;
    await this.inbox.post(tx, {
      to: [
        ...(await this.inbox.residentsOf(tx, row.estate_id)),
        ...(await this.inbox.staffOf(tx, row.estate_id, WITNESSES)),
      ],
      estateId: row.estate_id,
      kind: 'INCOME',
      title: `${row.audit_year} 年度审计报告${what}`,
      body: `${row.auditor}出具${AUDIT_OPINION_LABELS[row.opinion]}，${found}。`,
      link: AUDITS_PAGE,
    });
  }

  /** 请答复, to each body that has to. */
  private async askForAnswers(
    tx: Transaction,
    { estateId, publishedBy }: Books,
    row: ReportRow,
  ): Promise<void> {
    const before = row.amends === null ? null : await this.audits.report(tx, estateId, row.amends);
    const asked = before === null ? [] : storedReport(before).findings.map(({ no }) => no);
    const fresh = storedReport(row).findings.filter(({ no }) => !asked.includes(no));
    const byParty = Map.groupBy(fresh, ({ responsible }) => answererOf(responsible, publishedBy));
    for (const [party, findings] of byParty) {
      const first = findings.map(({ dueOn }) => dueOn).toSorted()[0] ?? '';
      await this.inbox.post(tx, {
        to: await this.inbox.staffOf(tx, estateId, PARTY_ROLES[party]),
        estateId,
        kind: 'INCOME',
        title: `有 ${findings.length} 条审计发现等${AUDIT_PARTY_LABELS[party]}答复`,
        body: `${row.audit_year} 年度审计，最早一条请在 ${formatFullDate(first)}前答复。答复会向全体业主公布。`,
        link: AUDIT_DESK_PAGE,
      });
    }
  }
}
