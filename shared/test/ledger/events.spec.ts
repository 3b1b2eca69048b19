import { describe, expect, it } from '@jest/globals';
import { fc, test } from '@fast-check/jest';
import {
  ACCOUNTS,
  type AccountKind,
  type Book,
  checkGroup,
  type LedgerGroup,
  billCancelled,
  billIssued,
  creditUsed,
  fundLineBooked,
  gatewayPaidOut,
  groupTakenBack,
  paymentCredited,
  paymentQuarantined,
  paymentSettled,
  reductionApplied,
  refundFailed,
  refundRequested,
  refundSucceeded,
  suspenseCleared,
} from '../../src/ledger/index.ts';

const here = { estateId: 'E', book: 'PROPERTY_FEE' as Book, occurredAt: 1 };
const bill = { ...here, billId: 'B', unitId: 'U', totalFen: 5809 };
const share = { billId: 'B', principalFen: 5809, lateFeeFen: 12 };
const order = { ...here, orderId: 'O', unitId: 'U' };

/** Each account as people read it: on the side on which it grows; those at 0 left out. */
function balancesOf(...groups: readonly LedgerGroup[]): Partial<Record<AccountKind, number>> {
  const sums = new Map<AccountKind, number>();
  const add = (kind: AccountKind, side: 'DEBIT' | 'CREDIT', amountFen: number) =>
    sums.set(kind, (sums.get(kind) ?? 0) + (ACCOUNTS[kind].side === side ? amountFen : -amountFen));
  for (const { debit, credit, amountFen } of groups.flatMap(({ entries }) => entries)) {
    add(debit.kind, 'DEBIT', amountFen);
    add(credit.kind, 'CREDIT', amountFen);
  }
  return Object.fromEntries([...sums].filter(([, sum]) => sum !== 0));
}

describe('a bill', () => {
  it('is owed by its home and earned', () => {
    expect(billIssued(bill)).toEqual({
      key: 'BILL_ISSUED:B',
      estateId: 'E',
      book: 'PROPERTY_FEE',
      event: 'BILL_ISSUED',
      document: { kind: 'BILL', id: 'B' },
      orderId: null,
      occurredAt: 1,
      entries: [
        {
          debit: { kind: 'UNIT_RECEIVABLE', subject: 'U' },
          credit: { kind: 'FEE_INCOME', subject: '' },
          amountFen: 5809,
          billId: 'B',
        },
      ],
    });
  });
  it('cancelled leaves both entries and no balance', () => {
    const groups = [billIssued(bill), billCancelled({ ...bill, occurredAt: 2 })];
    expect(balancesOf(...groups)).toEqual({});
    expect(groups.map(({ key, occurredAt }) => [key, occurredAt])).toEqual([
      ['BILL_ISSUED:B', 1],
      ['BILL_CANCELLED:B', 2],
    ]);
  });
  it('over nothing moves nothing', () => {
    expect(billIssued({ ...bill, totalFen: 0 }).entries).toEqual([]);
  });
});

describe('a payment', () => {
  const paid = paymentSettled({ ...order, settled: [share] });

  it('takes the principal off what is owed; the late fee is earned with it', () => {
    expect(balancesOf(billIssued(bill), paid)).toEqual({
      GATEWAY_CLEARING: 5821,
      FEE_INCOME: 5809,
      LATE_FEE_INCOME: 12,
    });
    expect(paid).toMatchObject({ key: 'PAYMENT_SETTLED:O', orderId: 'O', document: { id: 'O' } });
    expect(paid.entries.every(({ billId }) => billId === 'B')).toBe(true);
  });
  it('of what was paid already is the home’s', () => {
    const credit = { ...order, creditId: 'C', transactionId: 'T', amountFen: 100 };
    expect(balancesOf(paymentCredited(credit))).toEqual({ GATEWAY_CLEARING: 100, UNIT_CREDIT: 100 });
    expect(paymentCredited(credit)).toMatchObject({
      key: 'PAYMENT_CREDITED:O:T',
      document: { kind: 'PAY_CREDIT', id: 'C' },
      entries: [{ credit: { subject: 'U' }, billId: null }],
    });
  });
  it('that is kept for the home pays a later bill', () => {
    const credit = paymentCredited({ ...order, creditId: 'C', transactionId: 'T', amountFen: 5821 });
    const used = creditUsed({ ...order, useId: 'X', creditId: 'C', settled: [share] });
    expect(balancesOf(billIssued(bill), credit, used)).toEqual({
      GATEWAY_CLEARING: 5821,
      FEE_INCOME: 5809,
      LATE_FEE_INCOME: 12,
    });
    expect(used.key).toBe('CREDIT_USED:X');
  });
});

