import { Kernel1763700000000 } from './1763700000000-kernel.ts';
import { EstatesAndPeople1763700100000 } from './1763700100000-estates-and-people.ts';
import { DemoRoles1763700200000 } from './1763700200000-demo-roles.ts';
import { Notifications1763700300000 } from './1763700300000-notifications.ts';
import { People1763700400000 } from './1763700400000-people.ts';
import { Assembly1763700500000 } from './1763700500000-assembly.ts';
import { Tickets1763700600000 } from './1763700600000-tickets.ts';
import { Income1763700700000 } from './1763700700000-income.ts';
import { Fees1763700800000 } from './1763700800000-fees.ts';
import { Payments1763700900000 } from './1763700900000-payments.ts';
import { Contacts1763701000000 } from './1763701000000-contacts.ts';
import { Disclosure1763701100000 } from './1763701100000-disclosure.ts';
import { SealedAnswers1763701200000 } from './1763701200000-sealed-answers.ts';
import { OfficesAndRolls1763701300000 } from './1763701300000-offices-and-rolls.ts';
import { BallotLog1763701400000 } from './1763701400000-ballot-log.ts';
import { AccusedBodies1763701500000 } from './1763701500000-accused-bodies.ts';
import { SealedDigits1763701700000 } from './1763701700000-sealed-digits.ts';
import { RollCorrections1763701700001 } from './1763701700001-roll-corrections.ts';
import { Ledger1763701800000 } from './1763701800000-ledger.ts';
import { AppendOnlyLogs1763701800001 } from './1763701800001-append-only-logs.ts';
import { Refunds1763701810000 } from './1763701810000-refunds.ts';
import { Reconciliation1763701810001 } from './1763701810001-reconciliation.ts';
import { CreditsByDay1763701810002 } from './1763701810002-credits-by-day.ts';
import { LogWitnesses1763701820000 } from './1763701820000-log-witnesses.ts';
import { PaperBallots1763701830000 } from './1763701830000-paper-ballots.ts';
import { Elections1763701840000 } from './1763701840000-elections.ts';
import { MandatesAndExtensions1763701850000 } from './1763701850000-mandates-and-extensions.ts';
import { DecisionFollowUp1763701850001 } from './1763701850001-decision-follow-up.ts';
import { OutlivedSignIns1763701860000 } from './1763701860000-outlived-sign-ins.ts';
import { Relief1763701870000 } from './1763701870000-relief.ts';
import { Spending1763701880000 } from './1763701880000-spending.ts';
import { AuditReports1763701890000 } from './1763701890000-audit-reports.ts';
import { SpendingChecked1763701890100 } from './1763701890100-spending-checked.ts';
import { Recalls1763701890200 } from './1763701890200-recalls.ts';
import { WrittenReminders1763701890300 } from './1763701890300-written-reminders.ts';
import { IncomeBooks1763701890500 } from './1763701890500-income-books.ts';
import { IncomeCollected1763701900000 } from './1763701900000-income-collected.ts';
import { ChargedLines1763701910000 } from './1763701910000-charged-lines.ts';
import { AuditCommitmentChanges1763701910001 } from './1763701910001-audit-commitment-changes.ts';
import { DueDays1763701910002 } from './1763701910002-due-days.ts';
import { ExtensionAsNoticed1763701920000 } from './1763701920000-extension-as-noticed.ts';
import { SettlementFees1763701930000 } from './1763701930000-settlement-fees.ts';

/** Every migration, oldest first. */
export const migrations = [
  Kernel1763700000000,
  EstatesAndPeople1763700100000,
  DemoRoles1763700200000,
  Notifications1763700300000,
  People1763700400000,
  Assembly1763700500000,
  Tickets1763700600000,
  Income1763700700000,
  Fees1763700800000,
  Payments1763700900000,
  Contacts1763701000000,
  Disclosure1763701100000,
  SealedAnswers1763701200000,
  OfficesAndRolls1763701300000,
  BallotLog1763701400000,
  AccusedBodies1763701500000,
  SealedDigits1763701700000,
  RollCorrections1763701700001,
  Ledger1763701800000,
  AppendOnlyLogs1763701800001,
  Refunds1763701810000,
  Reconciliation1763701810001,
  CreditsByDay1763701810002,
  LogWitnesses1763701820000,
  PaperBallots1763701830000,
  Elections1763701840000,
  MandatesAndExtensions1763701850000,
  DecisionFollowUp1763701850001,
  OutlivedSignIns1763701860000,
  Relief1763701870000,
  Spending1763701880000,
  AuditReports1763701890000,
  SpendingChecked1763701890100,
  Recalls1763701890200,
  WrittenReminders1763701890300,
  IncomeBooks1763701890500,
  IncomeCollected1763701900000,
  ChargedLines1763701910000,
  AuditCommitmentChanges1763701910001,
  DueDays1763701910002,
  ExtensionAsNoticed1763701920000,
  SettlementFees1763701930000,
];
