import type { MigrationInterface, QueryRunner } from 'typeorm';
import { defaultDueOn } from '@linli/shared/assembly';
import { shanghaiDate } from '@linli/shared/kernel';

/** Every decision in force has a day by which it is carried out, those registered from paper too. */
export class DueDays1763701910002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const dueOn = defaultDueOn(shanghaiDate(Date.now()));
    await runner.query(
      `UPDATE decision_follow_ups SET due_on = ?, first_due_on = ?
       WHERE due_on IS NULL AND finish IS NULL
         AND decision_id IN (SELECT d.id FROM decisions d WHERE d.status = 'IN_FORCE')`,
      [dueOn, dueOn],
    );
  }

  /** A day that was given is as good as none that was missing. */
  async down(): Promise<void> {}
}
