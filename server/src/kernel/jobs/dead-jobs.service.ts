import { Inject, Injectable } from '@nestjs/common';
import type { Page } from '@linli/shared/kernel';
import type { DeadJob } from '@linli/shared/ops';
import type { Caller } from '../access/index.ts';
import { Audit } from '../audit/audit.ts';
import { Database } from '../database/index.ts';
import { refuse } from '../errors/refused.ts';
import { type PageQuery, toPage } from '../http/paging.ts';
import { JobsRepository } from './jobs.repository.ts';

/** Jobs that were given up. What they carry stays unseen: it may name people. */
@Injectable()
export class DeadJobs {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(JobsRepository) private readonly jobs: JobsRepository,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  async list({ after, limit }: PageQuery): Promise<Page<DeadJob>> {
    return toPage(
      await this.jobs.dead(after, limit + 1),
      limit,
      (row) => row.id,
      (row) => ({
        id: row.id,
        kind: row.kind,
        attempts: row.attempts,
        error: row.last_error ?? '',
        createdAt: row.created_at,
        givenUpAt: row.run_at,
      }),
    );
  }

  /** Puts it back in line, with all its attempts before it. */
  async retry(caller: Caller, jobId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const revived = await this.jobs.revive(tx, jobId);
      if (revived === null) throw refuse('NOT_FOUND');
      await this.audit.record(tx, caller, {
        action: 'JOB.RETRIED',
        estateId: null,
        subjectType: 'job',
        subjectId: jobId,
        after: revived,
      });
    });
  }
}
