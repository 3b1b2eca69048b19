import {
  type CalendarDate,
  type Fen,
  type Instant,
  MINUTE_MS,
  startOfDay,
  endOfDay,
} from '../kernel/index.ts';
import type { Difference, DifferenceClass } from './differences.ts';
import { feeText, feeUnitsOf, isAgreedFee } from './fee-rate.ts';
import type { TradeBillRow } from './trade-bill.ts';

/** A payment or refund as we have it. */
export interface OwnEntry {
  readonly kind: 'PAYMENT' | 'REFUND';
  readonly orderNo: string;
  readonly transactionId: string;
  readonly refundNo: string;
  readonly amountFen: Fen;
  /** DONE: the money moved. UNDER_WAY: a refund that WeChat has not finished. FAILED: it is known not to have moved. */
  readonly state: 'DONE' | 'UNDER_WAY' | 'FAILED';
  /** When WeChat counts it, as far as we know. */
  readonly at: Instant;
}

/** The two sides of a day. */
export interface BillDay {
  readonly date: CalendarDate;
  readonly theirs: readonly TradeBillRow[];
  /** Ours of the day and of {@link EDGE_MS} around it: clocks differ, and midnight falls on somebody's payment. */
  readonly ours: readonly OwnEntry[];
  /** Keys of the bill of the day before; null where that day was never compared. */
  readonly dayBefore: ReadonlySet<string> | null;
  /** Hundredths of a percent. */
  readonly rate: number;
}

/** How far from midnight an entry may stand in the bill of the day beside it. */
export const EDGE_MS = 30 * MINUTE_MS;

/** Names an entry on both sides: WeChat's number of a payment, ours of a refund. */
export function entryKey({
  kind,
  transactionId,
  refundNo,
}: Pick<OwnEntry, 'kind' | 'transactionId' | 'refundNo'>) {
  return kind === 'PAYMENT' ? `P:${transactionId}` : `R:${refundNo}`;
}

/** Every difference between WeChat's bill of a day and our own books, and nothing else. */
export function matchBill(day: BillDay): Difference[] {
  const ours = byKey(day.ours);
  const theirs = byKey(day.theirs);
  const found: Difference[] = [];
  for (const [key, rows] of theirs) {
    const [row] = rows;
    if (row === undefined) continue;
    const difference = differenceOf(day, key);
    for (const copy of rows.slice(1)) found.push(difference('DUPLICATE', copy, null, copy, '账单里有两条'));
    const [own] = ours.get(key) ?? [];
    if (own === undefined) found.push(difference('MISSING_HERE', row, null, row, row.state));
    else found.push(...compare(difference, own, row));
    if (!isAgreedFee(row.amountFen, signOf(row) * row.feeUnits, day.rate)) {
      const agreed = feeText(signOf(row) * feeUnitsOf(row.amountFen, day.rate));
      found.push(
        difference('FEE', row, own ?? null, row, `应收 ${agreed} 元，实收 ${feeText(row.feeUnits)} 元`),
      );
    }
  }
  for (const [key, entries] of ours) {
    const [own] = entries;
    if (own === undefined || !isOfDay(day, own)) continue;
    const difference = differenceOf(day, key);
    for (const copy of entries.slice(1))
      found.push(difference('DUPLICATE', copy, copy, null, '我们记了两条'));
    const mustBeThere = own.state === 'DONE' && !theirs.has(key) && day.dayBefore?.has(key) !== true;
    if (mustBeThere) found.push(difference('MISSING_THERE', own, own, null, ''));
  }
  return found;
}

type Entry = OwnEntry | TradeBillRow;
type Describe = (
  kind: DifferenceClass,
  entry: Entry,
  ours: OwnEntry | null,
  theirs: TradeBillRow | null,
  detail: string,
) => Difference;

function differenceOf({ date }: BillDay, key: string): Describe {
  return (kind, entry, ours, theirs, detail) => ({
    class: kind,
    kind: entry.kind,
    key,
    onDate: date,
    orderNo: entry.orderNo,
    oursFen: ours?.amountFen ?? null,
    theirsFen: theirs?.amountFen ?? null,
    detail,
  });
}

function compare(difference: Describe, own: OwnEntry, row: TradeBillRow): Difference[] {
  const found: Difference[] = [];
  if (own.amountFen !== row.amountFen || own.orderNo !== row.orderNo)
    found.push(
      difference('AMOUNT', row, own, row, own.orderNo === row.orderNo ? '' : `我们的订单 ${own.orderNo}`),
    );
  if (!statesAgree(own, row))
    found.push(difference('STATE', row, own, row, `我们 ${own.state}，对方 ${row.state}`));
  return found;
}

/** The bill was made once and is old when it is read: a refund that it calls under way may be done by now. */
function statesAgree(own: OwnEntry, row: TradeBillRow): boolean {
  if (row.state === 'SUCCESS') return own.state === 'DONE';
  if (row.kind === 'REFUND' && row.state === 'PROCESSING') return own.state !== 'FAILED';
  if (row.kind === 'REFUND' && row.state === 'ABNORMAL') return own.state === 'UNDER_WAY';
  return own.state === 'FAILED';
}

/** What came within the last half hour is left to the next day, whose bill may have it. */
function isOfDay({ date, dayBefore }: BillDay, { at }: OwnEntry): boolean {
  const from = startOfDay(date) - (dayBefore === null ? 0 : EDGE_MS);
  return at >= from && at <= endOfDay(date) - EDGE_MS;
}

/** The fee of a refund is given back. */
const signOf = ({ kind }: TradeBillRow) => (kind === 'REFUND' ? -1 : 1);

function byKey<Row extends Pick<OwnEntry, 'kind' | 'transactionId' | 'refundNo'>>(
  rows: readonly Row[],
): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = entryKey(row);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups;
}
