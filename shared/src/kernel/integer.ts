/**
 * Money, area and rates are integers in this product, and stay exact only below 2^53.
 * BigInt is not used: the oldest phones that the mini-program supports (iOS 12) do not have it.
 */

/** Returns the value, or throws: a fraction or an overflow here is a bug of the caller, never a user's mistake. */
export function assertInteger(value: number, name: string): number {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${name} must be a safe integer, got ${value}`);
  return value;
}

/** Quotient rounded towards minus infinity; exact for all safe integers (`%` is exact, a float quotient is not). */
export function divideFloor(numerator: number, denominator: number): number {
  assertInteger(numerator, 'numerator');
  if (assertInteger(denominator, 'denominator') <= 0) throw new RangeError('denominator must be positive');
  // The remainder has the numerator's sign, so that this difference never leaves the safe integers.
  const remainder = numerator % denominator;
  const towardsZero = (numerator - remainder) / denominator;
  // `+ 0` turns -0 into 0.
  return remainder < 0 ? towardsZero - 1 : towardsZero + 0;
}

/** Quotient rounded half up (2.5 → 3, -2.5 → -2): the rounding of every amount in a bill. */
export function divideHalfUp(numerator: number, denominator: number): number {
  const floor = divideFloor(numerator, denominator);
  const remainder =
    numerator % denominator < 0 ? (numerator % denominator) + denominator : numerator % denominator;
  return remainder >= denominator - remainder ? floor + 1 : floor;
}
