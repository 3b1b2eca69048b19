export { TicketsModule } from './tickets.module.ts';
export { type PhoneQuery, type PhoneSource, ResponsiblePhones } from './responsible-phones.ts';
export { FileTicketService } from './file-ticket.service.ts';
export { SimilarTicketsService } from './similar-tickets.service.ts';
export { StepAndRead } from './step-and-read.service.ts';
export { SweepTicketsService } from './sweep-tickets.service.ts';
export { ReadTicketsService } from './read-tickets.service.ts';
export { OversightService } from './oversight.service.ts';
