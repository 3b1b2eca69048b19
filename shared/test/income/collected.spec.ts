import { describe, expect, it } from '@jest/globals';
import {
  bookChanges,
  bookingFaults,
  type CollectedSum,
  collectedGaps,
  collectedKind,
  collectedLines,
  diffStatements,
  incomeByCategory,
  isCollected,
  pairLines,
  type StatementContent,
  type StatementLine,
  statementFaults,
  sumStatement,
  takeFromBooks,
} from '../../src/income/index.ts';
import { LEDGER_EVENTS, type LedgerGroup } from '../../src/ledger/index.ts';
import {
  creditUsed,
  gatewayPaidOut,
  paymentCredited,
  paymentQuarantined,
  paymentSettled,
  payoutDiffers,
  payoutFeeBooked,
  reductionApplied,
  refundRequested,
  refundSucceeded,
  suspenseCleared,
} from '../../src/ledger/index.ts';
import { context, income, PI1 } from './statements.ts';

const PARKED: CollectedSum = {
  kind: 'PAYMENTS',
  itemCode: 'GROUND',
  itemName: '地面停车费',
  count: 12,
  amountFen: 96_000,
};
const BACK: CollectedSum = { ...PARKED, kind: 'REFUNDS', count: 1, amountFen: 8_000 };
const FEE: CollectedSum = { kind: 'FEES', itemCode: '', itemName: '', count: 9, amountFen: 576 };
const LINES = collectedLines('2026Q3', [FEE, BACK, PARKED]);

const having = (lines: readonly StatementLine[]): StatementContent => {
  const { closingFen } = sumStatement({ openingFen: PI1.openingFen, lines });
  return { ...PI1, lines, closingFen, bankBalanceFen: closingFen };
};
const faultsOf = (lines: readonly StatementLine[], collected: readonly StatementLine[] = LINES) =>
  statementFaults(having(lines), context({ collected }));

describe('what came by WeChat, as a statement says it', () => {
  it('is a line for each charge, what was given back as its own, and the gateway’s fee', () => {
    expect(LINES).toMatchObject([
      {
        dir: 'INCOME',
        category: 'PARKING_COMMON',
        date: '2026-09-30',
        netFen: 96_000,
        note: '地面停车费，微信收款 12 笔',
      },
      { dir: 'INCOME', category: 'PARKING_COMMON', netFen: -8_000, note: '地面停车费，微信退款 1 笔' },
      {
        dir: 'SPEND',
        category: 'OPERATING_COST',
        amountFen: 576,
        counterparty: '微信支付',
        note: '微信支付手续费，结算 9 次',
      },
    ]);
    expect(sumStatement({ openingFen: 0, lines: LINES }).closingFen).toBe(96_000 - 8_000 - 576);
    expect(incomeByCategory(LINES)).toMatchObject([{ category: 'PARKING_COMMON', amountFen: 88_000 }]);
  });

  it('is the same whatever the order of the entries, and nothing where nothing moved', () => {
    const more = { ...PARKED, itemCode: 'NIGHT', itemName: '夜间停车费' };
    expect(collectedLines('2026Q3', [more, PARKED])).toEqual(collectedLines('2026Q3', [PARKED, more]));
    expect(collectedLines('2026Q3', [{ ...FEE, amountFen: 0 }])).toEqual([]);
    // A fee that WeChat gave back.
    expect(collectedLines('2026Q3', [{ ...FEE, amountFen: -3 }])).toMatchObject([{ amountFen: -3 }]);
  });

  it('is parking on common ground also where the schedule has another word for it', () => {
    expect(collectedLines('2026Q3', [{ ...PARKED, itemName: '月卡' }])).toMatchObject([
      { category: 'PARKING_COMMON' },
    ]);
  });
});

