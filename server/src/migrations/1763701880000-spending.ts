import type { MigrationInterface, QueryRunner } from 'typeorm';
import { SPEND_CATEGORY_CODES } from '@linli/shared/income';
import { APPLICANT_BODIES, SPENDING_STATES } from '@linli/shared/spending';
import {
  createTables,
  date,
  dropTables,
  fen,
  id,
  instant,
  longText,
  oneOf,
  table,
  text,
} from '../kernel/database/ddl.ts';

const tables = [
  table({
    /** Spending from the public income, step by step; what was applied for never changes. */
    name: 'spending_requests',
    columns: [
      id(),
      id('estate_id'),
      oneOf('category', SPEND_CATEGORY_CODES),
      text('request_text', 300),
      text('payee', 60),
      fen('amount_fen'),
      /** string[]: contract and quotes. */
      longText('file_ids'),
      /** The decision that is cited; it is charged from the confirmation on. */
      id('decision_id').orNull(),
      /** The estate's threshold on the day of approval, where the spend was below it. */
      fen('threshold_fen').orNull(),
      oneOf('state', SPENDING_STATES),
      oneOf('applied_as', APPLICANT_BODIES),
      id('applied_by'),
      instant('applied_at'),
      id('confirmed_by').orNull(),
      instant('confirmed_at').orNull(),
      id('filed_by').orNull(),
      instant('filed_at').orNull(),
      id('paid_by').orNull(),
      instant('paid_at').orNull(),
      date('paid_on').orNull(),
      text('bank_line_no', 64).orNull(),
      id('receipt_file_id').orNull(),
      id('reconciled_by').orNull(),
      instant('reconciled_at').orNull(),
      /** Who rejected or withdrew it. */
      id('closed_by').orNull(),
      instant('closed_at').orNull(),
      text('closed_reason', 200),
    ],
    unique: { uq_spending_requests_bank_line: ['estate_id', 'bank_line_no'] },
    indexes: {
      ix_spending_requests_estate: ['estate_id', 'id'],
      ix_spending_requests_state: ['estate_id', 'state', 'id'],
      ix_spending_requests_decision: ['decision_id', 'id'],
    },
    checks: {
      ck_spending_requests_amount: 'amount_fen > 0',
      ck_spending_requests_confirmed: 'confirmed_by <> applied_by',
      ck_spending_requests_filed: 'filed_by <> applied_by AND filed_by <> confirmed_by',
      ck_spending_requests_reconciled: 'reconciled_by <> paid_by',
      ck_spending_requests_paid:
        "(state IN ('PAID', 'RECONCILED')) = (bank_line_no IS NOT NULL AND paid_on IS NOT NULL)",
    },
    references: { estate_id: 'estates', decision_id: 'decisions' },
  }),
];

/** Spending from the public income under the joint account. */
export class Spending1763701880000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, tables);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropTables(runner, tables);
  }
}
