import { Inject, Injectable } from '@nestjs/common';
import type {
  Instruction,
  Instructions,
  Mandate,
  MandateEnd,
  MandateState,
  MandateTerms,
  MandateWay,
  ProxyRole,
} from '@linli/shared/assembly';
import { maskName } from '@linli/shared/kernel';
import { FieldCipher } from '../../../kernel/crypto/index.ts';
import type { Reader } from '../../../kernel/database/index.ts';
import { PersonsRepository } from '../../identity/index.ts';

export interface MandateRow {
  id: string;
  assembly_id: string;
  principal_id: string;
  owner_id: string;
  agent_person_id: string;
  agent_role: string;
  motions_json: string | null;
  instructions_sealed: string;
  way: string;
  scan_file_id: string | null;
  state: string;
  granted_at: number;
  entered_by: string;
  confirmed_by: string | null;
  ended_at: number | null;
  end_reason: string | null;
  casts: number;
}

const COLUMNS = `id, assembly_id, principal_id, owner_id, agent_person_id, agent_role, motions_json, instructions_sealed,
  way, scan_file_id, state, granted_at, entered_by, confirmed_by, ended_at, end_reason, casts`;

const place = (rowId: string) => ({ table: 'assembly_mandates', column: 'instructions_sealed', rowId });

/** Mandates as they are kept; what the owner wants said is sealed. */
@Injectable()
export class MandatesRepository {
  constructor(
    @Inject(FieldCipher) private readonly cipher: FieldCipher,
    @Inject(PersonsRepository) private readonly persons: PersonsRepository,
  ) {}

  byId(reader: Reader, assemblyId: string, mandateId: string): Promise<MandateRow | null> {
    return reader.row<MandateRow>(
      `SELECT ${COLUMNS} FROM assembly_mandates WHERE assembly_id = ? AND id = ?`,
      [assemblyId, mandateId],
    );
  }

  /** With the estate, where nothing but the mandate is known. */
  anywhere(reader: Reader, mandateId: string): Promise<(MandateRow & { estate_id: string }) | null> {
    return reader.row<MandateRow & { estate_id: string }>(
      `SELECT ${COLUMNS}, estate_id FROM assembly_mandates WHERE id = ?`,
      [mandateId],
    );
  }

  /** The one that holds the principal's vote now. */
  standing(reader: Reader, principalId: string): Promise<MandateRow | null> {
    return reader.row<MandateRow>(`SELECT ${COLUMNS} FROM assembly_mandates WHERE principal_key = ?`, [
      principalId,
    ]);
  }

  /** The newest of each of these principals, standing or ended. */
  async newest(reader: Reader, principalIds: readonly string[]): Promise<ReadonlyMap<string, MandateRow>> {
    if (principalIds.length === 0) return new Map();
    const rows = await reader.rows<MandateRow>(
      `SELECT ${COLUMNS} FROM assembly_mandates WHERE principal_id IN (${principalIds.map(() => '?').join(', ')})
       ORDER BY id`,
      principalIds,
    );
    return new Map(rows.map((row) => [row.principal_id, row]));
  }

  /** Those in force that send this person, in one meeting. */
  ofAgent(reader: Reader, assemblyId: string, personId: string): Promise<MandateRow[]> {
    return reader.rows<MandateRow>(
      `SELECT ${COLUMNS} FROM assembly_mandates
       WHERE agent_person_id = ? AND assembly_id = ? AND state = 'ACTIVE' ORDER BY id`,
      [personId, assemblyId],
    );
  }

  /** From paper, the newest first. */
  paper(reader: Reader, assemblyId: string, after: string | undefined, limit: number): Promise<MandateRow[]> {
    return reader.rows<MandateRow>(
      `SELECT ${COLUMNS} FROM assembly_mandates WHERE assembly_id = ? AND way = 'PAPER'
       ${after === undefined ? '' : 'AND id < ?'} ORDER BY id DESC LIMIT ${limit + 1}`,
      [assemblyId, ...(after === undefined ? [] : [after])],
    );
  }

  seal(mandateId: string, instructions: Instructions): string {
    return this.cipher.seal(JSON.stringify(instructions), place(mandateId));
  }

  termsOf(row: Pick<MandateRow, 'id' | 'motions_json' | 'instructions_sealed'>): MandateTerms {
    return {
      motionIds: row.motions_json === null ? null : (JSON.parse(row.motions_json) as string[]),
      instructions: JSON.parse(this.cipher.open(row.instructions_sealed, place(row.id))) as Instructions,
    };
  }

  /** As its owner, its agent and the desk read it. */
  async views(
    reader: Reader,
    rows: readonly MandateRow[],
    isMine: (row: MandateRow) => boolean,
  ): Promise<Mandate[]> {
    const agents = await this.persons.names(
      reader,
      rows.map((row) => row.agent_person_id),
    );
    return rows.map((row) => {
      const { motionIds, instructions } = this.termsOf(row);
      return {
        id: row.id,
        principalId: row.principal_id,
        agent: maskName(agents.get(row.agent_person_id) ?? ''),
        role: row.agent_role as ProxyRole,
        way: row.way as MandateWay,
        state: row.state as MandateState,
        motionIds,
        instructions: instructionList(instructions),
        grantedAt: row.granted_at,
        ended:
          row.ended_at === null || row.end_reason === null
            ? null
            : { at: row.ended_at, reason: row.end_reason as MandateEnd },
        isMine: isMine(row),
        casts: row.casts,
      };
    });
  }
}

export function instructionList(instructions: Instructions): Instruction[] {
  return Object.entries(instructions).map(([motionId, choice]) => ({ motionId, choice }));
}
