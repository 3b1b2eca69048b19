import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  DELIVERY_METHODS,
  PAPER_OBJECTION_ANSWERS,
  PAPER_REFUSALS,
  RETURN_STATES,
} from '@linli/shared/assembly';
import {
  createTables,
  dropTables,
  flag,
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
    /** A numbered ballot as printed. The roll may still be corrected until voting opens, so no key on its principal. */
    name: 'paper_slips',
    columns: [
      id(),
      id('assembly_id'),
      id('estate_id'),
      id('principal_id'),
      integer('slip_number'),
      flag('void'),
      /** The principal while this is its one valid number. */
      id('live_key').orNull(),
      id('issued_by'),
      instant('issued_at'),
    ],
    unique: {
      uq_paper_slips_number: ['assembly_id', 'slip_number'],
      uq_paper_slips_live: ['live_key'],
    },
    indexes: { ix_paper_slips_principal: ['principal_id', 'slip_number'] },
    references: { assembly_id: 'assemblies' },
  }),
  table({
    /** Never changed: a later record takes the place of the earlier. */
    name: 'paper_deliveries',
    columns: [
      id(),
      id('slip_id'),
      oneOf('method', DELIVERY_METHODS),
      instant('delivered_at'),
      id('delivered_by'),
      text('note', 200),
      longText('file_ids'),
      instant('recorded_at'),
    ],
    indexes: { ix_paper_deliveries_slip: ['slip_id', 'id'] },
    references: { slip_id: 'paper_slips' },
  }),
  table({
    /** A paper that was handed in at the desk, and what became of it. */
    name: 'paper_returns',
    columns: [
      id(),
      id('assembly_id'),
      id('estate_id'),
      id('slip_id').orNull(),
      id('principal_id').orNull(),
      /** The server's clock at the desk: nobody can write an earlier time. */
      instant('received_at'),
      id('received_by'),
      oneOf('state', RETURN_STATES),
      oneOf('reason', PAPER_REFUSALS).orNull(),
      /** Reading starts anew where an objection was upheld. */
      integer('round'),
      integer('entries'),
      /** The slip, unless this paper was refused: one paper of a number takes part. */
      id('live_key').orNull(),
      text('note', 200),
      longText('file_ids'),
      instant('settled_at').orNull(),
    ],
    unique: { uq_paper_returns_live: ['live_key'] },
    indexes: {
      ix_paper_returns_assembly: ['assembly_id', 'state', 'id'],
      ix_paper_returns_list: ['assembly_id', 'id'],
      ix_paper_returns_slip: ['slip_id', 'id'],
    },
    checks: {
      ck_paper_returns_reason: "(state = 'REFUSED') = (reason IS NOT NULL)",
    },
    references: { assembly_id: 'assemblies', slip_id: 'paper_slips' },
  }),
  table({
    /** What one person read on a paper, sealed: the next one must not see it. */
    name: 'paper_entries',
    columns: [
      id(),
      id('return_id'),
      integer('round'),
      integer('position'),
      id('person_id'),
      longText('reading_sealed'),
      instant('made_at'),
    ],
    unique: {
      uq_paper_entries_position: ['return_id', 'round', 'position'],
      uq_paper_entries_person: ['return_id', 'round', 'person_id'],
    },
    references: { return_id: 'paper_returns' },
  }),
  table({
    /** The ballots that a paper became, one for each who signed it. */
    name: 'paper_return_ballots',
    primaryKey: ['ballot_id'],
    columns: [id('ballot_id'), id('return_id'), integer('round'), instant('annulled_at').orNull()],
    indexes: { ix_paper_return_ballots_return: ['return_id', 'ballot_id'] },
    references: { return_id: 'paper_returns' },
  }),
  table({
    name: 'paper_objections',
    columns: [
      id(),
      id('return_id'),
      id('assembly_id'),
      id('person_id'),
      id('owner_id'),
      text('objection_text', 500),
      instant('raised_at'),
      /** The paper while the objection is open. */
      id('open_key').orNull(),
      oneOf('decision', PAPER_OBJECTION_ANSWERS).orNull(),
      text('answer', 500).orNull(),
      id('answered_by').orNull(),
      instant('answered_at').orNull(),
    ],
    unique: { uq_paper_objections_open: ['open_key'] },
    indexes: {
      ix_paper_objections_return: ['return_id', 'id'],
      ix_paper_objections_assembly: ['assembly_id', 'open_key'],
    },
    references: { return_id: 'paper_returns', person_id: 'persons' },
  }),
];

/** Paper ballots 纸质表决票: numbers, deliveries, what was handed in, and how two people read it. */
export class PaperBallots1763701830000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, tables);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropTables(runner, tables);
  }
}
