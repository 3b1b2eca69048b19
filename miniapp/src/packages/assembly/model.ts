import { AREA_SOURCE_NAMES } from '@linli/shared/estate';
import {
  type AskedStep,
  askedSteps,
  candidateName,
  CHOICE_LABELS,
  type Choice,
  type DoubleMeasure,
  type Mark,
  type MotionDetail,
  type MyPrincipal,
  type MyRollEntry,
  thresholdWords,
} from '@linli/shared/assembly';
import { formatSqm } from '@linli/shared/kernel';

/** 两项都要达到三分之二 */
export function bothMust({ threshold }: DoubleMeasure): string {
  return `户数和面积都要${thresholdWords(threshold)}`;
}

/** Whose vote it is, to the person who casts it. */
export function voterWords({ kind, acting }: MyPrincipal): string {
  if (acting !== null) return `${acting.forWhom} 家`;
  return kind === 'DEVELOPER' ? '建设单位' : '您家';
}

/** 您家 2 套房、178.74 ㎡，按 1 户计 */
export function weightOf({ units, counts }: MyPrincipal): string {
  const counted = units.filter((unit) => unit.counted).length;
  return `${counted} 套房、${formatSqm(counts.areaCentiSqm)}，按 1 户计`;
}

export function entryDetail({ areaCentiSqm, areaSource, counted }: MyRollEntry): string {
  const source = `${formatSqm(areaCentiSqm)}（${AREA_SOURCE_NAMES[areaSource]}）`;
  return counted ? source : `${source}，车位不计入表决`;
}

export const MARK_LABELS: Readonly<Record<Mark, string>> = {
  ...CHOICE_LABELS,
  BLANK: '未选',
  INVALID: '无效',
};

/** What one still votes on: motions of the agenda that concern the principal's units. */
export function votable(motions: readonly MotionDetail[], principal: MyPrincipal): readonly MotionDetail[] {
  return motions.filter(({ id, state, scope }) => {
    if (state !== 'ON_AGENDA') return false;
    if (principal.acting?.motionIds?.includes(id) === false) return false;
    const counted = principal.units.filter((unit) => unit.counted);
    if (scope.kind === 'BUILDINGS')
      return counted.some(({ label }) => scope.buildings.some((name) => label.startsWith(`${name} `)));
    return scope.kind === 'ESTATE' || counted.some(({ unitId }) => scope.unitIds.includes(unitId));
  });
}

/** A page of the ballot: one motion, or all candidates of an election. */
export type BallotStep = AskedStep<MotionDetail>;

type Chosen = Readonly<Record<string, Choice>>;

/** Ticks a candidate or takes the tick away. Who abstained from all begins anew. */
export function ticked(choices: Chosen, candidates: readonly MotionDetail[], motionId: string): Chosen {
  const abstained = candidates.filter(({ id }) => choices[id] === 'ABSTAIN');
  const kept = Object.entries(choices).filter(
    ([id]) => id !== motionId && abstained.every((candidate) => candidate.id !== id),
  );
  const next = Object.fromEntries(kept);
  return choices[motionId] === 'FOR' ? next : { ...next, [motionId]: 'FOR' };
}

/** Takes part, and chooses nobody. */
export function abstainedFrom(choices: Chosen, candidates: readonly MotionDetail[]): Chosen {
  return { ...choices, ...Object.fromEntries(candidates.map(({ id }) => [id, 'ABSTAIN' as const])) };
}

/** Whether a page is done: a choice, or at least one and not too many candidates, or nobody on purpose. */
export function isAnswered(step: BallotStep, choices: Chosen): boolean {
  if (step.kind === 'MOTION') return choices[step.motion.id] !== undefined;
  const chosen = step.candidates.filter(({ id }) => choices[id] === 'FOR').length;
  const abstains = step.candidates.every(({ id }) => choices[id] === 'ABSTAIN');
  return abstains || (chosen > 0 && chosen <= step.seats);
}

/** 将投：第 1 项“同意”，第 2 项“反对”；选 3号 张三、5号 李四. */
export function readBack(motions: readonly MotionDetail[], choices: Chosen, principal: MyPrincipal): string {
  const said = askedSteps(motions).flatMap((step, index) => {
    if (step.kind === 'ELECTION') return [chosenWords(step.candidates, choices)];
    const choice = choices[step.motion.id];
    return choice === undefined ? [] : [`第 ${index + 1} 项投“${CHOICE_LABELS[choice]}”`];
  });
  return `${voterWords(principal)} ${weightOf(principal)}：${said.join('，')}。截止前可以修改。`;
}

function chosenWords(candidates: readonly MotionDetail[], choices: Chosen): string {
  const chosen = candidates.filter(({ id }) => choices[id] === 'FOR').map(candidateName);
  return chosen.length === 0 ? '候选人都不选' : `选 ${chosen.join('、')}，共 ${chosen.length} 人`;
}

export function scopeWords({ scope }: MotionDetail): string | null {
  if (scope.kind === 'ESTATE') return null;
  return scope.kind === 'BUILDINGS'
    ? `只由 ${scope.buildings.join('、')} 的业主表决`
    : '只由部分房屋的业主表决';
}
