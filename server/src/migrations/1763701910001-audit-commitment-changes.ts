import type { MigrationInterface, QueryRunner } from 'typeorm';
import { AUDIT_LIMITS } from '@linli/shared/income-audit';
import {
  createTables,
  date,
  dropTables,
  flag,
  id,
  instant,
  integer,
  table,
  text,
} from '../kernel/database/ddl.ts';

const tables = [
  table({
    /** Later decisions of the owners on the yearly audit: another one in the place of the first, or its end. */
    name: 'audit_commitment_changes',
    appendOnly: true,
    columns: [
      id(),
      id('estate_id'),
      /** 1, 2, …: of two people at once one is later. */
      integer('change_no'),
      integer('since_year'),
      /** 0: from that year on none is owed by the owners' decision. */
      flag('is_owed'),
      text('decision_number', AUDIT_LIMITS.decisionNumberMax),
      date('decided_on'),
      id('registered_by'),
      instant('registered_at'),
    ],
    unique: { uq_audit_commitment_changes_no: ['estate_id', 'change_no'] },
    references: { estate_id: 'estates' },
  }),
];

/** The owners may end what they decided on the yearly audit, or decide on it anew. */
export class AuditCommitmentChanges1763701910001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, tables);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropTables(runner, tables);
  }
}
