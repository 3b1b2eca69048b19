import { describe, expect, it } from '@jest/globals';
import { KERNEL_ERRORS, defineErrors, fieldError, refuse } from '../../src/errors/index.ts';
import { ASSEMBLY_ERRORS } from '../../src/assembly/index.ts';

const SHOP_ERRORS = defineErrors({
  'SHOP.CLOSED': { status: 409, message: '已经打烊，请明天再来' },
  'SHOP.FULL': { status: 409, message: '店里最多 {max} 人，现在有 {now} 人' },
});

describe('a refusal', () => {
  it('has its code, its status and its sentence', () => {
    expect(refuse(SHOP_ERRORS, 'SHOP.CLOSED')).toEqual({
      code: 'SHOP.CLOSED',
      status: 409,
      message: '已经打烊，请明天再来',
      fields: [],
    });
  });

  it('has the numbers in its sentence', () => {
    expect(refuse(SHOP_ERRORS, 'SHOP.FULL', { params: { max: 5, now: 5 } }).message).toBe(
      '店里最多 5 人，现在有 5 人',
    );
  });

  it('names the fields at fault', () => {
    const fields = [fieldError(KERNEL_ERRORS, 'name', 'FIELD.TOO_LONG', { params: { max: 60 } })];
    expect(refuse(KERNEL_ERRORS, 'REQUEST.INVALID', { fields }).fields).toEqual([
      { path: 'name', code: 'FIELD.TOO_LONG', message: '最多填 60 个字' },
    ]);
  });

  it('does not compile with an unknown code, or with a placeholder that nobody fills', () => {
    // @ts-expect-error no such code
    expect(() => refuse(SHOP_ERRORS, 'SHOP.OPEN')).toThrow(/not in its catalogue/);
    // @ts-expect-error `now` is missing
    expect(refuse(SHOP_ERRORS, 'SHOP.FULL', { params: { max: 5 } }).message).toContain('{now}');
    // @ts-expect-error a sentence is missing
    expect(() => defineErrors({ 'SHOP.GONE': { status: 410 } })).toThrow();
  });
});

describe('a catalogue', () => {
  it('refuses a code that is not AREA.REASON', () => {
    expect(() => defineErrors({ 'shop.closed': { status: 409, message: '已经打烊' } })).toThrow(
      /AREA\.REASON/,
    );
  });

  it('refuses an empty sentence', () => {
    expect(() => defineErrors({ 'SHOP.GONE': { status: 410, message: ' ' } })).toThrow(/no sentence/);
  });

  it.each(Object.entries({ ...KERNEL_ERRORS, ...ASSEMBLY_ERRORS }))(
    '%s speaks to a resident',
    (_, { message }) => {
      expect(message).toMatch(/\p{Script=Han}/u);
      expect(message).not.toMatch(/null|undefined|HTTP|SQL|token|JSON|[。.!！]$/i);
      expect(message.length).toBeLessThanOrEqual(60);
    },
  );
});
