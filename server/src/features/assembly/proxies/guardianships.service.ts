import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import {
  ASSEMBLY_LIMITS,
  type AskGuardianshipRequest,
  type Guardianship,
  type GuardianshipEntry,
  type ReviewGuardianshipRequest,
} from '@linli/shared/assembly';
import { formatFullDate, shanghaiDate, startOfDay } from '@linli/shared/kernel';
import { type Caller, STREET } from '../../../kernel/access/index.ts';
import { Audit } from '../../../kernel/audit/audit.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database, type Transaction, violates } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { FilesService } from '../../../kernel/files/index.ts';
import { Idempotency } from '../../../kernel/idempotency/idempotency.ts';
import { Ids } from '../../../kernel/ids/ids.ts';
import { Jobs } from '../../../kernel/jobs/jobs.ts';
import { RateLimits, type RateLimit } from '../../../kernel/rate-limits/rate-limits.ts';
import { InboxService } from '../../notifications/index.ts';
import { OwnerNames } from '../read/owner-names.ts';
import { type GuardianshipRow, ReadGuardianshipsService } from './read-guardianships.service.ts';

/** An answer tells whether a home has an owner of that name; that must not become a way to look names up. */
const ASKS: RateLimit = { name: 'guardianship-ask', points: 10, seconds: 86_400 };
const OVER_JOB = 'guardianship.over';
const PAGE_OF_GUARDIAN = '/packages/people/pages/guardian/index';
const PAGE_OF_DESK = '/packages/workbench-assembly/pages/guardians/index';

/**
 * Guardians 监护人 of owners who cannot act alone (民法典 23, 27, 28): asked for with a document that only 社区 and 街道
 * see, and in force once one of them has checked it. A guardian's ballot is the ward's own. The ward is told of each step,
 * and may say to 社区 that it is not so.
 */
