import { type CalendarDate, type Fen, daysBetween } from '../kernel/index.ts';
import { isSettlement, type BankLine } from './bank-sheet.ts';
import type { Difference } from './differences.ts';

/** What WeChat owes for a day: payments less refunds less its fee. */
export interface ExpectedSettlement {
  readonly onDate: CalendarDate;
  readonly amountFen: Fen;
}

/** The bank statement beside what it should show. */
export interface BankSide {
  /** Days whose settlement can have come by the last day of the statement. */
  readonly expected: readonly ExpectedSettlement[];
  readonly lines: readonly BankLine[];
  readonly from: CalendarDate;
  readonly until: CalendarDate;
}

/** WeChat settles on the day after, and on the first working day where banks are closed over a long holiday. */
export const SETTLED_WITHIN_DAYS = 10;

export interface SettlementMatch {
  readonly differences: readonly Difference[];
  /** Day → the bank's number of the line that brought its money. */
  readonly arrived: ReadonlyMap<CalendarDate, string>;
  /** Lines that are no settlement: transfers by hand, interest, fees. */
  readonly otherLines: number;
}

/** Pairs each day's settlement with a line of the bank: the right amount the day after, or later, then the day alone. */
export function matchSettlements({ expected, lines, from, until }: BankSide): SettlementMatch {
  const differences: Difference[] = [];
  const arrived = new Map<CalendarDate, string>();
  const { once, copies } = onceEach(lines.filter(isSettlement));
  for (const line of copies) differences.push(bankDifference('DUPLICATE', line, '同一流水号出现两次'));
  const days = expected
    .filter(({ amountFen }) => amountFen > 0)
    .sort((a, b) => (a.onDate < b.onDate ? -1 : 1));
  let open = [...once].sort((a, b) => (a.onDate < b.onDate ? -1 : 1));
  const take = (day: ExpectedSettlement, line: BankLine) => {
    arrived.set(day.onDate, line.serial);
    open = open.filter((other) => other !== line);
  };
  for (const within of [1, SETTLED_WITHIN_DAYS])
    for (const day of days) {
      const line = open.find((other) => other.amountFen === day.amountFen && came(day, other, within));
      if (line !== undefined && !arrived.has(day.onDate)) take(day, line);
    }
  for (const day of days) {
    if (arrived.has(day.onDate)) continue;
    const line = open.find((other) => came(day, other, 1));
    if (line !== undefined) {
      take(day, line);
      differences.push({ ...bankDifference('AMOUNT', line, ''), onDate: day.onDate, oursFen: day.amountFen });
    } else if (day.onDate >= from && isDue(day, until)) {
      differences.push({
        class: 'MISSING_THERE',
        kind: 'SETTLEMENT',
        key: `S:${day.onDate}`,
        onDate: day.onDate,
        orderNo: '',
        oursFen: day.amountFen,
        theirsFen: null,
        detail: '',
      });
    }
  }
  for (const line of open) differences.push(bankDifference('MISSING_HERE', line, ''));
  return { differences, arrived, otherLines: lines.length - once.length - copies.length };
}

const came = (day: ExpectedSettlement, line: BankLine, withinDays: number) => {
  const days = daysBetween(day.onDate, line.onDate);
  return days >= 1 && days <= withinDays;
};

/** The statement reaches far enough: what has not come by its last day is late. */
const isDue = (day: ExpectedSettlement, until: CalendarDate) =>
  daysBetween(day.onDate, until) >= SETTLED_WITHIN_DAYS;

function onceEach(lines: readonly BankLine[]): { once: BankLine[]; copies: BankLine[] } {
  const seen = new Set<string>();
  const once: BankLine[] = [];
  const copies: BankLine[] = [];
  for (const line of lines) {
    (seen.has(line.serial) ? copies : once).push(line);
    seen.add(line.serial);
  }
  return { once, copies };
}

function bankDifference(kind: Difference['class'], line: BankLine, detail: string): Difference {
  return {
    class: kind,
    kind: 'SETTLEMENT',
    key: `B:${line.serial}`,
    onDate: line.onDate,
    orderNo: '',
    oursFen: null,
    theirsFen: line.amountFen,
    detail: [`流水 ${line.serial}`, detail].filter((text) => text !== '').join('，'),
  };
}
