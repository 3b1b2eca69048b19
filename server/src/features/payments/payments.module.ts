import { Module } from '@nestjs/common';
import { FeesModule } from '../fees/index.ts';
import { LedgerModule } from '../ledger/index.ts';
import { NoticesService } from './notices.service.ts';
import { OrdersRepository } from './orders.repository.ts';
import { PayOrdersService } from './orders.service.ts';
import { PaymentRecords } from './payment-records.ts';
import { PayeesService } from './payees.service.ts';
import {
  CallbackController,
  PaymentDeskController,
  PayOrdersController,
  ReceiptsController,
} from './payments.controller.ts';
import { ReceiptsService } from './receipts.service.ts';
import { SettleService } from './settle.service.ts';
import { UnmatchedService } from './unmatched.service.ts';
import { WatchOrders } from './watch-orders.ts';

/** Paying bills through WeChat Pay 缴费, and the receipts. */
@Module({
  imports: [FeesModule, LedgerModule],
  controllers: [CallbackController, PaymentDeskController, PayOrdersController, ReceiptsController],
  providers: [
    NoticesService,
    OrdersRepository,
    PayOrdersService,
    PaymentRecords,
    PayeesService,
    ReceiptsService,
    SettleService,
    UnmatchedService,
    WatchOrders,
  ],
  exports: [PayeesService, PayOrdersService, ReceiptsService, SettleService],
})
export class PaymentsModule {}
