import { describe, expect, it } from '@jest/globals';
import {
  billCancelled,
  billIssued,
  type Book,
  checkGroup,
  creditUsed,
  DOCUMENT_KINDS,
  fundLineBooked,
  gatewayPaidOut,
  groupTakenBack,
  LEDGER_EVENT_LABELS,
  type LedgerGroup,
  paymentCredited,
  paymentQuarantined,
  paymentSettled,
  reductionApplied,
  refundFailed,
  refundRequested,
  refundSucceeded,
  suspenseCleared,
} from '../../src/ledger/index.ts';

const here = { estateId: 'E', book: 'PUBLIC_INCOME' as Book, occurredAt: 7 };
const order = { ...here, orderId: 'O', unitId: 'U' };
const bill = { ...here, billId: 'B', unitId: 'U', totalFen: 5809 };
const share = { billId: 'B', principalFen: 5809, lateFeeFen: 12 };
const refund = {
  ...order,
  refundId: 'R',
  parts: [
    { from: 'BILL', ...share },
    { from: 'INCOME', billId: 'C', amountFen: 50 },
    { from: 'CREDIT', amountFen: 30 },
    { from: 'SUSPENSE', amountFen: 20 },
  ],
} as const;

/** An entry in one line: from which account to which, how much, for which bill. */
const linesOf = ({ entries }: LedgerGroup) =>
  entries.map(({ debit, credit, amountFen, billId }) =>
    [debit.kind, debit.subject, credit.kind, credit.subject, amountFen, billId ?? '-'].join(' '),
  );

/** Made within the tests: what fails is then a test, and not the loading of this file. */
const GROUPS: readonly [
  make: () => LedgerGroup,
  event: string,
  subject: string,
  document: string,
  orderId: string | null,
  lines: readonly string[],
][] = [
  [() => billIssued(bill), 'BILL_ISSUED', 'B', 'BILL B', null, ['UNIT_RECEIVABLE U FEE_INCOME  5809 B']],
  [
    () => billCancelled(bill),
    'BILL_CANCELLED',
    'B',
    'BILL B',
    null,
    ['FEE_INCOME  UNIT_RECEIVABLE U 5809 B'],
  ],
  [
    () => paymentSettled({ ...order, settled: [share] }),
    'PAYMENT_SETTLED',
    'O',
    'PAY_ORDER O',
    'O',
    ['GATEWAY_CLEARING  UNIT_RECEIVABLE U 5809 B', 'GATEWAY_CLEARING  LATE_FEE_INCOME  12 B'],
  ],
  [
    () => paymentCredited({ ...order, creditId: 'K', transactionId: 'T', amountFen: 100 }),
    'PAYMENT_CREDITED',
    'O:T',
    'PAY_CREDIT K',
    'O',
    ['GATEWAY_CLEARING  UNIT_CREDIT U 100 -'],
  ],
  [
    () =>
      paymentQuarantined({
        ...here,
        quarantineId: 'Q',
        orderId: null,
        orderNo: 'P1',
        transactionId: 'T',
        receivedFen: 6000,
      }),
    'PAYMENT_QUARANTINED',
    'P1:T',
    'QUARANTINE Q',
    null,
    ['GATEWAY_CLEARING  SUSPENSE  6000 -'],
  ],
  [
    () => suspenseCleared({ ...order, quarantineId: 'Q', settled: [share], creditFen: 5 }),
    'SUSPENSE_CLEARED',
    'Q',
    'QUARANTINE Q',
    'O',
    ['SUSPENSE  UNIT_RECEIVABLE U 5809 B', 'SUSPENSE  LATE_FEE_INCOME  12 B', 'SUSPENSE  UNIT_CREDIT U 5 -'],
  ],
  [
    () => creditUsed({ ...order, useId: 'X', creditId: 'K', settled: [share] }),
    'CREDIT_USED',
    'X',
    'PAY_CREDIT K',
    'O',
    ['UNIT_CREDIT U UNIT_RECEIVABLE U 5809 B', 'UNIT_CREDIT U LATE_FEE_INCOME  12 B'],
  ],
  [
    () => refundRequested(refund),
    'REFUND_REQUESTED',
    'R',
    'REFUND R',
    'O',
    [
      'UNIT_RECEIVABLE U REFUND_PAYABLE U 5809 B',
      'LATE_FEE_INCOME  REFUND_PAYABLE U 12 B',
      'FEE_INCOME  REFUND_PAYABLE U 50 C',
      'UNIT_CREDIT U REFUND_PAYABLE U 30 -',
      'SUSPENSE  REFUND_PAYABLE U 20 -',
    ],
  ],
  [
    () => refundSucceeded(refund),
    'REFUND_SUCCEEDED',
    'R',
    'REFUND R',
    'O',
    [
      'REFUND_PAYABLE U GATEWAY_CLEARING  5809 B',
      'REFUND_PAYABLE U GATEWAY_CLEARING  12 B',
      'REFUND_PAYABLE U GATEWAY_CLEARING  50 C',
      'REFUND_PAYABLE U GATEWAY_CLEARING  30 -',
      'REFUND_PAYABLE U GATEWAY_CLEARING  20 -',
    ],
  ],
  [
    () => refundFailed(refund),
    'REFUND_FAILED',
    'R',
    'REFUND R',
    'O',
    [
      'REFUND_PAYABLE U UNIT_RECEIVABLE U 5809 B',
      'REFUND_PAYABLE U LATE_FEE_INCOME  12 B',
      'REFUND_PAYABLE U FEE_INCOME  50 C',
      'REFUND_PAYABLE U UNIT_CREDIT U 30 -',
      'REFUND_PAYABLE U SUSPENSE  20 -',
    ],
  ],
  [
    () =>
      reductionApplied({
        ...here,
        reductionId: 'D',
        unitId: 'U',
        funded: true,
        bills: [{ billId: 'B', amountFen: 8 }],
      }),
    'REDUCTION_APPLIED',
    'D',
    'REDUCTION D',
    null,
    ['FUNDER_RECEIVABLE  UNIT_RECEIVABLE U 8 B'],
  ],
  [
    () => gatewayPaidOut({ ...here, payoutId: 'Y', netFen: 5786, feeFen: 35, booked: true }),
    'GATEWAY_PAID_OUT',
    'Y:E',
    'PAYOUT Y',
    null,
    ['BANK  GATEWAY_CLEARING  5786 -', 'GATEWAY_FEE  GATEWAY_CLEARING  35 -'],
  ],
  [
    () =>
      fundLineBooked({
        ...here,
        lineId: 'L',
        line: { direction: 'INCOME', category: 'AD_ELEVATOR', grossFen: 1000, costFen: 300 },
      }),
    'STATEMENT_LINE',
    'L',
    'STATEMENT_LINE L',
    null,
    ['BANK  FUND_INCOME AD_ELEVATOR 1000 -', 'FUND_COST AD_ELEVATOR BANK  300 -'],
  ],
  [
    () => groupTakenBack(billIssued({ ...bill, occurredAt: 3 }), 7),
    'CORRECTION',
    'BILL_ISSUED:B',
    'BILL B',
    null,
    ['FEE_INCOME  UNIT_RECEIVABLE U 5809 B'],
  ],
];

