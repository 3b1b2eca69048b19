import { describe, expect, test } from '@jest/globals';
import { checkRegistration } from '../../src/assembly/index.ts';

const TODAY = '2026-11-21';
const SPECIAL = [6, 7, 8] as const;
const codesOf = (decision: Parameters<typeof checkRegistration>[0]) =>
  checkRegistration(decision, TODAY, SPECIAL).map(({ path, code }) => [path, code]);

describe('registering a decision on paper', () => {
  test('renting out common parts is special since the Civil Code, whatever the paper says', () => {
    const decision = { decidedOn: '2024-05-18', matter: 8, voteClass: 'ORDINARY' } as const;
    expect(codesOf(decision)).toEqual([['voteClass', 'DECISION.CLASS']]);
    expect(codesOf({ ...decision, voteClass: 'SPECIAL' })).toEqual([]);
  });

  test('using the maintenance fund was special before 2021 and is ordinary from its first day', () => {
    const old = { decidedOn: '2020-12-31', matter: 5, voteClass: 'SPECIAL' } as const;
    expect(codesOf(old)).toEqual([]);
    expect(codesOf({ ...old, decidedOn: '2021-01-01' })).toEqual([['voteClass', 'DECISION.CLASS']]);
  });

  test('a decision of today may be registered, one of tomorrow may not', () => {
    const today = { decidedOn: TODAY, matter: 9, voteClass: 'ORDINARY' } as const;
    expect(codesOf(today)).toEqual([]);
    expect(codesOf({ ...today, decidedOn: '2026-11-22' })).toEqual([['decidedOn', 'DECISION.IN_FUTURE']]);
  });
});
