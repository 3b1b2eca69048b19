import { describe, expect, it } from '@jest/globals';
import { fc, test } from '@fast-check/jest';
import {
  type CandidateCount,
  checkCandidates,
  checkCommittee,
  countElection,
  type ElectionTerms,
  explainElection,
  type Mark,
  planVacancies,
  type RollUnit,
  seatBounds,
  tally,
  type VotingRules,
} from '../../src/assembly/index.ts';
import { REGION_PROFILES } from '../../src/regions/index.ts';
import { tries } from '../tries.ts';
import { type ElectionCase, electionOracle } from './election-oracle.ts';
import { DEADLINE, NATIONAL_RULES, ballot, equalUnits, motion, unit } from './estates.ts';

const MAJORITY = { share: [1, 2], strict: true } as const;
const TERMS: ElectionTerms = {
  seats: 5,
  sitting: 0,
  committeeSeats: 5,
  minElected: MAJORITY,
  alternatesMax: null,
};

/** c1, c2, … with so many heads for each, all of 100 ㎡; none where it did not pass. */
function candidates(...heads: readonly (number | [heads: number, area: number])[]): CandidateCount[] {
  return heads.map((for_, index) => {
    const [head, area] = typeof for_ === 'number' ? [for_, for_ * 10_000] : for_;
    return {
      candidateId: `c${index + 1}`,
      outcome: head === 0 ? 'REJECTED' : 'PASSED',
      inFavour: { heads: head, areaCentiSqm: area },
    };
  });
}

/** The count of all motions of an election, and who it elects. */
function elect({ roll, ballots, candidates: ids, rules, ...terms }: ElectionCase) {
  const counts = ids.map((candidateId) => {
    const election = { seats: terms.seats, motionIds: ids };
    return {
      candidateId,
      result: tally(roll, ballots, motion('ORDINARY', { id: candidateId, election }), rules, DEADLINE),
    };
  });
  const elected = countElection(
    counts.map(({ candidateId, result }) => ({ candidateId, ...result })),
    { ...terms, minElected: MAJORITY },
  );
  return { counts, elected };
}

