import { describe, expect, test } from '@jest/globals';
import { DEFAULT_BILLING_TERMS } from '@linli/shared/fees';
import {
  type TermsForm,
  isOneOff,
  readTerms,
  termsForm,
  termsText,
} from '../src/packages/workbench-fees/model';

const FORM: TermsForm = {
  dueDay: '25',
  graceDays: '10',
  lateFee: '5',
  lateFeeBasis: '物业服务合同第十二条',
};

describe('the terms of the contract, as the manager types them', () => {
  test('five in ten thousand a day is 500 millionths', () => {
    expect(readTerms(FORM)).toEqual({
      terms: {
        dueDay: 25,
        graceDays: 10,
        lateFeePpmPerDay: 500,
        lateFeeBasis: '物业服务合同第十二条',
      },
    });
  });

  test('what is stored comes back as it was typed', () => {
    const read = readTerms({ ...FORM, lateFee: '0.35' });
    expect('terms' in read && termsForm(read.terms)).toEqual({ ...FORM, lateFee: '0.35' });
  });

  test('without a late fee there is no clause to name', () => {
    const read = readTerms({ ...FORM, lateFee: '0' });
    expect(read).toMatchObject({ terms: { lateFeePpmPerDay: 0, lateFeeBasis: null } });
  });

  test.each([
    ['a late fee without a clause', { lateFeeBasis: ' ' }, 'lateFeeBasis'],
    ['more than one in a hundred a day', { lateFee: '100.01' }, 'lateFee'],
    ['a late fee in words', { lateFee: '万分之五' }, 'lateFee'],
    ['half a day of grace', { graceDays: '0.5' }, 'graceDays'],
    ['no grace at all typed', { graceDays: '' }, 'graceDays'],
  ])('%s is not taken', (_what, part, field) => {
    const read = readTerms({ ...FORM, ...part });
    expect('fault' in read && Object.keys(read.fault)).toEqual([field]);
  });

  test('are read back in a sentence', () => {
    const read = readTerms(FORM);
    expect('terms' in read && termsText(read.terms)).toBe(
      '当月 25 日前缴，再宽限 10 天；过期每天按没缴部分的万分之 5 收违约金。',
    );
    expect(termsText(DEFAULT_BILLING_TERMS)).toBe('当月最后一天前缴；过期不收违约金。');
  });
});

test('what is charged monthly or shared by meter cannot be charged once', () => {
  const units = ['SQM_MONTH', 'PIECE_MONTH', 'HOUSEHOLD_TIME', 'PIECE_TIME', 'SQM_SHARED'] as const;
  expect(units.filter((unit) => isOneOff({ unit }))).toEqual(['HOUSEHOLD_TIME', 'PIECE_TIME']);
});
