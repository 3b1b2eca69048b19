import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import type { Page } from '@linli/shared/kernel';
import type {
  ResponsibleBody,
  TicketAssignee,
  TicketCounts,
  TicketDetail,
  TicketSummary,
} from '@linli/shared/tickets';
import { Caller, CurrentCaller, InEstate, STAFF, SUPERVISORS } from '../../kernel/access/index.ts';
import { ActionKey } from '../../kernel/http/action-key.decorator.ts';
import { IdParam } from '../../kernel/http/id-param.ts';
import {
  AcceptDto,
  AssignDto,
  DecideExtensionDto,
  MergeDto,
  MessageDto,
  PlainStepDto,
  QueueQuery,
  ReasonDto,
  RejectDto,
  RequestExtensionDto,
  SuspendDto,
  TransferDto,
} from './dto/tickets.dto.ts';
import { ReadTicketsService } from './read-tickets.service.ts';
import { StepAndRead } from './step-and-read.service.ts';

/** The queue, and what those who handle or supervise do with a complaint. */
@Controller('estates/:estateId/tickets')
export class HandlerController {
  constructor(
    @Inject(ReadTicketsService) private readonly reading: ReadTicketsService,
    @Inject(StepAndRead) private readonly steps: StepAndRead,
  ) {}

  @Get('queue')
  @InEstate(STAFF)
  queue(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Query() query: QueueQuery,
  ): Promise<Page<TicketSummary>> {
    return this.reading.queue(caller, estateId, query);
  }

  @Get('counts')
  @InEstate(STAFF)
  counts(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
  ): Promise<TicketCounts> {
    return this.reading.counts(caller, estateId);
  }

  @Get('assignees')
  @InEstate(STAFF)
  assignees(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
  ): Promise<TicketAssignee[]> {
    return this.reading.assignees(caller, estateId);
  }

  @Get('departments')
  @InEstate(STAFF)
  departments(@Param('estateId', IdParam) estateId: string): Promise<ResponsibleBody[]> {
    return this.reading.departments(estateId);
  }

  @Post(':id/accept')
  @HttpCode(200)
  @InEstate(STAFF)
  accept(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @ActionKey() key: string,
    @Body() body: AcceptDto,
  ): Promise<TicketDetail> {
    return this.steps.take(caller, { estateId, id }, 'ACCEPT', body, key);
  }

  @Post(':id/reject')
  @HttpCode(200)
  @InEstate(STAFF)
  reject(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @ActionKey() key: string,
    @Body() body: RejectDto,
  ): Promise<TicketDetail> {
    return this.steps.take(caller, { estateId, id }, 'REJECT', body, key);
  }

  @Post(':id/assign')
  @HttpCode(200)
  @InEstate(STAFF)
  assign(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @ActionKey() key: string,
    @Body() body: AssignDto,
  ): Promise<TicketDetail> {
    return this.steps.take(caller, { estateId, id }, 'ASSIGN', body, key);
  }

  @Post(':id/start')
  @HttpCode(200)
  @InEstate(STAFF)
  start(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @ActionKey() key: string,
    @Body() body: PlainStepDto,
  ): Promise<TicketDetail> {
    return this.steps.take(caller, { estateId, id }, 'START', body, key);
  }

  @Post(':id/reply')
  @HttpCode(200)
  @InEstate(STAFF)
  reply(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @ActionKey() key: string,
    @Body() body: MessageDto,
  ): Promise<TicketDetail> {
    return this.steps.take(caller, { estateId, id }, 'REPLY', body, key);
  }

  @Post(':id/ask')
  @HttpCode(200)
  @InEstate(STAFF)
  ask(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @ActionKey() key: string,
    @Body() body: MessageDto,
  ): Promise<TicketDetail> {
    return this.steps.take(caller, { estateId, id }, 'ASK_RESIDENT', body, key);
  }

