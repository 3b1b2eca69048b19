import {
  type CentiSqm,
  type Fen,
  type TenThousandthYuan,
  assertInteger,
  divideFloor,
  divideHalfUp,
} from '../kernel/index.ts';

/**
 * One month's fee by area: 面积 × 单价, rounded once, half up, to the fen. Area in 0.01 ㎡ times rate in 0.0001 元 is in
 * 0.0001 分.
 */
export function areaMonthFee(areaCentiSqm: CentiSqm, rateTenThousandthYuan: TenThousandthYuan): Fen {
  return amountAt(areaCentiSqm, rateTenThousandthYuan, 'area × rate');
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
  return amountAt(usageCenti, rateTenThousandthYuan, 'usage × price');
}

/** Quantity × rate ÷ 10,000, half up. In two parts: the whole product of a large meter does not fit into 53 bits. */
function amountAt(quantityCenti: number, rateTenThousandthYuan: TenThousandthYuan, what: string): Fen {
  const whole = divideFloor(quantityCenti, 10_000);
  const rest = assertInteger(quantityCenti, what) - whole * 10_000;
  const fen = whole * rateTenThousandthYuan + divideHalfUp(rest * rateTenThousandthYuan, 10_000);
  return assertInteger(fen, what);
}
