import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { principalOf } from '../../bench/ids.ts';
import { type PrivateMariadb, startMariadb } from '../../mariadb/start.ts';
import { tell } from '../figures.ts';
import { type Estate, openEstate } from './estate.ts';
import { act, type Action, ballotOf, billOf, BILL_FEN, type Heard, orderOf } from './person.ts';
import { endServers, startServer } from './server.ts';

const VOTING = [
  ['before the ballot is committed', 'before-commit ballots'],
  ['after the ballot is committed', 'after-commit ballots'],
  ['before the ballot is answered', 'before-answer /ballots'],
  ['after the ballot is answered', 'after-answer /ballots'],
  ['before the ballot is in the tree', 'before-commit ballot_log_leaves'],
  ['after the ballot is in the tree', 'after-commit ballot_log_leaves'],
] as const;

const PAYING = [
  ['before the order is committed', 'before-commit pay_orders'],
  ['after the order is committed', 'after-commit pay_orders'],
  ['before the order is answered', 'before-answer /pay-orders'],
  ['after the order is answered', 'after-answer /pay-orders'],
  ['before the callback is committed', 'before-commit pay_notices'],
  ['after the callback is committed', 'after-commit pay_notices'],
  ['before the callback is answered', 'before-answer /wechat-pay'],
  ['after the callback is answered', 'after-answer /wechat-pay'],
  ['before the bill is settled', 'before-commit bill_settlements'],
  ['after the bill is settled', 'after-commit bill_settlements'],
] as const;

const LONGEST_MS = 30_000;
/** What is asked for again until it has happened, or for so long that it will not happen any more. */
async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (const givesUpAt = Date.now() + LONGEST_MS; !(await holds()); await pause(20))
    if (Date.now() > givesUpAt) throw new Error(`Not in time: ${what}`);
}

/** The phone asks again with the same key, as it does when the network is back. */
async function askedAgain(estate: Estate, owner: number, action: Action): Promise<Heard> {
  let heard: Heard | null = null;
  await until(`an answer to ${action.path}`, async () => {
    heard = await act(estate, owner, action);
    return heard?.status === 201;
  });
  if (heard === null) throw new Error('nobody answered');
  return heard;
}

let folder: string;
let mariadb: PrivateMariadb;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'linli-kill-'));
  mariadb = await startMariadb();
}, 120_000);
afterAll(async () => {
  endServers();
  await mariadb.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe.each(['sqlite', 'mariadb'] as const)('the server is killed, %s', (engine) => {
  let estate: Estate;
  const readyMs: number[] = [];
  let owner = 0;

  beforeAll(async () => {
    estate = await openEstate(folder, engine === 'sqlite' ? null : await mariadb.createDatabase('fallen'));
  }, 120_000);
  afterAll(async () => {
    endServers();
    await estate.close();
  });

  /** A server that falls at the step, and one that comes after it. */
  async function through(step: string, work: () => Promise<void>, after: () => Promise<void>): Promise<void> {
    const falling = await startServer(estate, step);
    await work();
    expect(await falling.ended).toBe('SIGKILL');
    const next = await startServer(estate, null);
    readyMs.push(next.readyMs);
    try {
      await after();
    } finally {
      await next.stop();
    }
  }

  const count = async (sql: string) =>
    Number((await estate.look(`SELECT COUNT(*) AS n FROM ${sql}`))[0]?.['n']);

  test.each(VOTING)('%s', async (_name, step) => {
    owner += 1;
    const ballot = ballotOf(owner);
    let first: Heard | null = null;
    await through(
      step,
      async () => {
        first = await act(estate, owner, ballot);
      },
      async () => {
        const heard = await askedAgain(estate, owner, ballot);
        // What was acknowledged before the fall is what is acknowledged after it.
        if (first !== null) expect(heard.body['ballotId']).toBe((first as Heard).body['ballotId']);
        expect(await count(`ballots WHERE principal_id = '${principalOf(owner)}'`)).toBe(1);
        await until('the ballot is in the tree', async () => (await count('ballot_log_pending')) === 0);
        expect(await count('ballot_log_leaves')).toBe(await count('ballots'));
      },
    );
  });

  test.each(PAYING)('%s', async (_name, step) => {
    owner += 1;
    const order = orderOf(owner);
    const pay = async (heard: Heard | null) => {
      if (heard?.status !== 201) return;
      const orderNo = String(heard.body['orderNo']);
      const at = `${estate.sandbox.origin}/sandbox`;
      const known = (await (await fetch(`${at}/orders/${orderNo}`)).json()) as {
        prepayId: string;
        payerOpenid: string;
      };
      const body = JSON.stringify({ prepay_id: known.prepayId, openid: known.payerOpenid });
      await fetch(`${at}/pay`, { method: 'POST', body });
    };
    await through(
      step,
      async () => pay(await act(estate, owner, order)),
      async () => {
        const heard = await askedAgain(estate, owner, order);
        await pay(heard);
        const bill = `bills WHERE id = '${billOf(owner)}'`;
        await until('the bill is paid', async () => (await count(`${bill} AND state = 'PAID'`)) === 1);
        expect(await count(`${bill} AND paid_fen = ${BILL_FEN}`)).toBe(1);
        expect(await count(`bill_settlements WHERE bill_id = '${billOf(owner)}'`)).toBe(1);
        const no = String(heard.body['orderNo']);
        expect(
          await count(`receipts r JOIN pay_orders o ON o.receipt_id = r.id WHERE o.order_no = '${no}'`),
        ).toBe(1);
        expect(await count('pay_credits')).toBe(0);
      },
    );
  });

  test('and came back after each fall', () => {
    expect(readyMs).toHaveLength(VOTING.length + PAYING.length);
    const slowest = Math.max(...readyMs);
    tell({
      proof: `kill -9 of the server, ${engine}`,
      done: `${readyMs.length} falls`,
      found: `nothing lost, nothing twice; ready again in ${(slowest / 1000).toFixed(1)} s at most`,
    });
  });
});

describe('the database is killed', () => {
  test('while forty owners vote: every ballot that was acknowledged is there, once', async () => {
    const estate = await openEstate(join(folder, 'cut-off'), await mariadb.createDatabase('cut_off'));
    const server = await startServer(estate, null);
    const owners = Array.from({ length: 40 }, (_, index) => index);
    const ballots = new Map(owners.map((owner) => [owner, ballotOf(owner)]));
    const heard = new Map<number, string>();
    let voted = 0;
    const voting = Promise.all(
      owners.map(async (owner) => {
        const ballot = ballots.get(owner) ?? ballotOf(owner);
        await until(`the vote of ${owner}`, async () => {
          const answer = await act(estate, owner, ballot);
          if (answer?.status !== 201) return false;
          heard.set(owner, String(answer.body['ballotId']));
          voted += 1;
          return true;
        });
      }),
    );
    await until('some have voted', () => Promise.resolve(voted >= 5));
    mariadb = await mariadb.killAndRestart();
    await voting;
    const stored = await estate.look('SELECT id FROM ballots');
    expect(stored.map(({ id }) => String(id)).sort()).toEqual([...heard.values()].sort());
    expect(new Set(heard.values()).size).toBe(owners.length);
    await until(
      'all are in the tree',
      async () => (await estate.look('SELECT COUNT(*) AS n FROM ballot_log_pending'))[0]?.['n'] === 0,
    );
    await server.stop();
    await estate.close();
    tell({
      proof: 'kill -9 of MariaDB',
      done: '40 owners voting',
      found: 'every acknowledged ballot is there, once',
    });
  });
});
