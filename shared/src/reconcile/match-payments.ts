import { addDays, type CalendarDate, type Fen, isSameParty } from '../kernel/index.ts';

/** A payment that was made from the account and registered. */
export interface RegisteredPayment {
  readonly id: string;
  readonly amountFen: Fen;
  readonly paidOn: CalendarDate;
  readonly payee: string;
  /** 银行流水号, as it was typed from the receipt. */
  readonly bankLineNo: string;
}

/** A line of the bank's statement that took money out. */
export interface Withdrawal {
  /** The bank's own number. */
  readonly serial: string;
  readonly onDate: CalendarDate;
  /** How much went out. */
  readonly amountFen: Fen;
  readonly counterparty: string;
}

/** Banks book on the day itself; over a holiday, or where the day was noted too late, the line is off by some. */
export const PAYMENT_LINE_DAYS = { before: 1, after: 7 } as const;

export type PaymentLineFault = 'AMOUNT' | 'DATE' | 'COUNTERPARTY';

/** Why a line is not this payment's; empty means that it may be. The number alone proves nothing: people type it. */
export function paymentLineFaults(payment: RegisteredPayment, line: Withdrawal): PaymentLineFault[] {
  const faults: PaymentLineFault[] = [];
  if (line.amountFen !== payment.amountFen) faults.push('AMOUNT');
  const from = addDays(payment.paidOn, -PAYMENT_LINE_DAYS.before);
  const until = addDays(payment.paidOn, PAYMENT_LINE_DAYS.after);
  if (line.onDate < from || line.onDate > until) faults.push('DATE');
  if (!isSameParty(line.counterparty, payment.payee)) faults.push('COUNTERPARTY');
  return faults;
}

/** Pairs payments with lines, each once: by the bank's number first, then the earliest with the earliest. */
export function matchPayments(
  payments: readonly RegisteredPayment[],
  lines: readonly Withdrawal[],
): ReadonlyMap<string, Withdrawal> {
  const matched = new Map<string, Withdrawal>();
  const free = new Set(inOrder(lines, ({ onDate, serial }) => `${onDate} ${serial}`));
  const waiting = inOrder(payments, ({ paidOn, id }) => `${paidOn} ${id}`);
  const isNumbered = (payment: RegisteredPayment, line: Withdrawal) => line.serial === payment.bankLineNo;
  for (const isPreferred of [isNumbered, () => true])
    for (const payment of waiting) {
      if (matched.has(payment.id)) continue;
      const line = [...free].find(
        (each) => isPreferred(payment, each) && paymentLineFaults(payment, each).length === 0,
      );
      if (line === undefined) continue;
      matched.set(payment.id, line);
      free.delete(line);
    }
  return matched;
}

function inOrder<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[] {
  return [...items].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}