describe('an entry', () => {
  const at = { estateId: 'E', book: 'PUBLIC_INCOME', occurredAt: 1 } as const;
  const settled = [{ billId: 'B', principalFen: 8_000, lateFeeFen: 12 }];
  const refund = { ...at, refundId: 'R', orderId: 'O', unitId: 'U' };
  const kindsOf = (group: LedgerGroup) =>
    group.entries.map(({ debit, credit, billId }) =>
      collectedKind({
        event: group.event,
        debitKind: debit.kind,
        creditKind: credit.kind,
        isOfBill: billId !== null,
      }),
    );

  it.each<[string, LedgerGroup, readonly (string | null)[]]>([
    [
      'a payment of a bill and its late fee',
      paymentSettled({ ...at, orderId: 'O', unitId: 'U', settled }),
      ['PAYMENTS', 'PAYMENTS'],
    ],
    [
      'more than was owed, kept for the home',
      paymentCredited({ ...at, creditId: 'C', orderId: 'O', transactionId: 'T', unitId: 'U', amountFen: 5 }),
      [null],
    ],
    [
      'what was kept, used for a bill',
      creditUsed({ ...at, useId: 'X', creditId: 'C', orderId: null, unitId: 'U', settled }),
      ['PAYMENTS', 'PAYMENTS'],
    ],
    [
      'money that nobody knows',
      paymentQuarantined({
        ...at,
        quarantineId: 'Q',
        orderId: null,
        orderNo: 'P',
        transactionId: 'T',
        receivedFen: 9,
      }),
      [null],
    ],
    [
      'money that was cleared up, for a bill and the rest for the home',
      suspenseCleared({ ...at, quarantineId: 'Q', orderId: null, unitId: 'U', settled, creditFen: 3 }),
      ['PAYMENTS', 'PAYMENTS', null],
    ],
    [
      'a refund that is promised',
      refundRequested({ ...refund, parts: [{ from: 'INCOME', billId: 'B', amountFen: 4 }] }),
      [null],
    ],
    [
      'a refund that the payer has',
      refundSucceeded({ ...refund, parts: [{ from: 'INCOME', billId: 'B', amountFen: 4 }] }),
      ['REFUNDS'],
    ],
    [
      'a refund of what was kept',
      refundSucceeded({ ...refund, parts: [{ from: 'CREDIT', amountFen: 4 }] }),
      [null],
    ],
    [
      'a settlement with its fee',
      gatewayPaidOut({ ...at, payoutId: 'M', netFen: 90, feeFen: 2, booked: true }),
      [null, 'FEES'],
    ],
    [
      'a settlement that gave a fee back',
      gatewayPaidOut({ ...at, payoutId: 'M', netFen: 90, feeFen: -2, booked: true }),
      [null, 'FEES'],
    ],
    [
      'a settlement that came over less than the bill',
      payoutDiffers({ ...at, payoutId: 'M', moreFen: -5 }),
      [null],
    ],
    ['the fee that it was found to be', payoutFeeBooked({ ...at, payoutId: 'M', moreFen: -5 }), ['FEES']],
    [
      'a fee that was found to be given back',
      payoutFeeBooked({ ...at, payoutId: 'M', moreFen: 5 }),
      ['FEES'],
    ],
    [
      'a reduction',
      reductionApplied({
        ...at,
        reductionId: 'D',
        unitId: 'U',
        funded: true,
        bills: [{ billId: 'B', amountFen: 7 }],
      }),
      [null],
    ],
  ])('of %s', (_, group, kinds) => {
    expect(kindsOf(group)).toEqual(kinds);
  });

  it('of anything else is nothing to the line', () => {
    const others = LEDGER_EVENTS.filter((event) =>
      ['BILL_ISSUED', 'BILL_CANCELLED', 'STATEMENT_LINE', 'FUND_OPENED', 'CORRECTION'].includes(event),
    );
    for (const event of others)
      expect(
        collectedKind({
          event,
          debitKind: 'GATEWAY_CLEARING',
          creditKind: 'UNIT_RECEIVABLE',
          isOfBill: true,
        }),
      ).toBeNull();
  });
});

