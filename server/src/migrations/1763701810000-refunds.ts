import type { MigrationInterface, QueryRunner } from 'typeorm';
import { LEDGERS } from '@linli/shared/fees';
import {
  CREDIT_STATES,
  PROPOSAL_SUBJECTS,
  QUARANTINE_STATES,
  REFUND_EFFECTS,
  REFUND_STATES,
  REFUND_SUBJECTS,
  VERDICTS,
} from '@linli/shared/refunds';
import {
  amend,
  ascii,
  createTables,
  dialectOf,
  dropTables,
  fen,
  id,
  instant,
  integer,
  oneOf,
  table,
  text,
} from '../kernel/database/ddl.ts';
// Declares the tables that are amended here.
import './1763700900000-payments.ts';

const tables = [
  /** Money given back 退款: its number is stored before the gateway hears of it, and never changes. */
  table({
    name: 'refunds',
    columns: [
      id(),
      /** `out_refund_no`: the same in every try. */
      ascii('refund_no', 32),
      id('estate_id'),
      oneOf('ledger', LEDGERS),
      oneOf('subject', REFUND_SUBJECTS),
      /** The order, the credit or the quarantined payment. */
      id('subject_id'),
      oneOf('effect', REFUND_EFFECTS),
      id('order_id').orNull(),
      id('bill_id').orNull(),
      id('unit_id').orNull(),
      /** The payer; absent where the order is not known. */
      id('person_id').orNull(),
      ascii('order_no', 64),
      ascii('transaction_id', 64),
      fen('amount_fen'),
      /** The whole payment, as the gateway knows it. */
      fen('total_fen'),
      text('reason', 200),
      oneOf('state', REFUND_STATES),
      /** Absent where money that paid nothing goes back by itself. */
      id('asked_by').orNull(),
      instant('asked_at'),
      id('decided_by').orNull(),
      instant('decided_at').orNull(),
      text('note', 200),
      instant('sent_at').orNull(),
      /** When the gateway took it: the day of the trade bill that shows it. */
      instant('accepted_at').orNull(),
      ascii('gateway_refund_id', 64).orNull(),
      instant('ended_at').orNull(),
      /** What the gateway last said where it did not take it; not signed, so only a hint. */
      text('hint', 200),
    ],
    unique: { uq_refunds_no: ['refund_no'] },
    indexes: {
      ix_refunds_estate: ['estate_id', 'id'],
      ix_refunds_state: ['estate_id', 'state', 'id'],
      ix_refunds_transaction: ['transaction_id'],
      ix_refunds_person: ['person_id', 'id'],
      ix_refunds_sent: ['sent_at'],
    },
    checks: { ck_refunds_amount: 'amount_fen > 0 AND amount_fen <= total_fen' },
    references: { estate_id: 'estates', order_id: 'pay_orders', bill_id: 'bills' },
  }),
  /** What two people settle at the desk: proposed with a reason, decided by another. */
  table({
    name: 'desk_proposals',
    columns: [
      id(),
      id('estate_id'),
      oneOf('subject', PROPOSAL_SUBJECTS),
      id('subject_id'),
      oneOf('outcome', ['KEEP', 'CREDIT', 'DISMISS', 'EXPLAIN', 'CORRECTED']),
      text('reason', 200),
      id('asked_by'),
      instant('asked_at'),
      id('decided_by').orNull(),
      instant('decided_at').orNull(),
      oneOf('verdict', VERDICTS).orNull(),
      text('note', 200),
      /** The subject while it is undecided: one at a time. */
      id('open_subject_id').orNull(),
    ],
    unique: { uq_desk_proposals_open: ['open_subject_id'] },
    indexes: { ix_desk_proposals_subject: ['subject_id', 'id'] },
    checks: { ck_desk_proposals_two: 'decided_by IS NULL OR decided_by <> asked_by' },
    references: { estate_id: 'estates' },
  }),
  /** Money paid too much before, taken for a later bill 预存抵扣. */
  table({
    name: 'credit_uses',
    columns: [id(), id('credit_id'), id('bill_id'), fen('amount_fen'), instant('used_at')],
    indexes: { ix_credit_uses_credit: ['credit_id'], ix_credit_uses_bill: ['bill_id'] },
    checks: { ck_credit_uses_amount: 'amount_fen > 0' },
    references: { credit_id: 'pay_credits', bill_id: 'bills' },
  }),
  /** Settlements that a refund undid; the bill may be paid again by another order. */
  table({
    name: 'refunded_settlements',
    primaryKey: ['bill_id', 'order_id'],
    columns: [
      id('bill_id'),
      id('order_id'),
      fen('principal_fen'),
      fen('late_fee_fen'),
      instant('settled_at'),
      instant('refunded_at'),
    ],
    indexes: { ix_refunded_settlements_order: ['order_id'] },
    references: { bill_id: 'bills', order_id: 'pay_orders' },
  }),
];

