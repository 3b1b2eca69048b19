import { describe, expect, it } from '@jest/globals';
import {
  type Ballot,
  type MotionToTally,
  type RollUnit,
  type VotingRules,
  WHOLE_ESTATE,
  electorateOf,
  prevails,
  tally,
} from '../../src/assembly/index.ts';
import { DEADLINE, NATIONAL_RULES, ballot, ballots, equalUnits, motion, unit } from './estates.ts';

const count = (
  roll: readonly RollUnit[],
  cast: readonly Ballot[],
  rules: Partial<VotingRules> = {},
  voted: MotionToTally = motion(),
) => tally(roll, cast, voted, { ...NATIONAL_RULES, ...rules }, DEADLINE);

const merged = (roll: readonly RollUnit[]) =>
  electorateOf(roll, WHOLE_ESTATE, { ...NATIONAL_RULES, headMerge: 'SHARED_ANY' });

describe('a roll that cannot be counted', () => {
  it.each([
    ['with a fraction of 0.01 ㎡', [unit('u1', ['a'], 0.5)], 'area of u1 must be a safe integer, got 0.5'],
    ['with a negative area', [unit('u1', ['a'], -1)], 'area of u1 is negative'],
    [
      'with a total that leaves the integers',
      [unit('u1', ['a'], Number.MAX_SAFE_INTEGER), unit('u2', ['b'], 1)],
      'total area must be a safe integer, got 9007199254740992',
    ],
  ])('%s says what is wrong with it', (_, roll, message) => {
    expect(() => count(roll, [])).toThrow(new RangeError(message));
  });

  it('of no area at all decides nothing, though it has heads', () => {
    expect(count([unit('u1', ['a'], 0)], [ballot('a', 'FOR')])).toEqual({
      outcome: 'NOT_VOTED',
      reasons: ['EMPTY_ROLL'],
      total: { areaCentiSqm: 0, heads: 1 },
      participating: { areaCentiSqm: 0, heads: 0 },
      inFavour: { areaCentiSqm: 0, heads: 0 },
      breakdown: {},
      followed: { areaCentiSqm: 0, heads: 0 },
      rejected: [],
      setAside: [],
    });
  });
});

describe('a matter of some units', () => {
  it('is decided by their owners, whose other units do not count', () => {
    const roll = [unit('u1', ['a'], 3_000), unit('u2', ['a'], 5_000), unit('u3', ['b']), unit('u4', ['c'])];
    const voted = motion('ORDINARY', { scope: { kind: 'UNITS', unitIds: ['u1', 'u3'] } });
    const result = count(roll, [ballot('a', 'FOR'), ballot('b', 'FOR')], {}, voted);
    expect(result).toMatchObject({ outcome: 'PASSED', reasons: ['OK'] });
    expect(result.total).toEqual({ areaCentiSqm: 13_000, heads: 2 });
    expect(result.breakdown).toEqual({ FOR: { areaCentiSqm: 13_000, heads: 2 } });
  });
});

describe('owner sets that share somebody, where they are one head', () => {
  it('are named by all of their people and by nobody else', () => {
    const { principals } = merged([unit('u1', ['b', 'a']), unit('u2', ['b', 'c']), unit('u3', ['d'])]);
    expect([...principals.keys()]).toEqual(['a+b+c', 'd']);
  });

  it('leave the developer alone, whose buyers own other homes', () => {
    const sold = unit('d1', ['a'], 42_000, { status: 'SOLD_UNDELIVERED', developer: 'dev' });
    expect([...merged([sold, unit('u1', ['a', 'b'])]).principals.keys()]).toEqual(['DEV:dev', 'a+b']);
  });

  it('leave alone a unit whose owner nobody knows', () => {
    expect([...merged([unit('u1', []), unit('u2', ['a'])]).principals.keys()]).toEqual(['UNIT:u1', 'a']);
  });

  it('are spoken for by whom one of the sets chose', () => {
    const roll = [unit('u1', ['a', 'b']), unit('u2', ['b', 'c'])];
    const byA = ballot('a+b', 'FOR', { castBy: 'a' });
    const byC = ballot('b+c', 'AGAINST', { castBy: 'c' });
    const chosen = motion('ORDINARY', { representatives: { 'a+b': 'a' } });
    expect(count(roll, [byA, byC], { headMerge: 'SHARED_ANY' }, chosen)).toMatchObject({
      breakdown: { FOR: { heads: 1 } },
      setAside: [{ ballotId: byC.id, reason: 'NOT_REPRESENTATIVE' }],
    });
  });
});

it('a representative of owners who are not concerned changes nothing', () => {
  const chosen = motion('ORDINARY', { representatives: { 'x+y': 'x' } });
  expect(count(equalUnits(1), ballots(1, 1, 'FOR'), {}, chosen).outcome).toBe('PASSED');
});

it('of three co-owners who disagree the last one alone is heard where the rules say so', () => {
  const cast = ['a', 'b', 'c'].map((castBy, index) =>
    ballot('a+b+c', castBy === 'c' ? 'FOR' : 'AGAINST', { castBy, receivedAt: index }),
  );
  const result = count([unit('u1', ['a', 'b', 'c'])], cast, { coOwnerConflict: 'LAST' });
  expect(result.breakdown).toEqual({ FOR: { areaCentiSqm: 10_000, heads: 1 } });
  expect(result.setAside).toHaveLength(2);
});

it('a channel that goes first says nothing of two ballots that came by the other one', () => {
  const online = { channel: 'ONLINE' } as const;
  expect(prevails(online, online, { revote: 'LAST', channelPriority: 'PAPER' })).toBe(true);
  expect(prevails(online, online, { revote: 'FIRST', channelPriority: 'ONLINE' })).toBe(false);
});

describe('who keeps silent where the silent follow the majority', () => {
  const rules = { nonVoter: 'FOLLOW_MAJORITY' } as const;
  const roll = equalUnits(4);
  const cast = [ballot('o1', 'FOR'), ...ballots(2, 3, 'AGAINST')];

  it('follows it against the motion as well', () => {
    const served = motion('ORDINARY', { served: ['o4'] });
    expect(count(roll, cast, rules, served).breakdown).toEqual({
      FOR: { areaCentiSqm: 10_000, heads: 1 },
      AGAINST: { areaCentiSqm: 30_000, heads: 3 },
    });
  });

  it('is nobody where only strangers were served', () => {
    const served = motion('ORDINARY', { served: ['nobody', 'o1'] });
    expect(count(roll, cast, rules, served).followed).toEqual({ areaCentiSqm: 0, heads: 0 });
  });
});
