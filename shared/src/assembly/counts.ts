import { type CentiSqm, assertInteger } from '../kernel/index.ts';

/** The two counts of every vote: exclusive area (专有部分面积) and heads (业主人数). Never one without the other. */
export interface DoubleCount {
  readonly areaCentiSqm: CentiSqm;
  readonly heads: number;
}

export const NOTHING: DoubleCount = { areaCentiSqm: 0, heads: 0 };

export function addCounts(a: DoubleCount, b: DoubleCount): DoubleCount {
  return {
    areaCentiSqm: assertInteger(a.areaCentiSqm + b.areaCentiSqm, 'area'),
    heads: assertInteger(a.heads + b.heads, 'heads'),
  };
}
