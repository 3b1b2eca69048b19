import { Inject, Injectable } from '@nestjs/common';
import { type FindingFacts, type FindingView, openFindingSteps } from '@linli/shared/income-audit';
import type { FileRef } from '@linli/shared/files';
import type { Caller } from '../../../kernel/access/index.ts';
import type { Reader } from '../../../kernel/database/index.ts';
import { FilesService } from '../../../kernel/files/index.ts';
import { PersonsRepository } from '../../identity/index.ts';
import { type Books, EstateBooks } from '../estate-books.ts';
import { dutyOf, positionOf } from './audit-actors.ts';
import { AuditConcerns, concernOf, type Concerns } from './audit-concerns.ts';
import {
  AuditsRepository,
  type EventRow,
  type FindingRow,
  type ReportRow,
  storedReport,
} from './audits.repository.ts';

/** What the rows alone do not say. */
interface Looked {
  readonly caller: Caller;
  readonly books: Books;
  readonly today: string;
  readonly concerns: Concerns;
  readonly events: ReadonlyMap<string, readonly EventRow[]>;
  readonly names: ReadonlyMap<string, string>;
  readonly files: ReadonlyMap<string, FileRef>;
}

/** Findings as people read them: what was found, what was answered, who owes the next step. */
@Injectable()
export class FindingViewsService {
  constructor(
    @Inject(AuditsRepository) private readonly audits: AuditsRepository,
    @Inject(AuditConcerns) private readonly concerns: AuditConcerns,
    @Inject(EstateBooks) private readonly books: EstateBooks,
    @Inject(FilesService) private readonly files: FilesService,
    @Inject(PersonsRepository) private readonly persons: PersonsRepository,
  ) {}

  /** As the version in force has them, unless an earlier one is read. */
  async of(
    reader: Reader,
    caller: Caller,
    books: Books,
    rows: readonly FindingRow[],
    version?: ReportRow,
  ): Promise<FindingView[]> {
    const ids = [...new Set(rows.map((row) => row.report_id))];
    const reports = version === undefined ? await this.audits.reports(reader, ids) : [version];
    const facts = new Map(
      reports.flatMap((report) =>
        storedReport(report).findings.map((found) => [placeOf(report.audit_year, found.no), found] as const),
      ),
    );
    // An earlier version has fewer findings than there are now.
    const shown = rows.filter((row) => facts.has(placeOf(row.audit_year, row.finding_no)));
    const looked = await this.look(reader, caller, books, shown, [...facts.values()]);
    return shown.flatMap((row) => {
      const found = facts.get(placeOf(row.audit_year, row.finding_no));
      return found === undefined ? [] : [toView(row, found, looked)];
    });
  }

  private async look(
    reader: Reader,
    caller: Caller,
    books: Books,
    rows: readonly FindingRow[],
    facts: readonly FindingFacts[],
  ): Promise<Looked> {
    const concerns = await this.concerns.of(reader, books.estateId, facts);
    const events = await this.audits.events(
      reader,
      rows.map((row) => row.id),
    );
    const names = await this.persons.names(
      reader,
      events.map((event) => event.person_id),
    );
    const files = await this.files.refs(reader, events.flatMap(fileIdsOf));
    return {
      caller,
      books,
      today: this.books.today(),
      concerns,
      events: Map.groupBy(events, (event) => event.finding_id),
      names,
      files: new Map(files.map((file) => [file.id, file])),
    };
  }
}

function toView(row: FindingRow, found: FindingFacts, looked: Looked): FindingView {
  const { caller, books, today, concerns, events, names, files } = looked;
  return {
    id: row.id,
    reportId: row.report_id,
    year: row.audit_year,
    no: row.finding_no,
    text: found.text,
    amountFen: found.amountFen,
    responsible: found.responsible,
    dueOn: found.dueOn,
    concern: concernOf(found, concerns),
    state: row.state,
    duty: dutyOf(row, books, today),
    events: (events.get(row.id) ?? []).map((event) => ({
      seq: event.seq,
      event: event.event,
      text: event.event_text,
      files: fileIdsOf(event).flatMap((id) => files.get(id) ?? []),
      by: names.get(event.person_id) ?? '',
      as: event.party,
      at: event.at,
    })),
    can: openFindingSteps(positionOf(caller, books, row)),
  };
}

const placeOf = (year: number, no: number): string => `${year}.${no}`;
const fileIdsOf = (event: EventRow): string[] => JSON.parse(event.file_ids) as string[];
