import { describe, expect, it } from '@jest/globals';
import { fc } from '@fast-check/jest';
import { type Debt, allocatePayment } from '../../src/fees/index.ts';

const DEBTS: readonly Debt[] = [
  { billId: 'nov', dueOn: '2026-11-30', principalFen: 5809, lateFeeFen: 30 },
  { billId: 'sep', dueOn: '2026-09-30', principalFen: 5809, lateFeeFen: 100 },
  { billId: 'oct', dueOn: '2026-10-31', principalFen: 5809, lateFeeFen: 60 },
];

describe('a payment that does not cover everything', () => {
  it('meets the oldest bill first, and its principal before its late fee', () => {
    expect(allocatePayment(5850, DEBTS)).toEqual({
      lines: [{ billId: 'sep', principalFen: 5809, lateFeeFen: 41 }],
      leftFen: 0,
    });
  });

  it('meets the late fee first where the contract says so', () => {
    expect(allocatePayment(5850, DEBTS, 'LATE_FEE_FIRST').lines).toEqual([
      { billId: 'sep', principalFen: 5750, lateFeeFen: 100 },
    ]);
  });

  it('goes on to the next oldest', () => {
    expect(allocatePayment(10000, DEBTS).lines).toEqual([
      { billId: 'sep', principalFen: 5809, lateFeeFen: 100 },
      { billId: 'oct', principalFen: 4091, lateFeeFen: 0 },
    ]);
  });
});

describe('a payment of more than is owed', () => {
  it('leaves the rest to be given back', () => {
    expect(allocatePayment(20000, DEBTS)).toMatchObject({ leftFen: 20000 - 3 * 5809 - 190 });
  });
});

it('never makes money, loses it, or pays more than a debt', () => {
  const debt = fc.record({
    billId: fc.uuid(),
    dueOn: fc.constantFrom('2026-09-30', '2026-10-31', '2026-11-30'),
    principalFen: fc.integer({ min: 0, max: 100_000 }),
    lateFeeFen: fc.integer({ min: 0, max: 1000 }),
  });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 500_000 }), fc.array(debt, { maxLength: 10 }), (amount, debts) => {
      const { lines, leftFen } = allocatePayment(amount, debts);
      const paid = lines.reduce((sum, line) => sum + line.principalFen + line.lateFeeFen, 0);
      expect(paid + leftFen).toBe(amount);
      for (const line of lines) {
        const owed = debts.find(({ billId }) => billId === line.billId);
        expect(line.principalFen).toBeLessThanOrEqual(owed?.principalFen ?? 0);
        expect(line.lateFeeFen).toBeLessThanOrEqual(owed?.lateFeeFen ?? 0);
      }
    }),
  );
});
