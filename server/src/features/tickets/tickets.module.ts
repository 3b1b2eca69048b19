import { Module } from '@nestjs/common';
import { AttachPhotos } from './attach-photos.ts';
import { ComplainantStepsController } from './complainant-steps.controller.ts';
import { ComplainantsRepository } from './complainants.repository.ts';
import { ExtensionsService } from './extensions.service.ts';
import { FileTicketService } from './file-ticket.service.ts';
import { HandlerController } from './handler.controller.ts';
import { MergeTickets } from './merge-tickets.ts';
import { OversightService } from './oversight.service.ts';
import { RateTicketService } from './rate-ticket.service.ts';
import { ReadTicketsService } from './read-tickets.service.ts';
import { ReadableTickets } from './readable-tickets.ts';
import { ResponsiblePhones } from './responsible-phones.ts';
import { SimilarTicketsService } from './similar-tickets.service.ts';
import { StepAndRead } from './step-and-read.service.ts';
import { StepEffects } from './step-effects.ts';
import { StepNotices } from './step-notices.ts';
import { StepTicketService } from './step-ticket.service.ts';
import { SweepTicketsService } from './sweep-tickets.service.ts';
import { TicketDesks } from './ticket-desks.ts';
import { TicketDetailService } from './ticket-detail.service.ts';
import { TicketEstates } from './ticket-estates.ts';
import { TicketListsController } from './ticket-lists.controller.ts';
import { TicketNotices } from './ticket-notices.ts';
import { TicketRecords } from './ticket-records.ts';
import { TicketSummaries } from './ticket-summaries.ts';
import { TicketsController } from './tickets.controller.ts';
import { TicketsRepository } from './tickets.repository.ts';
import { ConfirmCard } from './confirm-card.ts';

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
