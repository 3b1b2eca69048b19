import { Injectable } from '@nestjs/common';
import type {
  DoubleCount,
  MatterNumber,
  PetitionFacts,
  PetitionKind,
  PetitionState,
  PetitionThreshold,
} from '@linli/shared/assembly';
import type { CalendarDate, Instant } from '@linli/shared/kernel';
import type { Reader } from '../../../kernel/database/index.ts';

interface PetitionRow {
  id: string;
  estate_id: string;
  kind: string;
  state: string;
  title: string;
  petition_text: string;
  matter: number;
  rules_json: string;
  started_by: string;
  started_at: number;
  sign_until: number;
  total_heads: number;
  total_area_centi_sqm: number;
  signed_heads: number;
  signed_area_centi_sqm: number;
  reached_at: number | null;
  committee_until: string | null;
  street_until: string | null;
  assembly_id: string | null;
  meeting_state: string | null;
  meeting_noticed_on: string | null;
}

/** The region's rules as they were when the petition began. */
export interface PetitionRules {
  readonly threshold: PetitionThreshold;
  readonly conveneDays: number;
}

export interface Petition {
  readonly id: string;
  readonly estateId: string;
  readonly kind: PetitionKind;
  readonly state: PetitionState;
  readonly title: string;
  readonly text: string;
  readonly matter: MatterNumber;
  readonly rules: PetitionRules;
  readonly startedBy: string;
  readonly startedAt: Instant;
  readonly signUntil: Instant;
  readonly total: DoubleCount;
  readonly signed: DoubleCount;
  readonly committeeUntil: CalendarDate | null;
  readonly streetUntil: CalendarDate | null;
  /** The meeting that it led to; null again if that was cancelled. */
  readonly assemblyId: string | null;
  readonly noticedOn: CalendarDate | null;
}

const PETITION = `p.id, p.estate_id, p.kind, p.state, p.title, p.petition_text, p.matter, p.rules_json, p.started_by,
  p.started_at, p.sign_until, p.total_heads, p.total_area_centi_sqm, p.signed_heads, p.signed_area_centi_sqm, p.reached_at,
  p.committee_until, p.street_until, p.assembly_id, a.state AS meeting_state, a.noticed_on AS meeting_noticed_on`;
const FROM = 'FROM petitions p LEFT JOIN assemblies a ON a.id = p.assembly_id';

@Injectable()
export class PetitionsRepository {
  async byId(reader: Reader, estateId: string, petitionId: string): Promise<Petition | null> {
    const row = await reader.row<PetitionRow>(
      `SELECT ${PETITION} ${FROM} WHERE p.estate_id = ? AND p.id = ?`,
      [estateId, petitionId],
    );
    return row === null ? null : toPetition(row);
  }

  async page(
    reader: Reader,
    estateId: string,
    after: string | undefined,
    limit: number,
  ): Promise<Petition[]> {
    const rows = await reader.rows<PetitionRow>(
      `SELECT ${PETITION} ${FROM} WHERE p.estate_id = ? ${after === undefined ? '' : 'AND p.id < ?'}
       ORDER BY p.id DESC LIMIT ${limit + 1}`,
      [estateId, ...(after === undefined ? [] : [after])],
    );
    return rows.map(toPetition);
  }

  /** In a state, oldest first, in all estates. */
  async inState(reader: Reader, state: PetitionState, after: string, limit: number): Promise<Petition[]> {
    const rows = await reader.rows<PetitionRow>(
      `SELECT ${PETITION} ${FROM} WHERE p.state = ? AND p.id > ? ORDER BY p.id LIMIT ${limit}`,
      [state, after],
    );
    return rows.map(toPetition);
  }

  /** The owners on the register that those who signed are. */
  async signingOwners(reader: Reader, petitionId: string): Promise<ReadonlySet<string>> {
    const rows = await reader.rows<{ id: string }>(
      `SELECT o.id FROM petition_signatures s JOIN owners o ON o.person_id = s.person_id AND o.estate_id = s.estate_id
       WHERE s.petition_id = ? AND s.live_key IS NOT NULL`,
      [petitionId],
    );
    return new Set(rows.map(({ id }) => id));
  }

  async signingPersons(reader: Reader, petitionId: string): Promise<ReadonlySet<string>> {
    const rows = await reader.rows<{ person_id: string }>(
      'SELECT person_id FROM petition_signatures WHERE petition_id = ? AND live_key IS NOT NULL',
      [petitionId],
    );
    return new Set(rows.map((row) => row.person_id));
  }

  /** Of these petitions, those that a person's signature stands under. */
  async signedBy(
    reader: Reader,
    personId: string,
    petitionIds: readonly string[],
  ): Promise<ReadonlySet<string>> {
    if (petitionIds.length === 0) return new Set();
    const rows = await reader.rows<{ petition_id: string }>(
      `SELECT petition_id FROM petition_signatures WHERE person_id = ? AND live_key IS NOT NULL
         AND petition_id IN (${petitionIds.map(() => '?').join(', ')})`,
      [personId, ...petitionIds],
    );
    return new Set(rows.map((row) => row.petition_id));
  }

  async members(
    reader: Reader,
    petitionId: string,
  ): Promise<{ membershipId: string; personId: string; recalledAt: Instant | null }[]> {
    const rows = await reader.rows<{ id: string; person_id: string; effective_at: number | null }>(
      `SELECT m.id, m.person_id, r.effective_at FROM petition_members p JOIN memberships m ON m.id = p.membership_id
       LEFT JOIN recalled_offices r ON r.petition_id = p.petition_id AND r.membership_id = p.membership_id
       WHERE p.petition_id = ? ORDER BY m.id`,
      [petitionId],
    );
    return rows.map((row) => ({
      membershipId: row.id,
      personId: row.person_id,
      recalledAt: row.effective_at,
    }));
  }
}

export function factsOf({
  state,
  signUntil,
  committeeUntil,
  streetUntil,
  noticedOn,
}: Petition): PetitionFacts {
  return { state, signUntil, committeeUntil, streetUntil, noticedOn };
}

function toPetition(row: PetitionRow): Petition {
  const isOn = row.meeting_state !== null && row.meeting_state !== 'CANCELLED';
  return {
    id: row.id,
    estateId: row.estate_id,
    kind: row.kind as PetitionKind,
    state: row.state as PetitionState,
    title: row.title,
    text: row.petition_text,
    matter: row.matter as MatterNumber,
    rules: JSON.parse(row.rules_json) as PetitionRules,
    startedBy: row.started_by,
    startedAt: row.started_at,
    signUntil: row.sign_until,
    total: { heads: row.total_heads, areaCentiSqm: row.total_area_centi_sqm },
    signed: { heads: row.signed_heads, areaCentiSqm: row.signed_area_centi_sqm },
    committeeUntil: row.committee_until,
    streetUntil: row.street_until,
    assemblyId: isOn ? row.assembly_id : null,
    noticedOn: isOn ? row.meeting_noticed_on : null,
  };
}
