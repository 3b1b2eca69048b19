import type { MigrationInterface, QueryRunner } from 'typeorm';
import { amend, ascii, dialectOf, longText } from '../kernel/database/ddl.ts';
// Declares the tables that are amended here.
import './1763700100000-estates-and-people.ts';

/** `id_last4` stays behind empty: SQLite cannot take a column with a rule off a table that others refer to. */
amend('owners', ({ columns }) => ({ columns: [...columns, longText('id_last4_sealed').orNull()] }));

amend('sessions', ({ columns }) => ({
  columns: [
    ...columns,
    /** Keyed hash of the network that signed in: tells two places apart and names neither. */
    ascii('network_index', 43).orNull(),
  ],
}));

/**
 * The digits of an identity document are sealed. Those of before lay open, and a migration has no key to seal them
 * with: they are emptied, and the next import of the roll fills them in. Who is who does not wait for that, as an owner
 * is known by name and home as well.
 */
export class SealedDigits1763701700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const mysql = dialectOf(runner) === 'mysql';
    await runner.query(`ALTER TABLE owners ADD COLUMN id_last4_sealed ${mysql ? 'MEDIUMTEXT' : 'TEXT'} NULL`);
    await runner.query('UPDATE owners SET id_last4 = NULL WHERE id_last4 IS NOT NULL');
    const type = mysql ? 'VARCHAR(43) CHARACTER SET ascii COLLATE ascii_bin' : 'TEXT';
    await runner.query(`ALTER TABLE sessions ADD COLUMN network_index ${type} NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE sessions DROP COLUMN network_index');
    await runner.query('ALTER TABLE owners DROP COLUMN id_last4_sealed');
  }
}
