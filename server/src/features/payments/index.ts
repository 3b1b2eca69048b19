export { PayeesService } from './payees.service.ts';
export { PaymentsModule } from './payments.module.ts';
export { PayOrdersService } from './orders.service.ts';
export { ReceiptsService } from './receipts.service.ts';
export { SettleService } from './settle.service.ts';
