import { Module } from '@nestjs/common';
import { LedgerModule } from '../ledger/index.ts';
import { BillableUnitsRepository } from './billable-units.repository.ts';
import { BillsController, MyBillsController } from './bills.controller.ts';
import { BillsRepository } from './bills.repository.ts';
import { CollectionService } from './collection.service.ts';
import { DunningCases } from './dunning/dunning-cases.ts';
import { DunningRecordsService } from './dunning/dunning-records.service.ts';
import { DunningController, MyDunningController } from './dunning/dunning.controller.ts';
import { DunningService } from './dunning/dunning.service.ts';
import { NoticesRepository } from './dunning/notices.repository.ts';
import { NoticesService } from './dunning/notices.service.ts';
import { RecordSteps } from './dunning/record-steps.ts';
import { WriteNoticesService } from './dunning/write-notices.service.ts';
import { FeeSchedulesRepository } from './fee-schedules.repository.ts';
import { IssueBillsService } from './issue-bills.service.ts';
import { MyInstalmentService } from './my-instalment.service.ts';
import { RegionFeeRules } from './region-fee-rules.ts';
import { MyBillsService } from './my-bills.service.ts';
import { PayerNames } from './payer-names.ts';
import { PublisherLabel } from './publisher-label.ts';
import { ScheduleController } from './schedule.controller.ts';
import { ScheduleService } from './schedule.service.ts';
import { UtilitiesService } from './utilities.service.ts';
import { BillCard } from './bill-card.ts';
import { FeeFacts } from './fee-facts.ts';

/** What is charged and why 收费公示, and the bills that follow from it 账单. */
@Module({
  imports: [LedgerModule],
  controllers: [
    ScheduleController,
    BillsController,
    MyBillsController,
    DunningController,
    MyDunningController,
  ],
  providers: [
    BillCard,
    FeeFacts,
    BillableUnitsRepository,
    BillsRepository,
    CollectionService,
    DunningCases,
    DunningRecordsService,
    DunningService,
    FeeSchedulesRepository,
    IssueBillsService,
    MyBillsService,
    MyInstalmentService,
    NoticesRepository,
    NoticesService,
    PayerNames,
    PublisherLabel,
    RecordSteps,
    RegionFeeRules,
    ScheduleService,
    UtilitiesService,
    WriteNoticesService,
  ],
  exports: [
    BillableUnitsRepository,
    BillsRepository,
    CollectionService,
    DunningService,
    IssueBillsService,
    MyBillsService,
    ScheduleService,
    UtilitiesService,
  ],
})
export class FeesModule {}
