import { CREDIT_LABELS, type CreditReason } from '../fees/index.ts';
import { type StateMachine, defineStateMachine } from '../kernel/index.ts';

/** What a refund gives back. */
export const REFUND_SUBJECTS = ['PAYMENT', 'CREDIT', 'QUARANTINE'] as const;
export type RefundSubject = (typeof REFUND_SUBJECTS)[number];
export const REFUND_SUBJECT_LABELS: Readonly<Record<RefundSubject, string>> = {
  PAYMENT: '已缴账单',
  CREDIT: '多付的钱',
  QUARANTINE: '待核对的钱',
};

/** What becomes of the bill when the money of a payment is back. */
export const REFUND_EFFECTS = ['BILL_OPEN', 'BILL_STAYS', 'NONE'] as const;
/** BILL_OPEN: its payment is undone, it is owed again. BILL_STAYS: too much was charged, it is settled as it is. */
export type RefundEffect = (typeof REFUND_EFFECTS)[number];
export const REFUND_EFFECT_LABELS: Readonly<Record<RefundEffect, string>> = {
  BILL_OPEN: '退后账单重新变为待缴',
  BILL_STAYS: '多收的，账单不用再缴',
  NONE: '没有对应的账单',
};

export const REFUND_STATES = [
  'REQUESTED',
  'APPROVED',
  'SENT',
  'SUCCEEDED',
  'ABNORMAL',
  'CLOSED',
  'REJECTED',
  'WITHDRAWN',
] as const;
export type RefundState = (typeof REFUND_STATES)[number];
export const REFUND_STATE_LABELS: Readonly<Record<RefundState, string>> = {
  REQUESTED: '等另一人审批',
  APPROVED: '已批准',
  SENT: '微信处理中',
  SUCCEEDED: '已退到账',
  ABNORMAL: '退款异常',
  CLOSED: '退款关闭',
  REJECTED: '未批准',
  WITHDRAWN: '已撤回',
};

export type RefundEvent =
  'APPROVE' | 'APPROVE_BY_RULE' | 'REJECT' | 'WITHDRAW' | 'SEND' | 'SUCCEED' | 'FAIL' | 'CLOSE' | 'RETRY';
export type RefundActor = 'ASKER' | 'COMPANY' | 'SYSTEM';
export type RefundRequirement = 'SECOND_PERSON' | 'REASON' | 'MONEY_UNUSED' | 'VERIFIED';

/**
 * A refund 退款: asked for by one person and approved by another. It is SENT before WeChat hears of it, under a number
 * that never changes, so that a lost answer is asked for again and gives the money once. Only WeChat's own verified word
 * ends it.
 */
export const REFUND_MACHINE: StateMachine<
  RefundState,
  RefundEvent,
  RefundActor,
  RefundRequirement,
  'AMOUNT' | 'PAYMENT' | 'REFUND_NO'
> = defineStateMachine<
  RefundState,
  RefundEvent,
  RefundActor,
  RefundRequirement,
  'AMOUNT' | 'PAYMENT' | 'REFUND_NO'
>({
  name: 'refund',
  initial: 'REQUESTED',
  states: {
    REQUESTED: { freezes: ['AMOUNT', 'PAYMENT', 'REFUND_NO'] },
    APPROVED: { freezes: ['AMOUNT', 'PAYMENT', 'REFUND_NO'] },
    SENT: { freezes: ['AMOUNT', 'PAYMENT', 'REFUND_NO'] },
    SUCCEEDED: { final: true, freezes: ['AMOUNT', 'PAYMENT', 'REFUND_NO'] },
    // The payer's account could not take it: put right, it goes out again under the same number.
    ABNORMAL: { freezes: ['AMOUNT', 'PAYMENT', 'REFUND_NO'] },
    CLOSED: { final: true, freezes: ['AMOUNT', 'PAYMENT', 'REFUND_NO'] },
    REJECTED: { final: true, freezes: ['AMOUNT', 'PAYMENT', 'REFUND_NO'] },
    WITHDRAWN: { final: true, freezes: ['AMOUNT', 'PAYMENT', 'REFUND_NO'] },
  },
  transitions: [
    { event: 'APPROVE', from: ['REQUESTED'], to: 'APPROVED', by: ['COMPANY'], requires: ['SECOND_PERSON'] },
    // Money that paid nothing goes back without anybody's leave.
    {
      event: 'APPROVE_BY_RULE',
      from: ['REQUESTED'],
      to: 'APPROVED',
      by: ['SYSTEM'],
      requires: ['MONEY_UNUSED'],
    },
    {
      event: 'REJECT',
      from: ['REQUESTED'],
      to: 'REJECTED',
      by: ['COMPANY'],
      requires: ['SECOND_PERSON', 'REASON'],
    },
    { event: 'WITHDRAW', from: ['REQUESTED'], to: 'WITHDRAWN', by: ['ASKER'] },
    { event: 'SEND', from: ['APPROVED'], to: 'SENT', by: ['SYSTEM'] },
    { event: 'SUCCEED', from: ['SENT', 'ABNORMAL'], to: 'SUCCEEDED', by: ['SYSTEM'], requires: ['VERIFIED'] },
    { event: 'FAIL', from: ['SENT'], to: 'ABNORMAL', by: ['SYSTEM'], requires: ['VERIFIED'] },
    { event: 'CLOSE', from: ['SENT', 'ABNORMAL'], to: 'CLOSED', by: ['SYSTEM'], requires: ['VERIFIED'] },
    { event: 'RETRY', from: ['ABNORMAL'], to: 'SENT', by: ['COMPANY'] },
  ],
});

/** No money went and none will: what was held for the refund is free again. */
export const REFUND_DEAD_STATES = [
  'CLOSED',
  'REJECTED',
  'WITHDRAWN',
] as const satisfies readonly RefundState[];

// --- money paid too much 预存 ----------------------------------------------------------------------------------------

export const CREDIT_STATES = ['OPEN', 'KEPT', 'DONE'] as const;
/** OPEN: nobody has chosen yet. KEPT: for the next bill. DONE: nothing is left of it. */
export type CreditState = (typeof CREDIT_STATES)[number];
export const CREDIT_STATE_LABELS: Readonly<Record<CreditState, string>> = {
  OPEN: '待选择',
  KEPT: '留着抵下一张账单',
  DONE: '已用完或已退',
};

/** Where money paid too much came from. */
export type CreditOrigin = CreditReason | 'QUARANTINE_CLEARED';
export const CREDIT_ORIGIN_LABELS: Readonly<Record<CreditOrigin, string>> = {
  ...CREDIT_LABELS,
  QUARANTINE_CLEARED: '核对后记为预存',
};

export const QUARANTINE_STATES = ['OPEN', 'REFUNDING', 'REFUNDED', 'CREDITED', 'DISMISSED'] as const;
export type QuarantineState = (typeof QUARANTINE_STATES)[number];
export const QUARANTINE_STATE_LABELS: Readonly<Record<QuarantineState, string>> = {
  OPEN: '待处理',
  REFUNDING: '退款中',
  REFUNDED: '已退回',
  CREDITED: '已记为预存',
  DISMISSED: '已核销',
};
