import type { MigrationInterface, QueryRunner } from 'typeorm';
import { INCOME_LIMITS, STATEMENT_STATES } from '@linli/shared/income';
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

const tables = [
  table({
    name: 'income_statements',
    columns: [
      id(),
      id('estate_id'),
      ascii('quarter', 6),
      integer('version'),
      oneOf('state', STATEMENT_STATES),
      /** Counts the saves, so that two people cannot overwrite each other. */
      integer('revision'),
      fen('opening_fen'),
      fen('income_net_fen'),
      fen('spend_fen'),
      fen('closing_fen'),
      fen('bank_balance_fen').orNull(),
      text('account_holder', INCOME_LIMITS.counterpartyMax),
      text('witness', INCOME_LIMITS.counterpartyMax).orNull(),
      /** Lines and reconciling items: read and written whole, frozen with the version. */
      longText('content_json'),
      /** The decisions that the lines cite, as they stood on the day of publication. */
      longText('decisions_json').orNull(),
      id('amends').orNull(),
      text('reason', INCOME_LIMITS.reasonMax),
      id('prepared_by'),
      id('submitted_by').orNull(),
      instant('submitted_at').orNull(),
      text('returned_reason', INCOME_LIMITS.reasonMax).orNull(),
      id('reviewed_by').orNull(),
      instant('published_at').orNull(),
      ascii('prev_hash', 64).orNull(),
      ascii('hash', 64).orNull(),
      /** Place in the estate's chain of hashes; one follows the other, nothing can be slipped in. */
      integer('chain_no').orNull(),
      /** The version once it is published, so that there is one of each. */
      integer('published_version').orNull(),
      /** The quarter while this is being worked on, so that one version at a time is. */
      ascii('open_key', 6).orNull(),
      /** The quarter while this is the version in force. */
      ascii('current_key', 6).orNull(),
      instant('created_at'),
      instant('updated_at'),
    ],
    unique: {
      uq_income_statements_version: ['estate_id', 'quarter', 'published_version'],
      uq_income_statements_open: ['estate_id', 'open_key'],
      uq_income_statements_current: ['estate_id', 'current_key'],
      uq_income_statements_chain: ['estate_id', 'chain_no'],
    },
    indexes: { ix_income_statements_quarter: ['estate_id', 'quarter', 'version'] },
    checks: {
      ck_income_statements_published:
        "state NOT IN ('PUBLISHED', 'SUPERSEDED') OR (hash IS NOT NULL AND reviewed_by <> submitted_by)",
    },
    references: { estate_id: 'estates' },
  }),
  table({
    name: 'income_vouchers',
    primaryKey: ['file_id'],
    columns: [id('file_id'), id('estate_id'), instant('attached_at')],
    references: { file_id: 'files', estate_id: 'estates' },
  }),
  table({
    name: 'income_contracts',
    columns: [
      id(),
      id('estate_id'),
      text('contract_no', INCOME_LIMITS.contractNoMax),
      text('counterparty', INCOME_LIMITS.counterpartyMax),
      text('subject', INCOME_LIMITS.noteMax),
      date('signed_on'),
      id('scan_file_id'),
      id('registered_by'),
      instant('registered_at'),
    ],
    unique: { uq_income_contracts_number: ['estate_id', 'contract_no'] },
    indexes: { ix_income_contracts_estate: ['estate_id', 'id'] },
    references: { estate_id: 'estates', scan_file_id: 'files' },
  }),
];

/** Public income: statements in versions, their vouchers, contracts from before the assembly. */
export class Income1763700700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, tables);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropTables(runner, tables);
  }
}
