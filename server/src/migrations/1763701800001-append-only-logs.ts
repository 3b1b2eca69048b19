import type { MigrationInterface, QueryRunner } from 'typeorm';
import { amend, dropGuards, guardTables } from '../kernel/database/ddl.ts';
// Declares the tables that are amended here.
import './1763701400000-ballot-log.ts';

/** What was promised to a voter and what somebody did: written once, like the ledger, and never touched again. */
const tables = ['ballot_log_leaves', 'ballot_log_nodes', 'ballot_log_checkpoints', 'audit_log'].map(
  (name) => amend(name, () => ({ appendOnly: true })).after,
);

/** The database itself keeps the logs of votes and of what people did from being changed. */
export class AppendOnlyLogs1763701800001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await guardTables(runner, tables);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropGuards(runner, tables);
  }
}
