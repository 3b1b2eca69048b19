/**
 * Telling the merchant: a queue of deliveries, each tried until it is answered with 200 or 204 or the
 * schedule is through. What goes wrong with a delivery was decided when it was made.
 */
import type { Errand } from '../agenda.ts';
import { numberedBy, type Sandbox } from '../context.ts';
import { asObject, type Json } from '../json.ts';
import { composePush } from './message-push.ts';
import { composeNotification } from './notifications.ts';
import { post, type PostResult } from './post.ts';
import type { Attempt, CallbackFault, Contradiction, CorruptPart, Delivery } from '../records.ts';
import { HOUR, MINUTE, SECOND, compactTime } from '../shanghai-time.ts';

/** Pauses between the tries of a payment callback: the first try at once, fifteen more in 24 h 4 min. */
export const RETRY_PAUSES_MS: readonly number[] = [
  15 * SECOND,
  15 * SECOND,
  30 * SECOND,
  3 * MINUTE,
  10 * MINUTE,
  20 * MINUTE,
  30 * MINUTE,
  30 * MINUTE,
  30 * MINUTE,
  60 * MINUTE,
  3 * HOUR,
  3 * HOUR,
  3 * HOUR,
  6 * HOUR,
  6 * HOUR,
];

/** A message push is tried three times in all. */
const PUSH_PAUSES_MS: readonly number[] = [5 * SECOND, 5 * SECOND];

/** A callback that waits to be overtaken goes out by itself after this long. */
const HELD_AT_MOST_MS = 15 * SECOND;

export type Letter = Pick<Delivery, 'kind' | 'subject' | 'url' | 'eventType' | 'summary'> & {
  readonly content: Json;
};

type FaultOf<Kind extends CallbackFault['kind']> = Extract<CallbackFault, { kind: Kind }>;

function find<Kind extends CallbackFault['kind']>(
  faults: readonly CallbackFault[],
  kind: Kind,
): FaultOf<Kind> | null {
  return faults.find((fault): fault is FaultOf<Kind> => fault.kind === kind) ?? null;
}

/** The amount that WeChat shall report everywhere, when a fault says so. */
export function contradictedFen(faults: readonly CallbackFault[]): number | null {
  const fault = find(faults, 'contradict');
  return fault?.everywhere ? (fault.change.amountFen ?? null) : null;
}

/** The content as the merchant will read it: signed and encrypted correctly, and not true. */
function contradict(content: Json, change: Contradiction): Json {
  const { amountFen, currency, openid, mchid, appid, outTradeNo, tradeState } = change;
  const before = asObject(content['amount']);
  const fields = before && 'refund' in before ? ['refund', 'payer_refund'] : ['total', 'payer_total'];
  const amount = {
    ...before,
    ...(amountFen === undefined ? {} : Object.fromEntries(fields.map((field) => [field, amountFen]))),
    ...(currency === undefined ? {} : { currency, payer_currency: currency }),
  };
  return {
    ...content,
    amount,
    ...(openid === undefined ? {} : { payer: { openid } }),
    ...(mchid === undefined ? {} : { mchid }),
    ...(appid === undefined ? {} : { appid }),
    ...(outTradeNo === undefined ? {} : { out_trade_no: outTradeNo }),
    ...(tradeState === undefined
      ? {}
      : { [before && 'refund' in before ? 'refund_status' : 'trade_state']: tradeState }),
  };
}

export function enqueue(sandbox: Sandbox, letter: Letter, faults: readonly CallbackFault[]): Delivery {
  const now = sandbox.clock.now();
  const change = find(faults, 'contradict')?.change;
  const held = find(faults, 'reorder') !== null;
  const wait = held ? HELD_AT_MOST_MS * sandbox.settings.retryScale : (find(faults, 'delay')?.ms ?? 0);
  const serial = String(sandbox.store.nextNumber('deliveries')).padStart(12, '0');
  const delivery: Delivery = {
    ...letter,
    id: `EV-${compactTime(now)}${numberedBy(sandbox)}${serial}`,
    content: JSON.stringify(change ? contradict(letter.content, change) : letter.content),
    createdAt: now,
    faults,
    attempts: [],
    copies: [],
    held,
    state: 'waiting',
    nextAt: now + wait,
  };
  sandbox.store.put('deliveries', delivery.id, delivery);
  sandbox.wake();
  return delivery;
}

/** Sends what has been sent or given up once more, as WeChat's support can. */
export function sendAgain(sandbox: Sandbox, delivery: Delivery): void {
  const again: Delivery = { ...delivery, state: 'waiting', held: false, nextAt: sandbox.clock.now() };
  sandbox.store.put('deliveries', delivery.id, again);
  sandbox.wake();
}

function isAccepted(kind: Delivery['kind'], result: PostResult): boolean {
  if (result.outcome !== 'answered') return false;
  if (kind === 'push') return result.status === 200 && ['', 'success'].includes(result.text.trim());
  return result.status === 200 || result.status === 204;
}

