import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  ascii,
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
    name: 'audit_log',
    columns: [
      id(),
      instant('at'),
      id('person_id').orNull(),
      id('session_id').orNull(),
      ascii('roles', 300),
      ascii('action', 60),
      id('estate_id').orNull(),
      ascii('subject_type', 40),
      ascii('subject_id', 60),
      longText('before_json').orNull(),
      longText('after_json').orNull(),
    ],
    indexes: {
      ix_audit_log_subject: ['subject_type', 'subject_id', 'id'],
      ix_audit_log_estate: ['estate_id', 'id'],
    },
  }),
  table({
    name: 'jobs',
    columns: [
      id(),
      ascii('kind', 60),
      longText('payload'),
      ascii('dedupe_key', 120),
      oneOf('state', ['WAITING', 'DONE', 'DEAD']),
      instant('run_at'),
      integer('attempts'),
      instant('lease_until'),
      instant('created_at'),
      text('last_error', 300).orNull(),
    ],
    unique: { uq_jobs_dedupe_key: ['dedupe_key'] },
    indexes: { ix_jobs_due: ['state', 'run_at', 'id'] },
  }),
  table({
    name: 'idempotency_keys',
    columns: [
      id(),
      id('person_id'),
      ascii('action_key', 64),
      ascii('request_hash', 43),
      longText('response'),
      instant('created_at'),
    ],
    unique: { uq_idempotency_keys_action: ['person_id', 'action_key'] },
    indexes: { ix_idempotency_keys_created_at: ['created_at'] },
  }),
  table({
    name: 'files',
    columns: [
      id(),
      id('estate_id').orNull(),
      id('uploader_id'),
      ascii('purpose', 30),
      text('original_name', 120),
      ascii('mime', 60),
      integer('bytes'),
      integer('width').orNull(),
      integer('height').orNull(),
      ascii('sha256', 43),
      ascii('storage_key', 80),
      flag('attached'),
      instant('created_at'),
    ],
    indexes: { ix_files_uploader: ['uploader_id', 'id'], ix_files_loose: ['attached', 'created_at'] },
  }),
];

/** What every feature stands on: audit log, outbox, idempotency keys, files. */
export class Kernel1763700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, tables);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropTables(runner, tables);
  }
}
