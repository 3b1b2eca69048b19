import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { missedMeeting, termClock } from '@linli/shared/assembly';
import { type CalendarDate, DAY_MS, formatFullDate, shanghaiDate } from '@linli/shared/kernel';
import type { MeetingRules } from '@linli/shared/regions';
import { COMMITTEE, STREET } from '../../../kernel/access/index.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database, type Transaction, violates } from '../../../kernel/database/index.ts';
import { Ids } from '../../../kernel/ids/ids.ts';
import { RecurringJobs } from '../../../kernel/jobs/recurring-jobs.ts';
import { InboxService } from '../../notifications/index.ts';
import { EstateRules } from '../estate-rules.ts';
import { TERM_PAGE } from './election-page.ts';
import { hasRenewalBegun, TERM, type TermRow, TermsService } from './terms.service.ts';

const MOST_TERMS = 500;

interface Reminder {
  readonly what: string;
  readonly roles: readonly ((typeof COMMITTEE)[number] | (typeof STREET)[number])[];
  readonly title: string;
  readonly body: string;
}

/** Reminds of what a committee owes 换届、备案、首次会议、移交: each person once for each thing that is due or late. */
@Injectable()
export class CommitteeClockService implements OnModuleInit {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(TermsService) private readonly terms: TermsService,
    @Inject(EstateRules) private readonly rules: EstateRules,
    @Inject(InboxService) private readonly inbox: InboxService,
    @Inject(RecurringJobs) private readonly recurring: RecurringJobs,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  onModuleInit(): void {
    this.recurring.every('committee.clock', DAY_MS, () => this.sweep());
  }

  /** Of each estate the newest term, in pages. */
  async sweep(): Promise<void> {
    for (let after = ''; ;) {
      const terms = await this.database.rows<TermRow>(
        `SELECT ${TERM} FROM committee_terms t WHERE id > ? AND NOT EXISTS
           (SELECT 1 FROM committee_terms n WHERE n.estate_id = t.estate_id AND n.starts_on > t.starts_on)
         ORDER BY id LIMIT ${MOST_TERMS}`,
        [after],
      );
      for (const term of terms)
        for (const reminder of await this.remindersOf(term)) await this.send(term, reminder);
      if (terms.length < MOST_TERMS) return;
      after = terms.at(-1)?.id ?? after;
    }
  }

  private async remindersOf(term: TermRow): Promise<Reminder[]> {
    const today = shanghaiDate(this.clock.now());
    const { committee, meeting } = await this.rules.of(this.database, term.estate_id);
    const renewalBegun = await hasRenewalBegun(this.database, term.estate_id);
    const clock = termClock({ endsOn: term.ends_on, renewalBegun }, committee, today);
    const reminders = lateDuties(term, today);
    if (clock.phase !== 'RUNNING')
      reminders.push({
        what: clock.phase,
        roles: [...COMMITTEE, ...STREET],
        title: clock.phase === 'EXPIRED' ? '业委会任期已满' : '业委会该启动换届了',
        body: clock.sentence,
      });
    const vacancy = await this.terms.emptySeats(term);
    if (vacancy !== null && vacancy.overdueDays > 0)
      reminders.push({
        what: `VACANCY:${vacancy.electBy}`,
        roles: [...COMMITTEE, ...STREET],
        title: '业委会空缺逾期没有补选',
        body: `${vacancy.sentence}。`,
      });
    const missed = await this.missedMeeting(term, meeting, today);
    return [...reminders, ...missed, ...(await this.lateHandovers(term, today))];
  }

  /** 定期会议, where the region wants one: counted from the last that was held, or from the term's first day. */
  private async missedMeeting(
    { estate_id: estateId, starts_on: termFrom }: TermRow,
    { regularMeetingMonths }: MeetingRules,
    today: CalendarDate,
  ): Promise<Reminder[]> {
    if (regularMeetingMonths === null) return [];
    const last = await this.database.row<{ closed_at: number | null }>(
      "SELECT MAX(closes_at) AS closed_at FROM assemblies WHERE estate_id = ? AND state = 'PUBLISHED'",
      [estateId],
    );
    const closedAt = last?.closed_at ?? null;
    const lastMetOn = closedAt === null ? null : shanghaiDate(Number(closedAt));
    const missed = missedMeeting({ lastMetOn, termFrom }, regularMeetingMonths, today);
    if (missed === null) return [];
    const { dueOn, sentence } = missed;
    const roles = [...COMMITTEE, ...STREET];
    return [{ what: `MEETING:${dueOn}`, roles, title: '业主大会该开会了', body: `${sentence}。` }];
  }

  /** From the committee before, and from who was recalled. */
  private async lateHandovers({ id, hand_over_by: by }: TermRow, today: CalendarDate): Promise<Reminder[]> {
    const rows = await this.database.rows<{ petition_id: string | null; due_on: string }>(
      `SELECT DISTINCT petition_id, COALESCE(due_on, ?) AS due_on FROM handover_items
       WHERE term_id = ? AND state <> 'DONE' AND COALESCE(due_on, ?) < ?`,
      [by, id, by, today],
    );
    return rows.map(({ petition_id: petitionId, due_on: dueOn }) => ({
      what: petitionId === null ? 'HANDOVER' : `HANDOVER:${petitionId}`,
      roles: [...COMMITTEE, ...STREET],
      title: '业委会移交逾期',
      body: `印章、账册、档案应在 ${formatFullDate(dueOn)}前移交完，还有没签的。`,
    }));
  }

  /** The key of the reminder is written with it: a second sweep, or a second replica, finds it sent. */
  private async send(term: TermRow, { what, roles, title, body }: Reminder): Promise<void> {
    try {
      await this.database.transaction(async (tx: Transaction) => {
        await tx.insert('committee_reminders', {
          id: this.ids.next(),
          reminder_key: `term:${term.id}:${what}`,
          estate_id: term.estate_id,
          sent_at: this.clock.now(),
        });
        await this.inbox.post(tx, {
          to: await this.inbox.staffOf(tx, term.estate_id, roles),
          estateId: term.estate_id,
          kind: 'ASSEMBLY',
          title,
          body,
          link: TERM_PAGE,
        });
      });
    } catch (error) {
      if (!violates(error, 'uq_committee_reminders_key')) throw error;
    }
  }
}

function lateDuties(term: TermRow, today: CalendarDate): Reminder[] {
  const reminders: Reminder[] = [];
  if (term.file_by !== null && term.filed_on === null && term.file_by < today)
    reminders.push({
      what: 'FILING',
      roles: [...COMMITTEE, ...STREET],
      title: '业委会备案逾期',
      // 物业管理条例 16: with both.
      body: `应在 ${formatFullDate(term.file_by)}前向县（区）住建部门和街道（乡镇）备案。`,
    });
  if (term.first_meeting_by !== null && term.first_meeting_on === null && term.first_meeting_by < today)
    reminders.push({
      what: 'FIRST_MEETING',
      roles: [...COMMITTEE, ...STREET],
      title: '业委会还没有开首次会议',
      body: `应在 ${formatFullDate(term.first_meeting_by)}前召开首次会议，推选主任。`,
    });
  return reminders;
}
