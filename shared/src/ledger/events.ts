import type { Fen } from '../kernel/index.ts';
import {
  type Account,
  BANK,
  type Book,
  FEE_INCOME,
  FUND_BALANCE,
  FUNDER_RECEIVABLE,
  GATEWAY_CLEARING,
  GATEWAY_FEE,
  LATE_FEE_INCOME,
  REDUCTION,
  SUSPENSE,
  fundCost,
  fundIncome,
  fundSpend,
  refundPayable,
  unitCredit,
  unitReceivable,
} from './accounts.ts';
import { type LedgerEntry, type LedgerGroup, reversed } from './group.ts';

// What happens to money, as entries. Nothing is decided here: each function writes down what was decided already.

/** Where and when it happened. */
interface Happening {
  readonly estateId: string;
  readonly book: Book;
  /** Instant, epoch ms. */
  readonly occurredAt: number;
}

/** What is paid, or given back, of one bill. */
export interface BillShare {
  readonly billId: string;
  readonly principalFen: Fen;
  readonly lateFeeFen: Fen;
}

export interface BilledAmount extends Happening {
  readonly billId: string;
  readonly unitId: string;
  readonly totalFen: Fen;
}

/** 开出账单: the home owes it, and it is earned. */
export function billIssued(bill: BilledAmount): LedgerGroup {
  return {
    key: `BILL_ISSUED:${bill.billId}`,
    ...place(bill),
    event: 'BILL_ISSUED',
    document: { kind: 'BILL', id: bill.billId },
    orderId: null,
    entries: moves(unitReceivable(bill.unitId), FEE_INCOME, bill.totalFen, bill.billId),
  };
}

/** 账单作废: as if it had not been, and both stay to be read. */
export function billCancelled(bill: BilledAmount): LedgerGroup {
  const issued = billIssued(bill);
  return {
    ...issued,
    key: `BILL_CANCELLED:${bill.billId}`,
    event: 'BILL_CANCELLED',
    entries: reversed(issued.entries),
  };
}

export interface SettledPayment extends Happening {
  readonly orderId: string;
  readonly unitId: string;
  /** The bills that it settled; what more came is a credit of its own. */
  readonly settled: readonly BillShare[];
}

/** 缴费入账: WeChat has the money, the home owes that much less. Late fee is earned when it is paid. */
export function paymentSettled(payment: SettledPayment): LedgerGroup {
  return {
    key: `PAYMENT_SETTLED:${payment.orderId}`,
    ...place(payment),
    event: 'PAYMENT_SETTLED',
    document: { kind: 'PAY_ORDER', id: payment.orderId },
    orderId: payment.orderId,
    entries: paysBills(GATEWAY_CLEARING, payment.unitId, payment.settled),
  };
}

export interface CreditedMoney extends Happening {
  readonly creditId: string;
  readonly orderId: string;
  readonly transactionId: string;
  readonly unitId: string;
  readonly amountFen: Fen;
}

/** 多付的钱: it came late, or for what was paid already. It is the home's. */
export function paymentCredited(credit: CreditedMoney): LedgerGroup {
  return {
    key: `PAYMENT_CREDITED:${credit.orderId}:${credit.transactionId}`,
    ...place(credit),
    event: 'PAYMENT_CREDITED',
    document: { kind: 'PAY_CREDIT', id: credit.creditId },
    orderId: credit.orderId,
    entries: moves(GATEWAY_CLEARING, unitCredit(credit.unitId), credit.amountFen),
  };
}

export interface QuarantinedMoney extends Omit<Happening, 'estateId'> {
  readonly estateId: string | null;
  readonly quarantineId: string;
  readonly orderId: string | null;
  readonly orderNo: string;
  readonly transactionId: string;
  readonly receivedFen: Fen;
}

/** 对不上的钱: it did arrive; whose it is has to be looked into. */
export function paymentQuarantined(money: QuarantinedMoney): LedgerGroup {
  return {
    key: `PAYMENT_QUARANTINED:${money.orderNo}:${money.transactionId}`,
    estateId: money.estateId,
    book: money.book,
    occurredAt: money.occurredAt,
    event: 'PAYMENT_QUARANTINED',
    document: { kind: 'QUARANTINE', id: money.quarantineId },
    orderId: money.orderId,
    entries: moves(GATEWAY_CLEARING, SUSPENSE, money.receivedFen),
  };
}

