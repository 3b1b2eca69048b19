export { TicketsModule } from './tickets.module.ts';
export { type PhoneQuery, type PhoneSource, ResponsiblePhones } from './filing/responsible-phones.ts';
export { FileTicketService } from './filing/file-ticket.service.ts';
export { SimilarTicketsService } from './filing/similar-tickets.service.ts';
export { StepAndRead } from './steps/step-and-read.service.ts';
export { SweepTicketsService } from './steps/sweep-tickets.service.ts';
export { ReadTicketsService } from './reading/read-tickets.service.ts';
export { OversightService } from './reading/oversight.service.ts';
