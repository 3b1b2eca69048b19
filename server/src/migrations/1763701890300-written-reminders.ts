import { LEDGERS, NOTICE_DELIVERIES } from '@linli/shared/fees';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  amend,
  createTables,
  date,
  dialectOf,
  dropTables,
  id,
  instant,
  integer,
  longText,
  oneOf,
  table,
  text,
} from '../kernel/database/ddl.ts';
// Declares the table that is amended here.
import './1763701870000-relief.ts';

const tables = [
  /** 催告书: what was written to one household, numbered without a gap in its estate and year; never changed. */
  table({
    name: 'dunning_notices',
    columns: [
      id(),
      id('step_id'),
      id('estate_id'),
      id('unit_id'),
      text('unit_name', 120),
      oneOf('ledger', LEDGERS),
      integer('for_year'),
      integer('notice_number'),
      /** The company that asks. */
      text('issuer_name', 100),
      /** NoticedBill[], as they stood that day. */
      longText('bills'),
    ],
    unique: {
      uq_dunning_notices_step: ['step_id'],
      uq_dunning_notices_number: ['estate_id', 'for_year', 'notice_number'],
    },
    references: { step_id: 'dunning_steps', estate_id: 'estates', unit_id: 'units' },
    appendOnly: true,
  }),
  /** How the paper reached the household; once. */
  table({
    name: 'dunning_deliveries',
    columns: [
      id(),
      id('notice_id'),
      oneOf('method', NOTICE_DELIVERIES),
      date('delivered_on'),
      text('note', 200),
      id('recorded_by'),
      instant('recorded_at'),
    ],
    unique: { uq_dunning_deliveries_notice: ['notice_id'] },
    checks: { ck_dunning_deliveries_note: "method = 'BY_HAND' OR note <> ''" },
    references: { notice_id: 'dunning_notices', recorded_by: 'persons' },
    appendOnly: true,
  }),
];

const INDEX = 'ix_dunning_cases_estate';
amend('dunning_cases', ({ indexes }) => ({ indexes: { ...indexes, [INDEX]: ['estate_id', 'open_key'] } }));

/** 书面催告 on paper, with how it was delivered. */
export class WrittenReminders1763701890300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE INDEX ${INDEX} ON dunning_cases (estate_id, open_key)`);
    await createTables(runner, tables);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropTables(runner, tables);
    // The column's reference needs an index on MySQL: its own comes back before this one goes.
    const mysql = dialectOf(runner) === 'mysql';
    if (mysql) await runner.query('CREATE INDEX fk_dunning_cases_estate_id ON dunning_cases (estate_id)');
    await runner.query(`DROP INDEX ${INDEX}${mysql ? ' ON dunning_cases' : ''}`);
  }
}
