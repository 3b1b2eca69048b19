import { describe, expect, it } from '@jest/globals';
import {
  type FeeItem,
  BILL_MACHINE,
  PAYMENT_MACHINE,
  aboveReference,
  ledgerOf,
  receiptNumber,
  scheduleChanges,
  scheduleFaults,
} from '../../src/fees/index.ts';

const ITEM: FeeItem = {
  code: 'LOW',
  name: '住宅物业费（多层）',
  target: 'HOME_MULTI_STOREY',
  unit: 'SQM_MONTH',
  rateTenThousandthYuan: 6500,
  serviceGrade: '二级',
  basis: '合同第八条',
  note: '',
  ledger: 'PROPERTY_FEE',
  reference: null,
};

const codesOf = (...items: FeeItem[]) => scheduleFaults(items).map(({ code }) => code);

describe('a schedule that may not be published', () => {
  it('has no item, an item without a basis, a rate below zero, a code or name twice, or the wrong ledger', () => {
    expect(codesOf()).toEqual(['FEES.SCHEDULE_EMPTY']);
    expect(codesOf({ ...ITEM, basis: ' ' })).toEqual(['FEES.ITEM_BASIS_MISSING']);
    expect(codesOf({ ...ITEM, rateTenThousandthYuan: -1 })).toEqual(['FEES.ITEM_RATE_NEGATIVE']);
    expect(codesOf({ ...ITEM, rateTenThousandthYuan: 0 })).toEqual(['FEES.ITEM_RATE_ZERO']);
    expect(codesOf(ITEM, ITEM)).toEqual(['FEES.ITEM_CODE_DUPLICATE', 'FEES.ITEM_NAME_DUPLICATE']);
    expect(codesOf({ ...ITEM, target: 'PARKING_COMMON', unit: 'PIECE_MONTH' })).toEqual(['FEES.ITEM_LEDGER']);
  });
});

describe('the ledger of a charge', () => {
  it('follows from what is used', () => {
    expect(ledgerOf('PARKING_COMMON', '地面停车费')).toBe('PUBLIC_INCOME');
    expect(ledgerOf('PARKING_COMMON', '物业停车服务费')).toBe('PUBLIC_INCOME');
    expect(ledgerOf('ALL_OWNERS', '专项维修资金续交')).toBe('MAINTENANCE_FUND');
    expect(ledgerOf('PARKING_OWNED', '车位服务费')).toBe('PROPERTY_FEE');
  });
});

describe('a new version of a schedule', () => {
  it('shows what was added, changed and removed', () => {
    const dearer = { ...ITEM, rateTenThousandthYuan: 7000 };
    const changes = scheduleChanges(
      [ITEM, { ...ITEM, code: 'OLD' }, { ...ITEM, code: 'SAME' }],
      [dearer, { ...ITEM, code: 'SAME' }, { ...ITEM, code: 'NEW' }],
    );
    expect(changes.map(({ kind, after, before }) => [kind, (after ?? before)?.code])).toEqual([
      ['CHANGED', 'LOW'],
      ['ADDED', 'NEW'],
      ['REMOVED', 'OLD'],
    ]);
  });

  it('is compared with the reference price where there is one', () => {
    expect(aboveReference(ITEM)).toBeNull();
    expect(
      aboveReference({ ...ITEM, reference: { rateTenThousandthYuan: 6000, source: '2026年参考价' } }),
    ).toBe(500);
  });
});

describe('the states of bills and payments', () => {
  it('only the gateway’s verified word makes a payment paid', () => {
    expect(PAYMENT_MACHINE.next('PREPAID', 'CONFIRM', 'SYSTEM', ['VERIFIED', 'AMOUNT_MATCHES'])).toEqual({
      ok: true,
      value: 'PAID',
    });
    expect(PAYMENT_MACHINE.next('PREPAID', 'CONFIRM', 'SYSTEM', ['VERIFIED'])).toMatchObject({
      ok: false,
      error: { missing: ['AMOUNT_MATCHES'] },
    });
    expect(PAYMENT_MACHINE.next('PREPAID', 'CONFIRM', 'PAYER', ['VERIFIED', 'AMOUNT_MATCHES'])).toMatchObject(
      { ok: false, error: { code: 'STATE.NOT_YOURS' } },
    );
  });

  it('a callback may come before our own order’s answer', () => {
    expect(PAYMENT_MACHINE.next('CREATED', 'CONFIRM', 'SYSTEM', ['VERIFIED', 'AMOUNT_MATCHES']).ok).toBe(
      true,
    );
  });

  it('a replayed callback changes nothing', () => {
    expect(PAYMENT_MACHINE.next('PAID', 'CONFIRM', 'SYSTEM', ['VERIFIED', 'AMOUNT_MATCHES'])).toMatchObject({
      ok: false,
      error: { code: 'STATE.NOT_ALLOWED' },
    });
  });

  it('a wrong amount and a success after closing are set aside; two people settle it, or it goes back', () => {
    expect(PAYMENT_MACHINE.next('PREPAID', 'MISMATCH', 'SYSTEM', ['VERIFIED'])).toEqual({
      ok: true,
      value: 'QUARANTINED',
    });
    expect(PAYMENT_MACHINE.next('CLOSED', 'LATE_SUCCESS', 'SYSTEM', ['VERIFIED', 'AMOUNT_MATCHES'])).toEqual({
      ok: true,
      value: 'QUARANTINED',
    });
    expect(PAYMENT_MACHINE.next('QUARANTINED', 'ACCEPT_BY_HAND', 'COMPANY', ['REASON'])).toMatchObject({
      ok: false,
      error: { missing: ['SECOND_PERSON'] },
    });
    expect(PAYMENT_MACHINE.next('QUARANTINED', 'REFUND_ALL', 'SYSTEM', ['VERIFIED'])).toEqual({
      ok: true,
      value: 'REFUNDED',
    });
  });

  it('a bill with money on it cannot be cancelled, and its lines never change', () => {
    expect(BILL_MACHINE.next('ISSUED', 'CANCEL', 'COMPANY', ['REASON'])).toMatchObject({
      ok: false,
      error: { missing: ['NOTHING_PAID'] },
    });
    expect(BILL_MACHINE.next('PART_PAID', 'CANCEL', 'COMPANY', ['REASON', 'NOTHING_PAID'])).toMatchObject({
      ok: false,
      error: { code: 'STATE.NOT_ALLOWED' },
    });
    expect(BILL_MACHINE.states.every((state) => BILL_MACHINE.frozenFields(state).includes('LINES'))).toBe(
      true,
    );
  });

  it('receipts are numbered by issuer and year', () => {
    expect(receiptNumber(2026, 7)).toBe('2026-000007');
  });
});