describe('money that does not fit', () => {
  const money = paymentQuarantined({
    ...here,
    quarantineId: 'Q',
    orderId: 'O',
    orderNo: 'P1',
    transactionId: 'T',
    receivedFen: 6000,
  });

  it('has arrived, and waits', () => {
    expect(balancesOf(money)).toEqual({ GATEWAY_CLEARING: 6000, SUSPENSE: 6000 });
    expect(money).toMatchObject({ key: 'PAYMENT_QUARANTINED:P1:T', orderId: 'O', document: { id: 'Q' } });
  });
  it('pays the bill once it is known whose it is, and the rest is kept', () => {
    const cleared = suspenseCleared({ ...order, quarantineId: 'Q', settled: [share], creditFen: 179 });
    expect(balancesOf(billIssued(bill), money, cleared)).toEqual({
      GATEWAY_CLEARING: 6000,
      FEE_INCOME: 5809,
      LATE_FEE_INCOME: 12,
      UNIT_CREDIT: 179,
    });
    expect(cleared.key).toBe('SUSPENSE_CLEARED:Q');
  });
});

describe('a refund', () => {
  const refund = (part: Parameters<typeof refundRequested>[0]['parts'][number]) => ({
    ...order,
    refundId: 'R',
    parts: [part],
  });

  it.each([
    [
      'a paid bill opens it again',
      { from: 'BILL', ...share },
      { UNIT_RECEIVABLE: 5809, LATE_FEE_INCOME: -12 },
    ],
    ['a wrong charge is earned no more', { from: 'INCOME', billId: 'B', amountFen: 50 }, { FEE_INCOME: -50 }],
    ['kept money is kept no more', { from: 'CREDIT', amountFen: 50 }, { UNIT_CREDIT: -50 }],
    ['unknown money is unknown no more', { from: 'SUSPENSE', amountFen: 50 }, { SUSPENSE: -50 }],
  ] as const)('of %s, is owed to the home and then leaves the gateway', (_, part, taken) => {
    const amountFen = part.from === 'BILL' ? 5821 : part.amountFen;
    const asked = refundRequested(refund(part));
    expect(balancesOf(asked)).toEqual({ ...taken, REFUND_PAYABLE: amountFen });
    expect(balancesOf(asked, refundSucceeded(refund(part)))).toEqual({
      ...taken,
      GATEWAY_CLEARING: -amountFen,
    });
    expect(balancesOf(asked, refundFailed(refund(part)))).toEqual({});
  });
  it('is named by itself and by how far it is', () => {
    const facts = refund({ from: 'CREDIT', amountFen: 1 });
    expect([refundRequested, refundSucceeded, refundFailed].map((of) => of(facts).key)).toEqual([
      'REFUND_REQUESTED:R',
      'REFUND_SUCCEEDED:R',
      'REFUND_FAILED:R',
    ]);
  });
  it('of money for nobody’s order is owed to nobody in particular', () => {
    const asked = refundRequested({
      ...refund({ from: 'SUSPENSE', amountFen: 1 }),
      estateId: null,
      unitId: null,
    });
    expect(checkGroup(asked).entries[0]?.credit).toEqual({ kind: 'REFUND_PAYABLE', subject: '' });
  });
});

describe('a reduction', () => {
  const facts = { ...here, reductionId: 'D', unitId: 'U', bills: [{ billId: 'B', amountFen: 800 }] };

  it('is borne by whoever funds it', () => {
    expect(balancesOf(billIssued(bill), reductionApplied({ ...facts, funded: false }))).toEqual({
      UNIT_RECEIVABLE: 5009,
      REDUCTION: 800,
      FEE_INCOME: 5809,
    });
    expect(balancesOf(reductionApplied({ ...facts, funded: true }))).toEqual({
      FUNDER_RECEIVABLE: 800,
      UNIT_RECEIVABLE: -800,
    });
  });
});

