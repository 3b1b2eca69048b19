import { Inject, Injectable } from '@nestjs/common';
import {
  type ElectionCandidate,
  type ElectionDetail,
  type ElectionSummary,
  explainElection,
  leastCandidates,
  withBanner,
} from '@linli/shared/assembly';
import type { Page } from '@linli/shared/kernel';
import { type Caller, COMMITTEE, OWNERS, STREET } from '../../../kernel/access/index.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { toPage } from '../../../kernel/http/paging.ts';
import { PersonsRepository } from '../../identity/index.ts';
import { AssembliesRepository } from '../assemblies.repository.ts';
import { EstateRules } from '../estate-rules.ts';
import { type Candidate, type Election, ElectionsRepository } from './elections.repository.ts';

/** Elections as everybody reads them; before the list is posted, who stands is told to those who make it. */
@Injectable()
export class ReadElectionsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ElectionsRepository) private readonly elections: ElectionsRepository,
    @Inject(AssembliesRepository) private readonly assemblies: AssembliesRepository,
    @Inject(PersonsRepository) private readonly persons: PersonsRepository,
    @Inject(EstateRules) private readonly rules: EstateRules,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async list(
    estateId: string,
    { after, limit }: { readonly after?: string; readonly limit: number },
  ): Promise<Page<ElectionSummary>> {
    const found = await this.elections.page(this.database, estateId, after, limit);
    return toPage(found, limit, ({ id }) => id, summaryOf);
  }

  async detail(caller: Caller, estateId: string, electionId: string): Promise<ElectionDetail> {
    const election = await this.elections.byId(this.database, estateId, electionId);
    if (election === null) throw refuse('NOT_FOUND');
    const { committee } = await this.rules.of(this.database, estateId);
    const all = await this.elections.candidates(this.database, electionId);
    const { state, seats, kind } = election;
    const now = this.clock.now();
    return {
      ...summaryOf(election),
      conditions: election.conditions,
      termYears: election.termYears,
      startsOn: election.startsOn,
      endsOn: election.endsOn,
      committeeSeats: election.committeeSeats,
      candidates: await this.candidatesFor(caller, election, all),
      leastCandidates: leastCandidates(seats, kind, committee),
      sentence: await this.sentenceOf(election),
      officesProposed: election.officesProposedAt !== null,
      runOffOf: election.runOffOf,
      mayNominateMyself:
        state === 'NOMINATING' &&
        now <= election.nominationsUntil &&
        caller.has(estateId, OWNERS) &&
        all.every(({ personId }) => personId !== caller.personId),
    };
  }

  private async sentenceOf({ estateId, assemblyId, result }: Election): Promise<string | null> {
    if (result === null || assemblyId === null) return null;
    const assembly = await this.assemblies.byId(this.database, estateId, assemblyId);
    return withBanner(assembly?.ballotMode ?? 'NATIVE', explainElection(result));
  }

  private async candidatesFor(
    caller: Caller,
    election: Election,
    all: readonly Candidate[],
  ): Promise<ElectionCandidate[]> {
    const isMaker = caller.has(election.estateId, [...COMMITTEE, ...STREET]);
    const isPosted = election.state !== 'NOMINATING';
    const shown = all.filter(
      ({ state, personId }) => isMaker || personId === caller.personId || (isPosted && state === 'CONSENTED'),
    );
    const names = await this.persons.names(
      this.database,
      shown.map(({ personId }) => personId),
    );
    const open = await this.elections.openObjections(this.database, election.id);
    const motions =
      election.assemblyId === null ? [] : await this.assemblies.motions(this.database, election.assemblyId);
    const resultOf = new Map(motions.map(({ id, result }) => [id, result]));
    return shown.map((candidate) => ({
      id: candidate.id,
      name: names.get(candidate.personId) ?? '',
      statement: candidate.statement,
      state: candidate.state,
      isMe: candidate.personId === caller.personId,
      refusal: isMaker || candidate.personId === caller.personId ? candidate.refusal : null,
      openObjections: isMaker ? (open.get(candidate.id) ?? 0) : 0,
      motionId: candidate.motionId,
      result: candidate.result,
      inFavour: resultOf.get(candidate.motionId ?? '')?.inFavour ?? null,
    }));
  }
}

function summaryOf(election: Election): ElectionSummary {
  return {
    id: election.id,
    kind: election.kind,
    state: election.state,
    seats: election.seats,
    nominationsUntil: election.nominationsUntil,
    objectionsUntil: election.objectionsUntil,
    assemblyId: election.assemblyId,
    outcome: election.outcome,
    createdAt: election.createdAt,
  };
}