export interface ClearedSuspense extends Happening {
  readonly quarantineId: string;
  readonly orderId: string | null;
  readonly unitId: string;
  readonly settled: readonly BillShare[];
  /** What is left after the bills, kept for the home. */
  readonly creditFen: Fen;
}

/** 待查款查清: two people found out whose it is. */
export function suspenseCleared(cleared: ClearedSuspense): LedgerGroup {
  return {
    key: `SUSPENSE_CLEARED:${cleared.quarantineId}`,
    ...place(cleared),
    event: 'SUSPENSE_CLEARED',
    document: { kind: 'QUARANTINE', id: cleared.quarantineId },
    orderId: cleared.orderId,
    entries: [
      ...paysBills(SUSPENSE, cleared.unitId, cleared.settled),
      ...moves(SUSPENSE, unitCredit(cleared.unitId), cleared.creditFen),
    ],
  };
}

export interface UsedCredit extends Happening {
  /** Names this use: a credit may be used up in parts. */
  readonly useId: string;
  readonly creditId: string;
  readonly orderId: string | null;
  readonly unitId: string;
  readonly settled: readonly BillShare[];
}

/** 用预收款抵账单. */
export function creditUsed(use: UsedCredit): LedgerGroup {
  return {
    key: `CREDIT_USED:${use.useId}`,
    ...place(use),
    event: 'CREDIT_USED',
    document: { kind: 'PAY_CREDIT', id: use.creditId },
    orderId: use.orderId,
    entries: paysBills(unitCredit(use.unitId), use.unitId, use.settled),
  };
}

/** Where money that is given back is taken from. */
export type RefundPart =
  /** The payment of a bill is undone: the bill is open again by that much. */
  | ({ readonly from: 'BILL' } & BillShare)
  /** The charge itself was wrong: the bill stays settled and so much less is earned. */
  | { readonly from: 'INCOME'; readonly billId: string; readonly amountFen: Fen }
  | { readonly from: 'CREDIT' | 'SUSPENSE'; readonly amountFen: Fen };

export interface RefundOrder extends Omit<Happening, 'estateId'> {
  /** Null with money for an order that nobody knows. */
  readonly estateId: string | null;
  readonly refundId: string;
  readonly orderId: string | null;
  readonly unitId: string | null;
  readonly parts: readonly RefundPart[];
}

/** 批准退款: from now on it is owed to the home, until the gateway has given it back. */
export function refundRequested(refund: RefundOrder): LedgerGroup {
  return refundGroup(
    refund,
    'REFUND_REQUESTED',
    refund.parts.flatMap((part) => promisesBack(refund.unitId ?? '', part)),
  );
}

/** 退款到账: the gateway says that the payer has it. */
export function refundSucceeded(refund: RefundOrder): LedgerGroup {
  const promised = refundRequested(refund).entries;
  return refundGroup(
    refund,
    'REFUND_SUCCEEDED',
    promised.map(({ credit, amountFen, billId }) => ({
      debit: credit,
      credit: GATEWAY_CLEARING,
      amountFen,
      billId,
    })),
  );
}

/** 退款未成: the money stays where it was before it was promised. */
export function refundFailed(refund: RefundOrder): LedgerGroup {
  return refundGroup(refund, 'REFUND_FAILED', reversed(refundRequested(refund).entries));
}

function refundGroup(
  refund: RefundOrder,
  event: 'REFUND_REQUESTED' | 'REFUND_SUCCEEDED' | 'REFUND_FAILED',
  entries: readonly LedgerEntry[],
): LedgerGroup {
  return {
    key: `${event}:${refund.refundId}`,
    estateId: refund.estateId,
    book: refund.book,
    occurredAt: refund.occurredAt,
    event,
    document: { kind: 'REFUND', id: refund.refundId },
    orderId: refund.orderId,
    entries,
  };
}

