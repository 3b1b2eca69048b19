import { Injectable } from '@nestjs/common';
import {
  type AssemblyState,
  type AssemblyStage,
  assemblyStateAt,
  type MatterNumber,
  type MotionScope,
  type MotionState,
  type OnlineBallotMode,
  type TallyResult,
  type VoteClass,
  type VotingRules,
} from '@linli/shared/assembly';
import type { CalendarDate, Instant } from '@linli/shared/kernel';
import type { Reader, SqlValue } from '../../kernel/database/index.ts';

interface AssemblyRow {
  id: string;
  estate_id: string;
  state: string;
  meeting_year: number | null;
  meeting_of_year: number | null;
  title: string;
  summary: string;
  convener: string;
  ballot_mode: string;
  opinions_asked_on: string | null;
  opinions_until: number | null;
  objections_until: number | null;
  opens_at: number | null;
  closes_at: number | null;
  informed_on: string | null;
  noticed_on: string | null;
  rules_json: string | null;
  rules_hash: string | null;
  extension_max_days: number | null;
  frozen_at: number | null;
  roll_hash: string | null;
  ballots_hash: string | null;
  counted_at: number | null;
  published_at: number | null;
  cancelled_at: number | null;
  cancel_reason: string | null;
  version: number;
}

/** A meeting as it is stored; `stored` may lag behind the clock, {@link stateAt} does not. */
export interface Assembly {
  readonly id: string;
  readonly estateId: string;
  readonly stored: AssemblyState;
  readonly year: number | null;
  readonly ofYear: number | null;
  readonly title: string;
  readonly summary: string;
  readonly convener: string;
  readonly ballotMode: OnlineBallotMode;
  readonly opinionsAskedOn: CalendarDate | null;
  readonly opinionsUntil: Instant | null;
  readonly objectionsUntil: Instant | null;
  readonly opensAt: Instant | null;
  readonly closesAt: Instant | null;
  readonly informedOn: CalendarDate | null;
  readonly noticedOn: CalendarDate | null;
  /** Null before the notice. */
  readonly rules: VotingRules | null;
  readonly rulesHash: string | null;
  /** By how many days the vote may be extended in all, as it was at the notice; null before it. */
  readonly extensionMaxDays: number | null;
  readonly frozenAt: Instant | null;
  readonly rollHash: string | null;
  readonly ballotsHash: string | null;
  readonly countedAt: Instant | null;
  readonly publishedAt: Instant | null;
  readonly cancelledAt: Instant | null;
  readonly cancelReason: string | null;
  readonly version: number;
}

interface MotionRow {
  id: string;
  assembly_id: string;
  position: number;
  matter: number;
  vote_class: string;
  title: string;
  motion_text: string;
  scope_json: string;
  amount_limit_fen: number | null;
  state: string;
  withdrawn_at: number | null;
  withdrawn_reason: string | null;
  election_id: string | null;
  result_json: string | null;
  decision_number: string | null;
}

/** The count of a motion as it is kept: without its lists of ballots, with how many were not taken. */
export interface StoredResult extends Omit<TallyResult, 'rejected' | 'setAside'> {
  readonly rejectedBallots: Readonly<Record<string, number>>;
}

export interface Motion {
  readonly id: string;
  readonly assemblyId: string;
  readonly position: number;
  readonly matter: MatterNumber;
  readonly voteClass: VoteClass;
  readonly title: string;
  readonly text: string;
  readonly scope: MotionScope;
  readonly amountLimitFen: number | null;
  readonly state: MotionState;
  readonly withdrawn: { readonly at: Instant; readonly reason: string } | null;
  readonly electionId: string | null;
  readonly result: StoredResult | null;
  readonly decisionNumber: string | null;
}

const ASSEMBLY = `id, estate_id, state, meeting_year, meeting_of_year, title, summary, convener, ballot_mode,
  opinions_asked_on, opinions_until, objections_until, opens_at, closes_at, informed_on, noticed_on, rules_json, rules_hash,
  extension_max_days, frozen_at, roll_hash, ballots_hash, counted_at, published_at, cancelled_at, cancel_reason, version`;
const MOTION = `id, assembly_id, position, matter, vote_class, title, motion_text, scope_json, amount_limit_fen, state,
  withdrawn_at, withdrawn_reason, election_id, result_json, decision_number`;

@Injectable()
export class AssembliesRepository {
  async byId(reader: Reader, estateId: string, assemblyId: string): Promise<Assembly | null> {
    const row = await reader.row<AssemblyRow>(
      `SELECT ${ASSEMBLY} FROM assemblies WHERE estate_id = ? AND id = ?`,
      [estateId, assemblyId],
    );
    return row === null ? null : toAssembly(row);
  }

  /** The newest first; a draft that was thrown away before anyone saw it is nobody's business but the convener's. */
  async page(
    reader: Reader,
    estateId: string,
    stage: AssemblyStage | 'ALL',
    now: Instant,
    after: string | undefined,
    limit: number,
  ): Promise<Assembly[]> {
    const { condition, values } = stageCondition(stage, now);
    const keyset = after === undefined ? '' : 'AND id < ?';
    const rows = await reader.rows<AssemblyRow>(
      `SELECT ${ASSEMBLY} FROM assemblies WHERE estate_id = ? AND (${condition}) ${keyset}
       ORDER BY id DESC LIMIT ${limit + 1}`,
      [estateId, ...values, ...(after === undefined ? [] : [after])],
    );
    return rows.map(toAssembly);
  }

