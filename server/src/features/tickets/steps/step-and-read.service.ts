import { Inject, Injectable } from '@nestjs/common';
import type {
  DecideExtensionRequest,
  RequestExtensionRequest,
  TicketDetail,
  TicketEvent,
  TicketRating,
} from '@linli/shared/tickets';
import type { EstateAct } from '../../../kernel/http/estate-act.decorator.ts';
import { ExtensionsService } from './extensions.service.ts';
import type { StepInput } from './step-input.ts';
import { RateTicketService } from './rate-ticket.service.ts';
import { StepTicketService } from './step-ticket.service.ts';
import { TicketDetailService } from '../reading/ticket-detail.service.ts';

/** Every step answers the complaint as it now is for the caller; names are read anew and never kept with the action. */
@Injectable()
export class StepAndRead {
  constructor(
    @Inject(StepTicketService) private readonly steps: StepTicketService,
    @Inject(RateTicketService) private readonly ratings: RateTicketService,
    @Inject(ExtensionsService) private readonly extensions: ExtensionsService,
    @Inject(TicketDetailService) private readonly details: TicketDetailService,
  ) {}

  async take(act: EstateAct, event: TicketEvent, input: StepInput): Promise<TicketDetail> {
    await this.steps.step(act.caller, act.estateId, act.id, event, input, act.key);
    return this.read(act);
  }

  async rate(act: EstateAct, rating: TicketRating): Promise<TicketDetail> {
    await this.ratings.rate(act.caller, act.estateId, act.id, rating, act.key);
    return this.read(act);
  }

  async requestExtension(act: EstateAct, request: RequestExtensionRequest): Promise<TicketDetail> {
    await this.extensions.request(act.caller, act.estateId, act.id, request, act.key);
    return this.read(act);
  }

  async decideExtension(
    act: EstateAct,
    extensionId: string,
    decision: DecideExtensionRequest,
  ): Promise<TicketDetail> {
    await this.extensions.decide(act.caller, act.estateId, act.id, extensionId, decision, act.key);
    return this.read(act);
  }

  private read({ caller, estateId, id }: EstateAct): Promise<TicketDetail> {
    return this.details.read(caller, estateId, id);
  }
}
