import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ulid } from 'ulid';
import { BOOK_LINE_SOURCES, fundLineOf, INCOME_LIMITS, type StatementLine } from '@linli/shared/income';
import { startOfDay } from '@linli/shared/kernel';
import { fundLineBooked, fundOpened, type LedgerGroup } from '@linli/shared/ledger';
import {
  ascii,
  createTables,
  dropTables,
  fen,
  id,
  instant,
  longText,
  oneOf,
  table,
  text,
} from '../kernel/database/ddl.ts';
import { postGroups } from './1763701800000-ledger.ts';

const tables = [
  table({
    /** The public income's books 账簿: what came in and went out, each line with its entries in the ledger. */
    name: 'income_book_lines',
    appendOnly: true,
    columns: [
      id(),
      id('estate_id'),
      ascii('quarter', 6),
      oneOf('source', BOOK_LINE_SOURCES),
      oneOf('direction', ['INCOME', 'SPEND']),
      ascii('category', 26),
      /** StatementLine. */
      longText('line_json'),
      /** What of it counts as net income, and what as spending. */
      fen('income_net_fen'),
      fen('spend_fen'),
      id('statement_id').orNull(),
      id('booked_by'),
      instant('booked_at'),
    ],
    indexes: { ix_income_book_lines_quarter: ['estate_id', 'quarter', 'id'] },
    references: { estate_id: 'estates' },
  }),
  table({
    /** 冲销: a line is taken back once, and stays to be read. */
    name: 'income_book_corrections',
    appendOnly: true,
    columns: [
      id(),
      id('line_id'),
      text('reason', INCOME_LIMITS.reasonMax),
      id('taken_back_by'),
      instant('taken_back_at'),
    ],
    unique: { uq_income_book_corrections_line: ['line_id'] },
    references: { line_id: 'income_book_lines' },
  }),
  table({
    /** 凭证公开件: the copy without personal data that owners see in the original's place; the newest counts. */
    name: 'income_voucher_copies',
    appendOnly: true,
    columns: [id(), id('estate_id'), id('original_id'), id('copy_id'), id('made_by'), instant('made_at')],
    unique: { uq_income_voucher_copies_copy: ['copy_id'] },
    indexes: { ix_income_voucher_copies_original: ['original_id', 'id'] },
    references: { estate_id: 'estates', original_id: 'files', copy_id: 'files' },
  }),
];

interface PublishedRow {
  id: string;
  estate_id: string;
  quarter: string;
  opening_fen: number | string;
  published_at: number | string;
  submitted_by: string;
  content_json: string;
}

/** The books of the public income, with what was published before there were any. */
export class IncomeBooks1763701890500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, tables);
    const published = (await runner.query(
      `SELECT id, estate_id, quarter, opening_fen, published_at, submitted_by, content_json FROM income_statements
       WHERE current_key IS NOT NULL ORDER BY estate_id, current_key`,
    )) as PublishedRow[];
    let estateId = '';
    for (const row of published) {
      const groups = await bookLines(runner, row);
      if (row.estate_id !== estateId) groups.unshift(openingOf(row));
      estateId = row.estate_id;
      await postGroups(runner, groups);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropTables(runner, tables);
  }
}

async function bookLines(runner: QueryRunner, row: PublishedRow): Promise<LedgerGroup[]> {
  const { lines } = JSON.parse(row.content_json) as { readonly lines: readonly StatementLine[] };
  const groups: LedgerGroup[] = [];
  for (const line of lines) {
    const lineId = ulid(Number(row.published_at));
    await runner.query(
      `INSERT INTO income_book_lines (id, estate_id, quarter, source, direction, category, line_json, income_net_fen, spend_fen, statement_id,
         booked_by, booked_at) VALUES (?, ?, ?, 'STATEMENT', ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        lineId,
        row.estate_id,
        row.quarter,
        line.dir,
        line.category,
        JSON.stringify(line),
        line.dir === 'INCOME' ? line.netFen : 0,
        line.dir === 'SPEND' ? line.amountFen : 0,
        row.id,
        row.submitted_by,
        Number(row.published_at),
      ],
    );
    const happening = {
      estateId: row.estate_id,
      book: 'PUBLIC_INCOME',
      occurredAt: startOfDay(line.date),
    } as const;
    groups.push(fundLineBooked({ ...happening, lineId, line: fundLineOf(line) }));
  }
  return groups;
}

function openingOf({
  id: statementId,
  estate_id: estateId,
  opening_fen,
  published_at,
}: PublishedRow): LedgerGroup {
  return fundOpened({
    statementId,
    estateId,
    book: 'PUBLIC_INCOME',
    openingFen: Number(opening_fen),
    occurredAt: Number(published_at),
  });
}
