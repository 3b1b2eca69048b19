import { type CalendarDate, type Fen, daysBetween } from '../kernel/index.ts';
import { lateFee } from './late-fee.ts';
import { type BillingTerms, type Deferral, lastGoodDay, lateDays } from './periods.ts';

/** An open bill, as far as arrears 欠费 need it. */
export interface OpenBill {
  readonly billId: string;
  readonly dueOn: CalendarDate;
  readonly openFen: Fen;
  readonly deferrals: readonly Deferral[];
}

export interface BillStanding {
  readonly billId: string;
  /** 未到期 / 待缴 / 已逾期 / 缓缴中. */
  readonly standing: 'NOT_DUE' | 'OVERDUE' | 'DEFERRED';
  readonly overdueDays: number;
  readonly lateFeeFen: Fen;
}

export interface Arrears {
  readonly openFen: Fen;
  readonly overdueFen: Fen;
  readonly lateFeeFen: Fen;
  readonly oldestDueOn: CalendarDate | null;
  readonly bills: readonly BillStanding[];
}

/** What is open and what is overdue today. */
export function arrears(bills: readonly OpenBill[], terms: BillingTerms, today: CalendarDate): Arrears {
  const open = bills.filter(({ openFen }) => openFen > 0);
  const standings = open.map((bill) => standingOf(bill, terms, today));
  const overdue = open.filter((_, index) => standings[index]?.standing === 'OVERDUE');
  return {
    openFen: sum(open.map(({ openFen }) => openFen)),
    overdueFen: sum(overdue.map(({ openFen }) => openFen)),
    lateFeeFen: sum(standings.map(({ lateFeeFen }) => lateFeeFen)),
    oldestDueOn: overdue.map(({ dueOn }) => dueOn).sort()[0] ?? null,
    bills: standings,
  };
}

function standingOf(
  { billId, dueOn, openFen, deferrals }: OpenBill,
  terms: BillingTerms,
  today: CalendarDate,
): BillStanding {
  const lastDay = lastGoodDay(dueOn, terms.graceDays, deferrals, today);
  const overdueDays = Math.max(0, daysBetween(lastDay, today));
  const deferred = today > dueOn && deferrals.some(({ from, until }) => from <= today && today <= until);
  const lateFeeFen = lateFeeOf({ dueOn, openFen, deferrals }, terms, today);
  if (overdueDays > 0) return { billId, standing: 'OVERDUE', overdueDays, lateFeeFen };
  return { billId, standing: deferred ? 'DEFERRED' : 'NOT_DUE', overdueDays: 0, lateFeeFen };
}

/** What grew before a deferral stays; during it nothing is added. Most contracts know no late fee, and no day is counted. */
function lateFeeOf(
  { dueOn, openFen, deferrals }: Omit<OpenBill, 'billId'>,
  { lateFeePpmPerDay, graceDays }: BillingTerms,
  today: CalendarDate,
): Fen {
  if (lateFeePpmPerDay === 0) return 0;
  return lateFee(openFen, lateFeePpmPerDay, lateDays(dueOn, graceDays, today, deferrals));
}

function sum(amounts: readonly Fen[]): Fen {
  return amounts.reduce((total, amount) => total + amount, 0);
}
