import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import type { Page } from '@linli/shared/kernel';
import type {
  FileTicketResponse,
  ResponsibleAnswer,
  SimilarTicketsResponse,
  TicketDetail,
  TicketSummary,
} from '@linli/shared/tickets';
import { Caller, CurrentCaller, EVERYONE, InEstate, RESIDENTS } from '../../kernel/access/index.ts';
import { ActionKey } from '../../kernel/http/action-key.decorator.ts';
import { IdParam } from '../../kernel/http/id-param.ts';
import { PageQuery } from '../../kernel/http/paging.ts';
import { PER_PERSON } from '../../kernel/rate-limits/per-person.ts';
import { RateLimits } from '../../kernel/rate-limits/rate-limits.ts';
import { FileTicketDto, FollowTicketDto, ResponsibleQuery, SimilarTicketsDto } from './dto/tickets.dto.ts';
import { FileTicketService } from './filing/file-ticket.service.ts';
import { ReadTicketsService } from './reading/read-tickets.service.ts';
import { SimilarTicketsService } from './filing/similar-tickets.service.ts';
import { TicketDetailService } from './reading/ticket-detail.service.ts';

/** Complaints as residents file and read them. */
@Controller('estates/:estateId/tickets')
export class TicketsController {
  constructor(
    @Inject(FileTicketService) private readonly filing: FileTicketService,
    @Inject(RateLimits) private readonly limits: RateLimits,
    @Inject(SimilarTicketsService) private readonly similarTickets: SimilarTicketsService,
    @Inject(ReadTicketsService) private readonly reading: ReadTicketsService,
    @Inject(TicketDetailService) private readonly details: TicketDetailService,
  ) {}

  @Post()
  @InEstate(RESIDENTS)
  async file(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @ActionKey() key: string,
    @Body() body: FileTicketDto,
  ): Promise<FileTicketResponse> {
    await this.limits.use(PER_PERSON.complaints, caller.personId);
    return this.filing.file(caller, estateId, body, key);
  }

  @Get()
  @InEstate(EVERYONE)
  list(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Query() query: PageQuery,
  ): Promise<Page<TicketSummary>> {
    return this.reading.neighbours(caller, estateId, query);
  }

  @Get('responsible')
  @InEstate(EVERYONE)
  responsible(
    @Param('estateId', IdParam) estateId: string,
    @Query() query: ResponsibleQuery,
  ): Promise<ResponsibleAnswer> {
    return this.reading.responsible(estateId, query.category, query.danger);
  }

  @Post('similar')
  @HttpCode(200)
  @InEstate(RESIDENTS)
  similar(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Body() body: SimilarTicketsDto,
  ): Promise<SimilarTicketsResponse> {
    return this.similarTickets.find(caller, estateId, body);
  }

  @Get(':id')
  @InEstate(EVERYONE)
  detail(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
  ): Promise<TicketDetail> {
    return this.details.read(caller, estateId, id);
  }

  @Post(':id/follow')
  @HttpCode(200)
  @InEstate(RESIDENTS)
  async follow(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @ActionKey() key: string,
    @Body() body: FollowTicketDto,
  ): Promise<TicketDetail> {
    await this.similarTickets.follow(caller, estateId, id, body.note, key);
    return this.details.read(caller, estateId, id);
  }
}
