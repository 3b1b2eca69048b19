import { describe, expect, it } from '@jest/globals';
import { accusedIn, addAccused, complainantVisibility, showComplainant } from '../../src/tickets/index.ts';

describe('who learns who complained', () => {
  const company = { isComplainant: false, organisations: ['COMPANY'], handles: true } as const;

  it('the company that has to mend a lamp', () => {
    expect(complainantVisibility(accusedIn('FACILITY'), false, company)).toBe('REAL');
  });

  it('not the company whose fees are complained about, though it is asked to answer', () => {
    expect(complainantVisibility(accusedIn('FEE'), false, company)).toBe('HIDDEN');
    expect(complainantVisibility(accusedIn('SERVICE_QUALITY'), false, company)).toBe('HIDDEN');
  });

  it('not the committee that is complained about, but the street that handles it', () => {
    expect(
      complainantVisibility(accusedIn('COMMITTEE'), false, {
        isComplainant: false,
        organisations: ['COMMITTEE'],
        handles: true,
      }),
    ).toBe('HIDDEN');
    expect(
      complainantVisibility(accusedIn('COMMITTEE'), false, {
        isComplainant: false,
        organisations: ['STREET'],
        handles: true,
      }),
    ).toBe('REAL');
  });

  it('nobody of an accused body, whatever else they act for', () => {
    for (const organisations of [
      ['STREET', 'COMPANY'],
      ['COMPANY', 'STREET'],
    ])
      expect(
        complainantVisibility(accusedIn('FEE'), false, {
          isComplainant: false,
          organisations,
          handles: true,
        }),
      ).toBe('HIDDEN');
  });

  it('not the company where the complainant says that it is about the company, nor of what nobody has routed', () => {
    expect(complainantVisibility(accusedIn('FACILITY', true), false, company)).toBe('HIDDEN');
    expect(complainantVisibility(accusedIn('OTHER'), false, company)).toBe('HIDDEN');
  });

  it('once hidden from a body, always: a later category takes nobody away', () => {
    expect(addAccused(accusedIn('FEE'), accusedIn('LITTER'))).toEqual(['COMPANY']);
    expect(addAccused(accusedIn('COMMITTEE'), accusedIn('FEE'))).toEqual(['COMPANY', 'COMMITTEE']);
  });

  it('neighbours and bodies that do not handle it see a masked name without the home', () => {
    expect(
      complainantVisibility(accusedIn('LITTER'), false, {
        isComplainant: false,
        organisations: [],
        handles: false,
      }),
    ).toBe('MASKED');
    expect(
      complainantVisibility(accusedIn('LITTER'), false, {
        isComplainant: false,
        organisations: ['BUREAU'],
        handles: false,
      }),
    ).toBe('MASKED');
    const person = { name: '张三', phone: '13812341234', unitName: '1号楼 1单元 101' };
    expect(showComplainant(person, 'MASKED')).toEqual({ name: '张*', phone: '138****1234', unitName: null });
    expect(showComplainant(person, 'HIDDEN')).toEqual({ name: '一位居民', phone: null, unitName: null });
  });

  it('nobody, of an anonymous report, except oneself', () => {
    expect(
      complainantVisibility(accusedIn('PUBLIC_ORDER'), true, {
        isComplainant: false,
        organisations: ['STREET'],
        handles: true,
      }),
    ).toBe('HIDDEN');
    expect(
      complainantVisibility(accusedIn('PUBLIC_ORDER'), true, {
        isComplainant: true,
        organisations: [],
        handles: false,
      }),
    ).toBe('REAL');
  });
});
