import { type Fen, assertInteger, divideHalfUp } from '../kernel/index.ts';

/**
 * 违约金: simple, by days, half up to the fen, never more than the debt. The default rate is 0: there is none unless the
 * contract has one (民法典 585).
 */
export function lateFee(principalFen: Fen, ppmPerDay: number, days: number): Fen {
  if (principalFen <= 0 || ppmPerDay <= 0 || days <= 0) return 0;
  const millionths = assertInteger(ppmPerDay * days, 'ppm × days');
  if (millionths >= 1_000_000) return principalFen;
  return divideHalfUp(assertInteger(principalFen * millionths, 'principal × ppm'), 1_000_000);
}
