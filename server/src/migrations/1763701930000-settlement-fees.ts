import type { MigrationInterface, QueryRunner } from 'typeorm';
import { PROPOSAL_OUTCOMES } from '@linli/shared/refunds';
import { amend, createStatements, dialectOf, oneOf, type TableDefinition } from '../kernel/database/ddl.ts';
// Declares the table that is amended here.
import './1763701810000-refunds.ts';

const { before, after } = amend('desk_proposals', ({ columns }) => ({
  columns: columns.map((column) =>
    column.name === 'outcome' ? oneOf('outcome', PROPOSAL_OUTCOMES) : column,
  ),
}));

/** Two people may book what is missing of a settlement, or too much of it, as the gateway's fee. */
export class SettlementFees1763701930000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await setOutcomes(runner, after);
  }

  /** What was decided stays: as a difference that was put right. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query("UPDATE desk_proposals SET outcome = 'CORRECTED' WHERE outcome = 'AS_FEE'");
    await setOutcomes(runner, before);
  }
}

async function setOutcomes(runner: QueryRunner, wanted: TableDefinition): Promise<void> {
  const dialect = dialectOf(runner);
  if (dialect === 'mysql') {
    const check = wanted.columns.find(({ name }) => name === 'outcome')?.check?.(dialect) ?? '';
    await runner.query('ALTER TABLE desk_proposals DROP CONSTRAINT cv_desk_proposals_outcome');
    await runner.query(
      `ALTER TABLE desk_proposals ADD CONSTRAINT cv_desk_proposals_outcome CHECK (${check})`,
    );
    return;
  }
  // SQLite cannot change a rule of a table: it is written anew. Nothing refers to it.
  await runner.query('ALTER TABLE desk_proposals RENAME TO desk_proposals_before');
  await runner.query('DROP INDEX ix_desk_proposals_subject');
  for (const statement of createStatements(wanted, dialect)) await runner.query(statement);
  const columns = wanted.columns.map(({ name }) => name).join(', ');
  await runner.query(`INSERT INTO desk_proposals (${columns}) SELECT ${columns} FROM desk_proposals_before`);
  await runner.query('DROP TABLE desk_proposals_before');
}
