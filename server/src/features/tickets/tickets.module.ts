import { Module } from '@nestjs/common';
import { AttachPhotos } from './filing/attach-photos.ts';
import { ComplainantStepsController } from './complainant-steps.controller.ts';
import { ComplainantsRepository } from './complainants.repository.ts';
import { ExtensionsService } from './steps/extensions.service.ts';
import { FileTicketService } from './filing/file-ticket.service.ts';
import { HandlerController } from './handler.controller.ts';
import { MergeTickets } from './steps/merge-tickets.ts';
import { OversightService } from './reading/oversight.service.ts';
import { RateTicketService } from './steps/rate-ticket.service.ts';
import { ReadTicketsService } from './reading/read-tickets.service.ts';
import { ReadableTickets } from './reading/readable-tickets.ts';
import { ResponsiblePhones } from './filing/responsible-phones.ts';
import { SimilarTicketsService } from './filing/similar-tickets.service.ts';
import { StepAndRead } from './steps/step-and-read.service.ts';
import { StepEffects } from './steps/step-effects.ts';
import { StepNotices } from './steps/step-notices.ts';
import { StepTicketService } from './steps/step-ticket.service.ts';
import { SweepTicketsService } from './steps/sweep-tickets.service.ts';
import { TicketDesks } from './reading/ticket-desks.ts';
import { TicketDetailService } from './reading/ticket-detail.service.ts';
import { TicketEstates } from './ticket-estates.ts';
import { TicketListsController } from './ticket-lists.controller.ts';
import { TicketNotices } from './ticket-notices.ts';
import { TicketRecords } from './reading/ticket-records.ts';
import { TicketSummaries } from './reading/ticket-summaries.ts';
import { TicketsController } from './tickets.controller.ts';
import { TicketsRepository } from './tickets.repository.ts';
import { ConfirmCard } from './reading/confirm-card.ts';

/** Complaints 投诉: filed by residents, handled rung by rung, watched by the clock. */
@Module({
  // The handler's fixed addresses (queue, counts …) stand before `:id`.
  controllers: [HandlerController, TicketListsController, ComplainantStepsController, TicketsController],
  providers: [
    ConfirmCard,
    AttachPhotos,
    ComplainantsRepository,
    ExtensionsService,
    FileTicketService,
    MergeTickets,
    OversightService,
    RateTicketService,
    ReadTicketsService,
    ReadableTickets,
    ResponsiblePhones,
    SimilarTicketsService,
    StepAndRead,
    StepEffects,
    StepNotices,
    StepTicketService,
    SweepTicketsService,
    TicketDesks,
    TicketDetailService,
    TicketEstates,
    TicketNotices,
    TicketRecords,
    TicketSummaries,
    TicketsRepository,
  ],
  exports: [
    ExtensionsService,
    FileTicketService,
    OversightService,
    ReadTicketsService,
    ResponsiblePhones,
    SimilarTicketsService,
    StepAndRead,
    SweepTicketsService,
    TicketDetailService,
  ],
})
export class TicketsModule {}
