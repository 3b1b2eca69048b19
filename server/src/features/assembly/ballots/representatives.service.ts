import { Inject, Injectable } from '@nestjs/common';
import { CAST_TIME_LIMIT_MS, type ChooseRepresentativeRequest } from '@linli/shared/assembly';
import type { Caller } from '../../../kernel/access/index.ts';
import { Audit } from '../../../kernel/audit/audit.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database, type Reader, violates } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { AssembliesRepository, stateAt } from '../assemblies.repository.ts';
import { AssemblyLog } from '../log/assembly-log.service.ts';
import { transactionWithin } from './within-limit.ts';

interface ChoiceRow {
  owner_id: string;
  chosen_owner_id: string | null;
}

/** Every owner of the principal with the choice made, if any. */
export function readChoices(reader: Reader, principalId: string): Promise<ChoiceRow[]> {
  return reader.rows<ChoiceRow>(
    `SELECT DISTINCT v.owner_id, c.chosen_owner_id FROM assembly_roll_owners v
     LEFT JOIN assembly_representations c ON c.principal_id = v.principal_id AND c.owner_id = v.owner_id
     WHERE v.principal_id = ? ORDER BY v.owner_id`,
    [principalId],
  );
}

/** The co-owner who votes for all: whom every one of them named. Null while they have not agreed, or own alone. */
export async function readRepresentative(reader: Reader, principalId: string): Promise<string | null> {
  return agreedOn(await readChoices(reader, principalId));
}

export function agreedOn(choices: readonly ChoiceRow[]): string | null {
  const [first] = choices;
  if (first === undefined || choices.length < 2) return null;
  const agreed = choices.every(({ chosen_owner_id }) => chosen_owner_id === first.chosen_owner_id);
  return agreed ? first.chosen_owner_id : null;
}

/**
 * Co-owners agree on one who votes 共有人推选投票人. Each names whom they want; it holds once all have named the same,
 * so that nobody can take the vote from the others.
 */
@Injectable()
export class RepresentativesService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AssembliesRepository) private readonly assemblies: AssembliesRepository,
    @Inject(AssemblyLog) private readonly log: AssemblyLog,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async choose(
    caller: Caller,
    estateId: string,
    assemblyId: string,
    { principalId, ownerId }: ChooseRepresentativeRequest,
  ): Promise<void> {
    const assembly = await this.assemblies.byId(this.database, estateId, assemblyId);
    if (assembly === null) throw refuse('NOT_FOUND');
    const now = this.clock.now();
    const state = stateAt(assembly, now);
    if (state !== 'NOTICED' && state !== 'VOTING') {
      // The answer to a tap in time was lost, and the phone repeats it.
      if (await this.isChosen(caller, assemblyId, principalId, ownerId)) return;
      throw refuse('REPRESENTATIVE.CLOSED');
    }
    try {
      const until = now + CAST_TIME_LIMIT_MS;
      const late = () => refuse('BALLOT.TOO_SLOW');
      await transactionWithin(this.database, { clock: this.clock, until, late }, async (tx) => {
        const me = await tx.row<{ owner_id: string | null }>(
          `SELECT MIN(v.owner_id) AS owner_id FROM assembly_principals p
           JOIN assembly_roll_owners v ON v.principal_id = p.id JOIN owners o ON o.id = v.owner_id
           WHERE p.assembly_id = ? AND p.id = ? AND o.person_id = ?`,
          [assemblyId, principalId, caller.personId],
        );
        const mine = me?.owner_id ?? null;
        if (mine === null) throw refuse('REPRESENTATIVE.NOT_YOURS');
        const choices = await readChoices(tx, principalId);
        if (ownerId !== null && !choices.some(({ owner_id }) => owner_id === ownerId))
          throw refuse('REPRESENTATIVE.UNKNOWN');
        await tx.run('DELETE FROM assembly_representations WHERE principal_id = ? AND owner_id = ?', [
          principalId,
          mine,
        ]);
        if (ownerId !== null)
          await tx.insert('assembly_representations', {
            principal_id: principalId,
            owner_id: mine,
            chosen_owner_id: ownerId,
            assembly_id: assemblyId,
            person_id: caller.personId,
            chosen_at: now,
          });
        const voters = choices.map(({ owner_id }) => owner_id);
        await this.log.choose(tx, assemblyId, { at: now, voters, owner: mine, chosen: ownerId });
        await this.audit.record(tx, caller, {
          action: 'REPRESENTATIVE.CHOSEN',
          estateId,
          subjectType: 'assembly_principal',
          subjectId: principalId,
          before: { owner: choices.find(({ owner_id }) => owner_id === mine)?.chosen_owner_id ?? null },
          after: { owner: ownerId },
        });
      });
    } catch (error) {
      throw violates(error, 'PRIMARY') ? refuse('CONFLICT') : error;
    }
  }

  private async isChosen(
    caller: Caller,
    assemblyId: string,
    principalId: string,
    ownerId: string | null,
  ): Promise<boolean> {
    if (ownerId === null) return false;
    const row = await this.database.row(
      `SELECT 1 AS found FROM assembly_representations c JOIN owners o ON o.id = c.owner_id
       WHERE c.assembly_id = ? AND c.principal_id = ? AND c.chosen_owner_id = ? AND o.person_id = ?`,
      [assemblyId, principalId, ownerId, caller.personId],
    );
    return row !== null;
  }
}
