import type { MigrationInterface, QueryRunner } from 'typeorm';
import { amend, dialectOf, integer } from '../kernel/database/ddl.ts';
// Declares the table that is amended here.
import './1763700500000-assembly.ts';

amend('assemblies', ({ columns }) => ({
  // As it was at the notice; null in meetings that were noticed before it was kept.
  columns: [...columns, integer('extension_max_days').orNull()],
}));

/** How far a vote may be extended is settled with its notice, as the log tells it. */
export class ExtensionAsNoticed1763701920000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = dialectOf(runner) === 'mysql' ? 'BIGINT' : 'INTEGER';
    await runner.query(`ALTER TABLE assemblies ADD COLUMN extension_max_days ${type} NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE assemblies DROP COLUMN extension_max_days');
  }
}
