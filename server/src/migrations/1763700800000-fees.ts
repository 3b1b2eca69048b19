import type { MigrationInterface, QueryRunner } from 'typeorm';
import { BILL_STATES, FEE_LIMITS, FEE_TARGETS, FEE_UNITS, INSTALMENTS, LEDGERS } from '@linli/shared/fees';
import {
  ascii,
  createTables,
  date,
  dropTables,
  fen,
  id,
  instant,
  integer,
  longText,
  oneOf,
  table,
  text,
} from '../kernel/database/ddl.ts';

const month = (name: string) => ascii(name, 7);

const scheduleTables = [
  table({
    name: 'fee_schedules',
    columns: [
      id(),
      id('estate_id'),
      integer('version'),
      month('effective_from'),
      text('reason', FEE_LIMITS.reasonMax),
      /** What is served for it, JSON. */
      longText('services_json'),
      id('published_by'),
      /** As it is shown: company, office, masked name. */
      text('published_label', 100),
      instant('published_at'),
    ],
    unique: { uq_fee_schedules_version: ['estate_id', 'version'] },
    references: { estate_id: 'estates', published_by: 'persons' },
  }),
  table({
    name: 'fee_items',
    columns: [
      id(),
      id('schedule_id'),
      id('estate_id'),
      integer('version'),
      integer('sort_order'),
      ascii('code', 40),
      text('name', FEE_LIMITS.nameMax),
      oneOf('target', Object.keys(FEE_TARGETS)),
      oneOf('unit', Object.keys(FEE_UNITS)),
      integer('rate_ten_thousandth_yuan'),
      text('service_grade', FEE_LIMITS.nameMax).orNull(),
      text('basis', FEE_LIMITS.basisMax),
      text('note', FEE_LIMITS.noteMax),
      oneOf('ledger', LEDGERS),
      integer('reference_rate').orNull(),
      text('reference_source', FEE_LIMITS.basisMax).orNull(),
    ],
    unique: { uq_fee_items_code: ['estate_id', 'version', 'code'] },
    checks: {
      ck_fee_items_rate: 'rate_ten_thousandth_yuan >= 0',
      ck_fee_items_basis: "basis <> ''",
    },
    references: { schedule_id: 'fee_schedules', estate_id: 'estates' },
  }),
  table({
    name: 'utility_months',
    columns: [
      id(),
      id('estate_id'),
      month('month'),
      longText('charges_json'),
      fen('total_fen'),
      id('published_by'),
      text('published_label', 100),
      instant('published_at'),
    ],
    unique: { uq_utility_months_month: ['estate_id', 'month'] },
    references: { estate_id: 'estates', published_by: 'persons' },
  }),
  table({
    name: 'utility_shares',
    primaryKey: ['utility_month_id', 'unit_id'],
    columns: [id('utility_month_id'), id('unit_id'), fen('amount_fen'), longText('lines_json')],
    references: { utility_month_id: 'utility_months', unit_id: 'units' },
  }),
];

const billTables = [
  table({
    name: 'billing_terms',
    primaryKey: ['estate_id'],
    columns: [
      id('estate_id'),
      integer('due_day'),
      integer('grace_days'),
      integer('late_fee_ppm_per_day'),
      text('late_fee_basis', FEE_LIMITS.basisMax).orNull(),
      oneOf('allocation', ['PRINCIPAL_FIRST', 'LATE_FEE_FIRST']),
      instant('updated_at'),
    ],
    // 违约金 only where the contract has it (民法典 585).
    checks: { ck_billing_terms_late_fee: 'late_fee_ppm_per_day = 0 OR late_fee_basis IS NOT NULL' },
    references: { estate_id: 'estates' },
  }),
  table({
    name: 'unit_billing',
    primaryKey: ['unit_id'],
    columns: [
      id('unit_id'),
      id('estate_id'),
      oneOf('instalment', INSTALMENTS),
      integer('common_parking_spaces'),
      date('delivered_on').orNull(),
      instant('updated_at'),
    ],
    indexes: { ix_unit_billing_estate: ['estate_id'] },
    checks: { ck_unit_billing_spaces: 'common_parking_spaces >= 0' },
    references: { unit_id: 'units', estate_id: 'estates' },
  }),
  table({
    name: 'bill_runs',
    columns: [
      id(),
      id('estate_id'),
      month('month'),
      month('utilities_of').orNull(),
      longText('one_offs_json'),
      ascii('fingerprint', 43),
      integer('bills'),
      fen('total_fen'),
      id('issued_by'),
      instant('issued_at'),
    ],
    indexes: { ix_bill_runs_month: ['estate_id', 'month', 'id'] },
    references: { estate_id: 'estates', issued_by: 'persons' },
  }),
  table({
    name: 'bills',
    columns: [
      id(),
      id('estate_id'),
      id('unit_id'),
      id('run_id'),
      /** unit:month:payer:ledger, so that nobody is billed twice; NULL once cancelled. */
      ascii('bill_key', 80).orNull(),
      text('unit_name', 130),
      /** The home's place in the roll, so that lists read like it. */
      integer('unit_order'),
      month('month'),
      oneOf('payer', ['OWNER', 'DEVELOPER']),
      oneOf('ledger', LEDGERS),
      date('due_on'),
      fen('total_fen'),
      fen('paid_fen'),
      fen('late_fee_paid_fen'),
      oneOf('state', BILL_STATES),
      /** The order that is being paid for it: one at a time. */
      ascii('pending_order_no', 32).orNull(),
      instant('issued_at'),
      instant('settled_at').orNull(),
      text('cancel_reason', FEE_LIMITS.reasonMax).orNull(),
    ],
    unique: { uq_bills_key: ['bill_key'] },
    indexes: {
      ix_bills_unit: ['unit_id', 'id'],
      ix_bills_month: ['estate_id', 'month', 'unit_order', 'id'],
      ix_bills_collected: ['estate_id', 'month', 'state', 'total_fen', 'paid_fen'],
    },
    checks: {
      ck_bills_paid: 'paid_fen BETWEEN 0 AND total_fen',
      ck_bills_state: "state <> 'PAID' OR paid_fen = total_fen",
    },
    references: { estate_id: 'estates', unit_id: 'units', run_id: 'bill_runs' },
  }),
  table({
    name: 'bill_lines',
    primaryKey: ['bill_id', 'line_no'],
    columns: [
      id('bill_id'),
      integer('line_no'),
      /** No line without a published item. */
      id('item_id'),
      ascii('item_code', 40),
      text('item_name', 90),
      integer('schedule_version'),
      month('first_month'),
      month('last_month'),
      integer('rate_ten_thousandth_yuan'),
      fen('amount_fen'),
      text('formula', 240),
      text('basis', FEE_LIMITS.basisMax),
    ],
    references: { bill_id: 'bills', item_id: 'fee_items' },
  }),
];

const tables = [...scheduleTables, ...billTables];

/** Fee schedules, common utilities and the bills made of them. */
export class Fees1763700800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, tables);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropTables(runner, tables);
  }
}
