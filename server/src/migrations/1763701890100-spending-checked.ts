import type { MigrationInterface, QueryRunner } from 'typeorm';
import { BANK_SUBJECTS } from '@linli/shared/spending';
import {
  amend,
  ascii,
  createTables,
  date,
  dialectOf,
  dropTables,
  id,
  instant,
  integer,
  oneOf,
  table,
  text,
} from '../kernel/database/ddl.ts';
// Declare the tables that are amended here.
import './1763701850001-decision-follow-up.ts';
import './1763701880000-spending.ts';

amend('decision_follow_ups', ({ columns }) => ({
  /** The year for which the decision is a budget; named once, with the purposes. */
  columns: [...columns, integer('budget_year').orNull()],
}));

const INDEXES = [
  /** What an estate applied for within a year. */
  ['ix_spending_requests_applied', 'applied_at'],
  /** What it paid within a month. */
  ['ix_spending_requests_paid', 'paid_on'],
] as const;

amend('spending_requests', ({ indexes }) => ({
  indexes: {
    ...indexes,
    ...Object.fromEntries(INDEXES.map(([name, column]) => [name, ['estate_id', column]])),
  },
}));

const tables = [
  table({
    /** A payment and the line of the bank that shows it: each line stands for one payment. */
    name: 'spending_matches',
    primaryKey: ['spending_id'],
    columns: [
      id('spending_id'),
      /** Whose statement the line is of, as in bank_lines. */
      ascii('account', 32),
      text('serial', 80),
      date('line_on'),
      text('counterparty', 120),
      id('confirmed_by'),
      instant('confirmed_at'),
    ],
    unique: { uq_spending_matches_line: ['account', 'serial'] },
    references: { spending_id: 'spending_requests' },
  }),
  table({
    /** Why a payment is not at the bank, or what a withdrawal was that is no spend; said once, never changed. */
    name: 'bank_explanations',
    columns: [
      id(),
      id('estate_id'),
      oneOf('kind', BANK_SUBJECTS),
      /** The spend's id, or the bank's number of the line. */
      text('subject', 80),
      text('reason', 200),
      id('explained_by'),
      instant('explained_at'),
    ],
    unique: { uq_bank_explanations_subject: ['estate_id', 'kind', 'subject'] },
    references: { estate_id: 'estates' },
  }),
];

/** Budgets of a year, and payments that are compared with the lines of the bank. */
export class SpendingChecked1763701890100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, tables);
    const type = dialectOf(runner) === 'mysql' ? 'BIGINT' : 'INTEGER';
    await runner.query(`ALTER TABLE decision_follow_ups ADD COLUMN budget_year ${type} NULL`);
    for (const [name, column] of INDEXES)
      await runner.query(`CREATE INDEX ${name} ON spending_requests (estate_id, ${column})`);
    // Those were compared by eye; they are to be found among the lines of the bank.
    await runner.query(
      "UPDATE spending_requests SET state = 'PAID', reconciled_by = NULL, reconciled_at = NULL WHERE state = 'RECONCILED'",
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    const on = dialectOf(runner) === 'mysql' ? ' ON spending_requests' : '';
    for (const [name] of INDEXES) await runner.query(`DROP INDEX ${name}${on}`);
    await runner.query('ALTER TABLE decision_follow_ups DROP COLUMN budget_year');
    await dropTables(runner, tables);
  }
}
