import { Inject, Injectable } from '@nestjs/common';
import {
  type AssemblyDetail,
  type AssemblyResult,
  type AssemblyStage,
  type AssemblySummary,
  BALLOT_MODE_BANNERS,
  type BallotReceipt,
  type ElectionAnnouncement,
  explainElection,
  explainResult,
  type MotionDetail,
  type MotionResult,
  SALE_DURING_VOTE,
  VOTE_CLASS_LABELS,
  type VotingRules,
} from '@linli/shared/assembly';
import type { Page } from '@linli/shared/kernel';
import type { Caller } from '../../../kernel/access/index.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { FilesService } from '../../../kernel/files/files.service.ts';
import { toPage } from '../../../kernel/http/paging.ts';
import {
  AssembliesRepository,
  type Assembly,
  isPublic,
  meetingName,
  type Motion,
  stateAt,
} from '../assemblies.repository.ts';
import { TurnoutService } from '../ballots/turnout.service.ts';
import { CONVENERS } from '../conveners.ts';
import { EstateRules } from '../estate-rules.ts';
import { readMovedDeadlines } from '../extension/extension-rows.ts';
import { type Election, ElectionsRepository } from '../election/elections.repository.ts';
import { toMaterial } from '../materials.ts';
import { refusedPapers } from '../paper/refused-papers.ts';
import { BallotReceipts } from './ballot-receipts.ts';
import { MyPrincipals } from './my-principals.ts';

/** What residents read of a meeting, at every stage of its life. */
@Injectable()
export class ReadAssemblyService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AssembliesRepository) private readonly assemblies: AssembliesRepository,
    @Inject(ElectionsRepository) private readonly elections: ElectionsRepository,
    @Inject(MyPrincipals) private readonly myPrincipals: MyPrincipals,
    @Inject(BallotReceipts) private readonly receipts: BallotReceipts,
    @Inject(TurnoutService) private readonly turnout: TurnoutService,
    @Inject(EstateRules) private readonly rules: EstateRules,
    @Inject(FilesService) private readonly files: FilesService,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async list(
    caller: Caller,
    estateId: string,
    query: { readonly stage?: AssemblyStage; readonly after?: string; readonly limit: number },
  ): Promise<Page<AssemblySummary>> {
    const { stage, after, limit } = query;
    if (stage === 'DRAFTS' && !caller.has(estateId, CONVENERS)) throw refuse('ACCESS.DENIED');
    const now = this.clock.now();
    const found = await this.assemblies.page(this.database, estateId, stage ?? 'ALL', now, after, limit);
    const ids = found.map((assembly) => assembly.id);
    const motions = Map.groupBy(await this.assemblies.motionsOf(this.database, ids), (m) => m.assemblyId);
    const open = await this.openBallots(caller, found);
    return toPage(
      found,
      limit,
      (assembly) => assembly.id,
      (assembly): AssemblySummary => ({
        id: assembly.id,
        name: meetingName(assembly),
        title: assembly.title,
        state: stateAt(assembly, now),
        opensAt: assembly.opensAt,
        closesAt: assembly.closesAt,
        motions: (motions.get(assembly.id) ?? []).map(({ id, title, state, decisionNumber }) => ({
          id,
          title,
          state,
          decisionNumber,
        })),
        openBallots: open.get(assembly.id) ?? 0,
      }),
    );
  }

  async detail(caller: Caller, estateId: string, assemblyId: string): Promise<AssemblyDetail> {
    const assembly = await this.visible(caller, estateId, assemblyId);
    const motions = await this.assemblies.motions(this.database, assemblyId);
    const elections = motions.some(({ electionId }) => electionId !== null)
      ? await this.elections.ofAssembly(this.database, assemblyId)
      : [];
    const opinions = await this.opinionCounts(assemblyId);
    const files = await this.files.refs(
      this.database,
      await this.assemblies.materialIds(this.database, assemblyId),
    );
    const { meeting } = await this.rules.of(this.database, estateId);
    return {
      id: assembly.id,
      name: meetingName(assembly),
      title: assembly.title,
      summary: assembly.summary,
      state: stateAt(assembly, this.clock.now()),
      convener: assembly.convener,
      ballotMode: assembly.ballotMode,
      banner: BALLOT_MODE_BANNERS[assembly.ballotMode],
      noticedOn: assembly.noticedOn,
      opinionsUntil: assembly.opinionsUntil,
      objectionsUntil: assembly.objectionsUntil,
      opensAt: assembly.opensAt,
      closesAt: assembly.closesAt,
      publishedAt: assembly.publishedAt,
      cancelled:
        assembly.cancelledAt === null
          ? null
          : { at: assembly.cancelledAt, reason: assembly.cancelReason ?? '' },
      motions: motions.map((motion) => toMotionDetail(motion, opinions.get(motion.id) ?? 0, elections)),
      materials: files.map(toMaterial),
      turnout: await this.turnout.of(this.database, assembly),
      moved: await readMovedDeadlines(this.database, assemblyId),
      saleDuringVote: SALE_DURING_VOTE[meeting.saleDuringVote],
      mine: await this.myPrincipals.of(caller, assembly),
    };
  }

  /** Only after closing and counting; until then nobody learns how anything stands. */
  async result(caller: Caller, estateId: string, assemblyId: string): Promise<AssemblyResult> {
    const assembly = await this.visible(caller, estateId, assemblyId);
    const { rules, countedAt } = assembly;
    if (rules === null || countedAt === null) throw refuse('ASSEMBLY.RESULT_NOT_READY');
    const motions = await this.assemblies.motions(this.database, assemblyId);
    return {
      assemblyId,
      state: assembly.stored,
      ballotMode: assembly.ballotMode,
      banner: BALLOT_MODE_BANNERS[assembly.ballotMode],
      countedAt,
      publishedAt: assembly.publishedAt,
      motions: motions.flatMap((motion) => toMotionResult(motion, rules)),
      refusedPapers: await refusedPapers(this.database, assemblyId),
      elections: (await this.elections.ofAssembly(this.database, assemblyId)).flatMap(toAnnouncement),
      hashes: {
        roll: assembly.rollHash ?? '',
        ballots: assembly.ballotsHash ?? '',
        rules: assembly.rulesHash ?? '',
      },
    };
  }

  async myBallots(
    caller: Caller,
    estateId: string,
    assemblyId: string,
    query: { readonly after?: string; readonly limit: number },
  ): Promise<Page<BallotReceipt>> {
    const assembly = await this.visible(caller, estateId, assemblyId);
    return this.receipts.mine(caller, assembly, query);
  }

  private async visible(caller: Caller, estateId: string, assemblyId: string): Promise<Assembly> {
    const assembly = await this.assemblies.byId(this.database, estateId, assemblyId);
    if (assembly === null) throw refuse('NOT_FOUND');
    if (!isPublic(assembly) && !caller.has(estateId, CONVENERS)) throw refuse('NOT_FOUND');
    return assembly;
  }

  /** Of meetings that are being voted: how many of the reader's principals have no ballot yet. */
  private async openBallots(caller: Caller, assemblies: readonly Assembly[]): Promise<Map<string, number>> {
    const now = this.clock.now();
    const voting = assemblies.filter((assembly) => stateAt(assembly, now) === 'VOTING');
    if (voting.length === 0) return new Map();
    const rows = await this.database.rows<{ assembly_id: string; open_count: number }>(
      `SELECT v.assembly_id, COUNT(DISTINCT v.principal_id) AS open_count
       FROM owners o JOIN assembly_roll_owners v ON v.owner_id = o.id
       JOIN assembly_principals p ON p.id = v.principal_id AND p.heads = 1
       WHERE o.person_id = ? AND v.assembly_id IN (${voting.map(() => '?').join(', ')})
         AND NOT EXISTS (SELECT 1 FROM ballots b WHERE b.principal_id = v.principal_id)
       GROUP BY v.assembly_id`,
      [caller.personId, ...voting.map((assembly) => assembly.id)],
    );
    return new Map(rows.map((row) => [row.assembly_id, Number(row.open_count)]));
  }

  private async opinionCounts(assemblyId: string): Promise<Map<string, number>> {
    const rows = await this.database.rows<{ motion_id: string; given: number }>(
      'SELECT motion_id, COUNT(*) AS given FROM assembly_opinions WHERE assembly_id = ? GROUP BY motion_id',
      [assemblyId],
    );
    return new Map(rows.map((row) => [row.motion_id, Number(row.given)]));
  }
}

