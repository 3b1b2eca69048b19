import { describe, expect, it } from '@jest/globals';
import {
  type Ballot,
  type MotionToTally,
  type RollUnit,
  type VotingRules,
  tally,
} from '../../src/assembly/index.ts';
import { DEADLINE, NATIONAL_RULES, ballot, ballots, equalUnits, motion, unit } from './estates.ts';

function count(
  roll: readonly RollUnit[],
  cast: readonly Ballot[],
  rules: Partial<VotingRules> = {},
  voted: MotionToTally = motion(),
) {
  const result = tally(roll, cast, voted, { ...NATIONAL_RULES, ...rules }, DEADLINE);
  const { participating: p, inFavour: f } = result;
  return {
    ...result,
    PA: p.areaCentiSqm,
    PH: p.heads,
    FA: f.areaCentiSqm,
    FH: f.heads,
    rejected: result.rejected.map(({ ballotId, reason }) => [ballotId, reason]),
    setAside: result.setAside.map(({ ballotId, reason }) => [ballotId, reason]),
  };
}

function byProxy(owner: string, more: Partial<Ballot> = {}): Ballot {
  return ballot(owner, 'FOR', { castBy: 'p', proxy: { role: null }, ...more });
}

describe('the deadline', () => {
  const roll = equalUnits(3);
  const two = ballots(1, 2, 'FOR');

  it('includes the very instant', () => {
    const last = ballot('o3', 'FOR', { receivedAt: DEADLINE });
    expect(count(roll, [...two, last])).toMatchObject({ PH: 3, rejected: [] });
  });

  it('excludes the next millisecond, and the ballot stays as evidence', () => {
    const late = ballot('o3', 'FOR', { receivedAt: DEADLINE + 1 });
    expect(count(roll, [...two, late])).toMatchObject({ PH: 2, rejected: [[late.id, 'LATE']] });
  });

  it('a late change of mind leaves the ballot that was in time', () => {
    const late = ballot('o2', 'AGAINST', { receivedAt: DEADLINE + 1 });
    expect(count(roll, [...two, late])).toMatchObject({ outcome: 'PASSED', FH: 2 });
  });
});

describe('voting again', () => {
  const roll = equalUnits(3);
  const first = ballot('o1', 'FOR', { receivedAt: 1 });
  const second = ballot('o1', 'AGAINST', { receivedAt: 2 });

  it('the last ballot counts, the first is kept', () => {
    expect(count(roll, [first, second])).toMatchObject({ FH: 0, PH: 1, setAside: [[first.id, 'REVOTED']] });
  });

  it('the first counts where the rules say so', () => {
    expect(count(roll, [first, second], { revote: 'FIRST' })).toMatchObject({
      FH: 1,
      setAside: [[second.id, 'REVOTED']],
    });
  });

  it('at the same instant the order of ids decides, so that a replay gives the same answer', () => {
    const twin = { ...second, receivedAt: 1 };
    expect(count(roll, [twin, first])).toMatchObject({ FH: 0 });
  });

  it('on paper and online: the latest, unless the rules prefer a channel', () => {
    const paper = { ...first, channel: 'PAPER' as const };
    expect(count(roll, [paper, second])).toMatchObject({ FH: 0 });
    expect(count(roll, [paper, second], { channelPriority: 'PAPER' })).toMatchObject({ FH: 1 });
    expect(count(roll, [paper, second], { channelPriority: 'ONLINE' })).toMatchObject({ FH: 0 });
  });
});

describe('co-owners', () => {
  const roll = [unit('u1', ['a', 'b']), unit('u2', ['c']), unit('u3', ['d'])];
  const byA = ballot('a+b', 'FOR', { castBy: 'a', receivedAt: 1 });
  const byB = ballot('a+b', 'AGAINST', { castBy: 'b', receivedAt: 2 });

  it('are one head, by whichever of them votes', () => {
    expect(count(roll, [byA])).toMatchObject({ total: { heads: 3 }, PH: 1, FH: 1 });
  });

  it('who disagree take part and count for nobody', () => {
    expect(count(roll, [byA, byB])).toMatchObject({ PH: 1, FH: 0, breakdown: { INVALID: { heads: 1 } } });
  });

  it('who disagree: the later counts where the rules say so', () => {
    expect(count(roll, [byA, byB], { coOwnerConflict: 'LAST' })).toMatchObject({
      breakdown: { AGAINST: { heads: 1 } },
      setAside: [[byA.id, 'CO_OWNER_LATER']],
    });
  });

  it('who chose a representative: only that one counts', () => {
    const chosen = motion('ORDINARY', { representatives: { 'a+b': 'a' } });
    expect(count(roll, [byA, byB], {}, chosen)).toMatchObject({
      FH: 1,
      setAside: [[byB.id, 'NOT_REPRESENTATIVE']],
    });
  });

  it('whose representative did not vote take no part', () => {
    const chosen = motion('ORDINARY', { representatives: { 'a+b': 'a' } });
    expect(count(roll, [byB], {}, chosen)).toMatchObject({
      PH: 0,
      setAside: [[byB.id, 'NOT_REPRESENTATIVE']],
    });
  });
});