describe('who is elected', () => {
  it.each([
    ['as many pass as there are seats', candidates(9, 8, 7, 6, 5), 'COMPLETE', 'c1 c2 c3 c4 c5', '', ''],
    ['more pass: heads decide', candidates(5, 9, 8, 7, 6, 4), 'COMPLETE', 'c2 c3 c4 c5 c1', '', 'c6'],
    [
      'equal heads: area decides',
      candidates(9, 8, 7, 6, [5, 1], [5, 2]),
      'COMPLETE',
      'c1 c2 c3 c4 c6',
      '',
      'c5',
    ],
    [
      'equal in both at the last seat: a run-off and no lot',
      candidates(9, 8, 7, 6, 5, 5, 4),
      'RUN_OFF',
      'c1 c2 c3 c4',
      'c5 c6',
      'c7',
    ],
    [
      'three equals for the last two seats: all three stand again',
      candidates(9, 8, 7, 5, 5, 5),
      'RUN_OFF',
      'c1 c2 c3',
      'c4 c5 c6',
      '',
    ],
    [
      'equals above the last seat need no run-off',
      candidates(9, 9, 7, 6, 5),
      'COMPLETE',
      'c1 c2 c3 c4 c5',
      '',
      '',
    ],
    ['three of five pass: the committee stands', candidates(9, 8, 7, 0, 0, 0), 'PARTIAL', 'c1 c2 c3', '', ''],
    ['exactly half is not enough', candidates(9, 8, 0, 0, 0, 0), 'FAILED', '', '', ''],
    ['nobody passes', candidates(0, 0, 0, 0, 0), 'FAILED', '', '', ''],
    ['there is no candidate left', [], 'FAILED', '', '', ''],
  ])('%s', (_, counts, outcome, elected, tied, alternates) => {
    const result = countElection(counts, TERMS);
    expect([
      result.outcome,
      result.elected.join(' '),
      result.tied.join(' '),
      result.alternates.join(' '),
    ]).toEqual([outcome, elected, tied, alternates]);
    expect(explainElection(result).length).toBeGreaterThan(6);
  });

  it('a withdrawn candidate is passed over, and without a quorum nobody is elected', () => {
    const [first, ...rest] = candidates(9, 8, 7, 6, 5, 4);
    if (first === undefined) throw new Error('no candidate');
    const withdrawn = [{ ...first, outcome: 'NOT_VOTED' as const }, ...rest];
    expect(countElection(withdrawn, TERMS).elected).toEqual(['c2', 'c3', 'c4', 'c5', 'c6']);
    const short = rest.map((count) => ({ ...count, outcome: 'NO_QUORUM' as const }));
    expect(countElection([...short, ...withdrawn.slice(0, 1)], TERMS)).toMatchObject({
      outcome: 'NO_QUORUM',
      openSeats: 5,
      stands: false,
    });
  });

  it('a by-election counts those who sit; a run-off those elected before it', () => {
    const one = { ...TERMS, seats: 1, sitting: 4 };
    expect(countElection(candidates(7, 6), one)).toMatchObject({ outcome: 'COMPLETE', elected: ['c1'] });
    expect(countElection(candidates(0, 0), one)).toMatchObject({ outcome: 'PARTIAL', openSeats: 1 });
    const last = { ...TERMS, seats: 3, sitting: 2 };
    expect(countElection(candidates(0, 0, 0), last).outcome).toBe('FAILED');
  });

  it('alternates are no more than the region allows, and equals around the last place are left out', () => {
    const few = { ...TERMS, seats: 1, committeeSeats: 1, alternatesMax: 2 };
    expect(countElection(candidates(9, 8, 7, 6), few).alternates).toEqual(['c2', 'c3']);
    expect(countElection(candidates(9, 8, 7, 7), few)).toMatchObject({
      alternates: ['c2'],
      reasons: ['OK', 'ALTERNATES_TIED'],
    });
  });

  it('a vacant seat goes to the alternates first, then to a by-election; too few left elect anew', () => {
    const committee = { committeeSeats: 5, minElected: MAJORITY };
    expect(planVacancies({ ...committee, sitting: 4 }, ['a', 'b'])).toEqual({
      stepIn: ['a'],
      byElection: 0,
      electAnew: false,
    });
    expect(planVacancies({ ...committee, sitting: 3 }, ['a'])).toMatchObject({ byElection: 1 });
    expect(planVacancies({ ...committee, sitting: 2 }, [])).toMatchObject({ electAnew: true });
  });
});

describe('an election ballot', () => {
  const ids = ['c1', 'c2', 'c3'];
  const vote = (owner: string, ...ticked: readonly string[]) =>
    ballot(owner, null, { votes: Object.fromEntries(ticked.map((id) => [id, 'FOR'])) });
  const given = (ballots: ElectionCase['ballots'], rules: Partial<VotingRules> = {}): ElectionCase => ({
    roll: equalUnits(3),
    ballots,
    candidates: ids,
    seats: 2,
    sitting: 0,
    committeeSeats: 2,
    alternatesMax: null,
    rules: { ...NATIONAL_RULES, ...rules },
  });

  it('that chooses more than there are seats is void for every candidate, and takes part', () => {
    const { counts } = elect(given([vote('o1', 'c1', 'c2', 'c3'), vote('o2', 'c1'), vote('o3', 'c1', 'c2')]));
    expect(counts.map(({ result }) => [result.inFavour.heads, result.breakdown.INVALID?.heads])).toEqual([
      [2, 1],
      [1, 1],
      [0, 1],
    ]);
    expect(counts.map(({ result }) => result.participating.heads)).toEqual([3, 3, 3]);
  });

  it('takes part in all motions or in none, also where blanks do not', () => {
    const cast = [vote('o1', 'c1'), vote('o2', 'c1'), vote('o3')];
    const { counts } = elect(given(cast, { blank: 'EXCLUDED' }));
    expect(counts.map(({ result }) => result.participating.heads)).toEqual([2, 2, 2]);
    expect(counts.map(({ result }) => result.outcome)).toEqual(['PASSED', 'REJECTED', 'REJECTED']);
  });

  it('of an owner who splits two units on one candidate takes part with that unit alone, for every candidate', () => {
    const roll = [unit('u1', ['a'], 5_000), unit('u2', ['a'], 7_000), unit('u3', ['b'], 9_000)];
    const split = ballot('a', null, { votes: { c1: { u1: 'FOR', u2: 'BLANK' }, c2: 'BLANK', c3: 'BLANK' } });
    const rules: Partial<VotingRules> = { multiUnitSplit: 'AREA_SPLIT', blank: 'EXCLUDED' };
    const { counts } = elect({ ...given([split, vote('b', 'c1')], rules), roll });
    expect(counts.map(({ result }) => result.participating.areaCentiSqm)).toEqual([14_000, 14_000, 14_000]);
  });

  it('is never added to a majority for who keeps silent', () => {
    const served = { id: 'c1', served: ['o3'], election: { seats: 2, motionIds: ids } };
    const rules: VotingRules = { ...NATIONAL_RULES, nonVoter: 'FOLLOW_MAJORITY' };
    const cast = [vote('o1', 'c1'), vote('o2', 'c1')];
    expect(tally(equalUnits(3), cast, motion('ORDINARY', served), rules, DEADLINE).followed.heads).toBe(0);
  });
});

