import type { MigrationInterface, QueryRunner } from 'typeorm';
import { amend, dialectOf } from '../kernel/database/ddl.ts';
// Declare the tables that are amended here.
import './1763700100000-estates-and-people.ts';
import './1763701700000-sealed-digits.ts';

const INDEXES = [
  { table: 'sessions', name: 'ix_sessions_expires_at' },
  { table: 'sms_codes', name: 'ix_sms_codes_expires_at' },
] as const;

for (const { table, name } of INDEXES)
  amend(table, ({ indexes }) => ({ indexes: { ...indexes, [name]: ['expires_at'] } }));

/** Sessions and codes that ran out are found without looking through those in force. */
export class OutlivedSignIns1763701860000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const { table, name } of INDEXES)
      await runner.query(`CREATE INDEX ${name} ON ${table} (expires_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { table, name } of INDEXES)
      await runner.query(
        dialectOf(runner) === 'mysql' ? `DROP INDEX ${name} ON ${table}` : `DROP INDEX ${name}`,
      );
  }
}
