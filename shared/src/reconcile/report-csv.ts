import { yuanText } from '../kernel/index.ts';
import { LEDGER_LABELS } from '../fees/index.ts';
import type { ReconciliationMonth } from './contract.ts';
import { RUN_STATE_LABELS } from './contract.ts';
import { DIFFERENCE_LABELS, ENTRY_LABELS } from './differences.ts';

const DAY_COLUMNS = [
  '日期',
  '状态',
  '收款笔数',
  '收款金额',
  '退款笔数',
  '退款金额',
  '手续费',
  '应结算',
  '银行到账',
  '差异',
  '未处理差异',
];
const DIFFERENCE_COLUMNS = ['日期', '类别', '种类', '订单', '我们的金额', '对方金额', '说明', '处理'];

/** The month's report 月度对账报告 for a spreadsheet: days, their sum, then the differences. */
export function reportCsv(report: Omit<ReconciliationMonth, 'csv'>): string {
  const { days, totals, differences } = report;
  const lines = [
    [`${report.month} 对账报告`, LEDGER_LABELS[report.ledger], report.payeeName, `商户号 ${report.mchId}`],
    DAY_COLUMNS,
    ...days.map((day) => [
      day.date,
      RUN_STATE_LABELS[day.state],
      ...sumCells(day),
      day.arrivedFen === null ? '' : yuan(day.arrivedFen),
      String(day.differences),
      String(day.openDifferences),
    ]),
    [
      '合计',
      '',
      ...sumCells(totals),
      yuan(totals.arrivedFen),
      String(totals.differences),
      String(totals.openDifferences),
    ],
    [],
    DIFFERENCE_COLUMNS,
    ...differences.map((row) => [
      row.onDate,
      ENTRY_LABELS[row.kind],
      DIFFERENCE_LABELS[row.class],
      row.orderNo,
      row.oursFen === null ? '' : yuan(row.oursFen),
      row.theirsFen === null ? '' : yuan(row.theirsFen),
      row.detail,
      row.state === 'OPEN' ? '未处理' : row.outcome,
    ]),
  ];
  // Excel takes a file without this mark for another encoding.
  return `\uFEFF${lines.map((cells) => cells.map(quoted).join(',')).join('\r\n')}\r\n`;
}

type Sums = Pick<
  ReconciliationMonth['totals'],
  'payments' | 'paidFen' | 'refunds' | 'refundedFen' | 'feeFen' | 'settlementFen'
>;

const sumCells = (sums: Sums) => [
  String(sums.payments),
  yuan(sums.paidFen),
  String(sums.refunds),
  yuan(sums.refundedFen),
  yuan(sums.feeFen),
  yuan(sums.settlementFen),
];

const yuan = (fen: number) => yuanText(fen).replace(/,/g, '');

/** A cell that begins like a formula is text, and stays it. */
function quoted(cell: string): string {
  const safe = /^[=+@\t]|^-(?![\d.]+$)/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}
