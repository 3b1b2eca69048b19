import { type Fen, assertInteger, divideFloor } from '../kernel/index.ts';

/**
 * Divides an amount by weights 分摊 (exclusive areas, households) so that the shares add up to it to the fen: everyone
 * gets the share cut off, and the fen that are left go to the largest remainders, on a tie to the earlier weight.
 * All weights zero, or a negative one, is a bug of the caller.
 */
export function apportion(totalFen: Fen, weights: readonly number[]): Fen[] {
  if (assertInteger(totalFen, 'totalFen') < 0) throw new RangeError('totalFen must not be negative');
  const sum = weights.reduce((total, weight) => total + checkedWeight(weight), 0);
  if (assertInteger(sum, 'sum of weights') === 0) throw new RangeError('there is nobody to apportion to');
  const cut = weights.map((weight) => multiplyDivide(totalFen, weight, sum));
  const shares = cut.map(({ quotient }) => quotient);
  const left = totalFen - shares.reduce((total, share) => total + share, 0);
  const byRemainder = cut
    .map(({ remainder }, index) => ({ remainder, index }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of byRemainder.slice(0, left)) shares[index] = (shares[index] ?? 0) + 1;
  return shares;
}

/** Largest total and sum of weights that stay exact: 687 million yuan, 687 km². */
const EXACT_BELOW = 2 ** 36;
const DIGIT = 2 ** 16;

/** total × weight ÷ sum with its remainder, digit by digit: the product itself may not fit into 53 bits. */
function multiplyDivide(
  total: number,
  weight: number,
  sum: number,
): { readonly quotient: number; readonly remainder: number } {
  if (total >= EXACT_BELOW || sum >= EXACT_BELOW) throw new RangeError('too large to apportion exactly');
  let quotient = 0;
  let remainder = 0;
  for (const digit of [
    divideFloor(weight, DIGIT * DIGIT),
    divideFloor(weight, DIGIT) % DIGIT,
    weight % DIGIT,
  ]) {
    const rest = remainder * DIGIT + total * digit;
    quotient = quotient * DIGIT + divideFloor(rest, sum);
    remainder = rest % sum;
  }
  return { quotient, remainder };
}

function checkedWeight(weight: number): number {
  if (assertInteger(weight, 'weight') < 0) throw new RangeError('a weight must not be negative');
  return weight;
}
