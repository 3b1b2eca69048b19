import { Body, Controller, Get, Inject, Param, Query } from '@nestjs/common';
import type { Page } from '@linli/shared/kernel';
import type {
  ResponsibleBody,
  TicketAssignee,
  TicketCounts,
  TicketDetail,
  TicketSummary,
} from '@linli/shared/tickets';
import { Caller, CurrentCaller, InEstate, STAFF, SUPERVISORS } from '../../kernel/access/index.ts';
import { CurrentAct, type EstateAct } from '../../kernel/http/estate-act.decorator.ts';
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
import { ReadTicketsService } from './reading/read-tickets.service.ts';
import { StepAndRead } from './steps/step-and-read.service.ts';
import { TicketStep } from './steps/ticket-step.decorator.ts';

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

  @TicketStep('accept', STAFF)
  accept(@CurrentAct() act: EstateAct, @Body() body: AcceptDto): Promise<TicketDetail> {
    return this.steps.take(act, 'ACCEPT', body);
  }

  @TicketStep('reject', STAFF)
  reject(@CurrentAct() act: EstateAct, @Body() body: RejectDto): Promise<TicketDetail> {
    return this.steps.take(act, 'REJECT', body);
  }

  @TicketStep('assign', STAFF)
  assign(@CurrentAct() act: EstateAct, @Body() body: AssignDto): Promise<TicketDetail> {
    return this.steps.take(act, 'ASSIGN', body);
  }

  @TicketStep('start', STAFF)
  start(@CurrentAct() act: EstateAct, @Body() body: PlainStepDto): Promise<TicketDetail> {
    return this.steps.take(act, 'START', body);
  }

  @TicketStep('reply', STAFF)
  reply(@CurrentAct() act: EstateAct, @Body() body: MessageDto): Promise<TicketDetail> {
    return this.steps.take(act, 'REPLY', body);
  }

  @TicketStep('ask', STAFF)
  ask(@CurrentAct() act: EstateAct, @Body() body: MessageDto): Promise<TicketDetail> {
    return this.steps.take(act, 'ASK_RESIDENT', body);
  }

  @TicketStep('resolve', STAFF)
  resolve(@CurrentAct() act: EstateAct, @Body() body: MessageDto): Promise<TicketDetail> {
    return this.steps.take(act, 'RESOLVE', body);
  }

  @TicketStep('transfer', STAFF)
  transfer(@CurrentAct() act: EstateAct, @Body() body: TransferDto): Promise<TicketDetail> {
    return this.steps.take(act, 'TRANSFER', body);
  }

  @TicketStep('return', STAFF)
  giveBack(@CurrentAct() act: EstateAct, @Body() body: ReasonDto): Promise<TicketDetail> {
    return this.steps.take(act, 'RETURN', body);
  }

  @TicketStep('take-over', STAFF)
  takeOver(@CurrentAct() act: EstateAct, @Body() body: PlainStepDto): Promise<TicketDetail> {
    return this.steps.take(act, 'TAKE_OVER', body);
  }

  @TicketStep('mediate', STAFF)
  mediate(@CurrentAct() act: EstateAct, @Body() body: ReasonDto): Promise<TicketDetail> {
    return this.steps.take(act, 'MEDIATE', body);
  }

  @TicketStep('mediation-fails', STAFF)
  mediationFails(@CurrentAct() act: EstateAct, @Body() body: ReasonDto): Promise<TicketDetail> {
    return this.steps.take(act, 'MEDIATION_FAILS', body);
  }

  @TicketStep('suspend', STAFF)
  suspend(@CurrentAct() act: EstateAct, @Body() body: SuspendDto): Promise<TicketDetail> {
    return this.steps.take(act, 'SUSPEND', body);
  }

  @TicketStep('resume', STAFF)
  resume(@CurrentAct() act: EstateAct, @Body() body: PlainStepDto): Promise<TicketDetail> {
    return this.steps.take(act, 'RESUME', body);
  }

  @TicketStep('merge', STAFF)
  merge(@CurrentAct() act: EstateAct, @Body() body: MergeDto): Promise<TicketDetail> {
    return this.steps.take(act, 'MERGE', body);
  }

  @TicketStep('urge', STAFF)
  urge(@CurrentAct() act: EstateAct, @Body() body: ReasonDto): Promise<TicketDetail> {
    return this.steps.take(act, 'URGE', body);
  }

  @TicketStep('escalate', STAFF)
  escalate(@CurrentAct() act: EstateAct, @Body() body: ReasonDto): Promise<TicketDetail> {
    return this.steps.take(act, 'ESCALATE', body);
  }

  @TicketStep('extensions', STAFF)
  requestExtension(@CurrentAct() act: EstateAct, @Body() body: RequestExtensionDto): Promise<TicketDetail> {
    return this.steps.requestExtension(act, body);
  }

  @TicketStep('extensions/:extensionId', SUPERVISORS)
  decideExtension(
    @CurrentAct() act: EstateAct,
    @Param('extensionId', IdParam) extensionId: string,
    @Body() body: DecideExtensionDto,
  ): Promise<TicketDetail> {
    return this.steps.decideExtension(act, extensionId, body);
  }
}
