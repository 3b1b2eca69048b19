import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import {
  type BallotChannel,
  countsAt,
  decisionNumber,
  isBinding,
  type MandateEnd,
  type MotionState,
  type RejectionReason,
  standsUnder,
  type TallyResult,
} from '@linli/shared/assembly';
import { formatInstant, shanghaiDate } from '@linli/shared/kernel';
import { STREET } from '../../../kernel/access/index.ts';
import { Audit } from '../../../kernel/audit/audit.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { FieldCipher } from '../../../kernel/crypto/index.ts';
import { Database, type Reader, type Transaction } from '../../../kernel/database/index.ts';
import { Jobs } from '../../../kernel/jobs/jobs.ts';
import { InboxService } from '../../notifications/index.ts';
import {
  AssembliesRepository,
  type Assembly,
  type Motion,
  type StoredResult,
} from '../assemblies.repository.ts';
import { assemblyPage } from '../assembly-page.ts';
import { openedMessage, resultMessage } from '../meeting-messages.ts';
import { openVotes } from '../ballots/ballot-votes.ts';
import { agreedOn } from '../ballots/representatives.service.ts';
import { nextAssemblyState, nextMotionState } from '../convene/steps.ts';
import { DecisionsService } from '../decisions/decisions.service.ts';
import { type CountedElection, electionResults } from '../election/election-results.ts';
import { ElectionsRepository } from '../election/elections.repository.ts';
import { SettleElectionService } from '../election/settle-election.service.ts';
import { LogSequencer } from '../../ballot-log/index.ts';
import { AssemblyLog } from '../log/assembly-log.service.ts';
import { annulledBallots, PaperBeforeCount, refusedPapers } from '../paper/index.ts';
import { RecallsService } from '../petition/recalls.service.ts';
import { FrozenRollRepository } from '../roll/frozen-roll.repository.ts';
import { ballotsHash, countVotes, dispositions, type MotionCount, type StoredBallot } from './count-votes.ts';
import { COUNT_JOB, OPEN_JOB, REMIND_JOB, type VotingJob } from './voting-jobs.ts';

interface BallotRow {
  id: string;
  principal_id: string;
  cast_by: string;
  channel: string;
  signed: number;
  proxy_role: string | null;
  received_at: number;
  votes_sealed: string;
  /** Of the mandate that it was cast under, if any. */
  ended_at: number | null;
  end_reason: string | null;
}

const MOTION_EVENTS = { PASSED: 'PASS', REJECTED: 'REJECT', NO_QUORUM: 'LACK_QUORUM' } as const;

