export { BillableUnitsRepository } from './billable-units.repository.ts';
export { BillsRepository, type BillPart, type StoredBill } from './bills.repository.ts';
export { CollectionService } from './collection.service.ts';
export { DunningService } from './dunning/dunning.service.ts';
export { FeesModule } from './fees.module.ts';
export { IssueBillsService } from './issue-bills.service.ts';
export { MyBillsService, owedFor, PAYING_RESIDENTS } from './my-bills.service.ts';
export { ScheduleService } from './schedule.service.ts';
export { UtilitiesService } from './utilities.service.ts';
