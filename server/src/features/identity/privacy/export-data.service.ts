import { Inject, Injectable } from '@nestjs/common';
import type { PersonalExport, PersonalSection } from '@linli/shared/identity';
import { Audit } from '../../../kernel/audit/audit.ts';
import type { Caller } from '../../../kernel/access/index.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database } from '../../../kernel/database/index.ts';
import { PersonalData } from '../../../kernel/privacy/personal-data.ts';
import { RateLimits, type RateLimit } from '../../../kernel/rate-limits/rate-limits.ts';

const EXPORTS: RateLimit = { name: 'personal-export', points: 10, seconds: 3600 };

/** Everything that is kept about the caller, feature by feature (PIPL 45). That it was taken is recorded. */
@Injectable()
export class ExportDataService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(RateLimits) private readonly limits: RateLimits,
    @Inject(PersonalData) private readonly data: PersonalData,
  ) {}

  async take(caller: Caller): Promise<PersonalExport> {
    await this.limits.use(EXPORTS, caller.personId);
    const sections: PersonalSection[] = [];
    // One after another: an export is rare, and must not take every connection of the pool.
    for (const { title, purpose, rows } of this.data.all)
      sections.push({ title, purpose, rows: await rows(this.database, caller.personId) });
    await this.database.transaction((tx) =>
      this.audit.record(tx, caller, {
        action: 'PERSON.EXPORTED',
        estateId: null,
        subjectType: 'person',
        subjectId: caller.personId,
      }),
    );
    return { exportedAt: this.clock.now(), sections };
  }
}
