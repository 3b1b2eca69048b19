import { Controller, Get, Inject } from '@nestjs/common';
import type { Health } from '@linli/shared/ops';
import { Public } from '../access/index.ts';
import { Database } from '../database/index.ts';

@Controller('health')
export class HealthController {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Ready means: the database answers. Jobs that wait for the operator are told, and make nobody unready. */
  @Get()
  @Public('load balancers and the start script ask')
  async check(): Promise<Health> {
    const row = await this.database.row<{ dead: number }>(
      "SELECT COUNT(*) AS dead FROM jobs WHERE state = 'DEAD'",
    );
    return { status: 'ok', deadJobs: Number(row?.dead ?? 0) };
  }
}
