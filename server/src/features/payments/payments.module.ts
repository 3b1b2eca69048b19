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
import { MyRefundsController, RefundDeskController } from './refunds.controller.ts';
import { AskRefundService } from './refunds/ask-refund.service.ts';
import { CreditsRepository } from './refunds/credits.repository.ts';
import { CreditsService } from './refunds/credits.service.ts';
import { PeopleAtDesk } from './refunds/people-at-desk.ts';
import { ProposalsService } from './refunds/proposals.service.ts';
import { RefundDeskService } from './refunds/refund-desk.service.ts';
import { RefundDesks } from './refunds/refund-desks.ts';
import { RefundEffects } from './refunds/refund-effects.ts';
import { RefundsRepository } from './refunds/refunds.repository.ts';
import { SendRefundsService } from './refunds/send-refunds.service.ts';
import { ReceiptsService } from './receipts.service.ts';
import { SettleService } from './settle.service.ts';
import { UnmatchedService } from './unmatched.service.ts';
import { WatchOrders } from './watch-orders.ts';

/** Paying bills through WeChat Pay 缴费, and the receipts. */
@Module({
  imports: [FeesModule, LedgerModule],
  controllers: [
    CallbackController,
    MyRefundsController,
    PaymentDeskController,
    PayOrdersController,
    ReceiptsController,
    RefundDeskController,
  ],
  providers: [
    AskRefundService,
    CreditsRepository,
    CreditsService,
    NoticesService,
    OrdersRepository,
    PayOrdersService,
    PaymentRecords,
    PayeesService,
    PeopleAtDesk,
    ProposalsService,
    ReceiptsService,
    RefundDesks,
    RefundDeskService,
    RefundEffects,
    RefundsRepository,
    SendRefundsService,
    SettleService,
    UnmatchedService,
    WatchOrders,
  ],
  exports: [
    PayeesService,
    PayOrdersService,
    PeopleAtDesk,
    ProposalsService,
    ReceiptsService,
    SendRefundsService,
    SettleService,
  ],
})
export class PaymentsModule {}
