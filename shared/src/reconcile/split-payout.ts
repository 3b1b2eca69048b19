import type { Fen } from '../kernel/index.ts';
import { feeFen } from './fee-rate.ts';
import type { TradeBillRow } from './trade-bill.ts';

/** A line of a day's trade bill with whose it is. */
export interface PayoutRow extends Pick<TradeBillRow, 'kind' | 'amountFen' | 'feeUnits'> {
  /** Names the entry: the second line of one name is a copy that nobody has booked. */
  readonly key: string;
  /** The estate of the order; null where nobody knows the order. */
  readonly estateId: string | null;
  /** Whether our books have it with this amount: it is taken from what waits at the gateway, or else has to be looked into. */
  readonly booked: boolean;
}

/** What of a day's settlement is one estate's, or nobody's yet. */
export interface PayoutPart {
  readonly estateId: string | null;
  readonly booked: boolean;
  readonly rows: number;
  /** Payments less refunds; below zero where more was given back. */
  readonly grossFen: Fen;
  readonly feeFen: Fen;
  /** Of the money at the bank. */
  readonly netFen: Fen;
}

/**
 * Splits what WeChat settled for a day by the lines of its bill: a merchant may serve several estates. The parts add up
 * to the settlement to the fen; the fee, which is settled as one sum, is cut so that no part bears a fen more than its
 * lines say.
 */
export function splitPayout(rows: readonly PayoutRow[]): PayoutPart[] {
  const seen = new Set<string>();
  const groups = new Map<string, PayoutRow[]>();
  for (const row of rows) {
    const booked = row.booked && !seen.has(row.key);
    seen.add(row.key);
    // What is booked nowhere is nobody's, whichever order it names.
    const owned = booked ? row : { ...row, booked, estateId: null };
    const name = booked ? `B:${owned.estateId ?? ''}` : 'OPEN';
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [owned]);
    else group.push(owned);
  }
  let unitsBefore = 0;
  return [...groups.keys()].sort().flatMap((name) => {
    const group = groups.get(name) ?? [];
    const [first] = group;
    if (first === undefined) return [];
    const units = sum(group.map(({ feeUnits }) => feeUnits));
    const fee = feeFen(unitsBefore + units) - feeFen(unitsBefore);
    unitsBefore += units;
    const gross = sum(group.map(({ kind, amountFen }) => (kind === 'REFUND' ? -amountFen : amountFen)));
    const { estateId, booked } = first;
    return [{ estateId, booked, rows: group.length, grossFen: gross, feeFen: fee, netFen: gross - fee }];
  });
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
