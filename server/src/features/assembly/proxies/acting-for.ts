import { Inject, Injectable } from '@nestjs/common';
import {
  type Acting,
  agentFault,
  type Mark,
  type MandateTerms,
  type ProxyRole,
  type VotingRules,
} from '@linli/shared/assembly';
import { maskName, shanghaiDate } from '@linli/shared/kernel';
import { type Caller, COMPANY } from '../../../kernel/access/index.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database, type Transaction } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { OwnerNames } from '../read/owner-names.ts';
import { EndMandateService } from './end-mandate.service.ts';
import { instructionList, MandatesRepository, type MandateRow } from './mandates.repository.ts';
import { stillOwns } from './still-owns.ts';

/** Who casts for a principal without being one of its owners. */
export interface ActingVoter {
  /** An owner's id for a guardian, who speaks as the ward; the agent's own for a proxy. */
  readonly castBy: string;
  /** Null for a guardian. */
  readonly proxy: {
    readonly mandateId: string;
    readonly role: ProxyRole;
    readonly terms: MandateTerms;
  } | null;
}

interface WardRow {
  principal_id: string;
  owner_id: string;
}

/** Votes that somebody casts for others 代投: as an agent under a mandate, or as a guardian. */
@Injectable()
export class ActingFor {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(MandatesRepository) private readonly mandates: MandatesRepository,
    @Inject(EndMandateService) private readonly ending: EndMandateService,
    @Inject(OwnerNames) private readonly names: OwnerNames,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Principals that the caller acts for in a meeting, with what each allows. */
  async of(caller: Caller, assemblyId: string): Promise<ReadonlyMap<string, Acting>> {
    const mandates = await this.mandates.ofAgent(this.database, assemblyId, caller.personId);
    const wards = await this.wardsOf(caller, assemblyId);
    const owners = [...mandates, ...wards].map(({ owner_id }) => owner_id);
    if (owners.length === 0) return new Map();
    const names = await this.names.of(this.database, owners);
    const inPerson = await this.votedInPerson(
      [...mandates, ...wards].map(({ principal_id }) => principal_id),
    );
    const acting = (row: WardRow, mandate: MandateRow | null): [string, Acting] => {
      const terms = mandate === null ? null : this.mandates.termsOf(mandate);
      return [
        row.principal_id,
        {
          as: mandate === null ? 'GUARDIAN' : 'PROXY',
          forWhom: maskName(names.get(row.owner_id) ?? ''),
          mandateId: mandate?.id ?? null,
          motionIds: terms?.motionIds ?? null,
          instructions: terms === null ? [] : instructionList(terms.instructions),
          votedInPerson: mandate !== null && inPerson.has(row.principal_id),
        },
      ];
    };
    return new Map([
      ...mandates.map((mandate) => acting(mandate, mandate)),
      ...wards.map((ward) => acting(ward, null)),
    ]);
  }

  /** Null where the caller acts for nobody of the principal. A mandate that has come to its end is ended and refused. */
  async voter(
    caller: Caller,
    where: { readonly estateId: string; readonly assemblyId: string; readonly principalId: string },
  ): Promise<ActingVoter | null> {
    const { estateId, assemblyId, principalId } = where;
    const ward = (await this.wardsOf(caller, assemblyId)).find((row) => row.principal_id === principalId);
    if (ward !== undefined) return { castBy: ward.owner_id, proxy: null };
    const mandate = (await this.mandates.ofAgent(this.database, assemblyId, caller.personId)).find(
      (row) => row.principal_id === principalId,
    );
    if (mandate === undefined) return null;
    if (!(await stillOwns(this.database, principalId, mandate.owner_id))) {
      await this.ending.bySystem(estateId, mandate, 'SOLD');
      throw refuse('PROXY.SOLD');
    }
    const role = caller.has(estateId, COMPANY) ? 'PM_STAFF' : (mandate.agent_role as ProxyRole);
    return {
      castBy: caller.personId,
      proxy: { mandateId: mandate.id, role, terms: this.mandates.termsOf(mandate) },
    };
  }

  /** Whether the ballot is what the owner authorised. */
  check(
    { role, terms }: NonNullable<ActingVoter['proxy']>,
    votes: Readonly<Record<string, Mark>>,
    rules: Pick<VotingRules, 'proxyBarredRoles'> | null,
  ): void {
    if (rules?.proxyBarredRoles.includes(role) === true) throw refuse('PROXY.BARRED');
    const fault = agentFault(votes, terms);
    if (fault !== null) throw refuse(`PROXY.${fault}`);
  }

  /** In the ballot's transaction: the mandate must still stand, and a revocation now waits for this ballot. */
  async castUnder(
    tx: Transaction,
    mandateId: string,
    ballot: { readonly ballotId: string; readonly assemblyId: string },
  ): Promise<void> {
    const held = await tx.run(
      "UPDATE assembly_mandates SET casts = casts + 1 WHERE id = ? AND state = 'ACTIVE'",
      [mandateId],
    );
    if (held === 0) throw refuse('PROXY.ENDED');
    await tx.insert('ballot_mandates', {
      ballot_id: ballot.ballotId,
      mandate_id: mandateId,
      assembly_id: ballot.assemblyId,
    });
  }

  private wardsOf(caller: Caller, assemblyId: string): Promise<WardRow[]> {
    return this.database.rows<WardRow>(
      `SELECT v.principal_id, MIN(g.owner_id) AS owner_id FROM guardianships g
       JOIN assembly_roll_owners v ON v.owner_id = g.owner_id AND v.assembly_id = ?
       WHERE g.guardian_person_id = ? AND g.state = 'IN_FORCE' AND (g.ends_on IS NULL OR g.ends_on > ?)
       GROUP BY v.principal_id`,
      [assemblyId, caller.personId, shanghaiDate(this.clock.now())],
    );
  }

  private async votedInPerson(principalIds: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await this.database.rows<{ principal_id: string }>(
      `SELECT DISTINCT b.principal_id FROM ballots b
       JOIN assembly_roll_owners v ON v.principal_id = b.principal_id AND v.owner_id = b.cast_by
       WHERE b.principal_id IN (${principalIds.map(() => '?').join(', ')})`,
      principalIds,
    );
    return new Set(rows.map((row) => row.principal_id));
  }
}