const OWNERS = ['a', 'b', 'c', 'd', 'e', 'f'] as const;
const anyMark = fc.constantFrom<Mark>('FOR', 'FOR', 'FOR', 'FOR', 'AGAINST', 'ABSTAIN', 'BLANK', 'INVALID');
const anyElection: fc.Arbitrary<ElectionCase> = fc
  .record({
    areas: fc.array(fc.tuple(fc.constantFrom(...OWNERS), fc.constantFrom(5_000, 10_000, 10_000)), {
      minLength: 1,
      maxLength: 9,
    }),
    size: fc.integer({ min: 1, max: 6 }),
    seats: fc.integer({ min: 1, max: 4 }),
    sitting: fc.integer({ min: 0, max: 2 }),
    alternatesMax: fc.constantFrom(null, 1, 2),
    choices: fc.array(
      fc.array(
        fc.oneof(
          { weight: 6, arbitrary: anyMark },
          { weight: 1, arbitrary: fc.dictionary(fc.constantFrom('u0', 'u1', 'u2', 'u3', 'u4'), anyMark) },
        ),
        { minLength: 6, maxLength: 6 },
      ),
      { minLength: OWNERS.length, maxLength: OWNERS.length },
    ),
    silent: fc.array(fc.integer({ min: 0, max: 6 }), {
      minLength: OWNERS.length,
      maxLength: OWNERS.length,
    }),
    blank: fc.constantFrom('PARTICIPATES' as const, 'EXCLUDED' as const),
    abstain: fc.constantFrom('PARTICIPATES' as const, 'EXCLUDED' as const),
    multiUnitSplit: fc.constantFrom('INVALID' as const, 'AREA_SPLIT' as const),
  })
  .map(({ areas, size, seats, sitting, alternatesMax, choices, silent, ...rules }) => {
    const ids = Array.from({ length: size }, (_, index) => `c${index}`);
    const roll: RollUnit[] = areas.map(([owner, area], index) => unit(`u${index}`, [owner], area));
    const ballots = OWNERS.flatMap((owner, index) =>
      silent[index] === 0 || !areas.some(([name]) => name === owner)
        ? []
        : [
            ballot(owner, null, {
              votes: Object.fromEntries(ids.map((id, c) => [id, choices[index]?.[c] ?? 'BLANK'])),
            }),
          ],
    );
    const terms = { seats, sitting, committeeSeats: seats + sitting, alternatesMax };
    return { roll, ballots, candidates: ids, ...terms, rules: { ...NATIONAL_RULES, ...rules } };
  });