function promisesBack(unitId: string, part: RefundPart): LedgerEntry[] {
  const payable = refundPayable(unitId);
  switch (part.from) {
    case 'BILL':
      return [
        ...moves(unitReceivable(unitId), payable, part.principalFen, part.billId),
        ...moves(LATE_FEE_INCOME, payable, part.lateFeeFen, part.billId),
      ];
    case 'INCOME':
      return moves(FEE_INCOME, payable, part.amountFen, part.billId);
    case 'CREDIT':
      return moves(unitCredit(unitId), payable, part.amountFen);
    case 'SUSPENSE':
      return moves(SUSPENSE, payable, part.amountFen);
  }
}

export interface AppliedReduction extends Happening {
  readonly reductionId: string;
  readonly unitId: string;
  /** Whether somebody else pays in the household's place; otherwise the payee goes without. */
  readonly funded: boolean;
  readonly bills: readonly { readonly billId: string; readonly amountFen: Fen }[];
}

/** 减免: a credit line beside the bill, which itself never changes. */
export function reductionApplied(reduction: AppliedReduction): LedgerGroup {
  const payer = reduction.funded ? FUNDER_RECEIVABLE : REDUCTION;
  return {
    key: `REDUCTION_APPLIED:${reduction.reductionId}`,
    ...place(reduction),
    event: 'REDUCTION_APPLIED',
    document: { kind: 'REDUCTION', id: reduction.reductionId },
    orderId: null,
    entries: reduction.bills.flatMap(({ billId, amountFen }) =>
      moves(payer, unitReceivable(reduction.unitId), amountFen, billId),
    ),
  };
}

export interface GatewayPayout extends Omit<Happening, 'estateId'> {
  /** Null for what is nobody's yet. */
  readonly estateId: string | null;
  /** The merchant's day. */
  readonly payoutId: string;
  /** What came to the bank; below zero where more was given back that day. */
  readonly netFen: Fen;
  /** What WeChat kept; below zero where it gave more back. */
  readonly feeFen: Fen;
  /** False for what no book has: it is looked into first. */
  readonly booked: boolean;
}

/** 微信结算到银行: by the day's trade bill and the bank's own line, each estate's part for itself. */
export function gatewayPaidOut(payout: GatewayPayout): LedgerGroup {
  const { payoutId, estateId, book, occurredAt, booked, netFen, feeFen } = payout;
  const from = booked ? GATEWAY_CLEARING : SUSPENSE;
  return {
    key: `GATEWAY_PAID_OUT:${payoutId}:${booked ? (estateId ?? 'NOBODY') : 'OPEN'}`,
    estateId,
    book,
    occurredAt,
    event: 'GATEWAY_PAID_OUT',
    document: { kind: 'PAYOUT', id: payoutId },
    orderId: null,
    entries: [...movesEitherWay(BANK, from, netFen), ...movesEitherWay(GATEWAY_FEE, from, feeFen)],
  };
}

export interface OddPayout extends Omit<Happening, 'estateId'> {
  /** Null where the merchant serves several estates: nobody can tell whose it is. */
  readonly estateId: string | null;
  /** The merchant's day. */
  readonly payoutId: string;
  /** What the bank shows above what WeChat's bill says; below zero where it is less. */
  readonly moreFen: Fen;
}

/** 结算金额不符: what the bank shows stands in the books as it is; the rest is looked into. */
export function payoutDiffers(payout: OddPayout): LedgerGroup {
  const { payoutId, estateId, book, occurredAt, moreFen } = payout;
  return {
    key: `GATEWAY_PAID_OUT:${payoutId}:DIFFERS`,
    estateId,
    book,
    occurredAt,
    event: 'GATEWAY_PAID_OUT',
    document: { kind: 'PAYOUT', id: payoutId },
    orderId: null,
    entries: movesEitherWay(BANK, SUSPENSE, moreFen),
  };
}

/** 差额记为手续费: two people found that WeChat kept it, or gave some back. */
export function payoutFeeBooked(payout: OddPayout): LedgerGroup {
  return {
    ...payoutDiffers(payout),
    key: `SUSPENSE_CLEARED:${payout.payoutId}`,
    event: 'SUSPENSE_CLEARED',
    entries: movesEitherWay(SUSPENSE, GATEWAY_FEE, payout.moreFen),
  };
}