@Injectable()
export class GuardianshipsService implements OnModuleInit {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(OwnerNames) private readonly names: OwnerNames,
    @Inject(ReadGuardianshipsService) private readonly reading: ReadGuardianshipsService,
    @Inject(FilesService) private readonly files: FilesService,
    @Inject(InboxService) private readonly inbox: InboxService,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(RateLimits) private readonly limits: RateLimits,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(OVER_JOB, (job: OverJob) => this.overByDate(job));
  }

  async ask(
    caller: Caller,
    estateId: string,
    request: AskGuardianshipRequest,
    key: string,
  ): Promise<Guardianship> {
    const today = shanghaiDate(this.clock.now());
    if (request.kind === 'MINOR' ? (request.endsOn ?? '') <= today : (request.endsOn ?? '9') <= today)
      throw refuse('GUARDIAN.ENDS_ON');
    await this.limits.use(ASKS, caller.personId);
    const action = { personId: caller.personId, key, useCase: `guardian.ask:${estateId}`, body: request };
    try {
      return await this.idempotency.once(action, (tx) => this.insert(tx, caller, estateId, request));
    } catch (error) {
      throw violates(error, 'uq_guardianships_ward') ? refuse('GUARDIAN.THERE_ALREADY') : error;
    }
  }

  async review(
    caller: Caller,
    estateId: string,
    id: string,
    { approve, note }: ReviewGuardianshipRequest,
  ): Promise<GuardianshipEntry> {
    const { min } = ASSEMBLY_LIMITS.reasonLength;
    if (!approve && note.trim().length < min) throw refuse('GUARDIAN.NOTE', { params: { min } });
    const state = approve ? 'IN_FORCE' : 'REFUSED';
    const row = await this.database.transaction(async (tx) => {
      const before = await this.reading.find(tx, estateId, id);
      if (before.guardian_person_id === caller.personId) throw refuse('GUARDIAN.OWN_REVIEW');
      const changed = await tx.run(
        `UPDATE guardianships SET state = ?, decided_by = ?, decided_at = ?, note = ?, ward_key = ?
         WHERE id = ? AND state = 'PENDING'`,
        [
          state,
          caller.personId,
          this.clock.now(),
          approve ? null : note.trim(),
          approve ? before.owner_id : null,
          id,
        ],
      );
      if (changed === 0) throw refuse('GUARDIAN.REVIEWED');
      await this.record(tx, caller, before, `GUARDIANSHIP.${state}`);
      if (approve) await this.planEnd(tx, before);
      await this.tellGuardian(
        tx,
        before,
        approve
          ? ['监护人登记已通过', '从现在起，您可以代被监护的业主投票。']
          : ['监护人登记没有通过', note.trim()],
      );
      if (approve)
        await this.tellWard(tx, before, '社区核对了证明，登记了您的监护人；监护人投的票就是您的票。');
      return this.reading.find(tx, estateId, id);
    });
    return this.reading.entry(row);
  }

  /** By 社区 or 街道: the ward came of age early, recovered or died, or somebody else became the guardian. */
  async end(caller: Caller, estateId: string, id: string): Promise<GuardianshipEntry> {
    const row = await this.database.transaction(async (tx) => {
      const before = await this.reading.find(tx, estateId, id);
      await this.close(tx, caller, before);
      await this.tellGuardian(tx, before, [
        '监护人登记已结束',
        '社区或街道结束了登记，您不再代被监护的业主投票。',
      ]);
      return this.reading.find(tx, estateId, id);
    });
    return this.reading.entry(row);
  }

  /** By the guardian: asked for by mistake, or no guardian any more. */
  async layDown(caller: Caller, id: string): Promise<Guardianship[]> {
    await this.database.transaction(async (tx) => {
      await this.close(tx, caller, await this.reading.findOwn(tx, caller, id));
    });
    return this.reading.mine(caller);
  }

  /** The day has come from which the ward acts alone. */
  private async overByDate({ estateId, id }: OverJob): Promise<void> {
    await this.database.transaction(async (tx) => {
      const row = await this.reading.find(tx, estateId, id);
      // Ended before.
      if (row.state !== 'IN_FORCE') return;
      await this.close(tx, 'SYSTEM', row);
      const why = `登记的监护到 ${formatFullDate(row.ends_on ?? '')}为止，以后由业主本人投票。`;
      await this.tellGuardian(tx, row, ['监护人登记已到期', why]);
      await this.tellWard(tx, row, why);
    });
  }

  private async close(tx: Transaction, caller: Caller | 'SYSTEM', row: GuardianshipRow): Promise<void> {
    const changed = await tx.run(
      "UPDATE guardianships SET state = 'ENDED', ward_key = NULL WHERE id = ? AND state IN ('PENDING', 'IN_FORCE')",
      [row.id],
    );
    if (changed === 0) throw refuse('GUARDIAN.REVIEWED');
    await this.record(tx, caller, row, 'GUARDIANSHIP.ENDED');
  }

  private async planEnd(tx: Transaction, { id, estate_id: estateId, ends_on: endsOn }: GuardianshipRow) {
    if (endsOn === null) return;
    await this.jobs.enqueue(tx, {
      kind: OVER_JOB,
      payload: { estateId, id } satisfies OverJob,
      runAt: startOfDay(endsOn),
      dedupeKey: `${OVER_JOB}:${id}`,
    });
  }

  private tellGuardian(
    tx: Transaction,
    row: GuardianshipRow,
    [title, body]: readonly [string, string],
  ): Promise<void> {
    const { guardian_person_id: guardian, estate_id: estateId } = row;
    return this.inbox.post(tx, {
      to: [guardian],
      estateId,
      kind: 'ASSEMBLY',
      title,
      body,
      link: PAGE_OF_GUARDIAN,
    });
  }

  private async tellWard(tx: Transaction, row: GuardianshipRow, body: string): Promise<void> {
    if (row.ward_person_id === null) return;
    await this.inbox.post(tx, {
      to: [row.ward_person_id],
      estateId: row.estate_id,
      kind: 'ASSEMBLY',
      title: '关于您的监护人登记',
      body: `${body}不是这样的，请联系社区。`,
      link: null,
    });
  }

  private async insert(
    tx: Transaction,
    caller: Caller,
    estateId: string,
    { unitId, ownerName, kind, endsOn, documentFileId }: AskGuardianshipRequest,
  ): Promise<Guardianship> {
    const owners = await tx.rows<{ id: string; person_id: string | null }>(
      `SELECT o.id, o.person_id FROM ownerships s JOIN owners o ON o.id = s.owner_id
       WHERE s.unit_id = ? AND s.estate_id = ?`,
      [unitId, estateId],
    );
    const names = await this.names.of(
      tx,
      owners.map((owner) => owner.id),
    );
    const ward = owners.find(({ id }) => names.get(id) === ownerName);
    if (ward === undefined) throw refuse('GUARDIAN.NO_OWNER');
    if (ward.person_id === caller.personId) throw refuse('GUARDIAN.SELF');
    await this.files.attach(tx, caller, estateId, 'GUARDIAN_PAPER', [documentFileId]);
    // One that is over by its date is in nobody's way.
    await tx.run(
      "UPDATE guardianships SET state = 'ENDED', ward_key = NULL WHERE ward_key = ? AND state = 'IN_FORCE' AND ends_on <= ?",
      [ward.id, shanghaiDate(this.clock.now())],
    );
    const id = this.ids.next();
    await tx.insert('guardianships', {
      id,
      estate_id: estateId,
      owner_id: ward.id,
      guardian_person_id: caller.personId,
      kind,
      ends_on: endsOn,
      document_file_id: documentFileId,
      state: 'PENDING',
      asked_at: this.clock.now(),
      decided_by: null,
      decided_at: null,
      note: null,
      ward_key: ward.id,
    });
    const row = await this.reading.find(tx, estateId, id);
    await this.tellAsked(tx, caller, row);
    return this.reading.view(tx, row);
  }

  private async tellAsked(tx: Transaction, caller: Caller, row: GuardianshipRow): Promise<void> {
    await this.record(tx, caller, row, 'GUARDIANSHIP.ASKED');
    await this.inbox.post(tx, {
      to: await this.inbox.staffOf(tx, row.estate_id, STREET),
      estateId: row.estate_id,
      kind: 'ASSEMBLY',
      title: '请核对一份监护人登记',
      body: '有人申请登记为业主的监护人，请核对证明材料。',
      link: PAGE_OF_DESK,
    });
    await this.tellWard(tx, row, '有人申请登记为您的监护人，社区核对证明以后才生效。');
  }

  private record(
    tx: Transaction,
    caller: Caller | 'SYSTEM',
    row: GuardianshipRow,
    action: string,
  ): Promise<void> {
    return this.audit.record(tx, caller, {
      action,
      estateId: row.estate_id,
      subjectType: 'guardianship',
      subjectId: row.id,
      before: { state: row.state },
    });
  }
}

interface OverJob {
  readonly estateId: string;
  readonly id: string;
}
