import type { MigrationInterface, QueryRunner } from 'typeorm';
import { DIFFERENCE_CLASSES, DIFFERENCE_STATES, ENTRY_KINDS, RUN_STATES } from '@linli/shared/reconcile';
import {
  ascii,
  createTables,
  date,
  dropTables,
  fen,
  id,
  instant,
  integer,
  oneOf,
  table,
  text,
} from '../kernel/database/ddl.ts';

const tables = [
  /** A merchant's day beside WeChat's trade bill. */
  table({
    name: 'recon_runs',
    primaryKey: ['mch_id', 'on_date'],
    columns: [
      ascii('mch_id', 32),
      date('on_date'),
      oneOf('state', RUN_STATES),
      integer('payments'),
      fen('paid_fen'),
      integer('refunds'),
      fen('refunded_fen'),
      /** Hundred-thousandths of a yuan. */
      integer('fee_units'),
      fen('settlement_fen'),
      /** The bank's number of the line that brought it. */
      text('arrived_serial', 80).orNull(),
      integer('recovered'),
      text('fault', 200),
      instant('checked_at'),
    ],
  }),
  /** The lines of the bill, without whoever paid. */
  table({
    name: 'trade_bill_rows',
    primaryKey: ['mch_id', 'on_date', 'row_no'],
    columns: [
      ascii('mch_id', 32),
      date('on_date'),
      integer('row_no'),
      ascii('entry_key', 80),
      oneOf('kind', ENTRY_KINDS),
      ascii('order_no', 64),
      fen('amount_fen'),
      integer('fee_units'),
    ],
    indexes: { ix_trade_bill_rows_key: ['entry_key'] },
  }),
  table({
    name: 'recon_differences',
    columns: [
      id(),
      ascii('mch_id', 32),
      /** Absent where nobody can tell whose money it is: every estate of the merchant sees it. */
      id('estate_id').orNull(),
      date('on_date'),
      oneOf('class', DIFFERENCE_CLASSES),
      oneOf('kind', ENTRY_KINDS),
      ascii('entry_key', 90),
      ascii('order_no', 64),
      fen('ours_fen').orNull(),
      fen('theirs_fen').orNull(),
      text('detail', 200),
      oneOf('state', DIFFERENCE_STATES),
      text('outcome', 300),
      instant('found_at'),
    ],
    unique: { uq_recon_differences_entry: ['mch_id', 'entry_key', 'class', 'kind'] },
    indexes: { ix_recon_differences_day: ['mch_id', 'on_date'] },
  }),
  /** Lines of the bank's statements, each once however often its file is imported. */
  table({
    name: 'bank_lines',
    primaryKey: ['mch_id', 'serial'],
    columns: [
      ascii('mch_id', 32),
      text('serial', 80),
      date('on_date'),
      fen('amount_fen'),
      text('counterparty', 120),
      text('summary', 200),
      id('imported_by'),
      instant('imported_at'),
    ],
    indexes: { ix_bank_lines_day: ['mch_id', 'on_date'] },
  }),
];

/** Our books beside WeChat's trade bill and the bank's statement. */
export class Reconciliation1763701810001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, tables);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropTables(runner, tables);
  }
}