describe('one who owns alone and with another', () => {
  const roll = [unit('u1', ['a', 'b']), unit('u2', ['a']), unit('u3', ['c'])];

  it('is two heads, because the owner sets differ', () => {
    expect(count(roll, []).total.heads).toBe(3);
  });

  it('is one head where the rules merge owner sets', () => {
    const merged = count(roll, [ballot('a', 'FOR')], { headMerge: 'SHARED_ANY' });
    expect(merged).toMatchObject({ total: { heads: 2 }, PH: 1, PA: 20_000 });
  });

  it('chains of shared owners become one head', () => {
    const chain = [unit('u1', ['a', 'b']), unit('u2', ['c', 'd']), unit('u3', ['b', 'c'])];
    expect(
      count(chain, [ballot('d+c', 'FOR', { principal: 'c+d', castBy: 'd' })], { headMerge: 'SHARED_ANY' }),
    ).toMatchObject({
      total: { heads: 1 },
      PA: 30_000,
    });
  });
});

describe('an owner of several units', () => {
  const roll = [unit('u1', ['a'], 5_000), unit('u2', ['a'], 7_000), unit('u3', ['b']), unit('u4', ['c'])];
  const others = [ballot('b', 'FOR'), ballot('c', 'FOR')];

  it('who splits them is void for the motion, with area and head taking part', () => {
    const split = ballot('a', { u1: 'FOR', u2: 'AGAINST' });
    expect(count(roll, [split, ...others])).toMatchObject({ PA: 32_000, PH: 3, FA: 20_000, FH: 2 });
  });

  it('who splits them: the area follows each unit where the rules say so, the head goes to nobody', () => {
    const split = ballot('a', { u1: 'FOR', u2: 'AGAINST' });
    expect(count(roll, [split, ...others], { multiUnitSplit: 'AREA_SPLIT' })).toMatchObject({
      PA: 32_000,
      PH: 3,
      FA: 25_000,
      FH: 2,
      breakdown: { AGAINST: { areaCentiSqm: 7_000, heads: 0 }, SPLIT: { areaCentiSqm: 0, heads: 1 } },
    });
  });

  it('who splits them between what the rules exclude takes no part, not even with the head', () => {
    const split = ballot('a', { u1: 'ABSTAIN', u2: 'BLANK' });
    const rules = { multiUnitSplit: 'AREA_SPLIT', blank: 'EXCLUDED', abstain: 'EXCLUDED' } as const;
    expect(count(roll, [split], rules)).toMatchObject({ PH: 0, PA: 0, breakdown: {} });
  });

  it('who says the same for each is not split', () => {
    expect(count(roll, [ballot('a', { u1: 'FOR', u2: 'FOR' })])).toMatchObject({ FA: 12_000, FH: 1 });
  });

  it('who names only one of them is split between a choice and a blank', () => {
    expect(count(roll, [ballot('a', { u1: 'FOR' })])).toMatchObject({ breakdown: { INVALID: { heads: 1 } } });
  });

  it('and their co-owner who contradicts on a unit: void, also where areas may split', () => {
    const joint = [unit('u1', ['a', 'b'], 5_000), unit('u2', ['a', 'b'], 7_000), unit('u3', ['c'])];
    const byA = ballot('a+b', { u1: 'FOR', u2: 'AGAINST' }, { castBy: 'a' });
    const byB = ballot('a+b', { u1: 'AGAINST', u2: 'AGAINST' }, { castBy: 'b' });
    expect(count(joint, [byA, byB], { multiUnitSplit: 'AREA_SPLIT' })).toMatchObject({
      breakdown: { INVALID: { areaCentiSqm: 12_000, heads: 1 } },
    });
  });
});

