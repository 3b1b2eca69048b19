import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import type { TicketDetail } from '@linli/shared/tickets';
import { Caller, CurrentCaller, InEstate, RESIDENTS } from '../../kernel/access/index.ts';
import { ActionKey } from '../../kernel/http/action-key.decorator.ts';
import { IdParam } from '../../kernel/http/id-param.ts';
import { MessageDto, RatingDto, ReasonDto } from './dto/tickets.dto.ts';
import { StepAndRead } from './step-and-read.service.ts';

/** What a complainant does with their own complaint. */
@Controller('estates/:estateId/tickets')
export class ComplainantStepsController {
  constructor(@Inject(StepAndRead) private readonly steps: StepAndRead) {}

  @Post(':id/withdraw')
  @HttpCode(200)
  @InEstate(RESIDENTS)
  withdraw(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @ActionKey() key: string,
    @Body() body: ReasonDto,
  ): Promise<TicketDetail> {
    return this.steps.take(caller, { estateId, id }, 'WITHDRAW', body, key);
  }

  @Post(':id/answer')
  @HttpCode(200)
  @InEstate(RESIDENTS)
  answer(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @ActionKey() key: string,
    @Body() body: MessageDto,
  ): Promise<TicketDetail> {
    return this.steps.take(caller, { estateId, id }, 'RESIDENT_ANSWERS', body, key);
  }

  @Post(':id/reopen')
  @HttpCode(200)
  @InEstate(RESIDENTS)
  reopen(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @ActionKey() key: string,
    @Body() body: ReasonDto,
  ): Promise<TicketDetail> {
    return this.steps.take(caller, { estateId, id }, 'REOPEN', body, key);
  }

  @Post(':id/appeal')
  @HttpCode(200)
  @InEstate(RESIDENTS)
  appeal(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @ActionKey() key: string,
    @Body() body: ReasonDto,
  ): Promise<TicketDetail> {
    return this.steps.take(caller, { estateId, id }, 'APPEAL', body, key);
  }

  @Post(':id/confirm')
  @HttpCode(200)
  @InEstate(RESIDENTS)
  confirm(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @ActionKey() key: string,
    @Body() body: RatingDto,
  ): Promise<TicketDetail> {
    return this.steps.take(caller, { estateId, id }, 'CONFIRM', { rating: body }, key);
  }

  @Post(':id/rate')
  @HttpCode(200)
  @InEstate(RESIDENTS)
  rate(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @ActionKey() key: string,
    @Body() body: RatingDto,
  ): Promise<TicketDetail> {
    return this.steps.rate(caller, { estateId, id }, body, key);
  }
}
