import { Injectable } from '@nestjs/common';
import type {
  Decision,
  DecisionOrigin,
  DecisionReference,
  DecisionStatus,
  FollowUpSummary,
  MatterNumber,
  VoteClass,
} from '@linli/shared/assembly';
import type { Reader } from '../../../kernel/database/index.ts';

export interface DecisionRow {
  id: string;
  decision_number: string;
  decided_on: string;
  matter: number;
  vote_class: string;
  title: string;
  purpose: string;
  amount_limit_fen: number | null;
  status: string;
  origin: string;
  assembly_id: string | null;
  scan_file_id: string | null;
  registered_by: string | null;
  registered_at: number;
  reviewed_by: string | null;
  reviewed_at: number | null;
  refusal: string | null;
}

const COLUMNS = `id, decision_number, decided_on, matter, vote_class, title, purpose, amount_limit_fen, status, origin,
  assembly_id, scan_file_id, registered_by, registered_at, reviewed_by, reviewed_at, refusal`;

/** Which decisions of an estate. */
export interface DecisionFilter {
  readonly status?: DecisionStatus | undefined;
  /** Only those in force, not finished and due before this day. */
  readonly overdueOn?: string | undefined;
}

@Injectable()
export class DecisionsRepository {
  byNumber(reader: Reader, estateId: string, number: string): Promise<DecisionRow | null> {
    return reader.row<DecisionRow>(
      `SELECT ${COLUMNS} FROM decisions WHERE estate_id = ? AND number_taken = ?`,
      [estateId, number],
    );
  }

  byId(reader: Reader, estateId: string, decisionId: string): Promise<DecisionRow | null> {
    return reader.row<DecisionRow>(`SELECT ${COLUMNS} FROM decisions WHERE estate_id = ? AND id = ?`, [
      estateId,
      decisionId,
    ]);
  }

  /** The newest first. */
  page(
    reader: Reader,
    estateId: string,
    { status, overdueOn }: DecisionFilter,
    after: string | undefined,
    limit: number,
  ): Promise<DecisionRow[]> {
    const conditions = ['estate_id = ?'];
    const values = [estateId];
    if (overdueOn !== undefined) {
      conditions.push(`status = 'IN_FORCE' AND id IN (SELECT f.decision_id FROM decision_follow_ups f
        WHERE f.estate_id = ? AND f.due_on < ? AND f.finish IS NULL)`);
      values.push(estateId, overdueOn);
    }
    if (status !== undefined) {
      conditions.push('status = ?');
      values.push(status);
    }
    if (after !== undefined) {
      conditions.push('id < ?');
      values.push(after);
    }
    return reader.rows<DecisionRow>(
      `SELECT ${COLUMNS} FROM decisions WHERE ${conditions.join(' AND ')} ORDER BY id DESC LIMIT ${limit + 1}`,
      values,
    );
  }
}

export function toReference(row: DecisionRow): DecisionReference {
  return {
    id: row.id,
    number: row.decision_number,
    decidedOn: row.decided_on,
    matter: row.matter as MatterNumber,
    voteClass: row.vote_class as VoteClass,
    title: row.title,
    status: row.status as DecisionStatus,
    amountLimitFen: row.amount_limit_fen,
    purpose: row.purpose,
  };
}

export function toDecision(row: DecisionRow, followUp: FollowUpSummary | undefined): Decision {
  return {
    ...toReference(row),
    origin: row.origin as DecisionOrigin,
    assemblyId: row.assembly_id,
    registeredAt: row.registered_at,
    followUp: (row.status === 'IN_FORCE' || row.status === 'ANNULLED' ? followUp : undefined) ?? null,
  };
}