describe('what comes to the bank', () => {
  it('is what the gateway held, less its fee', () => {
    const payout = gatewayPaidOut({ ...here, payoutId: 'Y', netFen: 5786, feeFen: 35, booked: true });
    expect(balancesOf(payout)).toEqual({ BANK: 5786, GATEWAY_FEE: 35, GATEWAY_CLEARING: -5821 });
    expect(payout.key).toBe('GATEWAY_PAID_OUT:Y:E');
  });
  it('goes the other way on a day when more was given back', () => {
    const payout = gatewayPaidOut({ ...here, payoutId: 'Y', netFen: -5786, feeFen: -35, booked: true });
    expect(balancesOf(checkGroup(payout))).toEqual({
      BANK: -5786,
      GATEWAY_FEE: -35,
      GATEWAY_CLEARING: 5821,
    });
  });
  it('is nobody’s yet where no book has it, and each estate’s part has a name of its own', () => {
    const facts = { ...here, payoutId: 'Y', netFen: 99, feeFen: 1 };
    const open = gatewayPaidOut({ ...facts, estateId: null, booked: false });
    expect(balancesOf(checkGroup(open))).toEqual({ BANK: 99, GATEWAY_FEE: 1, SUSPENSE: 100 });
    const nobody = gatewayPaidOut({ ...facts, estateId: null, booked: true });
    expect(balancesOf(nobody)).toEqual({ BANK: 99, GATEWAY_FEE: 1, GATEWAY_CLEARING: -100 });
    const other = gatewayPaidOut({ ...facts, estateId: 'F', booked: true });
    expect([open, nobody, other].map(({ key }) => key)).toEqual([
      'GATEWAY_PAID_OUT:Y:OPEN',
      'GATEWAY_PAID_OUT:Y:NOBODY',
      'GATEWAY_PAID_OUT:Y:F',
    ]);
  });
  it('of public income is the gross; its cost and every spending leave again', () => {
    const fund = { ...here, book: 'PUBLIC_INCOME' as const };
    const income = fundLineBooked({
      ...fund,
      lineId: 'L1',
      line: { direction: 'INCOME', category: 'AD_ELEVATOR', grossFen: 1000, costFen: 300 },
    });
    const spend = fundLineBooked({
      ...fund,
      lineId: 'L2',
      line: { direction: 'SPEND', category: 'GREENING', amountFen: 200 },
    });
    expect(balancesOf(checkGroup(income), checkGroup(spend))).toEqual({
      BANK: 500,
      FUND_INCOME: 1000,
      FUND_COST: 300,
      FUND_SPEND: 200,
    });
    expect(income.entries[0]?.credit.subject).toBe('AD_ELEVATOR');
  });
});

describe('a correction', () => {
  it('takes the whole group back and is a group of its own', () => {
    const wrong = billIssued(bill);
    const back = groupTakenBack(wrong, 9);
    expect(balancesOf(wrong, back)).toEqual({});
    expect(back).toMatchObject({ key: 'CORRECTION:BILL_ISSUED:B', event: 'CORRECTION', occurredAt: 9 });
  });
});

describe('what is no group', () => {
  const good = billIssued(bill);
  const [entry] = good.entries;
  if (entry === undefined) throw new Error('a bill has an entry');
  const withEntry = (facts: object): LedgerGroup => ({ ...good, entries: [{ ...entry, ...facts }] });

  it('a good one is answered as it is', () => {
    expect(checkGroup(good)).toBe(good);
  });
  it.each([
    ['no amount', withEntry({ amountFen: 0 })],
    ['less than nothing', withEntry({ amountFen: -1 })],
    ['half a fen', withEntry({ amountFen: 0.5 })],
    ['an amount that is rounded already', withEntry({ amountFen: Number.MAX_SAFE_INTEGER + 1 })],
    ['money to where it comes from', withEntry({ credit: entry.debit })],
    ['a receivable of nobody', withEntry({ debit: { kind: 'UNIT_RECEIVABLE', subject: '' } })],
    ['somebody’s own bank account', withEntry({ debit: { kind: 'BANK', subject: 'U' } })],
    ['income of no category', withEntry({ debit: { kind: 'FUND_INCOME', subject: '' } })],
    ['a subject that is too long', withEntry({ debit: { kind: 'UNIT_CREDIT', subject: 'U'.repeat(27) } })],
    ['an account of another book', withEntry({ debit: { kind: 'FUND_BALANCE', subject: '' } })],
    ['no name', { ...good, key: '' }],
    ['a name with a blank', { ...good, key: 'BILL ISSUED' }],
    ['a name that is too long', { ...good, key: 'K'.repeat(161) }],
  ])('%s', (_, group) => {
    expect(() => checkGroup(group)).toThrow(RangeError);
  });
  it('the longest name and the longest subject are one', () => {
    const group = withEntry({ debit: { kind: 'UNIT_CREDIT', subject: 'U'.repeat(26) } });
    expect(() => checkGroup({ ...group, key: 'K'.repeat(160) })).not.toThrow();
  });
});

const fen = fc.integer({ min: 0, max: 10_000_000_000 });

describe('whatever the amounts', () => {
  test.prop([fc.array(fc.tuple(fen, fen), { maxLength: 6 }), fen])(
    'debits are credits, to the fen, and nothing of the money is lost',
    (amounts, restFen) => {
      const settled = amounts.map(([principalFen, lateFeeFen], n) => ({
        billId: `B${n}`,
        principalFen,
        lateFeeFen,
      }));
      const cleared = checkGroup(
        suspenseCleared({ ...order, quarantineId: 'Q', settled, creditFen: restFen }),
      );
      const total = amounts.reduce((sum, [principal, late]) => sum + principal + late, restFen);
      const { SUSPENSE: suspense = 0, ...others } = balancesOf(cleared);
      expect(suspense).toBe(total === 0 ? 0 : -total);
      const receivable = others.UNIT_RECEIVABLE ?? 0;
      expect((others.UNIT_CREDIT ?? 0) + (others.LATE_FEE_INCOME ?? 0) - receivable).toBe(total);
      expect(cleared.entries.every(({ amountFen }) => amountFen > 0)).toBe(true);
    },
  );
});