describe('blank, spoiled and abstaining', () => {
  const roll = equalUnits(6);
  const cast = [
    ...ballots(1, 3, 'FOR'),
    ballot('o4', null),
    ballot('o5', 'INVALID'),
    ballot('o6', 'ABSTAIN'),
  ];

  it('take part: they help the quorum and count for nobody', () => {
    expect(count(roll, cast)).toMatchObject({ PH: 6, FH: 3, outcome: 'REJECTED' });
  });

  it('do not take part where the rules exclude them', () => {
    expect(count(roll, cast, { blank: 'EXCLUDED', abstain: 'EXCLUDED' })).toMatchObject({
      PH: 3,
      outcome: 'NO_QUORUM',
    });
  });
});

describe('proxies', () => {
  const roll = equalUnits(4);

  it('need a written authority', () => {
    const bare = byProxy('o1', { proxy: null });
    expect(count(roll, [bare])).toMatchObject({ PH: 0, rejected: [[bare.id, 'NO_AUTHORITY']] });
    expect(count(roll, [byProxy('o1')])).toMatchObject({ PH: 1 });
  });

  it('may not be staff of the property company', () => {
    const staff = byProxy('o1', { proxy: { role: 'PM_STAFF' } });
    expect(count(roll, [staff])).toMatchObject({ rejected: [[staff.id, 'PROXY_BARRED']] });
  });

  it('represent no more owners than the region allows; voting again for the same one is no new owner', () => {
    const three = [
      byProxy('o1'),
      byProxy('o2'),
      byProxy('o1', { receivedAt: 2 }),
      byProxy('o3', { receivedAt: 3 }),
    ];
    expect(count(roll, three, { proxyCap: 2 })).toMatchObject({
      PH: 2,
      rejected: [[three[3]?.id, 'PROXY_CAP']],
    });
  });

  it('give way to the owner who votes in person, even earlier', () => {
    const own = ballot('o1', 'AGAINST', { receivedAt: 1 });
    const proxy = byProxy('o1', { receivedAt: 2 });
    expect(count(roll, [own, proxy])).toMatchObject({ FH: 0, setAside: [[proxy.id, 'VOTED_IN_PERSON']] });
  });
});

describe('who does not vote', () => {
  const roll = equalUnits(10);
  const cast = [...ballots(1, 5, 'FOR'), ballot('o6', 'AGAINST')];
  const served = motion('ORDINARY', { served: roll.map(({ owners }) => owners[0] ?? '') });

  it('is not counted anywhere', () => {
    expect(count(roll, cast, {}, served)).toMatchObject({ outcome: 'NO_QUORUM', PH: 6 });
  });

  it('follows the majority only where an adopted clause says so, and only if served', () => {
    const rules = { nonVoter: 'FOLLOW_MAJORITY' } as const;
    expect(count(roll, cast, rules, served)).toMatchObject({
      outcome: 'PASSED',
      PH: 10,
      FH: 9,
      followed: { heads: 4 },
    });
    const two = motion('ORDINARY', { served: ['o7', 'o8'] });
    expect(count(roll, cast, rules, two)).toMatchObject({ PH: 8, FH: 7, followed: { heads: 2 } });
  });

  it('follows nobody on a tie', () => {
    const tie = [...ballots(1, 3, 'FOR'), ...ballots(4, 6, 'AGAINST')];
    expect(count(roll, tie, { nonVoter: 'FOLLOW_MAJORITY' }, served)).toMatchObject({
      PH: 6,
      followed: { heads: 0 },
    });
  });
});

