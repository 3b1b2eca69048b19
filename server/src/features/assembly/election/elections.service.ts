import { Inject, Injectable } from '@nestjs/common';
import {
  checkCandidates,
  checkCommittee,
  ELECTION_ERRORS,
  electionTerms,
  type EstateSize,
  type ElectionOptions,
  seatBounds,
  type StartElectionRequest,
  termEnd,
  WHOLE_ESTATE,
} from '@linli/shared/assembly';
import { fieldError } from '@linli/shared/errors';
import { formatInstant, shanghaiDate } from '@linli/shared/kernel';
import type { RegionProfile } from '@linli/shared/regions';
import type { Caller } from '../../../kernel/access/index.ts';
import { Audit } from '../../../kernel/audit/audit.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database, type Reader, type Transaction, update, violates } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { Idempotency } from '../../../kernel/idempotency/idempotency.ts';
import { Ids } from '../../../kernel/ids/ids.ts';
import { ContentCheck } from '../../../wechat/content-check.ts';
import { PersonsRepository } from '../../identity/index.ts';
import { InboxService } from '../../notifications/index.ts';
import { type AskedOfMeeting, DraftService } from '../convene/draft.service.ts';
import { EstateRules } from '../estate-rules.ts';
import { electionPage } from './election-page.ts';
import { type Candidate, type Election, ElectionsRepository } from './elections.repository.ts';

