import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { petitionDuty, petitionStateAt, type PetitionState } from '@linli/shared/assembly';
import { formatFullDate, HOUR_MS, shanghaiDate } from '@linli/shared/kernel';
import { COMMITTEE, STREET } from '../../../kernel/access/index.ts';
import { Audit } from '../../../kernel/audit/audit.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database, violates } from '../../../kernel/database/index.ts';
import { Ids } from '../../../kernel/ids/ids.ts';
import { RecurringJobs } from '../../../kernel/jobs/recurring-jobs.ts';
import { InboxService } from '../../notifications/index.ts';
import { petitionPage } from '../election/election-page.ts';
import { factsOf, type Petition, PetitionsRepository } from './petitions.repository.ts';

const PAGE = 200;

/** What the clock does for petitions: ends those that lack signatures, passes the duty on, and tells who is late. */
@Injectable()
export class SweepPetitionsService implements OnModuleInit {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PetitionsRepository) private readonly petitions: PetitionsRepository,
    @Inject(InboxService) private readonly inbox: InboxService,
    @Inject(RecurringJobs) private readonly recurring: RecurringJobs,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  onModuleInit(): void {
    this.recurring.every('petition.clock', HOUR_MS, () => this.sweep());
  }

  async sweep(): Promise<void> {
    await this.each('OPEN', (petition) => this.lapse(petition));
    await this.each('REACHED', (petition) => this.passOn(petition));
    await this.each('WITH_STREET', (petition) => this.remindOfStreet(petition));
  }

  private async each(state: PetitionState, work: (petition: Petition) => Promise<void>): Promise<void> {
    for (let after = ''; ;) {
      const found = await this.petitions.inState(this.database, state, after, PAGE);
      for (const petition of found) await work(petition);
      if (found.length < PAGE) return;
      after = found.at(-1)?.id ?? after;
    }
  }

  private async lapse(petition: Petition): Promise<void> {
    if (petitionStateAt(factsOf(petition), this.clock.now()) !== 'LAPSED') return;
    await this.database.transaction(async (tx) => {
      const changed = await tx.run(
        "UPDATE petitions SET state = 'LAPSED', open_key = NULL WHERE id = ? AND state = 'OPEN'",
        [petition.id],
      );
      if (changed === 0) return;
      await this.inbox.post(tx, {
        to: [petition.startedBy],
        estateId: petition.estateId,
        kind: 'ASSEMBLY',
        title: '联名到期，人数不够',
        body: `《${petition.title}》没有达到人数，已经结束。`,
        link: petitionPage(petition.id),
      });
    });
  }

  /** The committee let its days pass: from now on it is the street's, which is told, as are the owners. */
  private async passOn(petition: Petition): Promise<void> {
    if (petitionStateAt(factsOf(petition), this.clock.now()) !== 'WITH_STREET') return;
    const { id, estateId, title, streetUntil } = petition;
    await this.database.transaction(async (tx) => {
      const changed = await tx.run(
        "UPDATE petitions SET state = 'WITH_STREET' WHERE id = ? AND state = 'REACHED'",
        [id],
      );
      if (changed === 0) return;
      await this.audit.record(tx, 'SYSTEM', {
        action: 'PETITION.PASSED_TO_STREET',
        estateId,
        subjectType: 'petition',
        subjectId: id,
      });
      const by = streetUntil === null ? '' : `${formatFullDate(streetUntil)}前`;
      await this.inbox.post(tx, {
        to: [
          ...(await this.inbox.staffOf(tx, estateId, [...COMMITTEE, ...STREET])),
          ...(await this.inbox.residentsOf(tx, estateId)),
        ],
        estateId,
        kind: 'ASSEMBLY',
        title: '业委会逾期没有召集会议',
        body: `《${title}》现在由街道召集，应在 ${by}发出会议通知。`,
        link: petitionPage(id),
      });
    });
  }

  private async remindOfStreet(petition: Petition): Promise<void> {
    const { on, overdueDays } = petitionDuty(factsOf(petition), this.clock.now());
    if (on !== 'STREET' || overdueDays === 0) return;
    try {
      await this.database.transaction(async (tx) => {
        await tx.insert('committee_reminders', {
          id: this.ids.next(),
          reminder_key: `petition:${petition.id}:STREET_LATE`,
          estate_id: petition.estateId,
          sent_at: this.clock.now(),
        });
        await this.inbox.post(tx, {
          to: await this.inbox.staffOf(tx, petition.estateId, [...STREET, 'BUREAU_OFFICER']),
          estateId: petition.estateId,
          kind: 'ASSEMBLY',
          title: '联名召集会议已逾期',
          body: `《${petition.title}》到 ${formatFullDate(shanghaiDate(this.clock.now()))}还没有发出会议通知。`,
          link: petitionPage(petition.id),
        });
      });
    } catch (error) {
      if (!violates(error, 'uq_committee_reminders_key')) throw error;
    }
  }
}