/** What the clock does: opens the vote, reminds, and after the grace counts and publishes in one transaction. */
@Injectable()
export class CountAssemblyService implements OnModuleInit {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AssembliesRepository) private readonly assemblies: AssembliesRepository,
    @Inject(FrozenRollRepository) private readonly frozenRoll: FrozenRollRepository,
    @Inject(AssemblyLog) private readonly log: AssemblyLog,
    @Inject(LogSequencer) private readonly sequencer: LogSequencer,
    @Inject(PaperBeforeCount) private readonly papers: PaperBeforeCount,
    @Inject(ElectionsRepository) private readonly elections: ElectionsRepository,
    @Inject(SettleElectionService) private readonly settleElection: SettleElectionService,
    @Inject(RecallsService) private readonly recalls: RecallsService,
    @Inject(DecisionsService) private readonly decisions: DecisionsService,
    @Inject(FieldCipher) private readonly cipher: FieldCipher,
    @Inject(InboxService) private readonly inbox: InboxService,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(OPEN_JOB, (job: VotingJob) => this.open(job), { untilDone: true });
    this.jobs.handle(REMIND_JOB, (job: VotingJob) => this.remind(job));
    this.jobs.handle(COUNT_JOB, (job: VotingJob) => this.count(job), { untilDone: true });
  }

  /** Only tells people and marks the row; whether one may vote is read from the clock, never from this mark. */
  async open({ estateId, assemblyId }: VotingJob): Promise<void> {
    await this.database.transaction(async (tx) => {
      const assembly = await this.assemblies.byId(tx, estateId, assemblyId);
      if (assembly?.stored !== 'NOTICED' || assembly.closesAt === null) return;
      const to = nextAssemblyState('NOTICED', 'OPEN', 'SYSTEM', ['OPENING_TIME']);
      if ((await this.move(tx, assembly, to)) === 0) return;
      await this.inbox.post(tx, {
        to: await this.votersOf(tx, assemblyId, false),
        estateId,
        kind: 'ASSEMBLY',
        title: '业主大会开始投票',
        body: openedMessage(assembly, assembly.closesAt, this.clock.now()),
        link: assemblyPage(assemblyId),
      });
    });
  }

  /** A day before the end, to those who have not voted. */
  async remind({ estateId, assemblyId }: VotingJob): Promise<void> {
    await this.database.transaction(async (tx) => {
      const assembly = await this.assemblies.byId(tx, estateId, assemblyId);
      const now = this.clock.now();
      const running = assembly?.stored === 'VOTING' || assembly?.stored === 'NOTICED';
      if (assembly === null || !running || assembly.closesAt === null || now > assembly.closesAt) return;
      await this.inbox.post(tx, {
        to: await this.votersOf(tx, assemblyId, true),
        estateId,
        kind: 'ASSEMBLY',
        title: '投票即将截止',
        body: `《${assembly.title}》${formatInstant(assembly.closesAt, now)} 截止，您还没有投票。`,
        link: assemblyPage(assemblyId),
      });
    });
  }

  /**
   * The count 计票. It runs a grace after the deadline, longer than any cast may take, over the ballots that were
   * received in time: none of them can still be on its way. Running it twice finds the meeting published.
   */
  async count({ estateId, assemblyId }: VotingJob): Promise<void> {
    const assembly = await this.assemblies.byId(this.database, estateId, assemblyId);
    if (assembly === null || !['NOTICED', 'VOTING', 'CLOSED'].includes(assembly.stored)) return;
    const { opensAt, closesAt, rules } = assembly;
    if (opensAt === null || closesAt === null || rules === null) return;
    const now = this.clock.now();
    if (now < countsAt({ opensAt, closesAt })) throw new Error('The grace has not passed');

    if (!(await this.papers.isDone(estateId, assemblyId))) return;
    // Nothing that was promised may come after the result.
    await this.settleLog(assemblyId);
    const motions = await this.assemblies.motions(this.database, assemblyId);
    const elections = await this.elections.ofAssembly(this.database, assemblyId);
    const ballots = await this.readBallots(this.database, assemblyId, closesAt);
    const counts = countVotes({
      roll: await this.frozenRoll.read(this.database, assemblyId),
      ballots,
      motions,
      elections,
      rules,
      representatives: await readRepresentatives(this.database, assemblyId),
      deadline: closesAt,
    });
    const counted = { counts, ballots, elected: electionResults(elections, counts) };
    await this.database.transaction((tx) => this.publish(tx, assembly, counted, now));
  }

  /** Every promise has its place, and every ballot its leaf; else the count waits. */
  private async settleLog(assemblyId: string): Promise<void> {
    const log = await this.log.openLog(this.database, assemblyId);
    if (log === null) return;
    await this.sequencer.integrate(log.id);
    const missing = await this.database.row<{ missing: number }>(
      `SELECT COUNT(*) AS missing FROM ballots b LEFT JOIN ballot_log_leaves l ON l.subject_id = b.id
       WHERE b.assembly_id = ? AND l.id IS NULL`,
      [assemblyId],
    );
    if (Number(missing?.missing ?? 0) > 0) throw new Error(`${assemblyId}: a ballot is not in the log`);
  }

  private async publish(
    tx: Transaction,
    assembly: Assembly,
    { counts, ballots, elected }: CountedMeeting,
    now: number,
  ): Promise<void> {
    const opened =
      assembly.stored === 'NOTICED'
        ? nextAssemblyState('NOTICED', 'OPEN', 'SYSTEM', ['OPENING_TIME'])
        : assembly.stored;
    const closed =
      opened === 'VOTING' ? nextAssemblyState(opened, 'CLOSE', 'SYSTEM', ['DEADLINE_PASSED']) : opened;
    const decided = nextAssemblyState(closed, 'COUNT', 'SYSTEM', ['GRACE_PASSED']);
    const published = nextAssemblyState(decided, 'PUBLISH', 'SYSTEM');
    const hash = ballotsHash(ballots);
    const changed = await tx.run(
      `UPDATE assemblies SET state = ?, counted_at = ?, published_at = ?, ballots_hash = ?, version = version + 1
       WHERE id = ? AND state IN ('NOTICED', 'VOTING', 'CLOSED') AND counted_at IS NULL AND closes_at = ?`,
      [published, now, now, hash, assembly.id, assembly.closesAt],
    );
    // Somebody else's count came first.
    if (changed === 0) return;
    await this.papers.assertDone(tx, assembly.id);
    await this.keepResults(tx, assembly, { counts, elected }, now);
    await tx.insert(
      'ballot_dispositions',
      ...dispositions(counts, ballots).map(({ ballotId, reason }) => ({
        ballot_id: ballotId,
        assembly_id: assembly.id,
        reason,
      })),
    );
    const log = await this.log.openLog(tx, assembly.id);
    const refused = await refusedPapers(tx, assembly.id);
    if (log !== null) await this.log.result(tx, log, { counts, refused, elected });
    await this.audit.record(tx, 'SYSTEM', {
      action: 'ASSEMBLY.COUNTED',
      estateId: assembly.estateId,
      subjectType: 'assembly',
      subjectId: assembly.id,
      after: {
        ballots: ballots.length,
        ballotsHash: hash,
        outcomes: counts.map(({ motion, result }) => [motion.position, result.outcome]),
      },
    });
    await this.inbox.post(tx, {
      // The residents' committee is told of every decision (物业管理条例 20).
      to: [
        ...(await this.inbox.residentsOf(tx, assembly.estateId)),
        ...(await this.inbox.staffOf(tx, assembly.estateId, STREET)),
      ],
      estateId: assembly.estateId,
      kind: 'ASSEMBLY',
      title: '业主大会结果公布',
      body: resultMessage(assembly, counts),
      link: assemblyPage(assembly.id),
    });
  }

  private async keepResults(
    tx: Transaction,
    assembly: Assembly,
    { counts, elected }: Pick<CountedMeeting, 'counts' | 'elected'>,
    now: number,
  ): Promise<void> {
    for (const count of counts) await this.keepResult(tx, assembly, count, { elected, now });
    await this.settleElection.settle(tx, assembly, elected, now);
    const passed = counts.filter(({ result }) => result.outcome === 'PASSED');
    await this.recalls.settle(
      tx,
      assembly,
      passed.map(({ motion }) => motion.id),
      now,
    );
  }

  private async keepResult(
    tx: Transaction,
    assembly: Assembly,
    { motion, result }: MotionCount,
    { elected, now }: { readonly elected: readonly CountedElection[]; readonly now: number },
  ): Promise<void> {
    const state = stateAfter(motion, result);
    const number =
      state === 'PASSED' &&
      decides(motion, elected) &&
      isBinding(assembly.ballotMode) &&
      assembly.year !== null &&
      assembly.ofYear !== null
        ? decisionNumber(assembly.year, assembly.ofYear, motion.position)
        : null;
    const kept = await tx.run(
      'UPDATE assembly_motions SET state = ?, result_json = ?, decision_number = ? WHERE id = ? AND state = ?',
      [state, JSON.stringify(storedResult(result)), number, motion.id, motion.state],
    );
    // Withdrawn since it was read: the job counts again, without it.
    if (kept === 0) throw new Error(`Motion ${motion.id} is no longer ${motion.state}`);
    if (number === null) return;
    await this.decisions.enter(tx, {
      estateId: assembly.estateId,
      number,
      decidedOn: shanghaiDate(assembly.closesAt ?? now),
      matter: motion.matter,
      voteClass: motion.voteClass,
      title: motion.title,
      purpose: motion.text,
      amountLimitFen: motion.amountLimitFen,
      assemblyId: assembly.id,
      motionId: motion.id,
    });
  }

  private async readBallots(reader: Reader, assemblyId: string, deadline: number): Promise<StoredBallot[]> {
    const rows = await reader.rows<BallotRow>(
      `SELECT b.id, b.principal_id, b.cast_by, b.channel, b.signed, b.proxy_role, b.received_at, b.votes_sealed,
              m.ended_at, m.end_reason
       FROM ballots b LEFT JOIN ballot_mandates u ON u.ballot_id = b.id LEFT JOIN assembly_mandates m ON m.id = u.mandate_id
       WHERE b.assembly_id = ? AND b.received_at <= ? ORDER BY b.received_at, b.id`,
      [assemblyId, deadline],
    );
    const annulled = await annulledBallots(reader, assemblyId);
    return rows.map((row) => ({
      id: row.id,
      principalId: row.principal_id,
      castBy: row.cast_by,
      channel: row.channel as BallotChannel,
      signed: row.signed === 1,
      proxyRole: hasAuthority(row) ? row.proxy_role : null,
      receivedAt: row.received_at,
      votes: openVotes(this.cipher, row.id, row.votes_sealed),
      annulled: annulled.has(row.id),
    }));
  }

  private async votersOf(tx: Transaction, assemblyId: string, silentOnly: boolean): Promise<string[]> {
    const silent = silentOnly
      ? 'AND NOT EXISTS (SELECT 1 FROM ballots b WHERE b.principal_id = v.principal_id)'
      : '';
    const rows = await tx.rows<{ person_id: string }>(
      `SELECT DISTINCT o.person_id FROM assembly_roll_owners v JOIN owners o ON o.id = v.owner_id
       WHERE v.assembly_id = ? AND o.person_id IS NOT NULL ${silent}`,
      [assemblyId],
    );
    return rows.map((row) => row.person_id);
  }

  private move(tx: Transaction, assembly: Assembly, to: string): Promise<number> {
    return tx.run('UPDATE assemblies SET state = ? WHERE id = ? AND state = ?', [
      to,
      assembly.id,
      assembly.stored,
    ]);
  }
}

