import { Inject, Injectable } from '@nestjs/common';
import {
  ASSEMBLY_LIMITS,
  CAST_TIME_LIMIT_MS,
  type DecideExtensionRequest,
  type ExtensionCase,
  extensionFault,
  type ExtensionsResponse,
  extensionSentence,
  latestDeadline,
  type ProposeExtensionRequest,
} from '@linli/shared/assembly';
import { formatInstant, type Instant } from '@linli/shared/kernel';
import type { Caller } from '../../../kernel/access/index.ts';
import { Audit } from '../../../kernel/audit/audit.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database, type Reader, type Transaction, violates } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { Ids } from '../../../kernel/ids/ids.ts';
import { Jobs } from '../../../kernel/jobs/jobs.ts';
import { PersonsRepository } from '../../identity/index.ts';
import { InboxService } from '../../notifications/index.ts';
import { AssembliesRepository, type Assembly, stateAt } from '../assemblies.repository.ts';
import { assemblyPage } from '../assembly-page.ts';
import { TurnoutService } from '../ballots/turnout.service.ts';
import { transactionWithin } from '../ballots/within-limit.ts';
import { CONVENERS } from '../conveners.ts';
import { planForNewDeadline } from '../count/voting-jobs.ts';
import { EstateRules } from '../estate-rules.ts';
import { AssemblyLog } from '../log/assembly-log.service.ts';
import { type ExtensionRow, firstDeadlineOf, readExtensions, toExtension } from './extension-rows.ts';

const STREET_OFFICE = ['STREET_OFFICER'] as const;

/** A meeting as its extension is judged. */
interface Situation extends ExtensionCase {
  readonly assembly: Assembly;
  readonly rows: readonly ExtensionRow[];
  readonly maxDays: number;
}

/**
 * Moves the deadline of a vote that lacks its quorum 延长投票: the convener proposes with a reason, 街道 agrees, two
 * persons, both before the deadline. Nothing else moves a deadline, and everybody is told.
 */