function toMotionDetail(motion: Motion, opinionCount: number, elections: readonly Election[]): MotionDetail {
  return {
    id: motion.id,
    position: motion.position,
    matter: motion.matter,
    voteClass: motion.voteClass,
    voteClassLabel: VOTE_CLASS_LABELS[motion.voteClass],
    title: motion.title,
    text: motion.text,
    scope: motion.scope,
    state: motion.state,
    withdrawn: motion.withdrawn,
    electionId: motion.electionId,
    electionSeats: elections.find(({ id }) => id === motion.electionId)?.seats ?? null,
    opinionCount,
    amountLimitFen: motion.amountLimitFen,
    decisionNumber: motion.decisionNumber,
  };
}

function toAnnouncement({ id, result }: Election): ElectionAnnouncement[] {
  if (result === null) return [];
  const { outcome, elected, tied, alternates } = result;
  return [{ electionId: id, outcome, sentence: explainElection(result), elected, tied, alternates }];
}

function toMotionResult(motion: Motion, rules: VotingRules): MotionResult[] {
  const { result } = motion;
  if (result === null) return [];
  return [
    {
      motionId: motion.id,
      title: motion.title,
      voteClass: motion.voteClass,
      outcome: result.outcome,
      reasons: result.reasons,
      total: result.total,
      participating: result.participating,
      inFavour: result.inFavour,
      breakdown: result.breakdown,
      followed: result.followed,
      rejectedBallots: result.rejectedBallots,
      explanation: explainResult({ ...result, rejected: [], setAside: [] }, motion.voteClass, rules),
      decisionNumber: motion.decisionNumber,
    },
  ];
}
