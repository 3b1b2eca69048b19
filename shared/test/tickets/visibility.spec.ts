import { describe, expect, it } from '@jest/globals';
import { complainantVisibility, showComplainant } from '../../src/tickets/index.ts';

describe('who learns who complained', () => {
  const company = { isComplainant: false, organisation: 'COMPANY', handles: true } as const;

  it('the company that has to mend a lamp', () => {
    expect(complainantVisibility('FACILITY', false, company)).toBe('REAL');
  });

  it('not the company whose fees are complained about, though it is asked to answer', () => {
    expect(complainantVisibility('FEE', false, company)).toBe('HIDDEN');
    expect(complainantVisibility('SERVICE_QUALITY', false, company)).toBe('HIDDEN');
  });

  it('not the committee that is complained about, but the street that handles it', () => {
    expect(
      complainantVisibility('COMMITTEE', false, {
        isComplainant: false,
        organisation: 'COMMITTEE',
        handles: true,
      }),
    ).toBe('HIDDEN');
    expect(
      complainantVisibility('COMMITTEE', false, {
        isComplainant: false,
        organisation: 'STREET',
        handles: true,
      }),
    ).toBe('REAL');
  });

  it('neighbours and bodies that do not handle it see a masked name without the home', () => {
    expect(
      complainantVisibility('LITTER', false, { isComplainant: false, organisation: null, handles: false }),
    ).toBe('MASKED');
    expect(
      complainantVisibility('LITTER', false, {
        isComplainant: false,
        organisation: 'BUREAU',
        handles: false,
      }),
    ).toBe('MASKED');
    const person = { name: '张三', phone: '13812341234', unitName: '1号楼 1单元 101' };
    expect(showComplainant(person, 'MASKED')).toEqual({ name: '张*', phone: '138****1234', unitName: null });
    expect(showComplainant(person, 'HIDDEN')).toEqual({ name: '一位居民', phone: null, unitName: null });
  });

  it('nobody, of an anonymous report, except oneself', () => {
    expect(
      complainantVisibility('PUBLIC_ORDER', true, {
        isComplainant: false,
        organisation: 'STREET',
        handles: true,
      }),
    ).toBe('HIDDEN');
    expect(
      complainantVisibility('PUBLIC_ORDER', true, {
        isComplainant: true,
        organisation: null,
        handles: false,
      }),
    ).toBe('REAL');
  });
});