describe('a group says what happened, by which document and order, and where the money went', () => {
  it.each(GROUPS.map((row) => [row[1], ...row] as const))(
    '%s',
    (_, make, event, subject, document, orderId, lines) => {
      const group = make();
      expect(checkGroup(group)).toEqual({
        key: `${event}:${subject}`,
        ...here,
        event,
        document: { kind: document.split(' ')[0], id: document.split(' ')[1] },
        orderId,
        entries: group.entries,
      });
      expect(linesOf(group)).toEqual(lines);
      expect(DOCUMENT_KINDS).toContain(group.document.kind);
    },
  );

  it('and every event has a name of its own, every document a code', () => {
    const labels = Object.values(LEDGER_EVENT_LABELS);
    expect(new Set(labels.filter((label) => label !== '')).size).toBe(labels.length);
    for (const kind of DOCUMENT_KINDS) expect(kind).toMatch(/^[A-Z_]+$/);
  });
});

describe('what is no group is refused in words that name it', () => {
  const good = billIssued({ ...bill, book: 'PROPERTY_FEE' });
  const [entry] = good.entries;
  if (entry === undefined) throw new Error('a bill has an entry');
  const withEntry = (facts: object): LedgerGroup => ({ ...good, entries: [{ ...entry, ...facts }] });
  const to = (kind: string, subject = '') => withEntry({ debit: { kind, subject } });

  it.each([
    ['no name', { ...good, key: '' }, '"" names no group'],
    ['a blank at its end', { ...good, key: 'BILL ' }, '"BILL " names no group'],
    ['a blank at its start', { ...good, key: ' BILL' }, '" BILL" names no group'],
    ['half a fen', withEntry({ amountFen: 0.5 }), 'amountFen must be a safe integer, got 0.5'],
    ['nothing that moves', withEntry({ amountFen: 0 }), 'BILL_ISSUED:B moves 0 fen'],
    [
      'money to where it comes from',
      withEntry({ credit: entry.debit }),
      'BILL_ISSUED:B moves money from UNIT_RECEIVABLE to itself',
    ],
    ['another book’s account', to('FUND_BALANCE'), 'BILL_ISSUED:B: PROPERTY_FEE has no account FUND_BALANCE'],
    [
      'another book’s account to give',
      withEntry({ credit: { kind: 'FUND_BALANCE', subject: '' } }),
      'BILL_ISSUED:B: PROPERTY_FEE has no account FUND_BALANCE',
    ],
    ['a receivable of nobody', to('UNIT_RECEIVABLE'), 'BILL_ISSUED:B: "" names no UNIT_RECEIVABLE'],
    ['somebody’s own bank', to('BANK', 'U'), 'BILL_ISSUED:B: "U" names no BANK'],
    [
      'income of no category',
      { ...to('FUND_INCOME'), book: 'PUBLIC_INCOME' as const },
      'BILL_ISSUED:B: "" names no FUND_INCOME',
    ],
    [
      'too long a subject',
      to('UNIT_CREDIT', 'U'.repeat(27)),
      `BILL_ISSUED:B: "${'U'.repeat(27)}" names no UNIT_CREDIT`,
    ],
  ])('%s', (_, group, message) => {
    expect(() => checkGroup(group)).toThrow(new RangeError(message));
  });

  it('what may be somebody’s or nobody’s, and what is of a category, is one', () => {
    for (const subject of ['', 'U']) expect(() => checkGroup(to('REFUND_PAYABLE', subject))).not.toThrow();
    const income = { ...to('FUND_INCOME', 'AD_ELEVATOR'), book: 'PUBLIC_INCOME' as const };
    expect(() => checkGroup(income)).not.toThrow();
  });
});
