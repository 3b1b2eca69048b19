import { Injectable } from '@nestjs/common';
import type { SpendCategory } from '@linli/shared/income';
import { type CalendarDate, type Instant, shanghaiDate } from '@linli/shared/kernel';
import type { ApplicantBody, SpendingPeople, SpendingState, UndecidedSpend } from '@linli/shared/spending';
import {
  type Reader,
  type SqlRecord,
  type SqlValue,
  type Transaction,
  update,
} from '../../../kernel/database/index.ts';

export interface SpendingRow {
  id: string;
  estate_id: string;
  category: SpendCategory;
  request_text: string;
  payee: string;
  amount_fen: number;
  file_ids: string;
  decision_id: string | null;
  decision_number: string | null;
  decision_title: string | null;
  decision_budget_year: number | null;
  threshold_fen: number | null;
  state: SpendingState;
  applied_as: ApplicantBody;
  applied_by: string;
  applied_at: number;
  confirmed_by: string | null;
  confirmed_at: number | null;
  filed_by: string | null;
  filed_at: number | null;
  paid_by: string | null;
  paid_at: number | null;
  paid_on: string | null;
  bank_line_no: string | null;
  receipt_file_id: string | null;
  reconciled_by: string | null;
  reconciled_at: number | null;
  closed_by: string | null;
  closed_at: number | null;
  closed_reason: string;
}

/** Which requests of an estate. */
export interface SpendingFilter {
  readonly state?: SpendingState | undefined;
  /** Those that cite this decision. */
  readonly decisionId?: string | undefined;
}

const SELECT = `SELECT s.*, d.decision_number, d.title AS decision_title, f.budget_year AS decision_budget_year
  FROM spending_requests s LEFT JOIN decisions d ON d.id = s.decision_id
  LEFT JOIN decision_follow_ups f ON f.decision_id = s.decision_id`;

@Injectable()
export class SpendingRepository {
  byId(reader: Reader, estateId: string, id: string): Promise<SpendingRow | null> {
    return reader.row<SpendingRow>(`${SELECT} WHERE s.estate_id = ? AND s.id = ?`, [estateId, id]);
  }

  async byIds(reader: Reader, estateId: string, ids: readonly string[]): Promise<SpendingRow[]> {
    if (ids.length === 0) return [];
    return reader.rows<SpendingRow>(
      `${SELECT} WHERE s.estate_id = ? AND s.id IN (${ids.map(() => '?').join(', ')})`,
      [estateId, ...ids],
    );
  }

  /** The newest first; one more than `limit` where there are more. */
  page(
    reader: Reader,
    estateId: string,
    { state, decisionId }: SpendingFilter,
    after: string | undefined,
    limit: number,
  ): Promise<SpendingRow[]> {
    const conditions = ['s.estate_id = ?'];
    const values: SqlValue[] = [estateId];
    const where = (condition: string, value: string | undefined) => {
      if (value === undefined) return;
      conditions.push(condition);
      values.push(value);
    };
    where('s.state = ?', state);
    where('s.decision_id = ?', decisionId);
    where('s.id < ?', after);
    return reader.rows<SpendingRow>(
      `${SELECT} WHERE ${conditions.join(' AND ')} ORDER BY s.id DESC LIMIT ${limit + 1}`,
      values,
    );
  }

  /** What is not at its end, the oldest first: an estate has a handful. */
  open(reader: Reader, estateId: string): Promise<SpendingRow[]> {
    return reader.rows<SpendingRow>(
      `${SELECT} WHERE s.estate_id = ? AND s.state IN ('APPLIED', 'COMMITTEE_CONFIRMED', 'STREET_FILED', 'PAID')
       ORDER BY s.id LIMIT 200`,
      [estateId],
    );
  }

  /** Until the transaction ends nobody else adds up what this estate spends. */
  async hold(tx: Transaction, estateId: string): Promise<void> {
    await tx.run('UPDATE estates SET spend_vote_threshold_fen = spend_vote_threshold_fen WHERE id = ?', [
      estateId,
    ]);
  }

  /** What stands without a decision among what was applied for in this time. */
  async undecided(
    reader: Reader,
    estateId: string,
    from: Instant,
    until: Instant,
  ): Promise<readonly (UndecidedSpend & { readonly id: string })[]> {
    const rows = await reader.rows<
      Pick<SpendingRow, 'id' | 'category' | 'payee' | 'amount_fen' | 'applied_at'>
    >(
      `SELECT id, category, payee, amount_fen, applied_at FROM spending_requests
       WHERE estate_id = ? AND applied_at BETWEEN ? AND ? AND decision_id IS NULL
         AND state NOT IN ('REJECTED', 'WITHDRAWN')`,
      [estateId, from, until],
    );
    return rows.map(({ amount_fen: amountFen, applied_at: appliedAt, ...row }) => ({
      ...row,
      amountFen,
      on: shanghaiDate(appliedAt),
    }));
  }

  /** What was paid between these days, the oldest first. */
  paidBetween(
    reader: Reader,
    estateId: string,
    from: CalendarDate,
    until: CalendarDate,
  ): Promise<SpendingRow[]> {
    return reader.rows<SpendingRow>(
      `${SELECT} WHERE s.estate_id = ? AND s.paid_on BETWEEN ? AND ? ORDER BY s.paid_on, s.id`,
      [estateId, from, until],
    );
  }

  /** False where somebody was faster: of two steps at once one is taken. */
  async move(
    tx: Transaction,
    { id, state }: Pick<SpendingRow, 'id' | 'state'>,
    to: SpendingState,
    facts: SqlRecord,
  ): Promise<boolean> {
    return (await update(tx, 'spending_requests', { state: to, ...facts }, { id, state })) === 1;
  }
}

export function peopleOf(row: SpendingRow): SpendingPeople {
  return {
    appliedBy: row.applied_by,
    confirmedBy: row.confirmed_by,
    filedBy: row.filed_by,
    paidBy: row.paid_by,
  };
}
