import { AREA_SOURCE_NAMES } from '@linli/shared/estate';
import {
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

/** 将投：第 1 项“同意”，第 2 项“反对”。 */
export function readBack(
  motions: readonly MotionDetail[],
  choices: Readonly<Record<string, Choice>>,
  principal: MyPrincipal,
): string {
  const said = motions.flatMap((motion, index) => {
    const choice = choices[motion.id];
    return choice === undefined ? [] : [`第 ${index + 1} 项投“${CHOICE_LABELS[choice]}”`];
  });
  return `${voterWords(principal)} ${weightOf(principal)}：${said.join('，')}。截止前可以修改。`;
}

export function scopeWords({ scope }: MotionDetail): string | null {
  if (scope.kind === 'ESTATE') return null;
  return scope.kind === 'BUILDINGS'
    ? `只由 ${scope.buildings.join('、')} 的业主表决`
    : '只由部分房屋的业主表决';
}
