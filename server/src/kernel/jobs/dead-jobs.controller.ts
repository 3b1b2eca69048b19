import { Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import type { Page } from '@linli/shared/kernel';
import type { DeadJob } from '@linli/shared/ops';
import { Caller, CurrentCaller, OperatorOnly } from '../access/index.ts';
import { IdParam } from '../http/id-param.ts';
import { PageQuery } from '../http/paging.ts';
import { DeadJobs } from './dead-jobs.service.ts';

@Controller('ops/jobs')
export class DeadJobsController {
  constructor(@Inject(DeadJobs) private readonly jobs: DeadJobs) {}

  @Get('dead')
  @OperatorOnly()
  list(@Query() query: PageQuery): Promise<Page<DeadJob>> {
    return this.jobs.list(query);
  }

  @Post(':id/retry')
  @HttpCode(204)
  @OperatorOnly()
  retry(@CurrentCaller() caller: Caller, @Param('id', IdParam) id: string): Promise<void> {
    return this.jobs.retry(caller, id);
  }
}
