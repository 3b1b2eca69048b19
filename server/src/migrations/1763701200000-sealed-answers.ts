import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ascii, id, instant, longText, table } from '../kernel/database/ddl.ts';

table({
  name: 'idempotency_keys',
  columns: [
    id(),
    id('person_id'),
    ascii('action_key', 64),
    ascii('request_hash', 43),
    /** Sealed: an answer may hold an invitation code or a name. Empty where no answer can be given again. */
    longText('response_sealed'),
    instant('created_at'),
  ],
  unique: { uq_idempotency_keys_action: ['person_id', 'action_key'] },
  indexes: { ix_idempotency_keys_created_at: ['created_at'] },
});

/**
 * Answers kept for repeated actions are sealed. Those of before lay open and are emptied; their keys stay, so that
 * what was done once is not done again.
 */
export class SealedAnswers1763701200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query("UPDATE idempotency_keys SET response = ''");
    await runner.query('ALTER TABLE idempotency_keys RENAME COLUMN response TO response_sealed');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE idempotency_keys RENAME COLUMN response_sealed TO response');
    await runner.query("UPDATE idempotency_keys SET response = ''");
  }
}
