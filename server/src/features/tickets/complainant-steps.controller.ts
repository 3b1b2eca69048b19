import { Body, Controller, Inject } from '@nestjs/common';
import type { TicketDetail } from '@linli/shared/tickets';
import { RESIDENTS } from '../../kernel/access/index.ts';
import { CurrentAct, type EstateAct } from '../../kernel/http/estate-act.decorator.ts';
import { MessageDto, RatingDto, ReasonDto } from './dto/tickets.dto.ts';
import { StepAndRead } from './steps/step-and-read.service.ts';
import { TicketStep } from './steps/ticket-step.decorator.ts';

/** What a complainant does with their own complaint. */
@Controller('estates/:estateId/tickets')
export class ComplainantStepsController {
  constructor(@Inject(StepAndRead) private readonly steps: StepAndRead) {}

  @TicketStep('withdraw', RESIDENTS)
  withdraw(@CurrentAct() act: EstateAct, @Body() body: ReasonDto): Promise<TicketDetail> {
    return this.steps.take(act, 'WITHDRAW', body);
  }

  @TicketStep('answer', RESIDENTS)
  answer(@CurrentAct() act: EstateAct, @Body() body: MessageDto): Promise<TicketDetail> {
    return this.steps.take(act, 'RESIDENT_ANSWERS', body);
  }

  @TicketStep('reopen', RESIDENTS)
  reopen(@CurrentAct() act: EstateAct, @Body() body: ReasonDto): Promise<TicketDetail> {
    return this.steps.take(act, 'REOPEN', body);
  }

  @TicketStep('appeal', RESIDENTS)
  appeal(@CurrentAct() act: EstateAct, @Body() body: ReasonDto): Promise<TicketDetail> {
    return this.steps.take(act, 'APPEAL', body);
  }

  @TicketStep('confirm', RESIDENTS)
  confirm(@CurrentAct() act: EstateAct, @Body() body: RatingDto): Promise<TicketDetail> {
    return this.steps.take(act, 'CONFIRM', { rating: body });
  }

  @TicketStep('rate', RESIDENTS)
  rate(@CurrentAct() act: EstateAct, @Body() body: RatingDto): Promise<TicketDetail> {
    return this.steps.rate(act, body);
  }
}
