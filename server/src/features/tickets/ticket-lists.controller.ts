import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import type { Page } from '@linli/shared/kernel';
import type {
  OversightCounts,
  OversightExtension,
  OversightTicket,
  TicketCatalogue,
  TicketSummary,
} from '@linli/shared/tickets';
import {
  Caller,
  CurrentCaller,
  EVERYONE,
  InEstate,
  InSomeEstate,
  SignedIn,
  STREET,
} from '../../kernel/access/index.ts';
import { IdParam } from '../../kernel/http/id-param.ts';
import { PageQuery } from '../../kernel/http/paging.ts';
import { OversightQuery } from './dto/tickets.dto.ts';
import { OversightService } from './reading/oversight.service.ts';
import { ReadTicketsService } from './reading/read-tickets.service.ts';

/** What complaints start from, one's own of every estate, and the supervisors' view across theirs. */
@Controller()
export class TicketListsController {
  constructor(
    @Inject(ReadTicketsService) private readonly reading: ReadTicketsService,
    @Inject(OversightService) private readonly oversight: OversightService,
  ) {}

  @Get('estates/:estateId/ticket-categories')
  @InEstate(EVERYONE)
  catalogue(@Param('estateId', IdParam) estateId: string): Promise<TicketCatalogue> {
    return this.reading.catalogue(estateId);
  }

  @Get('me/tickets')
  @SignedIn()
  mine(@CurrentCaller() caller: Caller, @Query() query: PageQuery): Promise<Page<TicketSummary>> {
    return this.reading.mine(caller, query);
  }

  @Get('oversight/tickets')
  @InSomeEstate(STREET)
  overseen(@CurrentCaller() caller: Caller, @Query() query: OversightQuery): Promise<Page<OversightTicket>> {
    return this.oversight.list(caller, query.filter, query);
  }

  @Get('oversight/tickets/counts')
  @InSomeEstate(STREET)
  overseenCounts(@CurrentCaller() caller: Caller): Promise<OversightCounts> {
    return this.oversight.counts(caller);
  }

  @Get('oversight/extensions')
  @InSomeEstate(STREET)
  extensions(@CurrentCaller() caller: Caller, @Query() query: PageQuery): Promise<Page<OversightExtension>> {
    return this.oversight.pendingExtensions(caller, query);
  }
}
