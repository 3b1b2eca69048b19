import { describe, expect, test } from '@jest/globals';
import {
  askedSteps,
  candidateName,
  type ConveningRules,
  type MotionDetail,
  type MyPrincipal,
  WHOLE_ESTATE,
} from '@linli/shared/assembly';
import { abstainedFrom, isAnswered, readBack, ticked, votable } from '../src/packages/assembly/model';
import {
  type ConveneForm,
  earliestPlan,
  faultsOfStep,
  NEW_FORM,
  NEW_MOTION,
  requestOf,
} from '../src/packages/workbench-assembly/model';

/** 2026-11-21 10:00 in Shanghai. */
const NOW = Date.UTC(2026, 10, 21, 2);

const PRINCIPAL: MyPrincipal = {
  principalId: 'P',
  kind: 'OWNERS',
  units: [
    unit('U1', '1号楼 1单元 101', true),
    unit('U2', '7号楼 3单元 502', true),
    unit('U3', '地下车库 P001', false),
  ],
  counts: { heads: 1, areaCentiSqm: 17_874 },
  coOwners: [],
  representative: null,
  canVote: true,
  whyNot: null,
  ballot: null,
  acting: null,
  mandate: null,
};

function unit(unitId: string, label: string, counted: boolean): MyPrincipal['units'][number] {
  return {
    unitId,
    label,
    kind: counted ? 'HOME' : 'PARKING',
    areaCentiSqm: 8_937,
    areaSource: 'REGISTER',
    counted,
    objection: null,
  };
}

function motion(id: string, facts: Partial<MotionDetail> = {}): MotionDetail {
  return {
    id,
    position: 1,
    matter: 9,
    voteClass: 'ORDINARY',
    voteClassLabel: '普通事项：双过半',
    title: id,
    text: '',
    scope: WHOLE_ESTATE,
    state: 'ON_AGENDA',
    withdrawn: null,
    electionId: null,
    electionSeats: null,
    opinionCount: 0,
    amountLimitFen: null,
    decisionNumber: null,
    ...facts,
  };
}

describe('an owner’s ballot', () => {
  test('is read back with what it weighs and each choice', () => {
    const sentence = readBack([motion('A'), motion('B')], { A: 'FOR', B: 'AGAINST' }, PRINCIPAL);
    expect(sentence).toBe(
      '您家 2 套房、178.74 ㎡，按 1 户计：第 1 项投“同意”，第 2 项投“反对”。截止前可以修改。',
    );
  });

  test('leaves out what was withdrawn and what only other buildings decide', () => {
    const motions = [
      motion('all'),
      motion('gone', { state: 'WITHDRAWN' }),
      motion('mine', { scope: { kind: 'BUILDINGS', buildings: ['7号楼'] } }),
      motion('theirs', { scope: { kind: 'BUILDINGS', buildings: ['2号楼'] } }),
      motion('cellar', { scope: { kind: 'BUILDINGS', buildings: ['地下车库'] } }),
    ];
    expect(votable(motions, PRINCIPAL).map(({ id }) => id)).toEqual(['all', 'mine']);
  });
});

describe('the convener’s stepper', () => {
  const rules: ConveningRules = {
    noticeDays: 15,
    noticeClearDays: false,
    opinionDays: 0,
    rollObjectionDays: 7,
  };
  const written: ConveneForm = {
    ...NEW_FORM,
    title: '冬季业主大会',
    summary: '单元门口的路灯坏了一半，请大家决定。',
    motions: [
      { ...NEW_MOTION, title: '更换单元门口路灯', text: '用公共收益更换 48 盏路灯。', amount: '20000.5' },
    ],
  };

  test('does not leave the agenda while something is missing', () => {
    const codes = faultsOfStep(0, NEW_FORM, rules, NOW).map(({ code }) => code);
    expect(codes).toEqual([
      'CONVENE.TITLE',
      'CONVENE.SUMMARY',
      'CONVENE.MOTION_TITLE',
      'CONVENE.MOTION_TEXT',
    ]);
    expect(faultsOfStep(0, written, rules, NOW)).toEqual([]);
  });

  test('sends an amount in fen, and none where nothing was typed', () => {
    expect(requestOf(written, 3).motions[0]?.amountLimitFen).toBe(2_000_050);
    expect(requestOf(NEW_FORM, undefined).motions[0]?.amountLimitFen).toBeNull();
  });

  test('does not leave the dates a day short of the notice, and does with the earliest plan', () => {
    const plan = earliestPlan(written, rules, NOW);
    expect(plan.opensOn).toBe('2026-12-06');
    expect(faultsOfStep(2, plan, rules, NOW)).toEqual([]);
    const short = { ...plan, opensOn: '2026-12-05' };
    expect(faultsOfStep(2, short, rules, NOW).map(({ code }) => code)).toEqual(['CONVENE.NOTICE_TOO_SHORT']);
  });
});

describe('an election on the ballot', () => {
  const candidate = (id: string, name: string) =>
    motion(id, { title: `选举业委会委员：${name}`, electionId: 'E', electionSeats: 2 });
  const candidates = [candidate('X', '1号 张三'), candidate('Y', '2号 李四'), candidate('Z', '3号 王五')];
  const steps = askedSteps([motion('A'), ...candidates, motion('B')]);
  const [, election] = steps;

  test('is one page with all its candidates, among the other motions', () => {
    expect(steps.map(({ kind }) => kind)).toEqual(['MOTION', 'ELECTION', 'MOTION']);
    expect(election).toMatchObject({ seats: 2, candidates });
    expect(candidates.map(candidateName)).toEqual(['1号 张三', '2号 李四', '3号 王五']);
  });

  test('is done with one or two ticks, or with none on purpose, and never with three', () => {
    if (election === undefined) throw new Error('no election');
    const one = ticked({ A: 'FOR' }, candidates, 'X');
    const two = ticked(one, candidates, 'Y');
    const three = ticked(two, candidates, 'Z');
    expect([{}, one, two, three].map((choices) => isAnswered(election, choices))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(ticked(two, candidates, 'X')).toEqual({ A: 'FOR', Y: 'FOR' });
    const none = abstainedFrom(two, candidates);
    expect(isAnswered(election, none)).toBe(true);
    expect(ticked(none, candidates, 'Z')).toEqual({ A: 'FOR', Z: 'FOR' });
  });

  test('is read back by name', () => {
    const chosen = readBack([motion('A'), ...candidates], { A: 'FOR', X: 'FOR', Z: 'FOR' }, PRINCIPAL);
    expect(chosen).toContain('第 1 项投“同意”，选 1号 张三、3号 王五，共 2 人');
    expect(readBack(candidates, abstainedFrom({}, candidates), PRINCIPAL)).toContain('候选人都不选');
  });
});
