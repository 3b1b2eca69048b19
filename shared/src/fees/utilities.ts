import { type UnitUse, buildingKey } from '../estate/index.ts';
import {
  type CentiSqm,
  type Fen,
  type Month,
  type TenThousandthYuan,
  formatDecimal,
  rateText,
  sqmText,
  yuanText,
} from '../kernel/index.ts';
import { apportion } from './apportion.ts';
import { meterAmount } from './arithmetic.ts';

/** Whose meter it is 分摊范围: who shares the cost. */
export type UtilityScope =
  | { readonly kind: 'ALL' }
  | { readonly kind: 'HOMES' }
  | { readonly kind: 'SHOPS' }
  | { readonly kind: 'BUILDINGS'; readonly buildings: readonly string[] };

/** 分摊方式: by exclusive area (民法典 283) or by household. */
export type UtilityMethod = 'AREA' | 'HOUSEHOLD';
export const UTILITY_METHOD_LABELS: Readonly<Record<UtilityMethod, string>> = {
  AREA: '按专有部分面积',
  HOUSEHOLD: '按户',
};

/** One common meter of a month 公共水电. Readings and usage in 0.01 kWh or m³. */
export interface UtilityCharge {
  readonly name: string;
  readonly previousCenti: number;
  readonly currentCenti: number;
  readonly usageCenti: number;
  readonly priceTenThousandthYuan: TenThousandthYuan;
  readonly amountFen: Fen;
  readonly scope: UtilityScope;
  readonly method: UtilityMethod;
}

/** A month's published apportionment 公共水电费分摊. */
export interface UtilityMonth {
  readonly month: Month;
  readonly charges: readonly UtilityCharge[];
}

export interface UtilityUnit {
  readonly unitId: string;
  readonly buildingName: string;
  readonly use: UnitUse;
  readonly areaCentiSqm: CentiSqm;
}

/** One unit's part of one meter, with everything one needs to check it. */
export interface UtilityShare {
  readonly unitId: string;
  readonly chargeName: string;
  readonly amountFen: Fen;
  readonly formula: string;
}

export type UtilityFault =
  | { readonly code: 'FEES.UTILITY_READING'; readonly charge: string }
  | { readonly code: 'FEES.UTILITY_USAGE'; readonly charge: string; readonly expectedCenti: number }
  | { readonly code: 'FEES.UTILITY_AMOUNT'; readonly charge: string; readonly expectedFen: Fen }
  | { readonly code: 'FEES.UTILITY_SCOPE_EMPTY'; readonly charge: string };

/** Whether a meter's row adds up: current − previous = usage, usage × price = amount to the fen. */
export function utilityFaults(charge: UtilityCharge): UtilityFault[] {
  const { name, previousCenti, currentCenti, usageCenti, priceTenThousandthYuan, amountFen } = charge;
  const faults: UtilityFault[] = [];
  const expectedCenti = currentCenti - previousCenti;
  const expectedFen = usageCenti < 0 ? 0 : meterAmount(usageCenti, priceTenThousandthYuan);
  if (expectedCenti < 0) faults.push({ code: 'FEES.UTILITY_READING', charge: name });
  else if (usageCenti !== expectedCenti)
    faults.push({ code: 'FEES.UTILITY_USAGE', charge: name, expectedCenti });
  if (amountFen !== expectedFen) faults.push({ code: 'FEES.UTILITY_AMOUNT', charge: name, expectedFen });
  return faults;
}

/** Parking spaces share nothing unless the estate's rules say so, as in the count of votes. */
export interface UtilityOptions {
  readonly includeParking: boolean;
}

/** A meter's cost over the units of its scope, to the fen; empty where nobody is in the scope. */
export function shareUtility<Unit extends UtilityUnit>(
  charge: UtilityCharge,
  units: readonly Unit[],
  { includeParking }: UtilityOptions = { includeParking: false },
): UtilityShare[] {
  const inScope = scopeTest(charge.scope);
  const sharing = units.filter((unit) => inScope(unit) && (includeParking || unit.use !== 'PARKING'));
  const weights = sharing.map(({ areaCentiSqm }) => (charge.method === 'AREA' ? areaCentiSqm : 1));
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  if (whole === 0) return [];
  const amounts = apportion(charge.amountFen, weights);
  return sharing.map(({ unitId }, index) => {
    const amountFen = amounts[index] ?? 0;
    const weight = weights[index] ?? 0;
    return {
      unitId,
      chargeName: charge.name,
      amountFen,
      formula: shareFormula(charge, weight, whole, amountFen),
    };
  });
}

/** 公共照明用电 839.85 元 × 89.37 ㎡ ÷ 59,333.72 ㎡ = 1.26 元. */
function shareFormula(
  { name, amountFen: total, method }: UtilityCharge,
  part: number,
  whole: number,
  amountFen: Fen,
): string {
  const share = method === 'AREA' ? `${sqmText(part)} ㎡ ÷ ${sqmText(whole)} ㎡` : `${part} 户 ÷ ${whole} 户`;
  return `${name} ${yuanText(total)} 元 × ${share} = ${yuanText(amountFen)} 元`;
}

/** 全体业主 / 全体住宅 / 9号楼、10号楼. */
export function scopeText(scope: UtilityScope): string {
  switch (scope.kind) {
    case 'ALL':
      return '全体业主';
    case 'HOMES':
      return '全体住宅';
    case 'SHOPS':
      return '全体商铺';
    case 'BUILDINGS':
      return scope.buildings.join('、');
  }
}

/** 19,761 − 18,234 = 1,527，× 0.55 元 = 839.85 元. */
export function meterFormula(charge: UtilityCharge): string {
  const { previousCenti, currentCenti, usageCenti, priceTenThousandthYuan, amountFen } = charge;
  return (
    `${quantityText(currentCenti)} − ${quantityText(previousCenti)} = ${quantityText(usageCenti)}，` +
    `× ${rateText(priceTenThousandthYuan)} 元 = ${yuanText(amountFen)} 元`
  );
}

/** 9号楼, 9# and 9栋 are the same building. */
export function namesBuilding(names: readonly string[], building: string): boolean {
  return names.some((name) => buildingKey(name) === buildingKey(building));
}

/** A reading or a usage without idle decimals: 1,527 or 12.5. */
export function quantityText(centi: number): string {
  return formatDecimal(centi, 2).replace(/\.?0+$/, '');
}

/** Whether a unit is in the scope; the names of buildings are read once. */
function scopeTest(scope: UtilityScope): (unit: UtilityUnit) => boolean {
  switch (scope.kind) {
    case 'ALL':
      return () => true;
    case 'HOMES':
      return ({ use }) => use === 'HOME';
    case 'SHOPS':
      return ({ use }) => use === 'SHOP';
    case 'BUILDINGS': {
      const keys = new Set(scope.buildings.map(buildingKey));
      return ({ buildingName }) => keys.has(buildingKey(buildingName));
    }
  }
}
