import { type CalendarDate, DAY_MS, type Fen, type Instant, startOfDay, yuanText } from '../kernel/index.ts';
import type { FundLine } from '../ledger/index.ts';
import { INCOME_CATEGORIES, SPEND_CATEGORIES } from './categories.ts';
import { collectedGaps, isCollected } from './collected.ts';
import type { StatementLine } from './statement.ts';

/**
 * Where a line of the books 账簿 came from: a statement that was submitted, a single booking 记一笔, or a payment out of
 * the joint account 共管账户. Only what a statement booked does a later draft of it take back by leaving it out.
 */
export const BOOK_LINE_SOURCES = ['STATEMENT', 'JOURNAL', 'SPENDING'] as const;
export type BookLineSource = (typeof BOOK_LINE_SOURCES)[number];
export const BOOK_LINE_SOURCE_LABELS: Readonly<Record<BookLineSource, string>> = {
  STATEMENT: '随季报记账',
  JOURNAL: '单笔记账',
  SPENDING: '共管账户付款',
};

/** A line of the books: its entries stand in the ledger under its id. Never changed; a wrong one is taken back 冲销. */
export interface BookLine {
  readonly id: string;
  readonly source: BookLineSource;
  readonly line: StatementLine;
  /** Null while it counts. */
  readonly takenBackAt: Instant | null;
}

/** What a draft does to the books of its quarter once it is submitted. */
export interface BookChanges {
  /** Lines that the books do not have. */
  readonly toBook: readonly StatementLine[];
  /** What an earlier version booked and this one does not say. */
  readonly toTakeBack: readonly BookLine[];
  /** What stands in the books and the draft may not leave out. */
  readonly missing: readonly BookLine[];
}

export function bookChanges(booked: readonly BookLine[], wanted: readonly StatementLine[]): BookChanges {
  const standing = booked.filter(({ takenBackAt }) => takenBackAt === null);
  const pairs = pairLines(wanted, standing);
  const found = new Set(pairs);
  const unsaid = standing.filter((line) => !found.has(line));
  return {
    toBook: wanted.filter((line, index) => pairs[index] === null && !isCollected(line)),
    toTakeBack: unsaid.filter(({ source }) => source === 'STATEMENT'),
    missing: unsaid.filter(({ source }) => source !== 'STATEMENT'),
  };
}

/**
 * The books' line of each line of a statement, or null: alike in everything that moves money or allows it. Words and
 * papers beside it may differ. Two lines alike are two payments, and take two lines of the books: first what counts and
 * may not be left out, last what was taken back. What came by WeChat has entries of its own and is no line of the books.
 */
export function pairLines(
  lines: readonly StatementLine[],
  booked: readonly BookLine[],
): readonly (BookLine | null)[] {
  const free = new Map<string, BookLine[]>();
  const inTurn = [...booked].sort((a, b) => turnOf(a) - turnOf(b));
  for (const one of inTurn) {
    const facts = factsOf(one.line);
    const alike = free.get(facts);
    if (alike === undefined) free.set(facts, [one]);
    else alike.push(one);
  }
  return lines.map((line) => (isCollected(line) ? null : (free.get(factsOf(line))?.shift() ?? null)));
}

const turnOf = ({ source, takenBackAt }: BookLine) =>
  (takenBackAt === null ? 0 : 2) + (source === 'STATEMENT' ? 1 : 0);

/** A draft with what the books have and it lacks. */
export interface TakenFromBooks {
  readonly lines: readonly StatementLine[];
  /** How many lines were put in, or gave way to the books' own. */
  readonly taken: number;
}

/** A bank takes some days: a sheet's row this near to a payment of the same amount is that payment. */
const SAME_PAYMENT_WITHIN_DAYS = 10;

/**
 * Puts the books' lines into a draft 从账簿取数. A row of the treasurer's sheet for the same payment gives way to the
 * books' line, so that it is not said twice; its voucher and note are kept where the books have none. What came by
 * WeChat is put in as it is now, and a row of the sheet over the same sum gives way to it.
 */
export function takeFromBooks(
  lines: readonly StatementLine[],
  booked: readonly BookLine[],
  collected: readonly StatementLine[],
): TakenFromBooks {
  const typed = lines.filter((line) => !isCollected(line));
  const standing = booked.filter(({ takenBackAt }) => takenBackAt === null);
  const pairs = pairLines(typed, standing);
  const result = [...typed];
  const settled = new Set(typed.flatMap((_, index) => (pairs[index] === null ? [] : [index])));
  const { missing } = bookChanges(booked, typed);
  for (const { line } of missing) {
    const twin = result.findIndex((other, index) => !settled.has(index) && isSamePayment(line, other));
    const other = result[twin];
    settled.add(other === undefined ? result.length : twin);
    if (other === undefined) result.push(line);
    else result[twin] = withPapersOf(line, other);
  }
  const gaps = collectedGaps(lines, collected);
  const twins = gaps.missing.map((line) =>
    result.findIndex((other, index) => !settled.has(index) && isSameSum(line, other)),
  );
  return {
    lines: [...result.filter((_, index) => !twins.includes(index)), ...collected],
    taken: missing.length + gaps.missing.length + gaps.changed.length,
  };
}

function isSamePayment(line: StatementLine, other: StatementLine): boolean {
  return isSameSum(line, other) && daysBetween(line.date, other.date) <= SAME_PAYMENT_WITHIN_DAYS;
}

function isSameSum(line: StatementLine, other: StatementLine): boolean {
  return line.dir === other.dir && line.category === other.category && grossOf(line) === grossOf(other);
}

function withPapersOf<Line extends StatementLine>(line: Line, other: StatementLine): Line {
  return {
    ...line,
    voucherNo: line.voucherNo ?? other.voucherNo,
    voucherIds: [...new Set([...line.voucherIds, ...other.voucherIds])],
    note: line.note === '' ? other.note : line.note,
  };
}

function grossOf(line: StatementLine): Fen {
  return line.dir === 'INCOME' ? line.grossFen : line.amountFen;
}

function daysBetween(one: CalendarDate, other: CalendarDate): number {
  return Math.abs(startOfDay(one) - startOfDay(other)) / DAY_MS;
}

function factsOf(line: StatementLine): string {
  const { dir, category, date, counterparty, contractNo, decisionNo } = line;
  const money = line.dir === 'INCOME' ? [line.grossFen, line.costFen] : [line.amountFen];
  return JSON.stringify([dir, category, date, counterparty.trim(), contractNo, decisionNo, ...money]);
}

/** 公共设施维修，奇台县顺达机电，4,860.00 元: a line in a sentence. */
export function formatLine(line: StatementLine): string {
  return `${categoryLabelOf(line)}，${line.counterparty}，${yuanText(grossOf(line))} 元`;
}

export function categoryLabelOf(line: StatementLine): string {
  return line.dir === 'INCOME'
    ? INCOME_CATEGORIES[line.category].label
    : SPEND_CATEGORIES[line.category].label;
}

/** What a line moves in the ledger. */
export function fundLineOf(line: StatementLine): FundLine {
  return line.dir === 'INCOME'
    ? { direction: 'INCOME', category: line.category, grossFen: line.grossFen, costFen: line.costFen }
    : { direction: 'SPEND', category: line.category, amountFen: line.amountFen };
}
