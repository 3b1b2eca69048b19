import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ulid } from 'ulid';
import { tidyDecisionNumber } from '@linli/shared/assembly';
import { formatLine, type SpendLine } from '@linli/shared/income';
import { amend, dialectOf, dropGuards, guardTables, id } from '../kernel/database/ddl.ts';
// Declare the tables that are amended here.
import './1763701850001-decision-follow-up.ts';
import './1763701890500-income-books.ts';

const { after: lines } = amend('income_book_lines', ({ columns }) => ({
  /** The decision that allows a spend; income that cites one moves nothing off it. */
  columns: [...columns, id('decision_id').orNull()],
}));

interface BookedRow {
  id: string;
  estate_id: string;
  source: string;
  line_json: string;
  booked_by: string;
  booked_at: number | string;
  taken_back: number | string;
}

/** What the books spent under a decision is charged to it, as payments of the joint account are. */
export class ChargedLines1763701910000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = dialectOf(runner) === 'mysql' ? 'VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin' : 'TEXT';
    await runner.query(`ALTER TABLE income_book_lines ADD COLUMN decision_id ${type} NULL`);
    await dropGuards(runner, [lines]);
    const booked = (await runner.query(
      `SELECT l.id, l.estate_id, l.source, l.line_json, l.booked_by, l.booked_at,
         CASE WHEN c.id IS NULL THEN 0 ELSE 1 END AS taken_back
       FROM income_book_lines l LEFT JOIN income_book_corrections c ON c.line_id = l.id
       WHERE l.direction = 'SPEND' ORDER BY l.id`,
    )) as BookedRow[];
    const known = new Set(booked.map((row) => row.id));
    for (const row of booked) await chargeLine(runner, row, known);
    await guardTables(runner, [lines]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `UPDATE decision_follow_ups SET spent_fen = spent_fen - (SELECT COALESCE(SUM(s.amount_fen), 0) FROM decision_spends s
         WHERE s.decision_id = decision_follow_ups.decision_id AND s.source_kind = 'INCOME_LINE' AND s.released_at IS NULL)`,
    );
    await runner.query("DELETE FROM decision_spends WHERE source_kind = 'INCOME_LINE'");
    await runner.query('ALTER TABLE income_book_lines DROP COLUMN decision_id');
  }
}

/** It was accepted as the rules were then: what was spent is charged, whatever is left. */
async function chargeLine(runner: QueryRunner, row: BookedRow, known: Set<string>): Promise<void> {
  const line = JSON.parse(row.line_json) as SpendLine;
  if (line.decisionNo === null) return;
  const decisionId = await decisionOf(runner, row.estate_id, line.decisionNo);
  if (decisionId === null) return;
  const stands = row.source !== 'SPENDING' && Number(row.taken_back) === 0;
  const paymentId = stands ? await paymentOf(runner, row, decisionId, line, known) : null;
  if (paymentId !== null) {
    // Published before there were books: it was charged when the committee confirmed it.
    known.add(paymentId);
    return;
  }
  await runner.query('UPDATE income_book_lines SET decision_id = ? WHERE id = ?', [decisionId, row.id]);
  if (!stands) return;
  const at = Number(row.booked_at);
  await runner.query(
    `INSERT INTO decision_spends (id, decision_id, estate_id, purpose, amount_fen, source_kind, source_id, spent_on, charged_at,
       released_at) VALUES (?, ?, ?, ?, ?, 'INCOME_LINE', ?, ?, ?, NULL)`,
    [ulid(at), decisionId, row.estate_id, line.category, line.amountFen, row.id, line.date, at],
  );
  await runner.query('UPDATE decision_follow_ups SET spent_fen = spent_fen + ? WHERE decision_id = ?', [
    line.amountFen,
    decisionId,
  ]);
  await runner.query(
    `INSERT INTO decision_events (id, decision_id, estate_id, kind, event_text, file_ids, due_from, due_to, amount_fen, person_id,
       at) VALUES (?, ?, ?, 'SPENT', ?, '[]', NULL, NULL, ?, ?, ?)`,
    [ulid(at), decisionId, row.estate_id, formatLine(line), line.amountFen, row.booked_by, at],
  );
}

/** The payment of the joint account that a line of a statement is, where the books do not know it as one. */
async function paymentOf(
  runner: QueryRunner,
  row: BookedRow,
  decisionId: string,
  { amountFen, date }: SpendLine,
  known: ReadonlySet<string>,
): Promise<string | null> {
  const found = (await runner.query(
    'SELECT id FROM spending_requests WHERE estate_id = ? AND decision_id = ? AND amount_fen = ? AND paid_on = ? ORDER BY id',
    [row.estate_id, decisionId, amountFen, date],
  )) as { id: string }[];
  return found.find(({ id: paymentId }) => !known.has(paymentId))?.id ?? null;
}

async function decisionOf(runner: QueryRunner, estateId: string, number: string): Promise<string | null> {
  const found = (await runner.query(
    'SELECT id FROM decisions WHERE estate_id = ? AND number_taken IN (?, ?) ORDER BY id',
    [estateId, number.trim(), tidyDecisionNumber(number)],
  )) as { id: string }[];
  return found[0]?.id ?? null;
}