export interface StrayBankLine extends Omit<Happening, 'estateId'> {
  readonly estateId: string | null;
  /** The difference by which it is looked into. */
  readonly differenceId: string;
  readonly amountFen: Fen;
}

/** 银行多出来的一笔结算: it is at the bank; what for has to be looked into. */
export function bankLineUnexplained(line: StrayBankLine): LedgerGroup {
  const { differenceId, estateId, book, occurredAt, amountFen } = line;
  return {
    key: `BANK_LINE:${differenceId}`,
    estateId,
    book,
    occurredAt,
    event: 'BANK_LINE',
    document: { kind: 'BANK_LINE', id: differenceId },
    orderId: null,
    entries: moves(BANK, SUSPENSE, amountFen),
  };
}

/** One line of income or spending, as the statement has it. */
export type FundLine =
  | {
      readonly direction: 'INCOME';
      readonly category: string;
      readonly grossFen: Fen;
      readonly costFen: Fen;
    }
  | { readonly direction: 'SPEND'; readonly category: string; readonly amountFen: Fen };

export interface BookedFundLine extends Happening {
  /** Names the line for ever: a correction is another line that takes this one back. */
  readonly lineId: string;
  readonly line: FundLine;
}

/** 公共收益收支: income in full, its cost apart, spending by what it was for. */
export function fundLineBooked(booked: BookedFundLine): LedgerGroup {
  return {
    key: `STATEMENT_LINE:${booked.lineId}`,
    ...place(booked),
    event: 'STATEMENT_LINE',
    document: { kind: 'STATEMENT_LINE', id: booked.lineId },
    orderId: null,
    entries: fundEntries(booked.line),
  };
}

function fundEntries(line: FundLine): LedgerEntry[] {
  if (line.direction === 'SPEND') return moves(fundSpend(line.category), BANK, line.amountFen);
  return [
    ...moves(BANK, fundIncome(line.category), line.grossFen),
    ...moves(fundCost(line.category), BANK, line.costFen),
  ];
}

export interface OpenedFund extends Happening {
  /** The statement that the books begin with. */
  readonly statementId: string;
  /** May be below 0. */
  readonly openingFen: Fen;
}

/** 期初结余: what was there before the first statement in these books. */
export function fundOpened(opened: OpenedFund): LedgerGroup {
  const { statementId, openingFen } = opened;
  return {
    key: `FUND_OPENED:${statementId}`,
    ...place(opened),
    event: 'FUND_OPENED',
    document: { kind: 'STATEMENT', id: statementId },
    orderId: null,
    entries: openingFen >= 0 ? moves(BANK, FUND_BALANCE, openingFen) : moves(FUND_BALANCE, BANK, -openingFen),
  };
}

/** 更正: takes a whole group back; the wrong one stays to be read. A group is taken back once. */
export function groupTakenBack(wrong: LedgerGroup, occurredAt: number): LedgerGroup {
  return {
    ...wrong,
    key: `CORRECTION:${wrong.key}`,
    event: 'CORRECTION',
    occurredAt,
    entries: reversed(wrong.entries),
  };
}

function paysBills(from: Account, unitId: string, settled: readonly BillShare[]): LedgerEntry[] {
  return settled.flatMap(({ billId, principalFen, lateFeeFen }) => [
    ...moves(from, unitReceivable(unitId), principalFen, billId),
    ...moves(from, LATE_FEE_INCOME, lateFeeFen, billId),
  ]);
}

/** Nothing moved is no entry. */
function moves(debit: Account, credit: Account, amountFen: Fen, billId: string | null = null): LedgerEntry[] {
  return amountFen === 0 ? [] : [{ debit, credit, amountFen, billId }];
}

function movesEitherWay(debit: Account, credit: Account, amountFen: Fen): LedgerEntry[] {
  return amountFen < 0 ? moves(credit, debit, -amountFen) : moves(debit, credit, amountFen);
}

function place({ estateId, book, occurredAt }: Happening): Happening {
  return { estateId, book, occurredAt };
}