describe('over generated elections', () => {
  test.prop([anyElection], { numRuns: tries(2_000, 100) })('agrees with a naive count', (given) => {
    const { counts, elected } = elect(given);
    const sums = counts.map(({ result }) => ({
      PA: BigInt(result.participating.areaCentiSqm),
      PH: result.participating.heads,
      FA: BigInt(result.inFavour.areaCentiSqm),
      FH: result.inFavour.heads,
    }));
    const expected = electionOracle(given);
    expect({ sums, outcome: elected.outcome, tied: elected.tied }).toEqual({
      sums: expected.sums,
      outcome: expected.outcome,
      tied: expected.tied,
    });
    expect([elected.elected, elected.alternates]).toEqual([expected.elected, expected.alternates]);
  });

  test.prop([anyElection], { numRuns: tries(500) })('all motions have one set of participants', (given) => {
    const parts = elect(given).counts.map(({ result }) => JSON.stringify(result.participating));
    expect(new Set(parts).size).toBe(1);
  });

  test.prop([anyElection], { numRuns: tries(500) })(
    'nobody is in two places, and no seat is given twice',
    (given) => {
      const { elected: result } = elect(given);
      const named = [...result.elected, ...result.tied, ...result.alternates];
      expect(new Set(named).size).toBe(named.length);
      expect(result.elected.length + result.openSeats).toBe(given.seats);
      expect(result.tied.length === 0 || result.elected.length + result.tied.length > given.seats).toBe(true);
    },
  );
});

describe('the size of a committee', () => {
  const { national, beijing, shanghai } = REGION_PROFILES;
  const large = { households: 720, areaCentiSqm: 7_000_000 };

  it('is odd, from five to eleven, for at most five years', () => {
    const check = (seats: number, termYears = 5) =>
      checkCommittee({ seats, termYears }, national.committee, large).map(({ code }) => code);
    expect(check(5)).toEqual([]);
    expect(check(11)).toEqual([]);
    expect(check(6)).toEqual(['ELECTION.SEATS_ODD']);
    expect(check(3)).toEqual(['ELECTION.SEATS_FEW']);
    expect(check(13)).toEqual(['ELECTION.SEATS_MANY']);
    expect(check(5, 6)).toEqual(['ELECTION.TERM']);
  });

  it('has the region’s own bounds where it sets some', () => {
    const { shenzhen, sishui, weifang } = REGION_PROFILES;
    const most = ({ committee }: (typeof REGION_PROFILES)['national']) => seatBounds(committee, large).max;
    expect([most(shenzhen), most(weifang), most(sishui)]).toEqual([17, 11, null]);
    // Not read in the regulation itself: whoever relies on it is told so.
    expect(shenzhen.sources.committee.max.verified).toBe(false);
    expect(weifang.sources.committee.max).toMatchObject({ basis: 'LOCAL_LAW', verified: true });
  });

  it('may be three in a small estate, and the bound itself is small', () => {
    const at = (households: number) => seatBounds(beijing.committee, { ...large, households }).min;
    expect([at(100), at(101)]).toEqual([3, 5]);
    const of = (areaCentiSqm: number) => seatBounds(shanghai.committee, { ...large, areaCentiSqm }).min;
    expect([of(1_000_000), of(1_000_001)]).toEqual([3, 5]);
    const short = checkCommittee({ seats: 5, termYears: 2 }, shanghai.committee, large);
    expect(short.map(({ code }) => code)).toEqual(['ELECTION.TERM']);
  });

  it('needs as many candidates as seats, and one more where the region asks for a choice', () => {
    const check = (candidates: number, differential: boolean) =>
      checkCandidates({ seats: 5, kind: 'GENERAL', candidates }, { ...national.committee, differential }).map(
        ({ code }) => code,
      );
    expect(check(5, false)).toEqual([]);
    expect(check(4, false)).toEqual(['ELECTION.CANDIDATES_FEW']);
    expect(check(5, true)).toEqual(['ELECTION.CANDIDATES_FEW']);
    expect(check(6, true)).toEqual([]);
    expect(check(21, true)).toEqual(['ELECTION.CANDIDATES_MANY']);
  });
});
