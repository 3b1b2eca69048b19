import { Injectable } from '@nestjs/common';
import type {
  CandidateResult,
  CandidateState,
  ElectionKind,
  ElectionOutcome,
  ElectionResult,
  ElectionState,
  ElectionTerms,
} from '@linli/shared/assembly';
import type { CalendarDate, Instant } from '@linli/shared/kernel';
import type { Reader } from '../../../kernel/database/index.ts';

interface ElectionRow {
  id: string;
  estate_id: string;
  kind: string;
  state: string;
  seats: number;
  sitting: number;
  committee_seats: number;
  terms_json: string | null;
  term_years: number;
  starts_on: string;
  ends_on: string;
  conditions: string;
  nominations_until: number;
  objections_until: number;
  assembly_id: string | null;
  outcome: string | null;
  result_json: string | null;
  run_off_of: string | null;
  offices_proposed_at: number | null;
  created_by: string;
  created_at: number;
}

export interface Election {
  readonly id: string;
  readonly estateId: string;
  readonly kind: ElectionKind;
  readonly state: ElectionState;
  readonly seats: number;
  readonly sitting: number;
  readonly committeeSeats: number;
  /** As the meeting's agenda commits to them; null before there is a meeting. */
  readonly terms: ElectionTerms | null;
  readonly termYears: number;
  readonly startsOn: CalendarDate;
  readonly endsOn: CalendarDate;
  readonly conditions: string;
  readonly nominationsUntil: Instant;
  readonly objectionsUntil: Instant;
  readonly assemblyId: string | null;
  readonly outcome: ElectionOutcome | null;
  readonly result: ElectionResult | null;
  readonly runOffOf: string | null;
  readonly officesProposedAt: Instant | null;
  readonly createdBy: string;
  readonly createdAt: Instant;
}

export interface Candidate {
  readonly id: string;
  readonly electionId: string;
  readonly personId: string;
  readonly statement: string;
  readonly state: CandidateState;
  readonly nominatedBy: string | null;
  readonly refusal: string | null;
  readonly motionId: string | null;
  readonly result: CandidateResult | null;
}

interface CandidateRow {
  id: string;
  election_id: string;
  person_id: string;
  statement: string;
  state: string;
  nominated_by: string | null;
  refusal: string | null;
  motion_id: string | null;
  result: string | null;
}

const ELECTION = `id, estate_id, kind, state, seats, sitting, committee_seats, terms_json, term_years, starts_on, ends_on,
  conditions, nominations_until, objections_until, assembly_id, outcome, result_json, run_off_of, offices_proposed_at,
  created_by, created_at`;
const CANDIDATE = 'id, election_id, person_id, statement, state, nominated_by, refusal, motion_id, result';

@Injectable()
export class ElectionsRepository {
  async byId(reader: Reader, estateId: string, electionId: string): Promise<Election | null> {
    const row = await reader.row<ElectionRow>(
      `SELECT ${ELECTION} FROM elections WHERE estate_id = ? AND id = ?`,
      [estateId, electionId],
    );
    return row === null ? null : toElection(row);
  }

  /** The elections that a meeting votes on; mostly none. */
  async ofAssembly(reader: Reader, assemblyId: string): Promise<Election[]> {
    const rows = await reader.rows<ElectionRow>(
      `SELECT ${ELECTION} FROM elections WHERE assembly_id = ? ORDER BY id`,
      [assemblyId],
    );
    return rows.map(toElection);
  }

  async page(
    reader: Reader,
    estateId: string,
    after: string | undefined,
    limit: number,
  ): Promise<Election[]> {
    const rows = await reader.rows<ElectionRow>(
      `SELECT ${ELECTION} FROM elections WHERE estate_id = ? ${after === undefined ? '' : 'AND id < ?'}
       ORDER BY id DESC LIMIT ${limit + 1}`,
      [estateId, ...(after === undefined ? [] : [after])],
    );
    return rows.map(toElection);
  }

  /** In the order of nomination, which the list and the agenda keep. */
  async candidates(reader: Reader, electionId: string): Promise<Candidate[]> {
    const rows = await reader.rows<CandidateRow>(
      `SELECT ${CANDIDATE} FROM election_candidates WHERE election_id = ? ORDER BY id`,
      [electionId],
    );
    return rows.map((row) => ({
      id: row.id,
      electionId: row.election_id,
      personId: row.person_id,
      statement: row.statement,
      state: row.state as CandidateState,
      nominatedBy: row.nominated_by,
      refusal: row.refusal,
      motionId: row.motion_id,
      result: row.result as CandidateResult | null,
    }));
  }

  /** Objections without an answer, by candidate. */
  async openObjections(reader: Reader, electionId: string): Promise<ReadonlyMap<string, number>> {
    const rows = await reader.rows<{ candidate_id: string; waiting: number }>(
      `SELECT candidate_id, COUNT(*) AS waiting FROM candidate_objections
       WHERE election_id = ? AND answered_at IS NULL GROUP BY candidate_id`,
      [electionId],
    );
    return new Map(rows.map((row) => [row.candidate_id, Number(row.waiting)]));
  }

  /** Members in office on a day, and the people they are (a chair may hold two offices), with the organisation that they are members of; null where the estate has none. */
  async committee(reader: Reader, estateId: string, on: CalendarDate) {
    const organisation = await reader.row<{ id: string; name: string }>(
      `SELECT o.id, o.name FROM organisation_estates e JOIN organisations o ON o.id = e.organisation_id
       WHERE e.estate_id = ? AND o.kind = 'COMMITTEE' ORDER BY o.id LIMIT 1`,
      [estateId],
    );
    if (organisation === null) return null;
    const members = await reader.rows<{ id: string; person_id: string; role: string }>(
      `SELECT id, person_id, role FROM memberships WHERE organisation_id = ? AND (estate_id IS NULL OR estate_id = ?)
         AND confirmed_at IS NOT NULL AND starts_on <= ? AND (ends_on IS NULL OR ends_on >= ?) ORDER BY id`,
      [organisation.id, estateId, on, on],
    );
    return { ...organisation, members, people: [...new Set(members.map((member) => member.person_id))] };
  }

  async isOwner(reader: Reader, estateId: string, personId: string): Promise<boolean> {
    const row = await reader.row(
      `SELECT 1 AS found FROM owners o JOIN ownerships s ON s.owner_id = o.id
       WHERE o.person_id = ? AND o.estate_id = ? LIMIT 1`,
      [personId, estateId],
    );
    return row !== null;
  }
}

function toElection(row: ElectionRow): Election {
  return {
    id: row.id,
    estateId: row.estate_id,
    kind: row.kind as ElectionKind,
    state: row.state as ElectionState,
    seats: row.seats,
    sitting: row.sitting,
    committeeSeats: row.committee_seats,
    terms: row.terms_json === null ? null : (JSON.parse(row.terms_json) as ElectionTerms),
    termYears: row.term_years,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    conditions: row.conditions,
    nominationsUntil: row.nominations_until,
    objectionsUntil: row.objections_until,
    assemblyId: row.assembly_id,
    outcome: row.outcome as ElectionOutcome | null,
    result: row.result_json === null ? null : (JSON.parse(row.result_json) as ElectionResult),
    runOffOf: row.run_off_of,
    officesProposedAt: row.offices_proposed_at,
    createdBy: row.created_by,
    createdAt: row.created_at,
  };
}