  @Post(':id/resolve')
  @HttpCode(200)
  @InEstate(STAFF)
  resolve(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @ActionKey() key: string,
    @Body() body: MessageDto,
  ): Promise<TicketDetail> {
    return this.steps.take(caller, { estateId, id }, 'RESOLVE', body, key);
  }

  @Post(':id/transfer')
  @HttpCode(200)
  @InEstate(STAFF)
  transfer(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @ActionKey() key: string,
    @Body() body: TransferDto,
  ): Promise<TicketDetail> {
    return this.steps.take(caller, { estateId, id }, 'TRANSFER', body, key);
  }

  @Post(':id/return')
  @HttpCode(200)
  @InEstate(STAFF)
  giveBack(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @ActionKey() key: string,
    @Body() body: ReasonDto,
  ): Promise<TicketDetail> {
    return this.steps.take(caller, { estateId, id }, 'RETURN', body, key);
  }

  @Post(':id/take-over')
  @HttpCode(200)
  @InEstate(STAFF)
  takeOver(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @ActionKey() key: string,
    @Body() body: PlainStepDto,
  ): Promise<TicketDetail> {
    return this.steps.take(caller, { estateId, id }, 'TAKE_OVER', body, key);
  }

  @Post(':id/mediate')
  @HttpCode(200)
  @InEstate(STAFF)
  mediate(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @ActionKey() key: string,
    @Body() body: ReasonDto,
  ): Promise<TicketDetail> {
    return this.steps.take(caller, { estateId, id }, 'MEDIATE', body, key);
  }

  @Post(':id/mediation-fails')
  @HttpCode(200)
  @InEstate(STAFF)
  mediationFails(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @ActionKey() key: string,
    @Body() body: ReasonDto,
  ): Promise<TicketDetail> {
    return this.steps.take(caller, { estateId, id }, 'MEDIATION_FAILS', body, key);
  }

  @Post(':id/suspend')
  @HttpCode(200)
  @InEstate(STAFF)
  suspend(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @ActionKey() key: string,
    @Body() body: SuspendDto,
  ): Promise<TicketDetail> {
    return this.steps.take(caller, { estateId, id }, 'SUSPEND', body, key);
  }

  @Post(':id/resume')
  @HttpCode(200)
  @InEstate(STAFF)
  resume(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @ActionKey() key: string,
    @Body() body: PlainStepDto,
  ): Promise<TicketDetail> {
    return this.steps.take(caller, { estateId, id }, 'RESUME', body, key);
  }

  @Post(':id/merge')
  @HttpCode(200)
  @InEstate(STAFF)
  merge(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @ActionKey() key: string,
    @Body() body: MergeDto,
  ): Promise<TicketDetail> {
    return this.steps.take(caller, { estateId, id }, 'MERGE', body, key);
  }

  @Post(':id/urge')
  @HttpCode(200)
  @InEstate(STAFF)
  urge(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @ActionKey() key: string,
    @Body() body: ReasonDto,
  ): Promise<TicketDetail> {
    return this.steps.take(caller, { estateId, id }, 'URGE', body, key);
  }

  @Post(':id/escalate')
  @HttpCode(200)
  @InEstate(STAFF)
  escalate(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @ActionKey() key: string,
    @Body() body: ReasonDto,
  ): Promise<TicketDetail> {
    return this.steps.take(caller, { estateId, id }, 'ESCALATE', body, key);
  }

  @Post(':id/extensions')
  @HttpCode(200)
  @InEstate(STAFF)
  requestExtension(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @ActionKey() key: string,
    @Body() body: RequestExtensionDto,
  ): Promise<TicketDetail> {
    return this.steps.requestExtension(caller, { estateId, id }, body, key);
  }

  @Post(':id/extensions/:extensionId')
  @HttpCode(200)
  @InEstate(SUPERVISORS)
  decideExtension(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Param('extensionId', IdParam) extensionId: string,
    @ActionKey() key: string,
    @Body() body: DecideExtensionDto,
  ): Promise<TicketDetail> {
    return this.steps.decideExtension(caller, { estateId, id }, extensionId, body, key);
  }
}
