import { describe, expect, it } from '@jest/globals';
import { fc, test } from '@fast-check/jest';
import { type TallyResult, tally } from '../../src/assembly/index.ts';
import { tries } from '../tries.ts';
import {
  type Case,
  DEADLINE,
  NATIONAL_RULES,
  anyCase,
  anyPlainVote,
  ballot,
  ballots,
  equalUnits,
  motion,
} from './estates.ts';
import { oracle } from './oracle.ts';

const RUNS = { numRuns: tries(500) };

function count({ roll, ballots: cast, motion: voted, rules }: Case): TallyResult {
  return tally(roll, cast, voted, rules, DEADLINE);
}

describe('the tally, over generated estates', () => {
  test.prop([anyCase], { numRuns: tries(2_000, 200) })(
    'agrees with a naive count under any rules',
    (generated) => {
      const { total, participating, inFavour, ...result } = count(generated);
      const { roll, ballots: cast, motion: voted, rules } = generated;
      expect({
        outcome: result.outcome,
        reasons: result.reasons,
        TA: BigInt(total.areaCentiSqm),
        TH: total.heads,
        PA: BigInt(participating.areaCentiSqm),
        PH: participating.heads,
        FA: BigInt(inFavour.areaCentiSqm),
        FH: inFavour.heads,
        rejected: result.rejected.map(({ ballotId, reason }) => `${ballotId} ${reason}`),
      }).toEqual(oracle(roll, cast, voted, rules, DEADLINE));
    },
  );

  test.prop([anyCase, fc.infiniteStream(fc.nat())], RUNS)(
    'does not depend on the order in which ballots are read',
    (generated, numbers) => {
      const shuffled = generated.ballots
        .map((cast) => ({ cast, at: numbers.next().value ?? 0 }))
        .sort((a, b) => a.at - b.at)
        .map(({ cast }) => cast);
      expect(count({ ...generated, ballots: shuffled })).toEqual(count(generated));
    },
  );

  test.prop([anyCase, fc.integer({ min: 2, max: 1_000 })], RUNS)(
    'does not depend on the unit of area',
    (generated, k) => {
      const roll = generated.roll.map((unit) => ({ ...unit, areaCentiSqm: unit.areaCentiSqm * k }));
      const [plain, scaled] = [count(generated), count({ ...generated, roll })];
      expect([scaled.outcome, scaled.reasons]).toEqual([plain.outcome, plain.reasons]);
      expect(scaled.participating).toEqual({
        heads: plain.participating.heads,
        areaCentiSqm: plain.participating.areaCentiSqm * k,
      });
    },
  );

  test.prop([anyCase], RUNS)('what passes as special passes as ordinary', (generated) => {
    const as = (voteClass: 'SPECIAL' | 'ORDINARY') =>
      count({ ...generated, motion: { ...generated.motion, voteClass } }).outcome;
    if (as('SPECIAL') === 'PASSED') expect(as('ORDINARY')).toBe('PASSED');
    else expect(as('SPECIAL')).not.toBe('PASSED');
  });

  test.prop([anyCase], RUNS)(
    'the breakdown sums up to who took part, and nobody takes part twice',
    (generated) => {
      const { breakdown, participating, inFavour, total } = count(generated);
      const sums = Object.values(breakdown);
      expect(sums.reduce((sum, { heads }) => sum + heads, 0)).toBe(participating.heads);
      expect(sums.reduce((sum, { areaCentiSqm }) => sum + areaCentiSqm, 0)).toBe(participating.areaCentiSqm);
      expect(participating.heads).toBeLessThanOrEqual(total.heads);
      expect(participating.areaCentiSqm).toBeLessThanOrEqual(total.areaCentiSqm);
      expect(inFavour.heads).toBeLessThanOrEqual(participating.heads);
    },
  );

  test.prop([anyCase], RUNS)('every ballot is counted, set aside or rejected, once', (generated) => {
    const { rejected, setAside } = count(generated);
    const ids = [...rejected, ...setAside].map(({ ballotId }) => ballotId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test.prop([anyCase], RUNS)('what comes too late changes nothing', (generated) => {
    const inTime = generated.ballots.filter(({ receivedAt }) => receivedAt <= DEADLINE);
    const { rejected: _, ...withLate } = count(generated);
    const { rejected: __, ...without } = count({ ...generated, ballots: inTime });
    expect(withLate).toEqual(without);
  });

  test.prop([anyPlainVote], RUNS)('one more owner in favour never defeats a motion', (generated) => {
    const voted = new Set(generated.ballots.map(({ principal }) => principal));
    const silent = generated.roll.flatMap(({ owners }) => owners).filter((owner) => !voted.has(owner));
    for (const owner of silent) {
      const more = [...generated.ballots, ballot(owner, 'FOR')];
      const [before, after] = [count(generated).outcome, count({ ...generated, ballots: more }).outcome];
      if (before === 'PASSED') expect(after).toBe('PASSED');
      else expect([before, after]).not.toEqual(['REJECTED', 'NO_QUORUM']);
    }
  });

  test.prop([anyPlainVote], RUNS)('one more owner of any opinion never undoes a quorum', (generated) => {
    const voted = new Set(generated.ballots.map(({ principal }) => principal));
    fc.pre(count(generated).outcome !== 'NO_QUORUM');
    for (const owner of generated.roll.flatMap(({ owners }) => owners).filter((o) => !voted.has(o))) {
      const more = [...generated.ballots, ballot(owner, 'ABSTAIN')];
      expect(count({ ...generated, ballots: more }).outcome).not.toBe('NO_QUORUM');
    }
  });
});

describe('a known paradox of the law', () => {
  it('one more owner AGAINST can make a motion pass, because the quorum is met', () => {
    const roll = equalUnits(12);
    const seven = ballots(1, 7, 'FOR');
    expect(tally(roll, seven, motion(), NATIONAL_RULES, DEADLINE).outcome).toBe('NO_QUORUM');
    const eight = [...seven, ballot('o8', 'AGAINST')];
    expect(tally(roll, eight, motion(), NATIONAL_RULES, DEADLINE).outcome).toBe('PASSED');
  });
});

describe('a large estate', () => {
  it('of 100,000 owners is counted to the last of them', () => {
    const owners = tries(100_000, 400);
    const roll = equalUnits(owners);
    const cast = roll.map((_, i) => ballot(`o${i + 1}`, i % 4 === 3 ? 'AGAINST' : 'FOR'));
    const result = tally(roll, cast, motion('SPECIAL'), NATIONAL_RULES, DEADLINE);
    expect(result).toMatchObject({
      outcome: 'PASSED',
      participating: { heads: owners, areaCentiSqm: owners * 10_000 },
      inFavour: { heads: (owners * 3) / 4, areaCentiSqm: owners * 7_500 },
    });
  });
});
