import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import type { DeskMandate, DeskPrincipal, Mandate, ProxyOptions } from '@linli/shared/assembly';
import type { SendSignatureResponse } from '@linli/shared/identity';
import type { Page } from '@linli/shared/kernel';
import type { FastifyRequest } from 'fastify';
import { Caller, CurrentCaller, InEstate, OWNERS, SignedIn } from '../../../kernel/access/index.ts';
import { Database } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { IdParam } from '../../../kernel/http/id-param.ts';
import { PageQuery } from '../../../kernel/http/paging.ts';
import { MANDATE_DESK } from '../conveners.ts';
import {
  EndMandateDto,
  EnterMandateDto,
  GrantMandateDto,
  ReviewMandateDto,
  UnitLabelQuery,
} from '../dto/proxy.dto.ts';
import { EndMandateService } from './end-mandate.service.ts';
import { GrantMandateService } from './grant-mandate.service.ts';
import { MandatesRepository } from './mandates.repository.ts';
import { PaperMandatesService } from './paper-mandates.service.ts';

/** Owners send somebody to vote 委托投票. */
@Controller('estates/:estateId/assemblies/:id/mandates')
export class MandatesController {
  constructor(
    @Inject(GrantMandateService) private readonly granting: GrantMandateService,
    @Inject(EndMandateService) private readonly ending: EndMandateService,
    @Inject(PaperMandatesService) private readonly paper: PaperMandatesService,
  ) {}

  @Get('options')
  @InEstate(OWNERS)
  options(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
  ): Promise<ProxyOptions> {
    return this.granting.options(caller, estateId, id);
  }

  @Post('code')
  @HttpCode(200)
  @InEstate(OWNERS)
  code(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest): Promise<SendSignatureResponse> {
    return this.granting.sendCode(caller, request.ip);
  }

  @Post()
  @InEstate(OWNERS)
  grant(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Body() body: GrantMandateDto,
    @Req() request: FastifyRequest,
  ): Promise<Mandate> {
    return this.granting.sign(caller, estateId, id, body, request.ip);
  }

  @Get('desk')
  @InEstate(MANDATE_DESK)
  desk(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Query() query: PageQuery,
  ): Promise<Page<DeskMandate>> {
    return this.paper.list(caller, estateId, id, query);
  }

  @Get('desk/principals')
  @InEstate(MANDATE_DESK)
  principals(
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Query() { unit }: UnitLabelQuery,
  ): Promise<DeskPrincipal[]> {
    return this.paper.principals(estateId, id, unit);
  }

  @Post('paper')
  @InEstate(MANDATE_DESK)
  enter(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Body() body: EnterMandateDto,
  ): Promise<DeskMandate> {
    return this.paper.enter(caller, estateId, id, body);
  }

  @Post(':mandateId/review')
  @HttpCode(200)
  @InEstate(MANDATE_DESK)
  review(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Param('mandateId', IdParam) mandateId: string,
    @Body() { approve }: ReviewMandateDto,
  ): Promise<DeskMandate> {
    return this.paper.review(caller, estateId, id, mandateId, approve);
  }

  @Post(':mandateId/end')
  @HttpCode(200)
  @InEstate(MANDATE_DESK)
  async end(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Param('mandateId', IdParam) mandateId: string,
    @Body() { reason }: EndMandateDto,
  ): Promise<DeskMandate> {
    if (reason !== 'SOLD' && reason !== 'DIED') throw refuse('STATE.NOT_ALLOWED');
    return this.paper.view(caller, await this.ending.byDesk(caller, estateId, id, mandateId, reason));
  }
}

/** A mandate's two parties end it; the agent may be nobody else in the estate. */
@Controller('me/mandates')
export class MyMandatesController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(EndMandateService) private readonly ending: EndMandateService,
    @Inject(MandatesRepository) private readonly mandates: MandatesRepository,
  ) {}

  @Post(':mandateId/end')
  @HttpCode(200)
  @SignedIn()
  async end(
    @CurrentCaller() caller: Caller,
    @Param('mandateId', IdParam) mandateId: string,
    @Body() { reason }: EndMandateDto,
  ): Promise<Mandate> {
    if (reason !== 'REVOKED' && reason !== 'RESIGNED') throw refuse('STATE.NOT_ALLOWED');
    const row = await this.ending.byParty(caller, mandateId, reason);
    const [view] = await this.mandates.views(this.database, [row], () => reason === 'REVOKED');
    if (view === undefined) throw refuse('NOT_FOUND');
    return view;
  }
}
