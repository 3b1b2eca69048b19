import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { isBinding, recallEffect, recallHandover } from '@linli/shared/assembly';
import { CHINA_HOLIDAYS, formatFullDate, type Instant, shanghaiDate } from '@linli/shared/kernel';
import { COMMITTEE, STREET } from '../../../kernel/access/index.ts';
import { Audit } from '../../../kernel/audit/audit.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database, type Transaction } from '../../../kernel/database/index.ts';
import { Ids } from '../../../kernel/ids/ids.ts';
import { Jobs } from '../../../kernel/jobs/jobs.ts';
import { MembershipsService, PersonsRepository } from '../../identity/index.ts';
import { InboxService } from '../../notifications/index.ts';
import type { Assembly } from '../assemblies.repository.ts';
import { petitionPage, TERM_PAGE } from '../election/election-page.ts';
import { newestTerm } from '../election/terms.service.ts';
import { EstateRules } from '../estate-rules.ts';

const EFFECT_JOB = 'recall.effect';

interface RecallJob {
  readonly estateId: string;
  readonly petitionId: string;
}

interface RecalledRow {
  membership_id: string;
  person_id: string;
  effective_at: number;
  elect_by: string;
  hand_over_by: string;
}

/** A recall 罢免 that the owners passed: nobody has to carry it out, and nobody can keep it from being carried out. */
@Injectable()
export class RecallsService implements OnModuleInit {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(EstateRules) private readonly rules: EstateRules,
    @Inject(MembershipsService) private readonly memberships: MembershipsService,
    @Inject(PersonsRepository) private readonly persons: PersonsRepository,
    @Inject(InboxService) private readonly inbox: InboxService,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(EFFECT_JOB, (job: RecallJob) => this.takeEffect(job), { untilDone: true });
  }

  /** In the transaction that publishes the result: what was passed and from when, and the job that carries it out. */
  async settle(
    tx: Transaction,
    assembly: Assembly,
    passed: readonly string[],
    publishedAt: Instant,
  ): Promise<void> {
    // Where only the official system binds, what is counted here recalls nobody.
    if (passed.length === 0 || !isBinding(assembly.ballotMode)) return;
    const rows = await tx.rows<{
      petition_id: string;
      membership_id: string;
      motion_id: string;
      person_id: string;
    }>(
      `SELECT p.petition_id, p.membership_id, p.motion_id, m.person_id
       FROM petition_members p JOIN memberships m ON m.id = p.membership_id
       WHERE p.motion_id IN (${passed.map(() => '?').join(', ')})`,
      passed,
    );
    if (rows.length === 0) return;
    const { estateId } = assembly;
    const { committee } = await this.rules.of(tx, estateId);
    const effect = recallEffect(publishedAt, committee, CHINA_HOLIDAYS);
    await tx.insert(
      'recalled_offices',
      ...rows.map((row) => ({
        petition_id: row.petition_id,
        membership_id: row.membership_id,
        estate_id: estateId,
        person_id: row.person_id,
        motion_id: row.motion_id,
        effective_at: effect.at,
        elect_by: effect.electBy,
        hand_over_by: effect.handOverBy,
        carried_out_at: null,
      })),
    );
    for (const petitionId of new Set(rows.map((row) => row.petition_id)))
      await this.jobs.enqueue(tx, {
        kind: EFFECT_JOB,
        payload: { estateId, petitionId } satisfies RecallJob,
        runAt: effect.at,
        dedupeKey: `${EFFECT_JOB}:${petitionId}`,
      });
  }

  /** Ends the offices, plants the handover, and tells everyone concerned: once, however often and wherever it runs. */
  async takeEffect({ estateId, petitionId }: RecallJob): Promise<void> {
    const recalled = await this.database.transaction(async (tx) => {
      const changed = await tx.run(
        'UPDATE recalled_offices SET carried_out_at = ? WHERE petition_id = ? AND carried_out_at IS NULL',
        [this.clock.now(), petitionId],
      );
      if (changed === 0) return [];
      const rows = await tx.rows<RecalledRow>(
        `SELECT membership_id, person_id, effective_at, elect_by, hand_over_by FROM recalled_offices
         WHERE petition_id = ? ORDER BY membership_id`,
        [petitionId],
      );
      await this.carryOut(tx, estateId, petitionId, rows);
      return rows;
    });
    for (const { person_id: personId } of recalled) this.memberships.forget(personId);
  }

  private async carryOut(
    tx: Transaction,
    estateId: string,
    petitionId: string,
    rows: readonly RecalledRow[],
  ): Promise<void> {
    const roles: string[] = [];
    for (const { membership_id: membershipId, effective_at: at } of rows)
      roles.push(...(await this.memberships.endRecalled(tx, estateId, membershipId, shanghaiDate(at))));
    const [first] = rows;
    if (first === undefined) return;
    const handsOver = await this.plantHandover(tx, estateId, petitionId, {
      things: recallHandover(roles),
      dueOn: first.hand_over_by,
    });
    await this.audit.record(tx, 'SYSTEM', {
      action: 'RECALL.CARRIED_OUT',
      estateId,
      subjectType: 'petition',
      subjectId: petitionId,
      after: { people: rows.length, effectiveAt: first.effective_at, electBy: first.elect_by },
    });
    await this.tell(tx, estateId, petitionId, { rows, first, handsOver });
  }

  /** Into the term's list; an estate whose term nobody has registered has none. */
  private async plantHandover(
    tx: Transaction,
    estateId: string,
    petitionId: string,
    { things, dueOn }: { readonly things: ReturnType<typeof recallHandover>; readonly dueOn: string },
  ): Promise<boolean> {
    const term = things.length === 0 ? null : await newestTerm(tx, estateId);
    if (term === null) return false;
    await tx.insert(
      'handover_items',
      ...things.map(({ kind, name }) => ({
        id: this.ids.next(),
        term_id: term.id,
        estate_id: estateId,
        kind,
        name,
        state: 'PENDING',
        given_by: null,
        given_at: null,
        received_by: null,
        received_at: null,
        note: null,
        petition_id: petitionId,
        due_on: dueOn,
      })),
    );
    return true;
  }

  private async tell(
    tx: Transaction,
    estateId: string,
    petitionId: string,
    told: {
      readonly rows: readonly RecalledRow[];
      readonly first: RecalledRow;
      readonly handsOver: boolean;
    },
  ): Promise<void> {
    const { rows, first, handsOver } = told;
    const people = rows.map((row) => row.person_id);
    const names = await this.persons.names(tx, people);
    const who = [...new Set(people.map((personId) => names.get(personId) ?? ''))].join('、');
    const handover = handsOver
      ? `印章、账册和档案请在 ${formatFullDate(first.hand_over_by)}前移交，双方在移交清单上签。`
      : '';
    const post = (to: readonly string[], title: string, body: string, link: string) =>
      this.inbox.post(tx, { to: [...to], estateId, kind: 'ASSEMBLY', title, body: body.slice(0, 300), link });
    await post(
      people,
      '您的业委会任职已结束',
      `业主大会通过了罢免，任职即时结束，不能再以业委会的身份办事。${handover}对决定有异议的，可以在一年内请求法院撤销。`,
      TERM_PAGE,
    );
    const staff = await this.inbox.staffOf(tx, estateId, [...COMMITTEE, ...STREET]);
    await post(
      staff.filter((personId) => !people.includes(personId)),
      '业主大会通过罢免',
      `${who}的业委会任职已经结束。空出的席位应在 ${formatFullDate(first.elect_by)}前由候补委员递补或者补选。${handover}`,
      petitionPage(petitionId),
    );
  }
}
