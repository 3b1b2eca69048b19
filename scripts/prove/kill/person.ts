import { randomUUID } from 'node:crypto';
import { tokenOf } from '../../bench/crypto.ts';
import { ASSEMBLY, ESTATE, MOTIONS, principalOf, rowId } from '../../bench/ids.ts';
import type { Estate } from './estate.ts';

/** What a phone sends and knows: her token, the key of her action, and whether there was an answer. */
export interface Action {
  readonly path: string;
  readonly body: object;
  readonly key: string;
}

export interface Heard {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Null where nobody answered: the phone does not know what became of it and keeps the key. */
export async function act({ origin }: Estate, owner: number, action: Action): Promise<Heard | null> {
  try {
    const reply = await fetch(`${origin}${action.path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${tokenOf(owner)}`,
        'content-type': 'application/json',
        'idempotency-key': action.key,
      },
      body: JSON.stringify(action.body),
    });
    return { status: reply.status, body: (await reply.json()) as Heard['body'] };
  } catch {
    return null;
  }
}

export const ballotOf = (owner: number): Action => ({
  path: `/api/estates/${ESTATE}/assemblies/${ASSEMBLY}/ballots`,
  key: randomUUID(),
  body: {
    principalId: principalOf(owner),
    votes: MOTIONS.map((motionId) => ({ motionId, choice: 'FOR' })),
    confirmed: true,
  },
});

export const BILL_FEN = 21_850;

/** September's bill of the home; October's stays open. */
export const billOf = (owner: number) => rowId('C1', owner);

export const orderOf = (owner: number): Action => ({
  path: '/api/me/pay-orders',
  key: randomUUID(),
  body: { billIds: [billOf(owner)], channel: 'H5', amountFen: BILL_FEN },
});