amend('merchants', ({ columns }) => ({
  /** 费率, agreed with WeChat Pay, in hundredths of a percent. */
  columns: [...columns, integer('fee_rate')],
}));

amend('payees', ({ indexes }) => ({ indexes: { ...indexes, ix_payees_merchant: ['mch_id'] } }));

amend('pay_orders', ({ columns, indexes }) => ({
  /** What has been asked back of it and has not failed; kept within the payment by every change of it. */
  columns: [...columns, fen('refunding_fen')],
  indexes: { ...indexes, ix_pay_orders_paid: ['paid_at'] },
}));

amend('pay_credits', ({ columns, indexes }) => ({
  columns: [
    ...columns,
    oneOf('state', CREDIT_STATES),
    fen('left_fen'),
    instant('paid_at'),
    /** The quarantined payment that two people found to be the home's. */
    id('from_quarantine_id').orNull(),
  ],
  indexes: {
    ...indexes,
    ix_pay_credits_state: ['state', 'created_at'],
    ix_pay_credits_person: ['person_id', 'id'],
  },
}));

amend('pay_quarantine', ({ columns, indexes }) => ({
  columns: [
    ...columns,
    oneOf('state', QUARANTINE_STATES),
    instant('paid_at'),
    /** The merchant that the money came to, as WeChat says; absent in rows of before. */
    ascii('mch_id', 32).orNull(),
  ],
  indexes: { ...indexes, ix_pay_quarantine_paid: ['paid_at'] },
}));

/** [table, column, type on MySQL, rule]; SQLite takes INTEGER or TEXT. */
const ADDED: readonly (readonly [table: string, column: string, type: string, rule: string])[] = [
  ['merchants', 'fee_rate', 'BIGINT', 'DEFAULT 60'],
  ['pay_orders', 'refunding_fen', 'BIGINT', 'DEFAULT 0'],
  ['pay_credits', 'state', 'VARCHAR(4)', "DEFAULT 'OPEN'"],
  ['pay_credits', 'left_fen', 'BIGINT', 'DEFAULT 0'],
  ['pay_credits', 'paid_at', 'BIGINT', 'DEFAULT 0'],
  ['pay_quarantine', 'state', 'VARCHAR(9)', "DEFAULT 'OPEN'"],
  ['pay_quarantine', 'paid_at', 'BIGINT', 'DEFAULT 0'],
];

const INDEXES: readonly (readonly [string, string, string])[] = [
  ['ix_pay_credits_state', 'pay_credits', 'state, created_at'],
  ['ix_pay_credits_person', 'pay_credits', 'person_id, id'],
  ['ix_pay_quarantine_paid', 'pay_quarantine', 'paid_at'],
  ['ix_pay_orders_paid', 'pay_orders', 'paid_at'],
  ['ix_payees_merchant', 'payees', 'mch_id'],
];

/** Refunds, what becomes of money paid too much, and what two people decide at the desk. */
export class Refunds1763701810000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const mysql = dialectOf(runner) === 'mysql';
    const character = mysql ? ' CHARACTER SET ascii COLLATE ascii_bin' : '';
    for (const [name, column, type, rule] of ADDED) {
      const ofText = type !== 'BIGINT';
      const sqlite = ofText ? 'TEXT' : 'INTEGER';
      const definition = `${mysql ? type : sqlite}${ofText ? character : ''} NOT NULL ${rule}`;
      await runner.query(`ALTER TABLE ${name} ADD COLUMN ${column} ${definition}`);
    }
    const ascii32 = `${mysql ? 'VARCHAR(32)' : 'TEXT'}${character} NULL`;
    await runner.query(`ALTER TABLE pay_quarantine ADD COLUMN mch_id ${ascii32}`);
    await runner.query(`ALTER TABLE pay_credits ADD COLUMN from_quarantine_id ${ascii32}`);
    await runner.query('UPDATE pay_credits SET left_fen = amount_fen, paid_at = created_at');
    await runner.query('UPDATE pay_quarantine SET paid_at = created_at');
    for (const [name, on, columns] of INDEXES)
      await runner.query(`CREATE INDEX ${name} ON ${on} (${columns})`);
    await createTables(runner, tables);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropTables(runner, tables);
    const on = (name: string) => (dialectOf(runner) === 'mysql' ? ` ON ${name}` : '');
    for (const [name, of] of INDEXES) await runner.query(`DROP INDEX ${name}${on(of)}`);
    await runner.query('ALTER TABLE pay_credits DROP COLUMN from_quarantine_id');
    await runner.query('ALTER TABLE pay_quarantine DROP COLUMN mch_id');
    for (const [name, column] of ADDED.toReversed())
      await runner.query(`ALTER TABLE ${name} DROP COLUMN ${column}`);
  }
}
