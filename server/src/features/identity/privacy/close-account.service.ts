import { Inject, Injectable } from '@nestjs/common';
import { ROLE_NAMES, type MembershipRole } from '@linli/shared/identity';
import { shanghaiDate } from '@linli/shared/kernel';
import { Audit } from '../../../kernel/audit/audit.ts';
import type { Caller } from '../../../kernel/access/index.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database, type Transaction } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { PersonalData } from '../../../kernel/privacy/personal-data.ts';
import { SessionsService } from '../sessions.service.ts';

/**
 * Closes an account (PIPL 47): everything by which the person signs in or can be reached is gone at once, in one
 * transaction. What the law makes us keep (ballots, receipts, the roll) stays, no longer tied to an account.
 */
@Injectable()
export class CloseAccountService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(PersonalData) private readonly data: PersonalData,
    @Inject(SessionsService) private readonly sessions: SessionsService,
  ) {}

  async close(caller: Caller): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.refuseInOffice(tx, caller.personId);
      for (const { erase } of this.data.all) await erase?.(tx, caller.personId);
      const closed = await tx.run(
        `UPDATE persons SET closed_at = ?, name_sealed = NULL, phone_sealed = NULL, phone_index = NULL,
           openid_sealed = NULL, openid_index = NULL WHERE id = ? AND closed_at IS NULL`,
        [this.clock.now(), caller.personId],
      );
      if (closed === 0) throw refuse('CONFLICT');
      await this.audit.record(tx, caller, {
        action: 'PERSON.CLOSED',
        estateId: null,
        subjectType: 'person',
        subjectId: caller.personId,
      });
    });
    this.sessions.forgetPerson(caller.personId);
  }

  /** Somebody else has to hold the office first: a committee must not lose its treasurer to a button. */
  private async refuseInOffice(tx: Transaction, personId: string): Promise<void> {
    const office = await tx.row<{ role: MembershipRole }>(
      'SELECT role FROM memberships WHERE person_id = ? AND confirmed_at IS NOT NULL AND (ends_on IS NULL OR ends_on >= ?)',
      [personId, shanghaiDate(this.clock.now())],
    );
    if (office !== null) throw refuse('ACCOUNT.IN_OFFICE', { params: { role: ROLE_NAMES[office.role] } });
  }
}
