import { assertInteger, divideFloor } from './integer.ts';

/** A legal threshold as [numerator, denominator]; compared by cross-multiplication, never divided. */
export type Fraction = readonly [numerator: number, denominator: number];

const SAFE_FACTOR = 2 ** 26;

/** n/d ≥ a/b, 以上: includes the number itself (民法典 1259). False for an empty whole (d = 0): nothing is no share. */
export function atLeast(n: number, d: number, [a, b]: Fraction): boolean {
  return isShare(n, d) && compare(n, d, a, b) >= 0;
}

/** n/d > a/b, 过半数: exactly the number is not enough. False for an empty whole (d = 0). */
export function moreThan(n: number, d: number, [a, b]: Fraction): boolean {
  return isShare(n, d) && compare(n, d, a, b) > 0;
}

/**
 * The smallest whole n for which n/d reaches the threshold, in the same unit as d:
 * "how many households are needed". `strict` asks for more than the fraction.
 */
export function leastReaching(d: number, [a, b]: Fraction, strict = false): number {
  assertInteger(d, 'd');
  const product = assertInteger(d * a, 'd × numerator');
  const floor = divideFloor(product, b);
  if (strict) return floor + 1;
  return floor * b === product ? floor : floor + 1;
}

function isShare(n: number, d: number): boolean {
  assertInteger(n, 'n');
  return assertInteger(d, 'd') > 0;
}

/** Sign of n/d − a/b. Exact for all non-negative safe integers, also where the cross products would overflow. */
function compare(n: number, d: number, a: number, b: number): number {
  if (n < SAFE_FACTOR && d < SAFE_FACTOR && a < SAFE_FACTOR && b < SAFE_FACTOR) return n * b - d * a;
  // Euclid: compare the whole parts, then the reciprocals of what is left. Nothing grows.
  const wholes = divideFloor(n, d) - divideFloor(a, b);
  if (wholes !== 0) return wholes;
  const [restN, restA] = [n % d, a % b];
  if (restN === 0 || restA === 0) return restN - restA;
  return compare(b, restA, d, restN);
}
