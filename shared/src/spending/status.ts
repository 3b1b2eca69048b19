import { type StateMachine, defineStateMachine } from '../kernel/index.ts';

export const SPENDING_STATES = [
  'APPLIED',
  'COMMITTEE_CONFIRMED',
  'STREET_FILED',
  'PAID',
  'RECONCILED',
  'REJECTED',
  'WITHDRAWN',
] as const;
export type SpendingState = (typeof SPENDING_STATES)[number];

export const SPENDING_STATE_LABELS: Readonly<Record<SpendingState, string>> = {
  APPLIED: '等待确认',
  COMMITTEE_CONFIRMED: '等待街道备案',
  STREET_FILED: '已备案，待付款',
  PAID: '已付款，待对账',
  RECONCILED: '已付款并对账',
  REJECTED: '未通过',
  WITHDRAWN: '已撤回',
};

export const SPENDING_EVENTS = ['CONFIRM', 'FILE', 'PAY', 'RECONCILE', 'REJECT', 'WITHDRAW'] as const;
export type SpendingEvent = (typeof SPENDING_EVENTS)[number];

/**
 * What a person is to one request. CONFIRMER is of the committee, or of the community while no committee is in office;
 * KEEPER is of the body that keeps the account.
 */
export type SpendingActor = 'APPLICANT' | 'CONFIRMER' | 'STREET' | 'KEEPER';
/** OTHER_PERSON: none of those whose step it checks. BASIS: what allows the spend holds on that day. BANK_LINE: what the receipt says. BANK_MATCH: the line of the bank's statement that is this payment. */
export type SpendingRequirement = 'OTHER_PERSON' | 'BASIS' | 'REASON' | 'BANK_LINE' | 'BANK_MATCH';

/**
 * A spend from the public income through the joint account 三方共管: applied for, confirmed by the committee, filed with
 * the street, each by another person; then paid by a line of the bank and compared with the bank's statement.
 */
export const SPENDING_MACHINE: StateMachine<
  SpendingState,
  SpendingEvent,
  SpendingActor,
  SpendingRequirement,
  'CONTENT' | 'BASIS'
> = defineStateMachine<SpendingState, SpendingEvent, SpendingActor, SpendingRequirement, 'CONTENT' | 'BASIS'>(
  {
    name: 'spending request',
    initial: 'APPLIED',
    states: {
      APPLIED: { freezes: ['CONTENT'] },
      COMMITTEE_CONFIRMED: { freezes: ['CONTENT', 'BASIS'] },
      STREET_FILED: { freezes: ['CONTENT', 'BASIS'] },
      PAID: { freezes: ['CONTENT', 'BASIS'] },
      RECONCILED: { final: true, freezes: ['CONTENT', 'BASIS'] },
      REJECTED: { final: true, freezes: ['CONTENT', 'BASIS'] },
      WITHDRAWN: { final: true, freezes: ['CONTENT', 'BASIS'] },
    },
    transitions: [
      {
        event: 'CONFIRM',
        from: ['APPLIED'],
        to: 'COMMITTEE_CONFIRMED',
        by: ['CONFIRMER'],
        requires: ['OTHER_PERSON', 'BASIS'],
      },
      // Asked again: the decision may have been taken back, or have expired, since the committee confirmed.
      {
        event: 'FILE',
        from: ['COMMITTEE_CONFIRMED'],
        to: 'STREET_FILED',
        by: ['STREET'],
        requires: ['OTHER_PERSON', 'BASIS'],
      },
      { event: 'PAY', from: ['STREET_FILED'], to: 'PAID', by: ['KEEPER'], requires: ['BANK_LINE'] },
      {
        event: 'RECONCILE',
        from: ['PAID'],
        to: 'RECONCILED',
        by: ['KEEPER'],
        requires: ['OTHER_PERSON', 'BANK_MATCH'],
      },
      {
        event: 'REJECT',
        from: ['APPLIED'],
        to: 'REJECTED',
        by: ['CONFIRMER'],
        requires: ['OTHER_PERSON', 'REASON'],
      },
      {
        event: 'REJECT',
        from: ['COMMITTEE_CONFIRMED'],
        to: 'REJECTED',
        by: ['STREET'],
        requires: ['OTHER_PERSON', 'REASON'],
      },
      {
        event: 'WITHDRAW',
        from: ['APPLIED', 'COMMITTEE_CONFIRMED', 'STREET_FILED'],
        to: 'WITHDRAWN',
        by: ['APPLICANT'],
      },
    ],
  },
);

/** The decision is charged while the spend stands in one of these. */
export const CHARGED_STATES = [
  'COMMITTEE_CONFIRMED',
  'STREET_FILED',
  'PAID',
  'RECONCILED',
] as const satisfies readonly SpendingState[];
