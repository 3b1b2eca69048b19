import { Inject, Injectable } from '@nestjs/common';
import type { AskedMotion, MotionScope, MotionState, PaperRules, VotingRules } from '@linli/shared/assembly';
import type { Instant } from '@linli/shared/kernel';
import type { Reader, Transaction } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { ElectionsRepository } from '../election/elections.repository.ts';
import { EstateRules } from '../estate-rules.ts';
import { AssembliesRepository, type Assembly, type Motion } from '../assemblies.repository.ts';

/** A meeting whose roll is frozen, with its dates. */
export interface NoticedMeeting {
  readonly assembly: Assembly;
  readonly rules: VotingRules;
  readonly opensAt: Instant;
  readonly closesAt: Instant;
  /** Who has which part in papers, by the region. */
  readonly desk: PaperRules;
}

const NEVER_VOTED: readonly MotionState[] = ['PROPOSED', 'NOT_ON_AGENDA', 'WITHDRAWN'];

/** A motion as a paper asks about it. */
export type PaperMotion = Motion & AskedMotion;

/** What the paper desk asks of a meeting, and of the heads on its roll. */
@Injectable()
export class PaperMeeting {
  constructor(
    @Inject(AssembliesRepository) private readonly assemblies: AssembliesRepository,
    @Inject(ElectionsRepository) private readonly elections: ElectionsRepository,
    @Inject(EstateRules) private readonly regions: EstateRules,
  ) {}

  async noticed(reader: Reader, estateId: string, assemblyId: string): Promise<NoticedMeeting> {
    const assembly = await this.assemblies.byId(reader, estateId, assemblyId);
    if (assembly === null) throw refuse('NOT_FOUND');
    const { rules, opensAt, closesAt } = assembly;
    if (rules === null || opensAt === null || closesAt === null) throw refuse('PAPER.NOT_NOTICED');
    const { meeting: desk } = await this.regions.of(reader, estateId);
    return { assembly, rules, opensAt, closesAt, desk };
  }

  /** What a head's paper asks about: the motions on the agenda that one of its counted units decides on. */
  async motionsOf(reader: Reader, assemblyId: string, principalId: string): Promise<PaperMotion[]> {
    const motions = await this.onAgenda(reader, assemblyId);
    const units = await reader.rows<{ unit_id: string; building: string }>(
      'SELECT unit_id, building FROM assembly_roll_units WHERE principal_id = ? AND counted = 1',
      [principalId],
    );
    return motions.filter(({ scope }) => units.some((unit) => isInScope(scope, unit.unit_id, unit.building)));
  }

  onAgenda(reader: Reader, assemblyId: string): Promise<PaperMotion[]> {
    return this.motionsIn(reader, assemblyId, (state) => state === 'ON_AGENDA');
  }

  /** What is or was voted on: also once it is counted. */
  voted(reader: Reader, assemblyId: string): Promise<PaperMotion[]> {
    return this.motionsIn(reader, assemblyId, (state) => !NEVER_VOTED.includes(state));
  }

  private async motionsIn(
    reader: Reader,
    assemblyId: string,
    isAsked: (state: MotionState) => boolean,
  ): Promise<PaperMotion[]> {
    const motions = (await this.assemblies.motions(reader, assemblyId)).filter(({ state }) => isAsked(state));
    const isElecting = motions.some(({ electionId }) => electionId !== null);
    const elections = isElecting ? await this.elections.ofAssembly(reader, assemblyId) : [];
    const seats = new Map(elections.map((election) => [election.id, election.seats]));
    return motions.map((motion) => ({
      ...motion,
      electionSeats: seats.get(motion.electionId ?? '') ?? null,
    }));
  }

  /** Whether a head is the person's own, or sends them: nobody handles a paper that may bear their signature. */
  async isOwn(reader: Reader, personId: string, principalId: string | null): Promise<boolean> {
    if (principalId === null) return false;
    const own = await reader.row(
      `SELECT 1 AS own FROM assembly_principals p WHERE p.id = ? AND (p.delegate_person_id = ? OR EXISTS
         (SELECT 1 FROM assembly_roll_owners v JOIN owners o ON o.id = v.owner_id
          WHERE v.principal_id = p.id AND o.person_id = ?)
         OR EXISTS (SELECT 1 FROM assembly_mandates m WHERE m.principal_key = p.id AND m.agent_person_id = ?))`,
      [principalId, personId, personId, personId],
    );
    return own !== null;
  }

  /** The owners of a head who have an account. */
  async peopleOf(reader: Reader, principalId: string): Promise<string[]> {
    const rows = await reader.rows<{ person_id: string }>(
      `SELECT DISTINCT o.person_id FROM assembly_roll_owners v JOIN owners o ON o.id = v.owner_id
       WHERE v.principal_id = ? AND o.person_id IS NOT NULL`,
      [principalId],
    );
    return rows.map((row) => row.person_id);
  }

  /**
   * Keeps the meeting from being counted until this transaction ends; refuses where it was counted already. So that
   * whatever is written here comes before the result.
   */
  async beforeResult(tx: Transaction, assemblyId: string): Promise<void> {
    const held = await tx.run(
      `UPDATE assemblies SET version = version + 1 WHERE id = ? AND counted_at IS NULL
         AND state IN ('NOTICED', 'VOTING', 'CLOSED')`,
      [assemblyId],
    );
    if (held === 0) throw refuse('PAPER.OVER');
  }
}

export function isInScope(scope: MotionScope, unitId: string, building: string): boolean {
  if (scope.kind === 'ESTATE') return true;
  return scope.kind === 'BUILDINGS' ? scope.buildings.includes(building) : scope.unitIds.includes(unitId);
}
