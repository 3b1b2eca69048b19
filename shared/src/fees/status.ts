import { type StateMachine, defineStateMachine } from '../kernel/index.ts';

// --- bills 账单 ----------------------------------------------------------------------------------------------------

/** Whether a bill is overdue is not a state: it follows from its due date and today (`arrears.ts`). */
export const BILL_STATES = ['ISSUED', 'PART_PAID', 'PAID', 'CANCELLED'] as const;
export type BillState = (typeof BILL_STATES)[number];
export const BILL_STATE_LABELS: Readonly<Record<BillState, string>> = {
  ISSUED: '待缴',
  PART_PAID: '部分已缴',
  PAID: '已缴清',
  CANCELLED: '已作废',
};

export type BillEvent = 'PAY_PART' | 'PAY_REST' | 'REFUND_PART' | 'REFUND_ALL' | 'CANCEL';
export type FeeActor = 'PAYER' | 'COMPANY' | 'SYSTEM';
export type BillRequirement = 'PAYMENT' | 'REASON' | 'NOTHING_PAID';

/** An issued bill never changes its lines; a mistake is cancelled with its reason, or corrected by a credit line. */
export const BILL_MACHINE: StateMachine<BillState, BillEvent, FeeActor, BillRequirement, 'LINES' | 'AMOUNT'> =
  defineStateMachine<BillState, BillEvent, FeeActor, BillRequirement, 'LINES' | 'AMOUNT'>({
    name: 'bill',
    initial: 'ISSUED',
    states: {
      ISSUED: { freezes: ['LINES', 'AMOUNT'] },
      PART_PAID: { freezes: ['LINES', 'AMOUNT'] },
      PAID: { freezes: ['LINES', 'AMOUNT'] },
      CANCELLED: { final: true, freezes: ['LINES', 'AMOUNT'] },
    },
    transitions: [
      {
        event: 'PAY_PART',
        from: ['ISSUED', 'PART_PAID'],
        to: 'PART_PAID',
        by: ['SYSTEM'],
        requires: ['PAYMENT'],
      },
      { event: 'PAY_REST', from: ['ISSUED', 'PART_PAID'], to: 'PAID', by: ['SYSTEM'], requires: ['PAYMENT'] },
      {
        event: 'REFUND_PART',
        from: ['PART_PAID', 'PAID'],
        to: 'PART_PAID',
        by: ['SYSTEM'],
        requires: ['PAYMENT'],
      },
      {
        event: 'REFUND_ALL',
        from: ['PART_PAID', 'PAID'],
        to: 'ISSUED',
        by: ['SYSTEM'],
        requires: ['PAYMENT'],
      },
      {
        event: 'CANCEL',
        from: ['ISSUED'],
        to: 'CANCELLED',
        by: ['COMPANY'],
        requires: ['REASON', 'NOTHING_PAID'],
      },
    ],
  });

// --- payments 支付单 -----------------------------------------------------------------------------------------------

export const PAYMENT_STATES = [
  'CREATED',
  'PREPAID',
  'PAID',
  'CLOSED',
  'QUARANTINED',
  'PARTIAL_REFUND',
  'REFUNDED',
] as const;
export type PaymentState = (typeof PAYMENT_STATES)[number];

export type PaymentEvent =
  | 'PREPAY'
  | 'CONFIRM'
  | 'CLOSE'
  | 'MISMATCH'
  | 'LATE_SUCCESS'
  | 'ACCEPT_BY_HAND'
  | 'REFUND_PART'
  | 'REFUND_ALL';

export type PaymentRequirement =
  'VERIFIED' | 'AMOUNT_MATCHES' | 'GATEWAY_CLOSED' | 'REASON' | 'SECOND_PERSON';

/**
 * Only the gateway's own verified word makes a payment PAID: by callback or by query, whichever comes first. What does
 * not match (amount, payer, merchant) or comes after closing is set aside 待核对 and the bills stay open.
 */
export const PAYMENT_MACHINE: StateMachine<
  PaymentState,
  PaymentEvent,
  FeeActor,
  PaymentRequirement,
  'AMOUNT' | 'BILLS' | 'ORDER_NO'
> = defineStateMachine<
  PaymentState,
  PaymentEvent,
  FeeActor,
  PaymentRequirement,
  'AMOUNT' | 'BILLS' | 'ORDER_NO'
>({
  name: 'payment',
  initial: 'CREATED',
  states: {
    CREATED: { freezes: ['AMOUNT', 'BILLS', 'ORDER_NO'] },
    PREPAID: { freezes: ['AMOUNT', 'BILLS', 'ORDER_NO'] },
    PAID: { freezes: ['AMOUNT', 'BILLS', 'ORDER_NO'] },
    // A closed order number is never used again, yet money may still arrive for it.
    CLOSED: { freezes: ['AMOUNT', 'BILLS', 'ORDER_NO'] },
    QUARANTINED: { freezes: ['AMOUNT', 'BILLS', 'ORDER_NO'] },
    PARTIAL_REFUND: { freezes: ['AMOUNT', 'BILLS', 'ORDER_NO'] },
    REFUNDED: { final: true, freezes: ['AMOUNT', 'BILLS', 'ORDER_NO'] },
  },
  transitions: [
    { event: 'PREPAY', from: ['CREATED'], to: 'PREPAID', by: ['SYSTEM'] },
    // The callback may overtake the answer to our own order.
    {
      event: 'CONFIRM',
      from: ['CREATED', 'PREPAID'],
      to: 'PAID',
      by: ['SYSTEM'],
      requires: ['VERIFIED', 'AMOUNT_MATCHES'],
    },
    {
      event: 'CLOSE',
      from: ['CREATED', 'PREPAID'],
      to: 'CLOSED',
      by: ['PAYER', 'SYSTEM'],
      requires: ['GATEWAY_CLOSED'],
    },
    {
      event: 'MISMATCH',
      from: ['CREATED', 'PREPAID', 'CLOSED'],
      to: 'QUARANTINED',
      by: ['SYSTEM'],
      requires: ['VERIFIED'],
    },
    {
      event: 'LATE_SUCCESS',
      from: ['CLOSED'],
      to: 'QUARANTINED',
      by: ['SYSTEM'],
      requires: ['VERIFIED', 'AMOUNT_MATCHES'],
    },
    {
      event: 'ACCEPT_BY_HAND',
      from: ['QUARANTINED'],
      to: 'PAID',
      by: ['COMPANY'],
      requires: ['REASON', 'SECOND_PERSON'],
    },
    {
      event: 'REFUND_PART',
      from: ['PAID', 'PARTIAL_REFUND'],
      to: 'PARTIAL_REFUND',
      by: ['SYSTEM'],
      requires: ['VERIFIED'],
    },
    {
      event: 'REFUND_ALL',
      from: ['PAID', 'PARTIAL_REFUND', 'QUARANTINED'],
      to: 'REFUNDED',
      by: ['SYSTEM'],
      requires: ['VERIFIED'],
    },
  ],
});

// --- receipts 收据 -------------------------------------------------------------------------------------------------

export const RECEIPT_STATES = ['ISSUED', 'VOIDED'] as const;
export type ReceiptState = (typeof RECEIPT_STATES)[number];
export const RECEIPT_STATE_LABELS: Readonly<Record<ReceiptState, string>> = {
  ISSUED: '有效',
  VOIDED: '已作废',
};

/** 收据号: gap-free for each issuer and year; the issuer's counter is taken in the transaction that settles. */
export function receiptNumber(year: number, sequence: number): string {
  return `${year}-${String(sequence).padStart(6, '0')}`;
}
