import { describe, expect, it } from '@jest/globals';
import { fc, test } from '@fast-check/jest';
import {
  type Ballot,
  type MotionToTally,
  type RollUnit,
  explainResult,
  fractionWords,
  measureApproval,
  tally,
  turnoutOf,
} from '../../src/assembly/index.ts';
import {
  DEADLINE,
  NATIONAL_RULES,
  anyPlainVote,
  ballot,
  ballots,
  equalUnits,
  motion,
  unit,
} from './estates.ts';

function explain(roll: readonly RollUnit[], cast: readonly Ballot[], voted: MotionToTally = motion()) {
  const result = tally(roll, cast, voted, NATIONAL_RULES, DEADLINE);
  return explainResult(result, voted.voteClass, NATIONAL_RULES);
}

describe('live turnout', () => {
  const total = { heads: 557, areaCentiSqm: 5_933_372 };

  it('says what is missing in both counts', () => {
    const turnout = turnoutOf(total, { heads: 360, areaCentiSqm: 3_871_261 }, NATIONAL_RULES);
    expect(turnout.quorum).toMatchObject({
      reached: false,
      heads: { have: 360, of: 557, needed: 372, missing: 12, percent: '64.63%' },
      area: { needed: 3_955_582, missing: 84_321, percent: '65.24%' },
    });
    expect(turnout.sentence).toBe('还差 12 户、843.21 ㎡ 才达到法定人数');
  });

  it('says only what is still missing', () => {
    const turnout = turnoutOf(total, { heads: 372, areaCentiSqm: 3_955_581 }, NATIONAL_RULES);
    expect(turnout.sentence).toBe('还差 0.01 ㎡ 才达到法定人数');
  });

  it('is reached at exactly two thirds of both', () => {
    const turnout = turnoutOf(
      { heads: 12, areaCentiSqm: 120_000 },
      { heads: 8, areaCentiSqm: 80_000 },
      NATIONAL_RULES,
    );
    expect(turnout.quorum).toMatchObject({ reached: true, heads: { missing: 0 }, area: { missing: 0 } });
    expect(turnout.sentence).toContain('已达到法定人数');
  });

  it('of nobody is not reached', () => {
    const nobody = { heads: 0, areaCentiSqm: 0 };
    expect(turnoutOf(nobody, nobody, NATIONAL_RULES).quorum.reached).toBe(false);
  });

  test.prop([anyPlainVote])(
    'is reached exactly when the tally finds the quorum',
    ({ roll, ballots: cast }) => {
      const result = tally(roll, cast, motion(), NATIONAL_RULES, DEADLINE);
      const { quorum } = turnoutOf(result.total, result.participating, NATIONAL_RULES);
      expect(quorum.reached).toBe(result.outcome !== 'NO_QUORUM');
      expect(quorum.reached).toBe(quorum.heads.missing === 0 && quorum.area.missing === 0);
    },
  );
});

describe('approval', () => {
  test.prop([fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 0, max: 1000 })])(
    'what is missing, once added, reaches the threshold',
    (of, have) => {
      fc.pre(have <= of);
      const whole = { heads: of, areaCentiSqm: of * 100 };
      const { heads } = measureApproval(whole, { heads: have, areaCentiSqm: 0 }, NATIONAL_RULES.ordinary);
      expect((have + heads.missing) * 2).toBeGreaterThan(of);
      if (!heads.reached) expect((have + heads.missing - 1) * 2).toBeLessThanOrEqual(of);
    },
  );
});

describe('a result in words', () => {
  it('passed, with both fractions', () => {
    const { headline, sentences } = explain(equalUnits(12), [
      ...ballots(1, 5, 'FOR'),
      ...ballots(6, 8, 'AGAINST'),
    ]);
    expect(headline).toBe('通过：同意 5 户（62.50%）、500.00 ㎡（62.50%），须都超过一半');
    expect(sentences).toEqual([]);
  });

  it('rejected at exactly one half, in both counts', () => {
    const { headline, sentences, approval } = explain(equalUnits(12), [
      ...ballots(1, 5, 'FOR'),
      ...ballots(6, 10, 'AGAINST'),
    ]);
    expect(approval).toMatchObject({
      reached: false,
      heads: { reached: false, needed: 6, missing: 1 },
      area: { needed: 50_001, missing: 1 },
    });
    expect(headline).toBe('未通过：同意 5 户（50.00%）、500.00 ㎡（50.00%），须都超过一半');
    expect(sentences).toEqual([
      '同意面积 500.00 ㎡，占参与表决 1,000.00 ㎡ 的 50.00%，没有超过一半',
      '同意 5 户，占参与表决 10 户 的 50.00%，没有超过一半',
    ]);
  });

  it('rejected on area alone', () => {
    const roll = [unit('u1', ['o1'], 40_000), ...equalUnits(5).slice(1)];
    const { sentences } = explain(roll, [ballot('o1', 'AGAINST'), ...ballots(2, 5, 'FOR')]);
    expect(sentences).toEqual(['同意面积 400.00 ㎡，占参与表决 800.00 ㎡ 的 50.00%，没有超过一半']);
  });

  it('a special matter asks for three quarters', () => {
    const cast = [...ballots(1, 8, 'FOR'), ...ballots(9, 11, 'AGAINST')];
    const { headline, approval } = explain(equalUnits(12), cast, motion('SPECIAL'));
    expect(headline).toBe('未通过：同意 8 户（72.72%）、800.00 ㎡（72.72%），须都达到四分之三');
    expect(approval).toMatchObject({ reached: false, heads: { needed: 9, missing: 1 } });
  });

  it('without a quorum, with what is missing', () => {
    const { headline, sentences } = explain(equalUnits(12), ballots(1, 7, 'FOR'));
    expect(headline).toBe(
      '未达法定人数：参与表决 7 户（58.33%）、700.00 ㎡（58.33%），须都达到全体的三分之二',
    );
    expect(sentences).toEqual([
      '参与表决面积 700.00 ㎡，占全体 1,200.00 ㎡ 的 58.33%，没有达到三分之二，还差 100.00 ㎡',
      '参与表决 7 户，占全体 12 户 的 58.33%，没有达到三分之二，还差 1 户',
    ]);
  });

  it('withdrawn', () => {
    const withdrawn = explain(equalUnits(3), [], motion('ORDINARY', { notVoted: 'WITHDRAWN' }));
    expect(withdrawn).toMatchObject({
      headline: '未表决：这项议题已经撤回，不再表决',
      turnout: null,
      approval: null,
    });
  });

  test.prop([anyPlainVote])(
    'names every reason, and the two bars agree with the outcome',
    ({ roll, ballots: cast, motion: voted }) => {
      const result = tally(roll, cast, voted, NATIONAL_RULES, DEADLINE);
      const { sentences, turnout, approval } = explainResult(result, voted.voteClass, NATIONAL_RULES);
      expect(sentences).toHaveLength(result.outcome === 'PASSED' ? 0 : result.reasons.length);
      expect(turnout?.reached).toBe(result.outcome !== 'NO_QUORUM');
      if (result.outcome !== 'NO_QUORUM') expect(approval?.reached).toBe(result.outcome === 'PASSED');
    },
  );
});

describe('fractions in words', () => {
  it.each([
    [[1, 2], '一半'],
    [[2, 3], '三分之二'],
    [[3, 4], '四分之三'],
    [[1, 5], '五分之一'],
    [[60, 100], '100分之60'],
  ] as const)('%j: %s', (fraction, words) => expect(fractionWords(fraction)).toBe(words));
});
