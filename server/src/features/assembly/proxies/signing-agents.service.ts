import { Inject, Injectable } from '@nestjs/common';
import {
  type Mark,
  type MandateEnd,
  markedOnly,
  type PaperAgent,
  type ProxyRole,
  standsUnder,
  type VotingRules,
} from '@linli/shared/assembly';
import { maskName } from '@linli/shared/kernel';
import type { Reader, Transaction } from '../../../kernel/database/index.ts';
import { refuse, Refused } from '../../../kernel/errors/refused.ts';
import { PersonsRepository } from '../../identity/index.ts';
import { readRepresentative } from '../ballots/representatives.service.ts';
import { OwnerNames } from '../read/owner-names.ts';
import { ActingFor } from './acting-for.ts';
import { MandatesRepository, type MandateRow } from './mandates.repository.ts';
import { stillOwns } from './still-owns.ts';

/** A paper that was handed in, as far as the authority of a signature goes. */
interface HandedIn {
  readonly assemblyId: string;
  readonly principalId: string;
  readonly receivedAt: number;
}

/**
 * Paper ballots that an agent signed 代理人签的纸质票: they hold as far as the mandate of the day they were handed in. An
 * owner's revocation takes them back, as it does what an agent cast with the phone; any other end only what came later.
 */
@Injectable()
export class SigningAgents {
  constructor(
    @Inject(MandatesRepository) private readonly mandates: MandatesRepository,
    @Inject(ActingFor) private readonly acting: ActingFor,
    @Inject(PersonsRepository) private readonly persons: PersonsRepository,
    @Inject(OwnerNames) private readonly owners: OwnerNames,
  ) {}

  /** The one mandate that an agent may have signed under; null where there is none. */
  async mandateOf(reader: Reader, { principalId, receivedAt }: HandedIn): Promise<MandateRow | null> {
    const row = (await this.mandates.newest(reader, [principalId])).get(principalId);
    return row !== undefined && heldAt(row, receivedAt) ? row : null;
  }

  /** The same as the desk sees it. */
  async of(reader: Reader, paper: HandedIn): Promise<PaperAgent | null> {
    const row = await this.mandateOf(reader, paper);
    if (row === null) return null;
    const agents = await this.persons.names(reader, [row.agent_person_id]);
    const owners = await this.owners.of(reader, [row.owner_id]);
    return {
      id: row.id,
      name: maskName(agents.get(row.agent_person_id) ?? ''),
      forWhom: maskName(owners.get(row.owner_id) ?? ''),
      motionIds: this.mandates.termsOf(row).motionIds,
    };
  }

  /** Names of the agents of these heads, by their mandates: also of such as have ended since. */
  async names(reader: Reader, principalIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = [...(await this.mandates.newest(reader, principalIds)).values()];
    const names = await this.persons.names(
      reader,
      rows.map((row) => row.agent_person_id),
    );
    return new Map(
      rows.map((row) => [row.id, `${maskName(names.get(row.agent_person_id) ?? '')}（代理人）`]),
    );
  }

  /** Refuses where the agent had no authority for what the paper says, in words for the desk. */
  async check(
    reader: Reader,
    row: MandateRow,
    marks: Readonly<Record<string, Mark>>,
    rules: Pick<VotingRules, 'proxyBarredRoles'>,
  ): Promise<void> {
    // Where the sale is on record, the paper came before it.
    if (row.state === 'ACTIVE' && !(await stillOwns(reader, row.principal_id, row.owner_id)))
      throw refuse('PROXY.SOLD');
    if ((await readRepresentative(reader, row.principal_id)) !== null) throw refuse('PAPER.AGENT_NOT_CHOSEN');
    const proxy = { mandateId: row.id, role: row.agent_role as ProxyRole, terms: this.mandates.termsOf(row) };
    try {
      this.acting.check(proxy, markedOnly(marks), rules);
    } catch (error) {
      const isBeyond =
        error instanceof Refused &&
        ['PROXY.OUTSIDE_MANDATE', 'PROXY.AGAINST_INSTRUCTION'].includes(error.refusal.code);
      throw isBeyond ? refuse('PAPER.AGENT_BEYOND') : error;
    }
  }

  /** In the ballot's transaction: a revocation either came first, or waits for this ballot and takes it back. */
  async countUnder(
    tx: Transaction,
    row: MandateRow,
    ballot: { readonly ballotId: string; readonly assemblyId: string; readonly receivedAt: number },
  ): Promise<void> {
    const held = await tx.run(
      `UPDATE assembly_mandates SET casts = casts + 1
       WHERE id = ? AND (state = 'ACTIVE' OR (state = 'ENDED' AND end_reason IN ('RESIGNED', 'SOLD', 'DIED') AND ended_at >= ?))`,
      [row.id, ballot.receivedAt],
    );
    if (held === 0) throw refuse('PROXY.ENDED');
    await tx.insert('ballot_mandates', {
      ballot_id: ballot.ballotId,
      mandate_id: row.id,
      assembly_id: ballot.assemblyId,
    });
  }
}

/** One that was never confirmed holds for nothing. */
function heldAt(row: MandateRow, at: number): boolean {
  if (row.state === 'PENDING' || row.end_reason === 'REFUSED') return false;
  const { ended_at: endedAt, end_reason: reason } = row;
  return standsUnder(
    at,
    endedAt === null || reason === null ? null : { at: endedAt, reason: reason as MandateEnd },
  );
}
