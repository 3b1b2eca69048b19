import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import {
  AUDIT_PARTY_LABELS,
  type FindingDuty,
  nextReminderOn,
  type OwedAudit,
  REMIND_DAYS_BEFORE,
} from '@linli/shared/income-audit';
import { PUBLISHING_BODY_LABELS } from '@linli/shared/income';
import { addDays, formatFullDate, HOUR_MS } from '@linli/shared/kernel';
import { STREET } from '../../../kernel/access/index.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database, violates } from '../../../kernel/database/index.ts';
import { Ids } from '../../../kernel/ids/ids.ts';
import { RecurringJobs } from '../../../kernel/jobs/recurring-jobs.ts';
import { InboxService } from '../../notifications/index.ts';
import { type Books, EstateBooks } from '../estate-books.ts';
import { AUDIT_DESK_PAGE, dutyOf, PARTY_ROLES, recordersOf } from './audit-actors.ts';
import { AuditDuties } from './audit-duties.ts';
import { AuditsRepository, type FindingRow } from './audits.repository.ts';

const PAGE = 200;

/** What the clock does for audits: reminds who owes a report, an answer or its check, before the day and after it. */
@Injectable()
export class AuditClockService implements OnModuleInit {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AuditsRepository) private readonly audits: AuditsRepository,
    @Inject(AuditDuties) private readonly duties: AuditDuties,
    @Inject(EstateBooks) private readonly books: EstateBooks,
    @Inject(InboxService) private readonly inbox: InboxService,
    @Inject(RecurringJobs) private readonly recurring: RecurringJobs,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  onModuleInit(): void {
    this.recurring.every('audit.clock', HOUR_MS, async () => {
      await this.remindOfFindings();
      await this.remindOfYears();
    });
  }

  private async remindOfFindings(): Promise<void> {
    for (;;) {
      const due = await this.audits.toRemind(this.database, this.books.today(), PAGE);
      for (const row of due) await this.remindOf(row);
      if (due.length < PAGE) return;
    }
  }

  /** The next day is written with the message: a second sweep, or a second replica, finds it sent. */
  private async remindOf(row: FindingRow): Promise<void> {
    const today = this.books.today();
    const books = await this.books.of(this.database, row.estate_id);
    const duty = dutyOf(row, books, today);
    if (duty === null) return;
    await this.database.transaction(async (tx) => {
      const sent = await tx.run(
        'UPDATE audit_findings SET remind_on = ? WHERE id = ? AND seq = ? AND remind_on = ?',
        [nextReminderOn(duty.dueOn, today), row.id, row.seq, row.remind_on],
      );
      if (sent === 0) return;
      // Once it is late, whoever watches hears of it as well.
      const roles = duty.overdueDays === 0 ? PARTY_ROLES[duty.by] : [...PARTY_ROLES[duty.by], ...STREET];
      await this.inbox.post(tx, {
        to: await this.inbox.staffOf(tx, row.estate_id, roles),
        estateId: row.estate_id,
        kind: 'INCOME',
        title: findingTitle(row, duty),
        body: `${row.audit_year} 年度审计第 ${row.finding_no} 条，期限 ${formatFullDate(duty.dueOn)}。`,
        link: AUDIT_DESK_PAGE,
      });
    });
  }

  private async remindOfYears(): Promise<void> {
    for (let after = ''; ;) {
      const estates = await this.database.rows<{ id: string }>(
        `SELECT id FROM estates WHERE id > ? ORDER BY id LIMIT ${PAGE}`,
        [after],
      );
      for (const { id } of estates) await this.remindOfYearsOf(id);
      if (estates.length < PAGE) return;
      after = estates.at(-1)?.id ?? after;
    }
  }

  private async remindOfYearsOf(estateId: string): Promise<void> {
    const books = await this.books.of(this.database, estateId);
    const current = await this.audits.current(this.database, estateId);
    const years = current.map((row) => row.audit_year);
    const { owed } = await this.duties.of(this.database, books, years);
    const from = addDays(this.books.today(), REMIND_DAYS_BEFORE);
    for (const year of owed.filter(({ dueOn }) => dueOn <= from)) await this.remindOfYear(books, year);
  }

  private async remindOfYear(books: Books, { year, dueOn, overdueDays, owedBy }: OwedAudit): Promise<void> {
    const { estateId } = books;
    const isLate = overdueDays > 0;
    try {
      await this.database.transaction(async (tx) => {
        await tx.insert('audit_reminders', {
          id: this.ids.next(),
          reminder_key: `${estateId}:${year}:${isLate ? 'LATE' : 'SOON'}`,
          estate_id: estateId,
          sent_at: this.clock.now(),
        });
        const roles = isLate ? [...recordersOf(books), ...STREET] : recordersOf(books);
        await this.inbox.post(tx, {
          to: await this.inbox.staffOf(tx, estateId, roles),
          estateId,
          kind: 'INCOME',
          title: isLate ? `${year} 年度审计报告逾期没有公示` : `${year} 年度审计报告快到期了`,
          body: `应由${PUBLISHING_BODY_LABELS[owedBy]}在 ${formatFullDate(dueOn)}前公示。`,
          link: AUDIT_DESK_PAGE,
        });
      });
    } catch (error) {
      if (!violates(error, 'uq_audit_reminders_key')) throw error;
    }
  }
}

function findingTitle({ state }: FindingRow, { by, overdueDays }: FindingDuty): string {
  const what = state === 'ANSWERED' ? '核实' : '答复';
  return overdueDays > 0
    ? `审计发现逾期没有${what}，应由${AUDIT_PARTY_LABELS[by]}办理`
    : `审计发现快到${what}期限了`;
}
