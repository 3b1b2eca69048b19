import type { MigrationInterface, QueryRunner } from 'typeorm';
import { amend, dialectOf } from '../kernel/database/ddl.ts';
// Declares the table that is amended here.
import './1763701810000-refunds.ts';

amend('pay_credits', ({ indexes }) => ({ indexes: { ...indexes, ix_pay_credits_paid: ['paid_at'] } }));

/** The day's second payments are found by the day, as all others are. */
export class CreditsByDay1763701810002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX ix_pay_credits_paid ON pay_credits (paid_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    const on = dialectOf(runner) === 'mysql' ? ' ON pay_credits' : '';
    await runner.query(`DROP INDEX ix_pay_credits_paid${on}`);
  }
}
