import { Controller, Get, Inject, Query } from '@nestjs/common';
import type { DeskView } from '@linli/shared/desk';
import { Matches } from 'class-validator';
import { ID } from '../../kernel/http/fields.ts';
import { Caller, CurrentCaller, SignedIn, STAFF } from '../../kernel/access/index.ts';
import { refuse } from '../../kernel/errors/refused.ts';
import { DeskCounts } from './desk-counts.ts';

class DeskQuery {
  @Matches(ID)
  estateId: string;
}

@Controller('me/desk')
export class DeskController {
  constructor(@Inject(DeskCounts) private readonly counts: DeskCounts) {}

  @Get()
  @SignedIn()
  async read(@CurrentCaller() caller: Caller, @Query() query: DeskQuery): Promise<DeskView> {
    if (!caller.has(query.estateId, STAFF)) throw refuse('ACCESS.DENIED');
    return { counts: await this.counts.of(caller, query.estateId) };
  }
}
