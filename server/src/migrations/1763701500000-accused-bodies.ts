import type { MigrationInterface, QueryRunner } from 'typeorm';
import { amend, ascii, dialectOf } from '../kernel/database/ddl.ts';
// Declares the table that is amended here.
import './1763700600000-tickets.ts';

const LENGTH = 40;

amend('tickets', ({ columns }) => ({
  columns: [
    ...columns,
    /** `COMPANY,COMMITTEE`: whom it is about, as filed and as added since. */
    ascii('accused', LENGTH),
  ],
}));

/** Whom the categories of that time are about, for what was filed before. */
const ABOUT: Readonly<Record<string, readonly string[]>> = {
  COMPANY: ['SERVICE_QUALITY', 'UTILITY_CUT', 'CONTRACT_FILING', 'HANDOVER', 'FEE'],
  COMMITTEE: ['COMMITTEE'],
  'COMPANY,COMMITTEE': ['PERSONAL_DATA', 'PUBLIC_INCOME', 'MAINT_FUND', 'OTHER'],
};

/**
 * A complaint keeps whom it is about: a category that was changed later no longer shows the company who complained
 * about it.
 */
export class AccusedBodies1763701500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    if (dialectOf(runner) === 'sqlite')
      await runner.query(`ALTER TABLE tickets ADD COLUMN accused TEXT NOT NULL DEFAULT ''
        CONSTRAINT cv_tickets_accused CHECK (length(accused) <= ${LENGTH})`);
    else
      await runner.query(`ALTER TABLE tickets ADD COLUMN accused VARCHAR(${LENGTH})
        CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT ''`);
    for (const [accused, categories] of Object.entries(ABOUT)) {
      const places = categories.map((category) => `'${category}'`).join(', ');
      await runner.query(`UPDATE tickets SET accused = '${accused}' WHERE category IN (${places})`);
    }
    // Filed under another category, which is not known any more: nobody it may have been about is told.
    await runner.query(`UPDATE tickets SET accused = 'COMPANY,COMMITTEE' WHERE EXISTS (
      SELECT 1 FROM ticket_events e WHERE e.ticket_id = tickets.id AND e.kind = 'ACCEPT' AND e.content <> '')`);
    if (dialectOf(runner) === 'mysql')
      await runner.query('ALTER TABLE tickets ALTER COLUMN accused DROP DEFAULT');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE tickets DROP COLUMN accused');
  }
}
