import { Global, Module, type DynamicModule } from '@nestjs/common';
import { ENVIRONMENT } from '../config/config.module.ts';
import type { Environment } from '../config/environment.ts';
import { Audit } from './audit/audit.ts';
import { Clock, SystemClock } from './clock/clock.ts';
import { AddressSigner, BlindIndex, FieldCipher, NoteSigner } from './crypto/index.ts';
import { Database } from './database/index.ts';
import { Idempotency } from './idempotency/idempotency.ts';
import { Ids, UlidIds } from './ids/ids.ts';
import { DeadJobsController } from './jobs/dead-jobs.controller.ts';
import { DeadJobs } from './jobs/dead-jobs.service.ts';
import { Jobs } from './jobs/jobs.ts';
import { JobsRepository } from './jobs/jobs.repository.ts';
import { RecurringJobs } from './jobs/recurring-jobs.ts';
import { PersonalData } from './privacy/personal-data.ts';
import { SweepOutlived } from './retention/sweep-outlived.service.ts';
import { RateLimits } from './rate-limits/rate-limits.ts';

/** Pieces that others may stand in for. */
export interface KernelParts {
  readonly clock?: Clock;
}

/** The pieces that every feature may use. */
@Global()
@Module({})
export class KernelModule {
  static with(environment: Environment, database: Database, parts: KernelParts = {}): DynamicModule {
    const values = [
      { provide: Database, useValue: database },
      { provide: Clock, useValue: parts.clock ?? new SystemClock() },
      { provide: Ids, useClass: UlidIds },
      { provide: FieldCipher, useValue: new FieldCipher(environment.fieldKey) },
      { provide: BlindIndex, useValue: new BlindIndex(environment.indexKey) },
      { provide: AddressSigner, useValue: new AddressSigner(environment.urlKey) },
      { provide: NoteSigner, useValue: noteSignerOf(environment) },
      { provide: RateLimits, useFactory: RateLimits.open, inject: [ENVIRONMENT] },
    ];
    const services = [Audit, Idempotency, Jobs, PersonalData, RecurringJobs, SweepOutlived];
    return {
      module: KernelModule,
      controllers: [DeadJobsController],
      providers: [...values, ...services, DeadJobs, JobsRepository],
      exports: [...values.map(({ provide }) => provide), ...services],
    };
  }
}

function noteSignerOf({ logKey, formerLogKey }: Environment): NoteSigner {
  return new NoteSigner(formerLogKey === null ? [logKey] : [logKey, formerLogKey]);
}
