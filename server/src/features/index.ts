import { AssemblyModule } from './assembly/index.ts';
import { ContactsModule } from './contacts/index.ts';
import { DeskModule } from './desk/index.ts';
import { DisclosureModule } from './disclosure/index.ts';
import { EstateModule } from './estate/index.ts';
import { FeesModule } from './fees/index.ts';
import { IdentityModule } from './identity/index.ts';
import { IncomeModule } from './income/index.ts';
import { LedgerModule } from './ledger/index.ts';
import { NotificationsModule } from './notifications/index.ts';
import { PaymentsModule } from './payments/index.ts';
import { ReconciliationModule } from './reconciliation/index.ts';
import { ReliefModule } from './relief/index.ts';
import { TicketsModule } from './tickets/index.ts';

/** Every feature of the server. */
export const FEATURES = [
  DeskModule,
  EstateModule,
  AssemblyModule,
  ContactsModule,
  DisclosureModule,
  FeesModule,
  IdentityModule,
  IncomeModule,
  LedgerModule,
  NotificationsModule,
  PaymentsModule,
  ReconciliationModule,
  ReliefModule,
  TicketsModule,
];
