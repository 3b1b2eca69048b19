/**
 * The bill of a day (交易账单): CSV with amounts in yuan, every field behind a backtick, a detail table and
 * a summary. It comes after ten o'clock of the next day.
 */
import type { Sandbox } from '../context.ts';
import type { BillChange } from '../faults.ts';
import type { Order, Refund } from '../records.ts';
import { billTime, civilDate } from '../shanghai-time.ts';

export const BILL_TYPES = ['ALL', 'SUCCESS', 'REFUND'] as const;
export type BillType = (typeof BILL_TYPES)[number];

/** 0.60 % in units of a hundred-thousandth: fen × 6 counts hundred-thousandths of a yuan. */
const FEE_PER_FEN = 6;

export type Row = { readonly at: number; readonly cells: ReadonlyMap<string, string> } & {
  readonly sums: { orderFen: number; refundFen: number; feeUnits: number };
};

function decimal(units: number, digits: number): string {
  const text = String(Math.abs(units)).padStart(digits + 1, '0');
  return `${units < 0 ? '-' : ''}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

const yuan = (fen: number): string => decimal(fen, 2);

const LEADING = [
  '交易时间',
  '公众账号ID',
  '商户号',
  '特约商户号',
  '设备号',
  '微信订单号',
  '商户订单号',
  '用户标识',
  '交易类型',
  '交易状态',
  '付款银行',
  '货币种类',
  '应结订单金额',
  '代金券金额',
];
const REFUND_COLUMNS = ['微信退款单号', '商户退款单号', '退款金额', '充值券退款金额', '退款类型', '退款状态'];
const COLUMNS: Readonly<Record<BillType, readonly string[]>> = {
  ALL: [
    ...LEADING,
    ...REFUND_COLUMNS,
    '商品名称',
    '商户数据包',
    '手续费',
    '费率',
    '订单金额',
    '申请退款金额',
    '费率备注',
  ],
  SUCCESS: [...LEADING, '商品名称', '商户数据包', '手续费', '费率', '订单金额', '费率备注'],
  REFUND: [
    ...LEADING,
    '退款申请时间',
    '退款成功时间',
    ...REFUND_COLUMNS,
    '商品名称',
    '商户数据包',
    '手续费',
    '费率',
    '订单金额',
    '申请退款金额',
    '费率备注',
  ],
};
const SUMMARY_COLUMNS = [
  '总交易单数',
  '应结订单总金额',
  '退款总金额',
  '充值券退款总金额',
  '手续费总金额',
  '订单总金额',
  '申请退款总金额',
];

function commonCells(sandbox: Sandbox, order: Order): [string, string][] {
  const { appId, mchId } = sandbox.credentials.identity;
  return [
    ['公众账号ID', appId],
    ['商户号', mchId],
    ['特约商户号', '0'],
    ['微信订单号', order.transactionId ?? ''],
    ['商户订单号', order.outTradeNo],
    ['用户标识', order.payerOpenid],
    ['交易类型', 'JSAPI'],
    ['付款银行', 'OTHERS'],
    ['货币种类', 'CNY'],
    ['代金券金额', '0.00'],
    ['充值券退款金额', '0.00'],
    // The separator of the fields must not come up inside one.
    ['商品名称', order.description.replaceAll(/[`,\r\n]/g, ' ')],
    ['商户数据包', (order.attach ?? '').replaceAll(/[`,\r\n]/g, ' ')],
    ['费率', '0.60%'],
  ];
}

type Told = { readonly fen: number; readonly moreUnits: number; readonly state: string | null };

function paymentRow(sandbox: Sandbox, order: Order, { fen, moreUnits, state }: Told): Row {
  const at = order.paidAt ?? 0;
  const feeUnits = fen * FEE_PER_FEN + moreUnits;
  return {
    at,
    sums: { orderFen: fen, refundFen: 0, feeUnits },
    cells: new Map([
      ...commonCells(sandbox, order),
      ['交易时间', billTime(at)],
      ['交易状态', state ?? 'SUCCESS'],
      ['应结订单金额', yuan(fen)],
      ['微信退款单号', '0'],
      ['商户退款单号', '0'],
      ['退款金额', '0.00'],
      ['手续费', decimal(feeUnits, 5)],
      ['订单金额', yuan(fen)],
      ['申请退款金额', '0.00'],
    ]),
  };
}

function refundRow(sandbox: Sandbox, order: Order, refund: Refund, { fen, moreUnits, state }: Told): Row {
  const feeUnits = moreUnits - fen * FEE_PER_FEN;
  return {
    at: refund.requestedAt,
    sums: { orderFen: 0, refundFen: fen, feeUnits },
    cells: new Map([
      ...commonCells(sandbox, order),
      ['交易时间', billTime(refund.requestedAt)],
      ['交易状态', 'REFUND'],
      ['应结订单金额', '0.00'],
      ['退款申请时间', billTime(refund.requestedAt)],
      ['退款成功时间', refund.succeededAt === null ? '' : billTime(refund.succeededAt)],
      ['微信退款单号', refund.refundId],
      ['商户退款单号', refund.outRefundNo],
      ['退款金额', yuan(fen)],
      ['退款类型', 'ORIGINAL'],
      ['退款状态', state ?? refund.status],
      ['手续费', decimal(feeUnits, 5)],
      ['订单金额', '0.00'],
      ['申请退款金额', yuan(fen)],
    ]),
  };
}

/** The line as the bill tells it: left out, told twice, or with something else in it than was. */
function told(change: BillChange | undefined, fen: number, row: (told: Told) => Row): Row[] {
  const honest = { fen, moreUnits: 0, state: null };
  if (change === undefined) return [row(honest)];
  switch (change.kind) {
    case 'omit':
      return [];
    case 'double':
      return [row(honest), row(honest)];
    case 'amount':
      return [row({ ...honest, fen: change.fen })];
    case 'fee':
      return [row({ ...honest, moreUnits: change.moreUnits })];
    case 'state':
      return [row({ ...honest, state: change.state })];
  }
}

export function rowsOf(sandbox: Sandbox, date: string, type: BillType): Row[] {
  const faults = sandbox.faults.billFaults();
  const payments = sandbox.store.all('orders').flatMap((order) => {
    if (order.paidAt === null || civilDate(order.paidAt) !== date) return [];
    return told(faults.get(order.outTradeNo), order.reportedFen, (as) => paymentRow(sandbox, order, as));
  });
  const refunds = sandbox.store.all('refunds').flatMap((refund) => {
    const order = sandbox.store.get('orders', refund.outTradeNo);
    if (!order || refund.status === 'CLOSED' || civilDate(refund.requestedAt) !== date) return [];
    const change = faults.get(refund.outRefundNo);
    return told(change, refund.reportedFen, (as) => refundRow(sandbox, order, refund, as));
  });
  const wanted = [...(type === 'REFUND' ? [] : payments), ...(type === 'SUCCESS' ? [] : refunds)];
  return wanted.sort((one, other) => one.at - other.at);
}

const line = (cells: readonly string[]): string => cells.map((cell) => `\`${cell}`).join(',');

export function billText(rows: readonly Row[], type: BillType): string {
  const total = { orderFen: 0, refundFen: 0, feeUnits: 0 };
  for (const { sums } of rows) {
    total.orderFen += sums.orderFen;
    total.refundFen += sums.refundFen;
    total.feeUnits += sums.feeUnits;
  }
  const summary = [
    String(rows.length),
    yuan(total.orderFen),
    yuan(total.refundFen),
    '0.00',
    decimal(total.feeUnits, 5),
    yuan(total.orderFen),
    yuan(total.refundFen),
  ];
  const details = rows.map(({ cells }) => line(COLUMNS[type].map((column) => cells.get(column) ?? '')));
  return [COLUMNS[type].join(','), ...details, SUMMARY_COLUMNS.join(','), line(summary), ''].join('\r\n');
}
