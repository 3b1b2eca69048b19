import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { openFindingSteps } from '@linli/shared/income-audit';
import type { Caller } from '../../../kernel/access/index.ts';
import { Database } from '../../../kernel/database/index.ts';
import { DeskCounts } from '../../desk/index.ts';
import { type Books, EstateBooks } from '../estate-books.ts';
import { AUDIT_DESK, dutyOf, mayRecord, positionOf } from './audit-actors.ts';
import { AuditDuties } from './audit-duties.ts';
import { AuditsRepository } from './audits.repository.ts';

/** What waits at 年度审计: findings whose next step is this person's, and what a recorder may publish or owes. */
@Injectable()
export class AuditDeskCount implements OnModuleInit {
  constructor(
    @Inject(DeskCounts) private readonly counts: DeskCounts,
    @Inject(Database) private readonly database: Database,
    @Inject(EstateBooks) private readonly books: EstateBooks,
    @Inject(AuditsRepository) private readonly audits: AuditsRepository,
    @Inject(AuditDuties) private readonly duties: AuditDuties,
  ) {}

  onModuleInit(): void {
    this.counts.register('audits', async (caller, estateId) => {
      if (!caller.has(estateId, AUDIT_DESK)) return null;
      const books = await this.books.of(this.database, estateId);
      const today = this.books.today();
      const unsettled = await this.audits.unsettled(this.database, estateId);
      const mine = unsettled.filter((row) => openFindingSteps(positionOf(caller, books, row)).length > 0);
      const late = mine.filter((row) => (dutyOf(row, books, today)?.overdueDays ?? 0) > 0);
      const reports = await this.reports(caller, books);
      return { count: mine.length + reports.count, overdue: late.length + reports.overdue };
    });
  }

  private async reports(
    caller: Caller,
    books: Books,
  ): Promise<{ readonly count: number; readonly overdue: number }> {
    if (!mayRecord(caller, books)) return { count: 0, overdue: 0 };
    const { estateId } = books;
    const drafts = await this.audits.drafts(this.database, estateId);
    const current = await this.audits.current(this.database, estateId);
    const years = current.map((row) => row.audit_year);
    const { owed } = await this.duties.of(this.database, books, years);
    const awaiting = drafts.filter((row) => row.recorded_by !== caller.personId);
    const begun = new Set(drafts.map((row) => row.audit_year));
    return {
      count: awaiting.length + owed.filter(({ year }) => !begun.has(year)).length,
      overdue: owed.filter(({ overdueDays }) => overdueDays > 0).length,
    };
  }
}