  async motions(reader: Reader, assemblyId: string): Promise<Motion[]> {
    return this.motionsOf(reader, [assemblyId]);
  }

  async motionsOf(reader: Reader, assemblyIds: readonly string[]): Promise<Motion[]> {
    if (assemblyIds.length === 0) return [];
    const rows = await reader.rows<MotionRow>(
      `SELECT ${MOTION} FROM assembly_motions WHERE assembly_id IN (${assemblyIds.map(() => '?').join(', ')})
       ORDER BY assembly_id, position, id`,
      assemblyIds,
    );
    return rows.map(toMotion);
  }

  async materialIds(reader: Reader, assemblyId: string): Promise<string[]> {
    const rows = await reader.rows<{ file_id: string }>(
      'SELECT file_id FROM assembly_materials WHERE assembly_id = ? ORDER BY position, file_id',
      [assemblyId],
    );
    return rows.map((row) => row.file_id);
  }
}

const SEEN = 'noticed_on IS NOT NULL OR opinions_asked_on IS NOT NULL';

function stageCondition(
  stage: AssemblyStage | 'ALL',
  now: Instant,
): { condition: string; values: readonly SqlValue[] } {
  switch (stage) {
    case 'OPEN':
      return {
        condition: "state IN ('NOTICED', 'VOTING') AND opens_at <= ? AND closes_at >= ?",
        values: [now, now],
      };
    case 'COMING':
      return { condition: "state = 'OPINIONS' OR (state = 'NOTICED' AND opens_at > ?)", values: [now] };
    case 'DECIDED':
      return {
        condition: `state IN ('CLOSED', 'DECIDED', 'PUBLISHED') OR (state IN ('NOTICED', 'VOTING') AND closes_at < ?)
          OR (state = 'CANCELLED' AND (${SEEN}))`,
        values: [now],
      };
    case 'DRAFTS':
      return { condition: "state = 'DRAFT'", values: [] };
    case 'ALL':
      return {
        condition: `state IN ('OPINIONS', 'NOTICED', 'VOTING', 'CLOSED', 'DECIDED', 'PUBLISHED')
          OR (state = 'CANCELLED' AND (${SEEN}))`,
        values: [],
      };
  }
}

/** Where the meeting stands by the clock. */
export function stateAt(assembly: Assembly, now: Instant): AssemblyState {
  const { stored, opensAt, closesAt } = assembly;
  return opensAt === null || closesAt === null ? stored : assemblyStateAt(stored, { opensAt, closesAt }, now);
}

/** 2026年第2次业主大会会议; before the notice it has no number yet. */
export function meetingName({ year, ofYear }: Assembly): string {
  return year === null || ofYear === null ? '业主大会会议（筹备中）' : `${year}年第${ofYear}次业主大会会议`;
}

/** Whether residents have ever been told of it. */
export function isPublic(assembly: Assembly): boolean {
  if (assembly.stored === 'DRAFT') return false;
  return assembly.stored !== 'CANCELLED' || assembly.noticedOn !== null || assembly.opinionsAskedOn !== null;
}

function toAssembly(row: AssemblyRow): Assembly {
  return {
    id: row.id,
    estateId: row.estate_id,
    stored: row.state as AssemblyState,
    year: row.meeting_year,
    ofYear: row.meeting_of_year,
    title: row.title,
    summary: row.summary,
    convener: row.convener,
    ballotMode: row.ballot_mode as OnlineBallotMode,
    opinionsAskedOn: row.opinions_asked_on,
    opinionsUntil: row.opinions_until,
    objectionsUntil: row.objections_until,
    opensAt: row.opens_at,
    closesAt: row.closes_at,
    informedOn: row.informed_on,
    noticedOn: row.noticed_on,
    rules: row.rules_json === null ? null : (JSON.parse(row.rules_json) as VotingRules),
    rulesHash: row.rules_hash,
    extensionMaxDays: row.extension_max_days,
    frozenAt: row.frozen_at,
    rollHash: row.roll_hash,
    ballotsHash: row.ballots_hash,
    countedAt: row.counted_at,
    publishedAt: row.published_at,
    cancelledAt: row.cancelled_at,
    cancelReason: row.cancel_reason,
    version: row.version,
  };
}

function toMotion(row: MotionRow): Motion {
  return {
    id: row.id,
    assemblyId: row.assembly_id,
    position: row.position,
    matter: row.matter as MatterNumber,
    voteClass: row.vote_class as VoteClass,
    title: row.title,
    text: row.motion_text,
    scope: JSON.parse(row.scope_json) as MotionScope,
    amountLimitFen: row.amount_limit_fen,
    state: row.state as MotionState,
    withdrawn:
      row.withdrawn_at === null ? null : { at: row.withdrawn_at, reason: row.withdrawn_reason ?? '' },
    electionId: row.election_id,
    result: row.result_json === null ? null : (JSON.parse(row.result_json) as StoredResult),
    decisionNumber: row.decision_number,
  };
}