/** An agent whose mandate fell away is one without any. */
function hasAuthority({ received_at: receivedAt, ended_at: at, end_reason: reason }: BallotRow): boolean {
  return at === null || reason === null || standsUnder(receivedAt, { at, reason: reason as MandateEnd });
}

interface CountedMeeting {
  readonly counts: readonly MotionCount[];
  readonly ballots: readonly StoredBallot[];
  readonly elected: readonly CountedElection[];
}

/** A candidate may have the majority and still no seat: then nothing is decided by it. */
function decides(motion: Motion, elected: readonly CountedElection[]): boolean {
  return motion.electionId === null || elected.some(({ result }) => result.elected.includes(motion.id));
}

async function readRepresentatives(reader: Reader, assemblyId: string): Promise<Map<string, string>> {
  const rows = await reader.rows<{ principal_id: string; owner_id: string; chosen_owner_id: string | null }>(
    `SELECT DISTINCT v.principal_id, v.owner_id, c.chosen_owner_id FROM assembly_roll_owners v
     LEFT JOIN assembly_representations c ON c.principal_id = v.principal_id AND c.owner_id = v.owner_id
     WHERE v.assembly_id = ? AND v.principal_id IN
       (SELECT principal_id FROM assembly_representations WHERE assembly_id = ?)`,
    [assemblyId, assemblyId],
  );
  const agreed = new Map<string, string>();
  for (const [principalId, choices] of Map.groupBy(rows, (row) => row.principal_id)) {
    const owner = agreedOn(choices);
    if (owner !== null) agreed.set(principalId, owner);
  }
  return agreed;
}

function stateAfter(motion: Motion, { outcome }: TallyResult): MotionState {
  if (outcome === 'NOT_VOTED') return motion.state;
  return nextMotionState(motion.state, MOTION_EVENTS[outcome], 'SYSTEM', ['TALLY']);
}

function storedResult({ rejected, setAside, ...result }: TallyResult): StoredResult {
  void setAside;
  const rejectedBallots: Partial<Record<RejectionReason, number>> = {};
  for (const { reason } of rejected) rejectedBallots[reason] = (rejectedBallots[reason] ?? 0) + 1;
  return { ...result, rejectedBallots };
}
