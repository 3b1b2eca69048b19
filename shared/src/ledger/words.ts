import { type Fen, yuanText } from '../kernel/index.ts';
import { ACCOUNTS, type AccountKind, type Book } from './accounts.ts';
import { LEDGER_EVENT_LABELS, type LedgerEvent } from './group.ts';

/** The one account whose name depends on the book: what the committee calls income is the company's revenue elsewhere. */
const LABELS_IN_BOOK: Readonly<Partial<Record<Book, Partial<Record<AccountKind, string>>>>> = {
  PROPERTY_FEE: { FEE_INCOME: '物业服务收入' },
  PUBLIC_INCOME: { FEE_INCOME: '公共收益收入', FUND_BALANCE: '公共收益结余' },
  MAINTENANCE_FUND: { FEE_INCOME: '维修资金交存', FUND_BALANCE: '维修资金结余' },
};

/** An account as a bookkeeper calls it 科目. */
export function accountLabel(book: Book, kind: AccountKind): string {
  return LABELS_IN_BOOK[book]?.[kind] ?? ACCOUNTS[kind].label;
}

/** An entry in a sentence for whoever never kept books. */
export function entrySentence(
  event: LedgerEvent,
  debit: AccountKind,
  credit: AccountKind,
  amountFen: Fen,
): string {
  const yuan = `${yuanText(amountFen)} 元`;
  if (event === 'CORRECTION') return `冲销：把记错的 ${yuan}转回去`;
  return SENTENCES[`${event}:${debit}:${credit}`]?.(yuan) ?? `${LEDGER_EVENT_LABELS[event]} ${yuan}`;
}

const SENTENCES: Readonly<Record<string, (yuan: string) => string>> = {
  'BILL_ISSUED:UNIT_RECEIVABLE:FEE_INCOME': (yuan) => `账单开出，这户应缴 ${yuan}`,
  'BILL_CANCELLED:FEE_INCOME:UNIT_RECEIVABLE': (yuan) => `账单作废，这户不用再缴这 ${yuan}`,
  'PAYMENT_SETTLED:GATEWAY_CLEARING:UNIT_RECEIVABLE': (yuan) => `微信收到 ${yuan}，抵了这张账单`,
  'PAYMENT_SETTLED:GATEWAY_CLEARING:LATE_FEE_INCOME': (yuan) => `微信收到 ${yuan}，是按合同收的违约金`,
  'PAYMENT_CREDITED:GATEWAY_CLEARING:UNIT_CREDIT': (yuan) => `微信多收了 ${yuan}，替这户存着，可以退`,
  'PAYMENT_QUARANTINED:GATEWAY_CLEARING:SUSPENSE': (yuan) => `微信收到 ${yuan}，和订单对不上，正在查`,
  'SUSPENSE_CLEARED:SUSPENSE:UNIT_RECEIVABLE': (yuan) => `查清了，${yuan} 抵了这张账单`,
  'SUSPENSE_CLEARED:SUSPENSE:LATE_FEE_INCOME': (yuan) => `查清了，${yuan} 是违约金`,
  'SUSPENSE_CLEARED:SUSPENSE:UNIT_CREDIT': (yuan) => `查清了，${yuan} 替这户存着`,
  'CREDIT_USED:UNIT_CREDIT:UNIT_RECEIVABLE': (yuan) => `用存着的 ${yuan} 抵了这张账单`,
  'CREDIT_USED:UNIT_CREDIT:LATE_FEE_INCOME': (yuan) => `用存着的 ${yuan} 付了违约金`,
  'REFUND_REQUESTED:UNIT_RECEIVABLE:REFUND_PAYABLE': (yuan) => `要退 ${yuan}，账单重新变成待缴`,
  'REFUND_REQUESTED:FEE_INCOME:REFUND_PAYABLE': (yuan) => `多收了，要退 ${yuan}`,
  'REFUND_REQUESTED:LATE_FEE_INCOME:REFUND_PAYABLE': (yuan) => `要退违约金 ${yuan}`,
  'REFUND_REQUESTED:UNIT_CREDIT:REFUND_PAYABLE': (yuan) => `存着的 ${yuan} 要退给这户`,
  'REFUND_REQUESTED:SUSPENSE:REFUND_PAYABLE': (yuan) => `对不上的 ${yuan} 要原路退回`,
  'REFUND_SUCCEEDED:REFUND_PAYABLE:GATEWAY_CLEARING': (yuan) => `微信已退 ${yuan}`,
  'REDUCTION_APPLIED:REDUCTION:UNIT_RECEIVABLE': (yuan) => `减免 ${yuan}，这户不用缴`,
  'REDUCTION_APPLIED:FUNDER_RECEIVABLE:UNIT_RECEIVABLE': (yuan) => `减免 ${yuan}，由补助方出`,
  'STATEMENT_LINE:BANK:FUND_INCOME': (yuan) => `收入 ${yuan}，进了公共收益的银行账户`,
  'STATEMENT_LINE:FUND_COST:BANK': (yuan) => `为这笔收入付出成本 ${yuan}`,
  'STATEMENT_LINE:FUND_SPEND:BANK': (yuan) => `从公共收益的银行账户付出 ${yuan}`,
  'FUND_OPENED:BANK:FUND_BALANCE': (yuan) => `开始记账时账户里有 ${yuan}`,
  'GATEWAY_PAID_OUT:BANK:GATEWAY_CLEARING': (yuan) => `微信结算 ${yuan} 到银行账户`,
  'GATEWAY_PAID_OUT:GATEWAY_FEE:GATEWAY_CLEARING': (yuan) => `微信扣了手续费 ${yuan}`,
  'GATEWAY_PAID_OUT:BANK:SUSPENSE': (yuan) => `微信结算 ${yuan} 到银行账户，账上没有这笔，正在查`,
  'GATEWAY_PAID_OUT:GATEWAY_FEE:SUSPENSE': (yuan) => `账上没有的那笔，微信扣了手续费 ${yuan}`,
};