@Injectable()
export class ExtendVotingService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AssembliesRepository) private readonly assemblies: AssembliesRepository,
    @Inject(TurnoutService) private readonly turnout: TurnoutService,
    @Inject(EstateRules) private readonly rules: EstateRules,
    @Inject(AssemblyLog) private readonly log: AssemblyLog,
    @Inject(PersonsRepository) private readonly persons: PersonsRepository,
    @Inject(InboxService) private readonly inbox: InboxService,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  async read(caller: Caller, estateId: string, assemblyId: string): Promise<ExtensionsResponse> {
    const situation = await this.situation(this.database, estateId, assemblyId);
    const { rows, maxDays, firstDeadline, closesAt, now } = situation;
    const latest = latestDeadline(firstDeadline, maxDays);
    const possible = extensionFault(latest, situation, maxDays) === null;
    const open = rows.find(({ state, from_at }) => state === 'PROPOSED' && from_at === closesAt);
    const names = await this.persons.names(
      this.database,
      rows.flatMap((row) => [row.proposed_by, ...(row.decided_by === null ? [] : [row.decided_by])]),
    );
    return {
      maxDays,
      sentence: extensionSentence(maxDays),
      firstDeadline,
      latest: possible ? latest : null,
      canPropose: possible && open === undefined && caller.has(estateId, CONVENERS),
      canDecide:
        open !== undefined &&
        now <= closesAt &&
        open.proposed_by !== caller.personId &&
        caller.has(estateId, STREET_OFFICE),
      items: rows.map((row) => toExtension(row, names)),
    };
  }

  async propose(
    caller: Caller,
    estateId: string,
    assemblyId: string,
    { to, reason }: ProposeExtensionRequest,
  ): Promise<ExtensionsResponse> {
    try {
      await this.database.transaction(async (tx) => {
        const situation = await this.situation(tx, estateId, assemblyId);
        this.check(to, situation);
        const { closesAt, assembly, now } = situation;
        const id = this.ids.next();
        await tx.insert('assembly_extensions', {
          id,
          assembly_id: assemblyId,
          estate_id: estateId,
          from_at: closesAt,
          to_at: to,
          reason,
          state: 'PROPOSED',
          proposed_by: caller.personId,
          proposed_at: now,
          decided_by: null,
          decided_at: null,
          refusal: null,
          open_key: `${assemblyId}:${closesAt}`,
        });
        await this.record(tx, caller, assembly, 'EXTENSION.PROPOSED', { from: closesAt, to, reason });
        const street = await this.inbox.staffOf(tx, estateId, STREET_OFFICE);
        await this.inbox.post(tx, {
          to: street.filter((person) => person !== caller.personId),
          estateId,
          kind: 'ASSEMBLY',
          title: '请决定是否同意延长投票',
          body: `“${assembly.title}”参与不足，召集人提出延长到 ${formatInstant(to, now)}，须在原截止时间之前决定。`,
          link: null,
        });
      });
    } catch (error) {
      throw violates(error, 'uq_assembly_extensions_open') ? refuse('EXTENSION.OPEN_ALREADY') : error;
    }
    return this.read(caller, estateId, assemblyId);
  }

  async decide(
    caller: Caller,
    estateId: string,
    assemblyId: string,
    extensionId: string,
    { approve, reason }: DecideExtensionRequest,
  ): Promise<ExtensionsResponse> {
    const { min } = ASSEMBLY_LIMITS.reasonLength;
    if (!approve && reason.trim().length < min) throw refuse('EXTENSION.REASON', { params: { min } });
    const now = this.clock.now();
    const limit = {
      clock: this.clock,
      until: now + CAST_TIME_LIMIT_MS,
      late: () => refuse('EXTENSION.TOO_LATE'),
    };
    await transactionWithin(this.database, limit, async (tx) => {
      const situation = await this.situation(tx, estateId, assemblyId);
      const row = situation.rows.find(({ id }) => id === extensionId);
      if (row === undefined) throw refuse('NOT_FOUND');
      if (row.proposed_by === caller.personId) throw refuse('EXTENSION.OWN');
      if (row.state !== 'PROPOSED') throw refuse('EXTENSION.DECIDED');
      if (approve) this.check(row.to_at, situation);
      const changed = await tx.run(
        `UPDATE assembly_extensions SET state = ?, decided_by = ?, decided_at = ?, refusal = ?, open_key = NULL
         WHERE id = ? AND state = 'PROPOSED'`,
        [approve ? 'APPROVED' : 'REFUSED', caller.personId, now, approve ? null : reason.trim(), extensionId],
      );
      if (changed === 0) throw refuse('EXTENSION.DECIDED');
      const action = approve ? 'EXTENSION.APPROVED' : 'EXTENSION.REFUSED';
      await this.record(tx, caller, situation.assembly, action, { from: row.from_at, to: row.to_at });
      if (approve) await this.move(tx, situation, row);
    });
    return this.read(caller, estateId, assemblyId);
  }

  /** The deadline itself, its jobs, its leaf, and word to everybody: all or nothing. */
  private async move(tx: Transaction, { assembly, now }: Situation, row: ExtensionRow): Promise<void> {
    const moved = await tx.run(
      `UPDATE assemblies SET closes_at = ?, version = version + 1
       WHERE id = ? AND closes_at = ? AND counted_at IS NULL AND state IN ('NOTICED', 'VOTING')`,
      [row.to_at, assembly.id, row.from_at],
    );
    if (moved === 0) throw refuse('EXTENSION.TOO_LATE');
    const { estateId, id: assemblyId } = assembly;
    await planForNewDeadline(this.jobs, tx, { estateId, assemblyId, from: row.from_at, to: row.to_at });
    const { from_at: from, to_at: closesAt, reason } = row;
    await this.log.extend(tx, assemblyId, { at: now, from, closesAt, reason });
    await this.inbox.post(tx, {
      to: await this.inbox.residentsOf(tx, estateId),
      estateId,
      kind: 'ASSEMBLY',
      title: '投票时间延长',
      body: `《${assembly.title}》原定 ${formatInstant(from, now)} 截止，延长到 ${formatInstant(closesAt, now)}：${reason}`.slice(
        0,
        300,
      ),
      link: assemblyPage(assemblyId),
    });
  }

  private check(to: Instant, situation: Situation): void {
    const fault = extensionFault(to, situation, situation.maxDays);
    if (fault === null) return;
    if (fault !== 'TOO_LONG') throw refuse(`EXTENSION.${fault}`);
    const { maxDays, firstDeadline, now } = situation;
    const latest = formatInstant(latestDeadline(firstDeadline, maxDays), now);
    throw refuse('EXTENSION.TOO_LONG', { params: { days: maxDays, latest } });
  }

  private async situation(reader: Reader, estateId: string, assemblyId: string): Promise<Situation> {
    const assembly = await this.assemblies.byId(reader, estateId, assemblyId);
    if (assembly === null || assembly.closesAt === null || assembly.frozenAt === null)
      throw refuse('NOT_FOUND');
    const rows = await readExtensions(reader, assemblyId);
    const now = this.clock.now();
    return {
      assembly,
      rows,
      now,
      maxDays: await this.maxDays(reader, assembly),
      voting: stateAt(assembly, now) === 'VOTING',
      closesAt: assembly.closesAt,
      firstDeadline: firstDeadlineOf(rows, assembly.closesAt),
      quorumReached: await this.turnout.isEverywhereReached(reader, assembly),
    };
  }

  /** The log holds how far the deadline may be moved: what the region says later is for later meetings. */
  private async maxDays(reader: Reader, { estateId, extensionMaxDays }: Assembly): Promise<number> {
    return extensionMaxDays ?? (await this.rules.of(reader, estateId)).meeting.extensionMaxDays;
  }

  private record(
    tx: Transaction,
    caller: Caller,
    { id, estateId }: Assembly,
    action: string,
    after: object,
  ): Promise<void> {
    return this.audit.record(tx, caller, { action, estateId, subjectType: 'assembly', subjectId: id, after });
  }
}
