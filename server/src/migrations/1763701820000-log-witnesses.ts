import { WITNESS_KINDS, WITNESS_LIMITS } from '@linli/shared/ballot-log';
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
  oneOf,
  table,
  text,
} from '../kernel/database/ddl.ts';
// Declares the table that is amended here.
import './1763701400000-ballot-log.ts';

const KEY_LENGTH = 44;

amend('ballot_logs', ({ indexes }) => ({
  indexes: { ...indexes, ix_ballot_logs_estate: ['estate_id', 'id'] },
}));

const tables = [
  table({
    /** Who watches the logs of an estate from outside; only the public key is here. */
    name: 'log_witnesses',
    columns: [
      id(),
      id('estate_id'),
      oneOf('kind', WITNESS_KINDS),
      text('label', WITNESS_LIMITS.labelMax),
      ascii('verifier_key', WITNESS_LIMITS.keyMax),
      id('registered_by'),
      instant('registered_at'),
      instant('retired_at').orNull(),
    ],
    unique: { uq_log_witnesses_key: ['estate_id', 'verifier_key'] },
    references: { estate_id: 'estates' },
  }),
  table({
    /** Never changed and never deleted, like the checkpoints that they are under. */
    name: 'ballot_log_cosignatures',
    primaryKey: ['log_id', 'tree_size', 'witness_id'],
    columns: [
      id('log_id'),
      integer('tree_size'),
      id('witness_id'),
      longText('line'),
      /** When the witness says it signed, to the second. */
      instant('cosigned_at'),
      instant('received_at'),
    ],
    indexes: { ix_ballot_log_cosignatures_witness: ['witness_id', 'log_id', 'tree_size'] },
    references: { log_id: 'ballot_logs', witness_id: 'log_witnesses' },
  }),
  table({
    /** Changes of the logs' key, each a note that both keys signed. */
    name: 'log_key_successions',
    columns: [
      id(),
      ascii('former_key', KEY_LENGTH),
      ascii('next_key', KEY_LENGTH),
      longText('note'),
      instant('recorded_at'),
    ],
    unique: { uq_log_key_successions_pair: ['former_key', 'next_key'] },
  }),
];

/** Witnesses of the ballot logs 见证方, and what they signed; changes of the logs' own key. */
export class LogWitnesses1763701820000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, tables);
    await runner.query('CREATE INDEX ix_ballot_logs_estate ON ballot_logs (estate_id, id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    const isMysql = dialectOf(runner) === 'mysql';
    // MySQL's foreign key rests on an index of estate_id: it needs one of its own before this one goes.
    if (isMysql) await runner.query('CREATE INDEX ix_ballot_logs_estate_before ON ballot_logs (estate_id)');
    await runner.query(`DROP INDEX ix_ballot_logs_estate${isMysql ? ' ON ballot_logs' : ''}`);
    await dropTables(runner, tables);
  }
}