describe('a draft', () => {
  it('that says all of it may be published, without voucher, contract or decision', () => {
    expect(faultsOf([...PI1.lines, ...LINES])).toEqual([]);
  });

  it('may not leave it out', () => {
    const faults = faultsOf([...PI1.lines, ...LINES.slice(0, 1)]);
    expect(faults.map(({ code }) => code)).toEqual(['INCOME.COLLECTED_MISSING', 'INCOME.COLLECTED_MISSING']);
    expect(faults[0]?.message).toContain('地面停车费，微信退款 1 笔，-80.00 元');
  });

  it.each<[string, Partial<StatementLine>]>([
    ['a note', { note: '停车' }],
    ['a day', { date: '2026-09-29' }],
    ['a party', { counterparty: '业主' }],
    ['a voucher', { voucherIds: ['V'] }],
    ['the count', { collected: { kind: 'PAYMENTS', itemCode: 'GROUND', count: 11 } }],
  ])('may not change %s of it', (_, change) => {
    const [first, ...rest] = LINES;
    if (first === undefined) throw new Error('no line');
    const faults = faultsOf([{ ...first, ...change } as StatementLine, ...rest]);
    expect(faults.map(({ code, path }) => [code, path])).toEqual([['INCOME.COLLECTED_CHANGED', 'lines[0]']]);
  });

  it('may not say it twice, nor call anything so that is not', () => {
    const faults = faultsOf([...LINES, ...LINES.slice(0, 1)]);
    expect(faults.map(({ code, path }) => [code, path])).toEqual([['INCOME.COLLECTED_CHANGED', 'lines[3]']]);
    expect(faults[0]?.message).toContain('现在是 0.00 元，表中是 960.00 元');
    expect(faultsOf(LINES.slice(0, 1), []).map(({ code }) => code)).toEqual(['INCOME.COLLECTED_CHANGED']);
    const [line] = LINES;
    if (line === undefined) throw new Error('no line');
    expect(bookingFaults(line, context()).map(({ code }) => code)).toEqual(['INCOME.COLLECTED_CHANGED']);
  });

  it('books none of it, and no line of the books is taken for it', () => {
    const booked = LINES.map((line, index) => ({
      id: `L${index}`,
      source: 'JOURNAL' as const,
      line,
      takenBackAt: null,
    }));
    expect(bookChanges([], LINES).toBook).toEqual([]);
    expect(pairLines(LINES, booked)).toEqual([null, null, null]);
  });
});

describe('taking the books into a draft', () => {
  it('puts in what came by WeChat, as it is now', () => {
    const typed = [income(50_000)];
    const first = takeFromBooks(typed, [], LINES);
    expect(first).toEqual({ lines: [...typed, ...LINES], taken: 3 });
    expect(takeFromBooks(first.lines, [], LINES)).toEqual({ ...first, taken: 0 });
    const later = collectedLines('2026Q3', [{ ...PARKED, count: 13, amountFen: 104_000 }]);
    // The payments are others, and refund and fee are gone.
    expect(takeFromBooks(first.lines, [], later)).toEqual({ lines: [...typed, ...later], taken: 3 });
    expect(collectedGaps(typed, LINES)).toEqual({ missing: LINES, changed: [] });
  });

  it('the sheet’s row over the same sum gives way, and one that is booked does not', () => {
    const row = income(96_000, { category: 'PARKING_COMMON', date: '2026-07-31' });
    expect(takeFromBooks([row], [], LINES).lines).toEqual(LINES);
    const booked = { id: 'L', source: 'JOURNAL', line: row, takenBackAt: null } as const;
    expect(takeFromBooks([row], [booked], LINES).lines).toEqual([row, ...LINES]);
  });

  it('a correction tells that more has come', () => {
    const before = having([income(1), ...LINES]);
    const more = collectedLines('2026Q3', [{ ...PARKED, count: 13, amountFen: 104_000 }, BACK, FEE]);
    const { lines } = diffStatements(before, having([income(1), ...more]));
    expect(lines.filter(({ kind }) => kind !== 'SAME')).toMatchObject([
      { kind: 'CHANGED', after: { netFen: 104_000 } },
    ]);
    expect(more.every(isCollected)).toBe(true);
  });
});
