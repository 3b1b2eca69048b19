import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  CREDIT_REASONS,
  LEDGERS,
  PAY_CHANNELS,
  PAYMENT_STATES,
  QUARANTINE_REASONS,
  RECEIPT_STATES,
} from '@linli/shared/fees';
import {
  ascii,
  createTables,
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

const tables = [
  /** A merchant number serves one ledger, whatever the estate: the three never share a payee. */
  table({
    name: 'merchants',
    primaryKey: ['mch_id'],
    columns: [ascii('mch_id', 32), oneOf('ledger', LEDGERS)],
    unique: { uq_merchants_ledger: ['mch_id', 'ledger'] },
  }),
  table({
    name: 'payees',
    columns: [
      id(),
      id('estate_id'),
      oneOf('ledger', LEDGERS),
      text('holder_name', 60),
      ascii('mch_id', 32),
      instant('created_at'),
    ],
    unique: { uq_payees_ledger: ['estate_id', 'ledger'] },
    references: { estate_id: 'estates' },
  }),
  table({
    name: 'pay_orders',
    columns: [
      id(),
      /** `out_trade_no`; never used again once closed. */
      ascii('order_no', 32),
      id('estate_id'),
      id('unit_id'),
      id('person_id'),
      id('payee_id'),
      oneOf('ledger', LEDGERS),
      oneOf('channel', PAY_CHANNELS),
      ascii('mch_id', 32),
      ascii('app_id', 32),
      ascii('payer_index', 43),
      fen('amount_fen'),
      /** What the payer reads in WeChat's bill; the gateway wants the same in every repeat. */
      text('description', 120),
      oneOf('state', PAYMENT_STATES),
      ascii('prepay_id', 64).orNull(),
      instant('prepaid_at').orNull(),
      instant('expires_at'),
      instant('asked_at'),
      ascii('transaction_id', 32).orNull(),
      instant('paid_at').orNull(),
      instant('created_at'),
      instant('ended_at').orNull(),
      id('receipt_id').orNull(),
    ],
    unique: { uq_pay_orders_no: ['order_no'], uq_pay_orders_transaction: ['transaction_id'] },
    indexes: { ix_pay_orders_person: ['person_id', 'id'], ix_pay_orders_estate: ['estate_id', 'id'] },
    checks: { ck_pay_orders_amount: 'amount_fen > 0' },
    references: { estate_id: 'estates', unit_id: 'units', person_id: 'persons', payee_id: 'payees' },
  }),
  table({
    name: 'pay_order_bills',
    primaryKey: ['order_id', 'bill_id'],
    columns: [id('order_id'), id('bill_id'), fen('principal_fen'), fen('late_fee_fen')],
    indexes: { ix_pay_order_bills_bill: ['bill_id'] },
    references: { order_id: 'pay_orders', bill_id: 'bills' },
  }),
  /** Callbacks as they were verified; answered once they are here, settled after. */
  table({
    name: 'pay_notices',
    columns: [
      id(),
      ascii('notice_id', 64),
      ascii('event_type', 40),
      ascii('order_no', 64),
      /** Sealed: it names the payer. */
      longText('outcome_sealed'),
      instant('received_at'),
      instant('handled_at').orNull(),
    ],
    unique: { uq_pay_notices_notice: ['notice_id'] },
  }),
  /** A bill is settled once: by this order. */
  table({
    name: 'bill_settlements',
    primaryKey: ['bill_id'],
    columns: [
      id('bill_id'),
      id('order_id'),
      fen('principal_fen'),
      fen('late_fee_fen'),
      instant('settled_at'),
    ],
    indexes: { ix_bill_settlements_order: ['order_id'] },
    references: { bill_id: 'bills', order_id: 'pay_orders' },
  }),
  /** Money that arrived and does not fit 待核对: looked at by a person, never booked by itself. */
  table({
    name: 'pay_quarantine',
    columns: [
      id(),
      id('estate_id').orNull(),
      id('order_id').orNull(),
      ascii('order_no', 64),
      ascii('transaction_id', 64),
      oneOf('reason', QUARANTINE_REASONS),
      fen('expected_fen').orNull(),
      fen('received_fen'),
      instant('created_at'),
    ],
    unique: { uq_pay_quarantine_transaction: ['order_no', 'transaction_id'] },
    indexes: { ix_pay_quarantine_estate: ['estate_id', 'id'] },
    references: { order_id: 'pay_orders' },
  }),
  /** Money that is owed back to the payer or kept for the next bill 预存: late, or for what was paid already. */
  table({
    name: 'pay_credits',
    columns: [
      id(),
      id('estate_id'),
      id('unit_id'),
      id('person_id'),
      id('order_id'),
      oneOf('ledger', LEDGERS),
      ascii('transaction_id', 64),
      oneOf('reason', CREDIT_REASONS),
      fen('amount_fen'),
      instant('created_at'),
    ],
    unique: { uq_pay_credits_transaction: ['order_id', 'transaction_id'] },
    indexes: { ix_pay_credits_estate: ['estate_id', 'id'], ix_pay_credits_unit: ['unit_id', 'id'] },
    checks: { ck_pay_credits_amount: 'amount_fen > 0' },
    references: { estate_id: 'estates', unit_id: 'units', order_id: 'pay_orders' },
  }),
  table({
    name: 'receipt_counters',
    primaryKey: ['payee_id', 'for_year'],
    columns: [id('payee_id'), integer('for_year'), integer('last_number')],
    references: { payee_id: 'payees' },
  }),
  table({
    name: 'receipts',
    columns: [
      id(),
      id('estate_id'),
      id('payee_id'),
      id('order_id'),
      id('person_id'),
      id('unit_id'),
      integer('for_year'),
      integer('receipt_number'),
      oneOf('state', RECEIPT_STATES),
      text('issuer_name', 60),
      text('unit_name', 130),
      longText('payer_name_sealed'),
      oneOf('ledger', LEDGERS),
      fen('amount_fen'),
      ascii('order_no', 32),
      ascii('transaction_id', 64),
      instant('paid_at'),
      instant('issued_at'),
    ],
    unique: {
      uq_receipts_number: ['payee_id', 'for_year', 'receipt_number'],
      uq_receipts_order: ['order_id'],
    },
    indexes: { ix_receipts_person: ['person_id', 'id'], ix_receipts_estate: ['estate_id', 'id'] },
    references: { estate_id: 'estates', payee_id: 'payees', order_id: 'pay_orders', unit_id: 'units' },
  }),
];

/** Payment orders, what WeChat told of them, receipts, and what did not fit. */
export class Payments1763700900000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, tables);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropTables(runner, tables);
  }
}
