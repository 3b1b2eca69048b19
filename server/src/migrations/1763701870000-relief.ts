import { DUNNING_LIMITS, DUNNING_STEPS, LEDGERS } from '@linli/shared/fees';
import {
  CERTIFICATE_KINDS,
  FUNDER_KINDS,
  RELIEF_KINDS,
  RELIEF_LIMITS,
  RELIEF_STATES,
} from '@linli/shared/relief';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  amend,
  ascii,
  createTables,
  date,
  dialectOf,
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
// Declares the tables that are amended here.
import './1763700800000-fees.ts';

const tables = [
  /** 减免 of a bill: a credit line beside it, with who bears it and nothing of why. */
  table({
    name: 'bill_reductions',
    primaryKey: ['bill_id', 'reduction_id'],
    columns: [
      id('bill_id'),
      id('reduction_id'),
      id('estate_id'),
      ascii('month', 7),
      fen('amount_fen'),
      text('funder', RELIEF_LIMITS.funderNameMax + 20),
      instant('credited_at'),
    ],
    indexes: { ix_bill_reductions_month: ['estate_id', 'month', 'amount_fen'] },
    checks: { ck_bill_reductions_amount: 'amount_fen > 0', ck_bill_reductions_funder: "funder <> ''" },
    references: { bill_id: 'bills' },
  }),
  table({
    name: 'relief_applications',
    columns: [
      id(),
      id('estate_id'),
      id('unit_id'),
      id('person_id'),
      oneOf('kind', RELIEF_KINDS),
      oneOf('state', RELIEF_STATES),
      oneOf('certificate_kind', CERTIFICATE_KINDS),
      /** The number under the blind index: found again, never read. */
      ascii('certificate_index', 43),
      /** Sealed; NULL once deleted. */
      longText('reason_sealed').orNull(),
      longText('paper_file_ids'),
      date('wished_until').orNull(),
      instant('submitted_at'),
      id('community_by').orNull(),
      instant('community_at').orNull(),
      text('community_note', RELIEF_LIMITS.noteMax),
      id('street_by').orNull(),
      instant('street_at').orNull(),
      text('street_note', RELIEF_LIMITS.noteMax),
      integer('percent').orNull(),
      date('until_day').orNull(),
      oneOf('funder_kind', FUNDER_KINDS).orNull(),
      text('funder_name', RELIEF_LIMITS.funderNameMax).orNull(),
      instant('applied_at').orNull(),
      /** When the papers are deleted, or were. */
      instant('papers_gone_at').orNull(),
    ],
    indexes: {
      ix_relief_estate: ['estate_id', 'state', 'id'],
      ix_relief_person: ['person_id', 'id'],
      ix_relief_certificate: ['certificate_index', 'unit_id'],
    },
    checks: {
      ck_relief_three: `(community_by IS NULL OR community_by <> person_id)
        AND (street_by IS NULL OR (street_by <> person_id AND street_by <> community_by))`,
      // 没有出资方的减免不能批准.
      ck_relief_funder: `kind <> 'REDUCTION' OR state NOT IN ('STREET_APPROVED', 'APPLIED')
        OR (percent BETWEEN 1 AND 100 AND funder_kind IS NOT NULL AND funder_name <> '')`,
      ck_relief_until:
        "kind <> 'DEFERRAL' OR state NOT IN ('STREET_APPROVED', 'APPLIED') OR until_day IS NOT NULL",
    },
    references: { estate_id: 'estates', unit_id: 'units', person_id: 'persons' },
  }),
  table({
    name: 'relief_bills',
    primaryKey: ['application_id', 'bill_id'],
    columns: [
      id('application_id'),
      id('bill_id'),
      fen('granted_fen').orNull(),
      fen('credited_fen').orNull(),
      /** The bill while the application is undecided or not carried out: one at a time. */
      id('open_bill_id').orNull(),
    ],
    unique: { uq_relief_bills_open: ['open_bill_id'] },
    indexes: { ix_relief_bills_bill: ['bill_id'] },
    references: { application_id: 'relief_applications', bill_id: 'bills' },
  }),
  /** 催缴 of one home: from the first reminder until nothing of it is owed any more. */
  table({
    name: 'dunning_cases',
    columns: [
      id(),
      id('estate_id'),
      id('unit_id'),
      oneOf('ledger', LEDGERS),
      instant('opened_at'),
      instant('closed_at').orNull(),
      /** The home and the book while it is open: one case at a time. */
      ascii('open_key', 60).orNull(),
    ],
    unique: { uq_dunning_cases_open: ['open_key'] },
    indexes: { ix_dunning_cases_unit: ['unit_id', 'id'] },
    references: { estate_id: 'estates', unit_id: 'units' },
  }),
  /** One lawful step after another; never changed. */
  table({
    name: 'dunning_steps',
    columns: [
      id(),
      id('case_id'),
      oneOf('step', DUNNING_STEPS),
      date('taken_on'),
      /** Until when the household has time to answer. */
      date('respond_by'),
      fen('amount_fen'),
      fen('late_fee_fen'),
      longText('bill_ids'),
      /** Who delivered, urged or mediated, in words. */
      text('handled_by', DUNNING_LIMITS.handledByMax),
      text('note', DUNNING_LIMITS.noteMax),
      id('recorded_by'),
      instant('recorded_at'),
    ],
    unique: { uq_dunning_steps_step: ['case_id', 'step'] },
    checks: { ck_dunning_steps_amount: 'amount_fen > 0', ck_dunning_steps_by: "handled_by <> ''" },
    references: { case_id: 'dunning_cases', recorded_by: 'persons' },
  }),
];

amend('bills', ({ columns }) => ({
  columns: [
    ...columns,
    /** Of paid_fen: what was granted and not paid 减免. */
    fen('reduced_fen'),
    /** 缓缴: no late fee grows in it. */
    date('deferred_from').orNull(),
    date('deferred_until').orNull(),
  ],
}));

/** 减免、缓缴 with their credit lines, and 催缴 by lawful steps. */
export class Relief1763701870000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const mysql = dialectOf(runner) === 'mysql';
    const day = mysql ? 'VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin' : 'TEXT';
    await runner.query(
      `ALTER TABLE bills ADD COLUMN reduced_fen ${mysql ? 'BIGINT' : 'INTEGER'} NOT NULL DEFAULT 0`,
    );
    await runner.query(`ALTER TABLE bills ADD COLUMN deferred_from ${day} NULL`);
    await runner.query(`ALTER TABLE bills ADD COLUMN deferred_until ${day} NULL`);
    await createTables(runner, tables);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropTables(runner, tables);
    for (const column of ['deferred_until', 'deferred_from', 'reduced_fen'])
      await runner.query(`ALTER TABLE bills DROP COLUMN ${column}`);
  }
}
