import type { MigrationInterface, QueryRunner } from 'typeorm';
import { COLLECTED_KINDS } from '@linli/shared/income';
import {
  ascii,
  createTables,
  dropTables,
  fen,
  id,
  instant,
  integer,
  oneOf,
  table,
} from '../kernel/database/ddl.ts';

const tables = [
  table({
    /** What a published statement says came by WeChat, beside the entries that it was made of: in all, and by charge. */
    name: 'income_collected_sums',
    appendOnly: true,
    primaryKey: ['statement_id', 'kind', 'item_code'],
    columns: [
      id('statement_id'),
      oneOf('kind', COLLECTED_KINDS),
      /** '' for all charges together. */
      ascii('item_code', 40),
      id('estate_id'),
      /** The quarter: from its first instant on, and before the first one of the next. */
      instant('from_at'),
      instant('before_at'),
      fen('amount_fen'),
      integer('payments'),
      /** When the entries were summed. */
      instant('summed_at'),
    ],
    references: { statement_id: 'income_statements', estate_id: 'estates' },
  }),
];

/** Statements say what owners paid by WeChat. */
export class IncomeCollected1763701900000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, tables);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropTables(runner, tables);
  }
}