/** What conveners do for an election 选举: begin it, post the list, bring it before the assembly. */
@Injectable()
export class ElectionsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ElectionsRepository) private readonly elections: ElectionsRepository,
    @Inject(EstateRules) private readonly rules: EstateRules,
    @Inject(DraftService) private readonly drafts: DraftService,
    @Inject(PersonsRepository) private readonly persons: PersonsRepository,
    @Inject(InboxService) private readonly inbox: InboxService,
    @Inject(ContentCheck) private readonly contentCheck: ContentCheck,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  async options(estateId: string): Promise<ElectionOptions> {
    const { committee } = await this.rules.of(this.database, estateId);
    return {
      bounds: seatBounds(committee, await sizeOf(this.database, estateId)),
      termYears: { min: committee.termYears.min ?? 1, max: committee.termYears.max },
      differential: committee.differential,
      advice: committee.partyMajorityAdvised
        ? '提名时建议中共党员占委员半数以上；这只是建议，不影响计票'
        : null,
    };
  }

  /** A general election fills the whole committee; a by-election what is vacant of the term that runs. */
  async start(
    caller: Caller,
    estateId: string,
    request: StartElectionRequest,
    key: string,
  ): Promise<{ readonly id: string }> {
    const profile = await this.rules.of(this.database, estateId);
    await this.contentCheck.check(caller, {
      estateId,
      where: 'ELECTION.START',
      texts: [request.conditions],
    });
    const action = { personId: caller.personId, key, useCase: 'election.start', body: [estateId, request] };
    try {
      return await this.idempotency.once(action, (tx) => this.begin(tx, caller, estateId, request, profile));
    } catch (error) {
      throw violates(error, 'uq_elections_running') ? refuse('ELECTION.RUNNING') : error;
    }
  }

  private async begin(
    tx: Transaction,
    caller: Caller,
    estateId: string,
    request: StartElectionRequest,
    { committee }: RegionProfile,
  ): Promise<{ readonly id: string }> {
    const now = this.clock.now();
    const today = shanghaiDate(now);
    const { kind, seats, termYears, startsOn, nominationsUntil, objectionsUntil } = request;
    const sitting =
      kind === 'BY_ELECTION'
        ? ((await this.elections.committee(tx, estateId, today))?.people.length ?? 0)
        : 0;
    const committeeSeats = seats + sitting;
    const faults = checkCommittee(
      { seats: committeeSeats, termYears },
      committee,
      await sizeOf(tx, estateId),
    );
    if (startsOn < today) faults.push(fieldError(ELECTION_ERRORS, 'startsOn', 'ELECTION.TERM_PAST'));
    if (nominationsUntil <= now || objectionsUntil < nominationsUntil)
      faults.push(fieldError(ELECTION_ERRORS, 'nominationsUntil', 'ELECTION.DATES'));
    if (faults.length > 0) throw refuse('ELECTION.NOT_READY', { fields: faults });
    const id = this.ids.next();
    await tx.insert('elections', {
      id,
      estate_id: estateId,
      kind,
      state: 'NOMINATING',
      seats,
      sitting,
      committee_seats: committeeSeats,
      terms_json: null,
      term_years: termYears,
      starts_on: startsOn,
      ends_on: termEnd(startsOn, termYears),
      conditions: request.conditions,
      nominations_until: nominationsUntil,
      objections_until: objectionsUntil,
      assembly_id: null,
      outcome: null,
      result_json: null,
      run_off_of: null,
      running_key: estateId,
      offices_proposed_at: null,
      created_by: caller.personId,
      created_at: now,
    });
    await this.record(tx, caller, estateId, id, 'ELECTION.STARTED', { kind, seats, startsOn });
    await this.inbox.post(tx, {
      to: await this.inbox.residentsOf(tx, estateId),
      estateId,
      kind: 'ASSEMBLY',
      title: kind === 'GENERAL' ? '业委会选举开始提名' : '业委会补选开始提名',
      body: `选 ${seats} 人，${formatInstant(nominationsUntil, now)} 前可以自荐。`,
      link: electionPage(id),
    });
    return { id };
  }

  /** Posts the list 公示候选人: those who consented. From now on owners may object. */
  async post(caller: Caller, estateId: string, electionId: string): Promise<void> {
    const { committee } = await this.rules.of(this.database, estateId);
    await this.database.transaction(async (tx) => {
      const election = await this.find(tx, estateId, electionId);
      if (election.state !== 'NOMINATING') throw refuse('ELECTION.NOT_NOW');
      const now = this.clock.now();
      const until = formatInstant(election.nominationsUntil, now);
      if (now <= election.nominationsUntil)
        throw refuse('ELECTION.NOMINATIONS_RUNNING', { params: { until } });
      const standing = await this.standing(tx, electionId);
      refuseFaults(checkCandidates({ ...election, candidates: standing.length }, committee));
      await this.move(tx, election, 'LISTED', {});
      await this.record(tx, caller, estateId, electionId, 'ELECTION.LISTED', { candidates: standing.length });
      await this.inbox.post(tx, {
        to: await this.inbox.residentsOf(tx, estateId),
        estateId,
        kind: 'ASSEMBLY',
        title: '业委会候选人名单公示',
        body: `共 ${standing.length} 名候选人，${formatInstant(election.objectionsUntil, now)} 前可以提异议。`,
        link: electionPage(electionId),
      });
    });
  }

  /** Drafts the meeting: one motion for each candidate. The convener then sets its dates and sends the notice. */
  async assemble(
    caller: Caller,
    estateId: string,
    electionId: string,
  ): Promise<{ readonly assemblyId: string }> {
    const profile = await this.rules.of(this.database, estateId);
    return this.database.transaction(async (tx) => {
      const election = await this.find(tx, estateId, electionId);
      if (election.state !== 'LISTED') throw refuse('ELECTION.NOT_NOW');
      const now = this.clock.now();
      const until = formatInstant(election.objectionsUntil, now);
      if (now <= election.objectionsUntil) throw refuse('ELECTION.OBJECTIONS_RUNNING', { params: { until } });
      const open = [...(await this.elections.openObjections(tx, electionId)).values()];
      const count = open.reduce((sum, waiting) => sum + waiting, 0);
      if (count > 0) throw refuse('ELECTION.OBJECTION_OPEN', { params: { count } });
      const standing = await this.standing(tx, electionId);
      refuseFaults(checkCandidates({ ...election, candidates: standing.length }, profile.committee));
      const convener = caller.has(estateId, ['STREET_OFFICER']) ? '街道办事处' : '业主委员会';
      const assemblyId = await this.draft(tx, {
        election,
        standing,
        profile,
        convener,
        createdBy: caller.personId,
      });
      await this.move(tx, election, 'VOTING', {
        assembly_id: assemblyId,
        terms_json: JSON.stringify(electionTerms(election, profile.committee)),
      });
      await this.record(tx, caller, estateId, electionId, 'ELECTION.ASSEMBLED', { assemblyId });
      return { assemblyId };
    });
  }

  /** The draft of the meeting that votes on these candidates, and their motions; answers its id. */
  async draft(
    tx: Transaction,
    plan: {
      readonly election: Pick<Election, 'id' | 'estateId' | 'kind' | 'seats' | 'conditions'>;
      readonly standing: readonly Pick<Candidate, 'id' | 'personId' | 'statement'>[];
      readonly profile: RegionProfile;
      readonly convener: string;
      readonly createdBy: string;
    },
  ): Promise<string> {
    const { election, standing, profile, convener, createdBy } = plan;
    const names = await this.persons.names(
      tx,
      standing.map(({ personId }) => personId),
    );
    const request = draftRequest(election, standing, names);
    const { id, motionIds } = await this.drafts.plant(tx, {
      estateId: election.estateId,
      convener,
      createdBy,
      request,
      profile,
      electionId: election.id,
    });
    for (const [index, candidate] of standing.entries())
      await tx.run('UPDATE election_candidates SET motion_id = ? WHERE id = ?', [
        motionIds[index] ?? null,
        candidate.id,
      ]);
    return id;
  }

  /** The meeting was called off: the list stands, and can be brought before another one. */
  async release(tx: Transaction, assemblyId: string): Promise<void> {
    for (const election of await this.elections.ofAssembly(tx, assemblyId)) {
      if (election.state !== 'VOTING') continue;
      await tx.run('UPDATE election_candidates SET motion_id = NULL WHERE election_id = ?', [election.id]);
      await this.move(tx, election, 'LISTED', { assembly_id: null, terms_json: null });
    }
  }

  private async standing(reader: Reader, electionId: string): Promise<Candidate[]> {
    const all = await this.elections.candidates(reader, electionId);
    return all.filter(({ state }) => state === 'CONSENTED');
  }

  private async find(reader: Reader, estateId: string, electionId: string): Promise<Election> {
    const election = await this.elections.byId(reader, estateId, electionId);
    if (election === null) throw refuse('NOT_FOUND');
    return election;
  }

  private async move(
    tx: Transaction,
    election: Election,
    to: string,
    columns: Readonly<Record<string, string | null>>,
  ): Promise<void> {
    const { id, state } = election;
    const changed = await update(tx, 'elections', { state: to, ...columns }, { id, state });
    if (changed === 0) throw refuse('CONFLICT');
  }

  private record(
    tx: Transaction,
    caller: Caller,
    estateId: string,
    electionId: string,
    action: string,
    after: object,
  ): Promise<void> {
    return this.audit.record(tx, caller, {
      action,
      estateId,
      subjectType: 'election',
      subjectId: electionId,
      after,
    });
  }
}