const stillApplies = (attempts: number | 'all', done: number): boolean =>
  attempts === 'all' || done < attempts;

async function send(sandbox: Sandbox, delivery: Delivery, corrupted: CorruptPart | null): Promise<Attempt> {
  const at = sandbox.clock.now();
  const outgoing =
    delivery.kind === 'push'
      ? composePush(sandbox, delivery)
      : composeNotification(sandbox, delivery, corrupted);
  const result = await post(outgoing, sandbox.settings.callbackTimeoutMs);
  if (result.outcome !== 'answered') return { at, outcome: result.outcome, status: null, corrupted };
  const outcome = isAccepted(delivery.kind, result) ? 'accepted' : 'refused';
  return { at, outcome, status: result.status, corrupted };
}

async function nextAttempt(sandbox: Sandbox, delivery: Delivery): Promise<Attempt> {
  const done = delivery.attempts.length;
  const lose = find(delivery.faults, 'lose');
  if (lose && stillApplies(lose.attempts, done)) {
    return { at: sandbox.clock.now(), outcome: 'lost', status: null, corrupted: null };
  }
  const corrupt = find(delivery.faults, 'corrupt');
  return send(sandbox, delivery, corrupt && stillApplies(corrupt.attempts, done) ? corrupt.part : null);
}

async function sendCopies(sandbox: Sandbox, delivery: Delivery): Promise<readonly Attempt[]> {
  const repeat = find(delivery.faults, 'repeat');
  if (!repeat || delivery.copies.length > 0) return delivery.copies;
  const copies = Array.from({ length: repeat.copies });
  if (repeat.concurrently) return Promise.all(copies.map(() => send(sandbox, delivery, null)));
  const sent: Attempt[] = [];
  for (const _ of copies) sent.push(await send(sandbox, delivery, null));
  return sent;
}

/** What comes after an attempt: done, once more later, or given up. */
function afterAttempt(sandbox: Sandbox, delivery: Delivery, attempt: Attempt): Delivery {
  const attempts = [...delivery.attempts, attempt];
  if (attempt.outcome === 'accepted') return { ...delivery, attempts, state: 'accepted', nextAt: null };
  const pauses = delivery.kind === 'push' ? PUSH_PAUSES_MS : RETRY_PAUSES_MS;
  const pause = pauses[attempts.length - 1];
  if (pause === undefined) return { ...delivery, attempts, state: 'given-up', nextAt: null };
  return { ...delivery, attempts, nextAt: attempt.at + pause * sandbox.settings.retryScale };
}

function releaseHeld(sandbox: Sandbox, overtaker: Delivery): void {
  for (const delivery of sandbox.store.all('deliveries')) {
    if (!delivery.held || delivery.state !== 'waiting' || delivery.id === overtaker.id) continue;
    const released = { ...delivery, held: false, nextAt: sandbox.clock.now() };
    sandbox.store.put('deliveries', delivery.id, released);
  }
}

/** The errand that carries the deliveries out. */
export function createPostman(sandbox: Sandbox): Errand {
  const underway = new Map<string, Promise<void>>();

  const waiting = (): (Delivery & { nextAt: number })[] =>
    sandbox.store
      .all('deliveries')
      .filter((delivery) => delivery.state === 'waiting' && !underway.has(delivery.id))
      .flatMap((delivery) => (delivery.nextAt === null ? [] : [{ ...delivery, nextAt: delivery.nextAt }]));

  async function carryOut(delivery: Delivery): Promise<void> {
    const attempt = await nextAttempt(sandbox, delivery);
    let outcome = afterAttempt(sandbox, delivery, attempt);
    if (attempt.outcome === 'accepted') {
      outcome = { ...outcome, copies: await sendCopies(sandbox, delivery) };
    }
    // A reset in between has forgotten the delivery: it must not come back.
    if (sandbox.store.get('deliveries', delivery.id)) {
      sandbox.store.put('deliveries', delivery.id, outcome);
    }
    releaseHeld(sandbox, delivery);
  }

  /** Does nothing when another run has been faster. */
  async function start(due: Delivery): Promise<void> {
    const delivery = sandbox.store.get('deliveries', due.id);
    if (underway.has(due.id) || delivery?.state !== 'waiting') return;
    const work = carryOut({ ...delivery, held: false }).finally(() => {
      underway.delete(delivery.id);
      sandbox.wake();
    });
    underway.set(delivery.id, work);
    await work;
  }

  return {
    nextAt: () => {
      const instants = waiting().map((delivery) => delivery.nextAt);
      return instants.length > 0 ? Math.min(...instants) : null;
    },
    run: async () => {
      const now = sandbox.clock.now();
      const due = waiting()
        .filter((delivery) => delivery.nextAt <= now)
        .sort((one, other) => one.nextAt - other.nextAt);
      if (sandbox.clock.isManual()) for (const delivery of due) await start(delivery);
      else await Promise.all(due.map(start));
    },
    idle: async () => {
      await Promise.all(underway.values());
    },
  };
}
