import { divideHalfUp, formatDecimal, parseDecimal, type Fen } from '../kernel/index.ts';

/** WeChat Pay's ordinary rate 费率, 0.60 %, in hundredths of a percent. */
export const ORDINARY_RATE = 60;

/** Fees 手续费 are told to a hundred-thousandth of a yuan. */
const FEE_DECIMALS = 5;
const UNITS_PER_FEN = 1_000;

/** The fee for an amount, in hundred-thousandths of a yuan: fen × rate ÷ 10, half up. */
export function feeUnitsOf(amountFen: Fen, rateHundredthPercent: number): number {
  return divideHalfUp(amountFen * rateHundredthPercent, 10);
}

/** Some merchants are charged to the fen, others to the last digit; both are the agreed rate. */
export function isAgreedFee(amountFen: Fen, feeUnits: number, rateHundredthPercent: number): boolean {
  const exact = feeUnitsOf(amountFen, rateHundredthPercent);
  return feeUnits === exact || feeUnits === divideHalfUp(exact, UNITS_PER_FEN) * UNITS_PER_FEN;
}

/** A sum of fees as it is settled: in whole fen. */
export function feeFen(feeUnits: number): Fen {
  return divideHalfUp(feeUnits, UNITS_PER_FEN);
}

export function parseFee(text: string): number | null {
  return parseDecimal(text, FEE_DECIMALS);
}

export function feeText(feeUnits: number): string {
  return formatDecimal(feeUnits, FEE_DECIMALS);
}