function refuseFaults(faults: ReturnType<typeof checkCandidates>): void {
  if (faults.length > 0) throw refuse('ELECTION.NOT_READY', { fields: faults });
}

/** Two candidates may have one name, so each has a number. */
function draftRequest(
  { kind, seats, conditions }: Pick<Election, 'kind' | 'seats' | 'conditions'>,
  standing: readonly Pick<Candidate, 'personId' | 'statement'>[],
  names: ReadonlyMap<string, string>,
): AskedOfMeeting {
  const title = {
    GENERAL: '选举业主委员会',
    BY_ELECTION: '补选业主委员会委员',
    RUN_OFF: '业委会选举同票重新投票',
  }[kind];
  return {
    title,
    summary:
      `${title}，共 ${standing.length} 名候选人，最多选 ${seats} 人，选多了这一选举作废。候选人条件：${conditions}`.slice(
        0,
        2_000,
      ),
    motions: standing.map(({ personId, statement }, index) => ({
      matter: 3,
      title: `选举业委会委员：${index + 1}号 ${names.get(personId) ?? ''}`,
      text: `同意 ${names.get(personId) ?? ''} 担任业主委员会委员。本人介绍：${statement}`,
      scope: WHOLE_ESTATE,
      amountLimitFen: null,
    })),
  };
}

/** By the roll as it is now. */
export async function sizeOf(reader: Reader, estateId: string): Promise<EstateSize> {
  const row = await reader.row<{ households: number; area: number | null }>(
    `SELECT SUM(CASE WHEN unit_use = 'HOME' THEN 1 ELSE 0 END) AS households, SUM(area_centi_sqm) AS area
     FROM units WHERE estate_id = ? AND active = 1 AND unit_use <> 'PARKING'`,
    [estateId],
  );
  return { households: Number(row?.households ?? 0), areaCentiSqm: Number(row?.area ?? 0) };
}
