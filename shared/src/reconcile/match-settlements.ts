import { type CalendarDate, type Fen, daysBetween } from '../kernel/index.ts';
import { isSettlement, type BankLine } from './bank-sheet.ts';
import type { Difference } from './differences.ts';

/** What WeChat owes for a day: payments less refunds less its fee. */
export interface ExpectedSettlement {
  readonly onDate: CalendarDate;
  readonly amountFen: Fen;
}

/** The bank's lines beside what they should show. */
export interface BankSide {
  /** Days whose settlement can have come by the last of the lines. */
  readonly expected: readonly ExpectedSettlement[];
  readonly lines: readonly BankLine[];
  /** Days that are not compared with WeChat's bill yet: what they brought is not known. */
  readonly waiting: readonly CalendarDate[];
  /** The days that a statement tells of from end to end; null where it is not known that lines are missing. */
  readonly statement: { readonly from: CalendarDate; readonly until: CalendarDate } | null;
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
export function matchSettlements({ expected, lines, waiting, statement }: BankSide): SettlementMatch {
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
  const pair = (within: number) => {
    for (const day of days) {
      const line = open.find((other) => other.amountFen === day.amountFen && came(day, other, within));
      if (line !== undefined && !arrived.has(day.onDate)) take(day, line);
    }
  };
  pair(1);
  // A line that may be of a day that nobody has compared yet is left to when that is done.
  open = open.filter((line) => !waiting.some((onDate) => came({ onDate }, line, SETTLED_WITHIN_DAYS)));
  pair(SETTLED_WITHIN_DAYS);
  for (const day of days) {
    if (arrived.has(day.onDate)) continue;
    const line = open.find((other) => came(day, other, 1));
    if (line !== undefined) {
      take(day, line);
      differences.push({ ...bankDifference('AMOUNT', line, ''), onDate: day.onDate, oursFen: day.amountFen });
    } else if (statement !== null && day.onDate >= statement.from && isDue(day, statement.until)) {
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

const came = (day: Pick<ExpectedSettlement, 'onDate'>, line: BankLine, withinDays: number) => {
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
