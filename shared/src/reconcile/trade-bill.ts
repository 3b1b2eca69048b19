import { type Fen, type Result, fail, ok, parseYuan } from '../kernel/index.ts';
import { parseFee } from './fee-rate.ts';

/** A line of WeChat's trade bill 交易账单. The payer it names is left out: nothing here needs them. */
export interface TradeBillRow {
  readonly kind: 'PAYMENT' | 'REFUND';
  readonly orderNo: string;
  readonly transactionId: string;
  /** Ours; '' for a payment. */
  readonly refundNo: string;
  readonly amountFen: Fen;
  /** Of a payment SUCCESS or REVOKED, of a refund SUCCESS, PROCESSING or FAIL, as the bill writes it. */
  readonly state: string;
  /** Hundred-thousandths of a yuan; below zero where a refund gives it back. */
  readonly feeUnits: number;
}

export interface TradeBill {
  readonly rows: readonly TradeBillRow[];
}

const NAMES = {
  transactionId: '微信订单号',
  orderNo: '商户订单号',
  tradeState: '交易状态',
  orderAmount: '订单金额',
  refundNo: '商户退款单号',
  refundAmount: '申请退款金额',
  refundState: '退款状态',
  fee: '手续费',
} as const;
type Column = keyof typeof NAMES;

const SUMMARY = {
  count: '总交易单数',
  orders: '订单总金额',
  refunds: '申请退款总金额',
  fees: '手续费总金额',
};

/**
 * Reads a bill: a header, lines whose every field stands behind a backtick, the header of the sums, the sums. Refused
 * whole where a line cannot be read or the lines do not add up to the file's own sums.
 */
export function readTradeBill(text: string): Result<TradeBill, string> {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => line !== '');
  const header = (lines[0] ?? '').split(',');
  const sumsAt = lines.findIndex((line) => line.startsWith(SUMMARY.count));
  if (sumsAt < 1) return fail('the bill has no sums');
  const at = positionsIn(header);
  if (typeof at === 'string') return fail(at);
  const rows: TradeBillRow[] = [];
  for (const [index, line] of lines.slice(1, sumsAt).entries()) {
    const row = readRow(fieldsOf(line), header.length, at);
    if (row === null) return fail(`line ${index + 2} cannot be read`);
    rows.push(row);
  }
  const wrong = sumFault(rows, (lines[sumsAt] ?? '').split(','), fieldsOf(lines[sumsAt + 1] ?? ''));
  return wrong === null ? ok({ rows }) : fail(wrong);
}

type Positions = Readonly<Record<Column, number>>;

function positionsIn(header: readonly string[]): Positions | string {
  const at = {} as Record<Column, number>;
  for (const column of Object.keys(NAMES) as Column[]) {
    at[column] = header.indexOf(NAMES[column]);
    if (at[column] < 0) return `the bill has no ${NAMES[column]}`;
  }
  return at;
}

/** "`a,`b" → a, b: the backtick keeps long numbers from being read as numbers. */
function fieldsOf(line: string): string[] {
  return line.startsWith('`') ? line.slice(1).split(',`') : [];
}

function readRow(cells: readonly string[], width: number, at: Positions): TradeBillRow | null {
  if (cells.length !== width) return null;
  const cell = (column: Column) => cells[at[column]] ?? '';
  const feeUnits = parseFee(cell('fee'));
  const isRefund = cell('tradeState') === 'REFUND';
  const amountFen = parseYuan(cell(isRefund ? 'refundAmount' : 'orderAmount'));
  if (feeUnits === null || amountFen === null || cell('transactionId') === '') return null;
  return {
    kind: isRefund ? 'REFUND' : 'PAYMENT',
    orderNo: cell('orderNo'),
    transactionId: cell('transactionId'),
    refundNo: isRefund ? cell('refundNo') : '',
    amountFen,
    state: isRefund ? cell('refundState') : cell('tradeState'),
    feeUnits,
  };
}

function sumFault(
  rows: readonly TradeBillRow[],
  names: readonly string[],
  sums: readonly string[],
): string | null {
  const sum = (name: string) => sums[names.indexOf(name)] ?? '';
  const total = (kind: TradeBillRow['kind']) =>
    rows.filter((row) => row.kind === kind).reduce((fen, { amountFen }) => fen + amountFen, 0);
  if (Number(sum(SUMMARY.count)) !== rows.length) return 'the bill does not have as many lines as it says';
  if (parseYuan(sum(SUMMARY.orders)) !== total('PAYMENT')) return 'the payments do not add up';
  if (parseYuan(sum(SUMMARY.refunds)) !== total('REFUND')) return 'the refunds do not add up';
  const fees = rows.reduce((units, { feeUnits }) => units + feeUnits, 0);
  return parseFee(sum(SUMMARY.fees)) === fees ? null : 'the fees do not add up';
}
