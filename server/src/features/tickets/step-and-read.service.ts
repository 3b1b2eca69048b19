import { Inject, Injectable } from '@nestjs/common';
import type {
  DecideExtensionRequest,
  RequestExtensionRequest,
  TicketDetail,
  TicketEvent,
  TicketRating,
} from '@linli/shared/tickets';
import type { Caller } from '../../kernel/access/index.ts';
import { ExtensionsService } from './extensions.service.ts';
import type { StepInput } from './step-input.ts';
import { StepTicketService } from './step-ticket.service.ts';
import { TicketDetailService } from './ticket-detail.service.ts';

/** Which complaint a step is for. */
export interface TicketAddress {
  readonly estateId: string;
  readonly id: string;
}

/** Every step answers the complaint as it now is for the caller; names are read anew and never kept with the action. */
@Injectable()
export class StepAndRead {
  constructor(
    @Inject(StepTicketService) private readonly steps: StepTicketService,
    @Inject(ExtensionsService) private readonly extensions: ExtensionsService,
    @Inject(TicketDetailService) private readonly details: TicketDetailService,
  ) {}

  async take(
    caller: Caller,
    { estateId, id }: TicketAddress,
    event: TicketEvent,
    input: StepInput,
    key: string,
  ): Promise<TicketDetail> {
    await this.steps.step(caller, estateId, id, event, input, key);
    return this.details.read(caller, estateId, id);
  }

  async rate(
    caller: Caller,
    { estateId, id }: TicketAddress,
    rating: TicketRating,
    key: string,
  ): Promise<TicketDetail> {
    await this.steps.rate(caller, estateId, id, rating, key);
    return this.details.read(caller, estateId, id);
  }

  async requestExtension(
    caller: Caller,
    { estateId, id }: TicketAddress,
    request: RequestExtensionRequest,
    key: string,
  ): Promise<TicketDetail> {
    await this.extensions.request(caller, estateId, id, request, key);
    return this.details.read(caller, estateId, id);
  }

  async decideExtension(
    caller: Caller,
    { estateId, id }: TicketAddress,
    extensionId: string,
    decision: DecideExtensionRequest,
    key: string,
  ): Promise<TicketDetail> {
    await this.extensions.decide(caller, estateId, id, extensionId, decision, key);
    return this.details.read(caller, estateId, id);
  }
}