describe('the electorate', () => {
  it('a fee change that loses on area alone', () => {
    const roll = [unit('u1', ['o1'], 40_000), ...equalUnits(5).slice(1)];
    const cast = [ballot('o1', 'AGAINST'), ...ballots(2, 5, 'FOR')];
    expect(count(roll, cast)).toMatchObject({
      outcome: 'REJECTED',
      reasons: ['APPROVAL_AREA'],
      FH: 4,
      PH: 5,
    });
  });

  it("the developer's unsold and undelivered units are one head with all their area", () => {
    const unsold = unit('d1', [], 42_000, { status: 'UNSOLD', developer: 'dev' });
    const undelivered = unit('d2', ['o9'], 42_000, { status: 'SOLD_UNDELIVERED', developer: 'dev' });
    const roll = [unsold, undelivered, ...equalUnits(3)];
    const result = count(roll, [ballot('DEV:dev', 'FOR', { castBy: 'dev' })]);
    expect(result).toMatchObject({ total: { heads: 4, areaCentiSqm: 114_000 }, PA: 84_000, PH: 1 });
    expect(result.reasons).toEqual(['QUORUM_HEADS']);
  });

  it('a buyer of an undelivered unit has no vote for it yet', () => {
    const roll = [
      unit('d1', ['o9'], 42_000, { status: 'SOLD_UNDELIVERED', developer: 'dev' }),
      ...equalUnits(2),
    ];
    const early = ballot('o9', 'FOR');
    expect(count(roll, [early])).toMatchObject({ rejected: [[early.id, 'NOT_ON_ROLL']] });
  });

  it('a parking space counts only where the estate says so', () => {
    const roll = [...equalUnits(3), unit('p1', ['o9'], 1_200, { kind: 'PARKING' })];
    expect(count(roll, []).total).toEqual({ heads: 3, areaCentiSqm: 30_000 });
    expect(count(roll, [], { countParking: true }).total).toEqual({ heads: 4, areaCentiSqm: 31_200 });
  });

  it('units without a known owner stay in the whole, each for itself', () => {
    const roll = [...equalUnits(2), unit('u3', []), unit('u4', [])];
    expect(count(roll, []).total).toEqual({ heads: 4, areaCentiSqm: 40_000 });
  });

  it('nobody votes for a unit without a known owner, not even by proxy', () => {
    const roll = [...equalUnits(2), unit('u3', [])];
    const stray = ballot('UNIT:u3', 'FOR', { castBy: 'p', proxy: { role: null } });
    expect(count(roll, [stray])).toMatchObject({ PH: 0, rejected: [[stray.id, 'NOT_ON_ROLL']] });
  });

  it('a matter of one building is decided by that building', () => {
    const roll = equalUnits(6).map((home, i) =>
      unit(home.id, home.owners, 10_000, { building: i < 3 ? '1' : '2' }),
    );
    const lift = motion('ORDINARY', { scope: { kind: 'BUILDINGS', buildings: ['1'] } });
    const stranger = ballot('o4', 'AGAINST');
    expect(count(roll, [...ballots(1, 2, 'FOR'), stranger], {}, lift)).toMatchObject({
      outcome: 'PASSED',
      total: { heads: 3 },
      rejected: [[stranger.id, 'NOT_ON_ROLL']],
    });
  });

  it('a home whose area is 0 is still a head, and a roll without any area decides nothing', () => {
    const roll = [...equalUnits(2), unit('u3', ['o3'], 0)];
    expect(count(roll, [ballot('o1', 'FOR'), ballot('o3', 'FOR')])).toMatchObject({
      total: { heads: 3, areaCentiSqm: 20_000 },
      outcome: 'NO_QUORUM',
      reasons: ['QUORUM_AREA'],
    });
    expect(count(roll, [ballot('o1', 'FOR'), ballot('o2', 'FOR')])).toMatchObject({ outcome: 'PASSED' });
    expect(count([unit('u3', ['o3'], 0)], [ballot('o3', 'FOR')])).toMatchObject({ reasons: ['EMPTY_ROLL'] });
  });

  it('a sole owner is an electorate of one', () => {
    expect(count([unit('u1', ['a'])], [ballot('a', 'FOR')], {}, motion('SPECIAL'))).toMatchObject({
      outcome: 'PASSED',
    });
  });

  it('an empty roll decides nothing and divides by nothing', () => {
    expect(count([], ballots(1, 2, 'FOR'))).toMatchObject({ outcome: 'NOT_VOTED', reasons: ['EMPTY_ROLL'] });
    expect(count(equalUnits(12), [])).toMatchObject({ outcome: 'NO_QUORUM', PA: 0 });
  });
});

describe('a motion that is not voted', () => {
  it.each(['WITHDRAWN', 'NOT_ON_AGENDA'] as const)('%s, whatever the ballots say', (notVoted) => {
    const result = count(equalUnits(12), ballots(1, 12, 'FOR'), {}, motion('ORDINARY', { notVoted }));
    expect(result).toMatchObject({ outcome: 'NOT_VOTED', reasons: [notVoted], PH: 0 });
  });
});

describe('a roll that cannot be counted is a bug, not a result', () => {
  it('with a fraction of 0.01 ㎡', () =>
    expect(() => count([unit('u1', ['a'], 0.5)], [])).toThrow(RangeError));
  it('with a negative area', () => expect(() => count([unit('u1', ['a'], -1)], [])).toThrow(RangeError));
  it('with a total that leaves the integers', () => {
    const huge = Number.MAX_SAFE_INTEGER;
    expect(() => count([unit('u1', ['a'], huge), unit('u2', ['b'], huge)], [])).toThrow(RangeError);
  });
  it('with an owner id that could be taken for two', () =>
    expect(() => count([unit('u1', ['a+b'])], [])).toThrow(RangeError));
});
