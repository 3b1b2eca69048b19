import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  amend,
  ascii,
  createTables,
  dialectOf,
  dropTables,
  id,
  instant,
  integer,
  longText,
  table,
  text,
} from '../kernel/database/ddl.ts';
// Declares the table that is amended here.
import './1763700500000-assembly.ts';

const TAG_LENGTH = 22;
const HASH_LENGTH = 44;

amend('assembly_principals', ({ columns }) => ({
  // What the log calls the principal; null in meetings of before there were logs.
  columns: [...columns, ascii('log_tag', TAG_LENGTH).orNull()],
}));

const tables = [
  table({
    /** One log for each assembly, under the assembly's id. */
    name: 'ballot_logs',
    columns: [id(), id('estate_id'), text('origin', 120), instant('created_at')],
    unique: { uq_ballot_logs_origin: ['origin'] },
    references: { estate_id: 'estates' },
  }),
  table({
    /** The rows that the last roll leaf commits to, as they were hashed. They name nobody: tags only. */
    name: 'ballot_log_rows',
    primaryKey: ['log_id', 'position'],
    columns: [id('log_id'), integer('position'), longText('row_json')],
    references: { log_id: 'ballot_logs' },
  }),
  table({
    /** Promised and not yet in the tree: at most a few seconds old. */
    name: 'ballot_log_pending',
    columns: [
      id(),
      id('log_id'),
      /** The ballot that the leaf is about, to find it again. */
      id('subject_id').orNull(),
      ascii('leaf_hash', HASH_LENGTH),
      longText('leaf_sealed'),
      instant('promised_at'),
    ],
    indexes: {
      ix_ballot_log_pending_log: ['log_id', 'id'],
      ix_ballot_log_pending_subject: ['subject_id'],
    },
    references: { log_id: 'ballot_logs' },
  }),
  table({
    /** Never changed and never deleted; under the id of its promise, to which the sealed text is bound. */
    name: 'ballot_log_leaves',
    columns: [
      id(),
      id('log_id'),
      integer('leaf_index'),
      id('subject_id').orNull(),
      ascii('leaf_hash', HASH_LENGTH),
      longText('leaf_sealed'),
      instant('promised_at'),
    ],
    // Where two replicas that append to one log at once meet.
    unique: { uq_ballot_log_leaves_place: ['log_id', 'leaf_index'] },
    indexes: { ix_ballot_log_leaves_subject: ['subject_id'] },
    references: { log_id: 'ballot_logs' },
  }),
  table({
    /** The roots of complete subtrees. */
    name: 'ballot_log_nodes',
    primaryKey: ['log_id', 'node_level', 'position'],
    columns: [id('log_id'), integer('node_level'), integer('position'), ascii('node_hash', HASH_LENGTH)],
    references: { log_id: 'ballot_logs' },
  }),
  table({
    name: 'ballot_log_checkpoints',
    primaryKey: ['log_id', 'tree_size'],
    columns: [id('log_id'), integer('tree_size'), longText('note'), instant('signed_at')],
    references: { log_id: 'ballot_logs' },
  }),
];

/** The transparency log of each owners' assembly 表决日志. */
export class BallotLog1763701400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, tables);
    const type =
      dialectOf(runner) === 'mysql' ? `VARCHAR(${TAG_LENGTH}) CHARACTER SET ascii COLLATE ascii_bin` : 'TEXT';
    await runner.query(`ALTER TABLE assembly_principals ADD COLUMN log_tag ${type} NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE assembly_principals DROP COLUMN log_tag');
    await dropTables(runner, tables);
  }
}
