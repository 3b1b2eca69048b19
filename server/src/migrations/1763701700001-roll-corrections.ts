import type { MigrationInterface, QueryRunner } from 'typeorm';
import { amend, dialectOf, integer } from '../kernel/database/ddl.ts';
// Declares the table that is amended here.
import './1763700500000-assembly.ts';

const objections = amend('assembly_objections', ({ columns }) => ({
  columns: [
    ...columns,
    /** What an upheld objection changed: the unit's area before, absent where the roll did not have it, and after. */
    integer('before_area_centi_sqm').orNull(),
    integer('after_area_centi_sqm').orNull(),
  ],
}));

const ADDED = objections.after.columns.slice(objections.before.columns.length).map(({ name }) => name);

/** Every correction of a posted roll keeps what it changed, also when the same unit is corrected again. */
export class RollCorrections1763701700001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = dialectOf(runner) === 'mysql' ? 'BIGINT' : 'INTEGER';
    for (const column of ADDED)
      await runner.query(`ALTER TABLE assembly_objections ADD COLUMN ${column} ${type} NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const column of ADDED) await runner.query(`ALTER TABLE assembly_objections DROP COLUMN ${column}`);
  }
}
