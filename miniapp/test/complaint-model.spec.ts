import { describe, expect, test } from '@jest/globals';
import { EMPTY_DRAFT, draftName, homeFor, readBack, requestOf } from '../src/packages/tickets/model';
import { home } from './support/people';

const HOMES = [
  home({ id: 'r1', estateId: 'e1', unitId: 'u1', unitName: '1号楼 101' }),
  home({ id: 'r2', estateId: 'e1', unitId: 'u2', unitName: '2号楼 202' }),
  home({ id: 'r3', estateId: 'e2', unitId: 'u3', unitName: '3号楼 303' }),
];

describe('a complaint that is being written', () => {
  test('is another one in another estate and of another kind', () => {
    const names = [draftName('e1', 'LITTER'), draftName('e2', 'LITTER'), draftName('e1', 'PARKING')];
    expect(new Set(names).size).toBe(3);
  });

  test('is for the home chosen in the form, else in the app, else the first of the estate', () => {
    expect(homeFor(HOMES, 'e1', 'u2', 'u1')?.unitId).toBe('u2');
    expect(homeFor(HOMES, 'e1', null, 'u2')?.unitId).toBe('u2');
    expect(homeFor(HOMES, 'e1', 'u3', 'u3')?.unitId).toBe('u1');
    expect(homeFor(HOMES, 'e3', null, 'u1')).toBeNull();
  });

  test('is sent with its home, and about the company only where that is asked', () => {
    const draft = { ...EMPTY_DRAFT, title: '路灯不亮', aboutCompany: true };
    expect(requestOf('FACILITY', draft, 'u2')).toMatchObject({ unitId: 'u2', aboutCompany: true });
    expect(requestOf('SERVICE_QUALITY', draft, 'u2').aboutCompany).toBe(false);
    expect(requestOf('FACILITY', draft, null)).not.toHaveProperty('unitId');
  });

  test('is read back with the home that it is sent for', () => {
    const [first = null] = HOMES;
    const draft = { ...EMPTY_DRAFT, title: ' 路灯不亮 ', aboutCompany: true };
    expect(readBack('FACILITY', draft, first)).toMatch(
      /^反映“路灯不亮”，以1号楼 101的名义。这是关于物业公司的。/,
    );
  });
});
