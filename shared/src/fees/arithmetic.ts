import {
  type CentiSqm,
  type Fen,
  type TenThousandthYuan,
  assertInteger,
  divideHalfUp,
} from '../kernel/index.ts';

/**
 * One month's fee by area: 面积 × 单价, rounded once, half up, to the fen. Area in 0.01 ㎡ times rate in 0.0001 元 is in
 * 0.0001 分.
 */
export function areaMonthFee(areaCentiSqm: CentiSqm, rateTenThousandthYuan: TenThousandthYuan): Fen {
  return divideHalfUp(assertInteger(areaCentiSqm * rateTenThousandthYuan, 'area × rate'), 10_000);
}

/** One piece 一个 or one time 一次 at the rate, rounded half up to the fen. */
export function pieceFee(rateTenThousandthYuan: TenThousandthYuan): Fen {
  return divideHalfUp(rateTenThousandthYuan, 100);
}

/**
 * n months are n times the month, never the rounded product of everything: so twelve monthly bills, four quarterly ones
 * and a yearly one come to the same 到分一致.
 */
export function monthsFee(monthFeeFen: Fen, months: number): Fen {
  return assertInteger(monthFeeFen * assertInteger(months, 'months'), 'months × fee');
}

/** 用量 × 单价 of a meter, rounded half up to the fen; usage in 0.01 kWh or m³. */
export function meterAmount(usageCenti: number, rateTenThousandthYuan: TenThousandthYuan): Fen {
  return divideHalfUp(assertInteger(usageCenti * rateTenThousandthYuan, 'usage × price'), 10_000);
}
