export { PayeesService } from './payees.service.ts';
export { PaymentsModule } from './payments.module.ts';
export { PayOrdersService } from './orders.service.ts';
export { ReceiptsService } from './receipts.service.ts';
export { SettleService } from './settle.service.ts';
export { PeopleAtDesk } from './refunds/people-at-desk.ts';
export { ProposalsService, type AgreedProposal } from './refunds/proposals.service.ts';
export { SendRefundsService } from './refunds/send-refunds.service.ts';
