import { Controller, Get, Inject } from '@nestjs/common';
import { Public } from '../access/index.ts';
import { Database } from '../database/index.ts';

@Controller('health')
export class HealthController {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Ready means: the database answers. */
  @Get()
  @Public('load balancers and the start script ask')
  async check(): Promise<{ status: 'ok' }> {
    await this.database.row('SELECT 1 AS ok');
    return { status: 'ok' };
  }
}
