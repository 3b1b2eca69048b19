import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { fc } from '@fast-check/jest';
import type { BillView, PayOrder } from '@linli/shared/fees';
import { HOUR_MS, MINUTE_MS } from '@linli/shared/kernel';
import { tell } from '../../../scripts/prove/figures.ts';
import { breachesOf, readInvariants } from '../../src/cli/check-invariants.ts';
import { ENGINE } from '../support/engine.ts';
import type { TestPerson } from '../support/estate-builder.ts';
import { PayWorld } from '../support/pay-world.ts';

/** What can happen around one bill, in any order, against the running server and WeChat's sandbox. */
const SEQUENCES = 300;
const INVARIANTS = readInvariants(
  readFileSync(new URL('../../../scripts/invariants.sql', import.meta.url), 'utf8'),
);

/** As far as the payer knows. */
interface Known {
  /** Money went to WeChat for an order that was open. */
  paid: boolean;
  /** How often it went for one that had been given up. */
  late: number;
  /** The order that is open as far as the payer knows, and what WeChat has of it. */
  open: 'NOTHING' | 'ORDERED' | 'PAID';
  /** Given up by the payer, and could still be paid by a phone that did not hear of it. */
  abandoned: boolean;
}

interface Real {
  readonly owner: TestPerson;
  readonly bill: BillView;
  order: PayOrder | null;
  abandoned: PayOrder | null;
}

type Step = fc.AsyncCommand<Known, Real>;

let world: PayWorld;
let homes = 0;
let steps = 0;
beforeAll(async () => {
  world = await PayWorld.start();
});
afterAll(() => world.stop());

const step = (name: string, check: Step['check'], run: Step['run']): Step => ({
  check,
  async run(known, real) {
    steps += 1;
    await run(known, real);
  },
  toString: () => name,
});

const pay = (name: string, before: () => Promise<unknown>) =>
  step(
    name,
    ({ open }) => open === 'ORDERED',
    async (known, real) => {
      await before();
      if (real.order !== null) await world.pay(real.order);
      known.open = 'PAID';
      known.paid = true;
    },
  );

const STEPS: readonly Step[] = [
  step(
    'she orders',
    ({ open, paid }) => open === 'NOTHING' && !paid,
    async (known, real) => {
      real.order = await world.ordered(real.owner, [real.bill]);
      known.open = 'ORDERED';
    },
  ),
  pay('she pays', () => Promise.resolve()),
  pay('she pays, and every callback is lost', () => world.fault({ kind: 'lose', attempts: 'all' })),
  pay('she pays, and the callback comes nine times', () =>
    world.fault({ kind: 'repeat', copies: 9, concurrently: true }),
  ),
  step(
    'she gives the order up',
    ({ open }) => open !== 'NOTHING',
    async (known, real) => {
      const { order, owner } = real;
      if (order === null) return;
      const { status } = await world.app.post(`/api/me/pay-orders/${order.orderNo}/cancel`, owner.token);
      expect(status).toBe(200);
      known.abandoned ||= known.open === 'ORDERED';
      if (known.open === 'ORDERED') real.abandoned = order;
      known.open = 'NOTHING';
    },
  ),
  step(
    'an order that was given up is paid all the same',
    ({ abandoned }) => abandoned,
    async (known, real) => {
      if (real.abandoned !== null) await world.pay(real.abandoned, { force: true });
      known.abandoned = false;
      known.late += 1;
    },
  ),
  step(
    'callbacks come and are booked',
    () => true,
    () => world.deliver(),
  ),
  step(
    'two minutes pass',
    () => true,
    () => world.wait(2 * MINUTE_MS),
  ),
  step(
    'she asks',
    ({ open }) => open !== 'NOTHING',
    async (_known, { owner, order }) => {
      if (order !== null) expect((await world.view(owner, order)).status).toBe(200);
    },
  ),
];

/** Three hours later everything has been asked about, closed or booked. */
async function holds(known: Known, { owner, bill }: Real): Promise<void> {
  await world.control('DELETE', '/faults');
  await world.deliver();
  await world.wait(3 * HOUR_MS);
  await world.deliver();
  const now = await world.fees.billOf(owner);
  expect(now.state).toBe(known.paid ? 'PAID' : 'ISSUED');
  const sums = await world.app.database.row<{ settled: number; credited: number }>(
    `SELECT (SELECT COUNT(*) FROM bill_settlements WHERE bill_id = ?) AS settled,
       (SELECT COALESCE(SUM(amount_fen), 0) FROM pay_credits WHERE unit_id = ?) AS credited`,
    [bill.id, bill.unitId],
  );
  expect([Number(sums?.settled), Number(sums?.credited)]).toEqual([
    known.paid ? 1 : 0,
    known.late * bill.openFen,
  ]);
}

async function invariantsHold(): Promise<void> {
  for (const invariant of INVARIANTS)
    expect([invariant.name, await breachesOf(world.app.database, invariant)]).toEqual([invariant.name, []]);
}

test('whatever happens around a bill, each fen that came is settled, or the home’s', async () => {
  const sequences = fc.commands(
    STEPS.map((each) => fc.constant(each)),
    { maxCommands: 12 },
  );
  await fc.assert(
    fc.asyncProperty(sequences, async (sequence) => {
      homes += 1;
      const debtor = await world.debtor(String(1000 + homes));
      const known: Known = { paid: false, late: 0, open: 'NOTHING', abandoned: false };
      const real: Real = { ...debtor, order: null, abandoned: null };
      await fc.asyncModelRun(() => ({ model: known, real }), sequence);
      await holds(known, real);
      if (homes % 50 === 0) await invariantsHold();
    }),
    { numRuns: SEQUENCES, endOnFailure: true },
  );
  await invariantsHold();
  tell({
    proof: `model of payments against the server (${ENGINE})`,
    done: `${homes} sequences, ${steps} steps`,
    found: `every fen is settled or the home’s; ${INVARIANTS.length} invariants hold`,
  });
}, 3_600_000);
