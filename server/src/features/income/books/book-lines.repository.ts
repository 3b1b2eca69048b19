import { Injectable } from '@nestjs/common';
import type { BookLine, BookLineSource, StatementLine } from '@linli/shared/income';
import { type Quarter, quarterOf } from '@linli/shared/kernel';
import type { Days, UndecidedSpend } from '@linli/shared/spending';
import type { Reader } from '../../../kernel/database/index.ts';

export interface BookLineRow {
  id: string;
  estate_id: string;
  quarter: string;
  source: BookLineSource;
  line_json: string;
  booked_by: string;
  booked_at: number;
  taken_back_by: string | null;
  taken_back_at: number | null;
  taken_back_reason: string | null;
}

/** What the books of a quarter come to, without what was taken back. */
export interface BookedSums {
  readonly incomeNetFen: number;
  readonly spendFen: number;
}

const SELECT = `SELECT l.id, l.estate_id, l.quarter, l.source, l.line_json, l.booked_by, l.booked_at,
  c.taken_back_by, c.taken_back_at, c.reason AS taken_back_reason
  FROM income_book_lines l LEFT JOIN income_book_corrections c ON c.line_id = l.id`;

@Injectable()
export class BookLinesRepository {
  byId(reader: Reader, estateId: string, id: string): Promise<BookLineRow | null> {
    return reader.row<BookLineRow>(`${SELECT} WHERE l.estate_id = ? AND l.id = ?`, [estateId, id]);
  }

  async byIds(reader: Reader, estateId: string, ids: readonly string[]): Promise<BookLineRow[]> {
    if (ids.length === 0) return [];
    return reader.rows<BookLineRow>(
      `${SELECT} WHERE l.estate_id = ? AND l.id IN (${ids.map(() => '?').join(', ')})`,
      [estateId, ...ids],
    );
  }

  /** The first quarter before this one in which something was booked by itself, or paid, and stands. */
  async firstBefore(reader: Reader, estateId: string, quarter: Quarter): Promise<Quarter | null> {
    const row = await reader.row<{ quarter: string | null }>(
      `SELECT MIN(l.quarter) AS quarter FROM income_book_lines l
       WHERE l.estate_id = ? AND l.quarter < ? AND l.source <> 'STATEMENT'
         AND NOT EXISTS (SELECT 1 FROM income_book_corrections c WHERE c.line_id = l.id)`,
      [estateId, quarter],
    );
    return row?.quarter ?? null;
  }

  /** In the order in which they were booked. */
  ofQuarter(reader: Reader, estateId: string, quarter: Quarter): Promise<BookLineRow[]> {
    return reader.rows<BookLineRow>(`${SELECT} WHERE l.estate_id = ? AND l.quarter = ? ORDER BY l.id`, [
      estateId,
      quarter,
    ]);
  }

  /** What was booked by itself within these days and cites no decision 没有决定的支出. */
  async undecided(
    reader: Reader,
    estateId: string,
    { from, until }: Days,
  ): Promise<readonly (UndecidedSpend & { readonly id: string })[]> {
    const rows = await reader.rows<BookLineRow>(
      `${SELECT} WHERE l.estate_id = ? AND l.quarter BETWEEN ? AND ? AND l.source = 'JOURNAL' AND l.direction = 'SPEND'
         AND c.id IS NULL`,
      [estateId, quarterOf(from), quarterOf(until)],
    );
    return rows.map(toBookLine).flatMap(({ id, line }) => {
      if (line.dir !== 'SPEND' || line.decisionNo !== null || line.date < from || line.date > until)
        return [];
      const { category, counterparty: payee, amountFen, date: on } = line;
      return { id, category, payee, amountFen, on };
    });
  }

  /** Of every quarter that has any. */
  async sums(reader: Reader, estateId: string): Promise<ReadonlyMap<Quarter, BookedSums>> {
    const rows = await reader.rows<{ quarter: string; income_net_fen: number; spend_fen: number }>(
      `SELECT l.quarter, SUM(l.income_net_fen) AS income_net_fen, SUM(l.spend_fen) AS spend_fen
       FROM income_book_lines l
       WHERE l.estate_id = ? AND NOT EXISTS (SELECT 1 FROM income_book_corrections c WHERE c.line_id = l.id)
       GROUP BY l.quarter`,
      [estateId],
    );
    // Sums are DECIMAL on MySQL and may arrive as text.
    return new Map(
      rows.map((row) => [
        row.quarter,
        { incomeNetFen: Number(row.income_net_fen), spendFen: Number(row.spend_fen) },
      ]),
    );
  }
}

export function toBookLine(row: BookLineRow): BookLine {
  return {
    id: row.id,
    source: row.source,
    line: JSON.parse(row.line_json) as StatementLine,
    takenBackAt: row.taken_back_at,
  };
}
