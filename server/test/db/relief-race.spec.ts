import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RELIEF_LIMITS } from '@linli/shared/relief';
import { ApplyReliefService } from '../../src/features/relief/index.ts';
import { breachesOf, readInvariants } from '../../src/cli/check-invariants.ts';
import { PayWorld } from '../support/pay-world.ts';
import { HALF, ReliefBuilder } from '../support/relief-builder.ts';

const INVARIANTS = new URL('../../../scripts/invariants.sql', import.meta.url);

let world: PayWorld;
let relief: ReliefBuilder;

beforeAll(async () => {
  world = await PayWorld.start();
  relief = await ReliefBuilder.start(world.app, world.fees.estateId);
});
afterAll(() => world.stop());

const run = (id: string) => world.app.nest.get(ApplyReliefService).apply(id);
const reductions = () => world.count('bill_reductions');

async function expectSoundBooks(): Promise<void> {
  for (const invariant of readInvariants(readFileSync(INVARIANTS, 'utf8')))
    expect([invariant.name, await breachesOf(world.app.database, invariant)]).toEqual([invariant.name, []]);
}

describe('many at once', () => {
  it('two officers of the street decide: one counts', async () => {
    const { owner, bill } = await world.debtor('101');
    const second = await world.app.build.member('街道陈', 'STREET_OFFICER', [world.fees.estateId]);
    const { id } = await relief.asked(owner, [bill]);
    await relief.verify(id);
    const no = { approve: false, note: '不符合', percent: null, funder: null, until: null };
    const answers = await Promise.all([relief.decide(id), relief.decide(id, no, second)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe('RELIEF.STATE');
  });

  it('twenty runs of the job: one credit line, one group of entries', async () => {
    const { owner, bill } = await world.debtor('102');
    const before = await reductions();
    const id = await relief.approved(owner, [bill]);
    await Promise.all(Array.from({ length: 20 }, () => run(id)));
    expect(await reductions()).toBe(before + 1);
    const entries = await world.app.database.rows(
      "SELECT id FROM ledger_entries WHERE document_kind = 'REDUCTION' AND document_id = ?",
      [id],
    );
    expect(entries).toHaveLength(1);
    expect((await world.fees.billOf(owner)).openFen).toBe(2904);
  });

  it('ten applications for one bill: one is taken', async () => {
    const { owner, bill } = await world.debtor('103');
    const answers = await Promise.all(Array.from({ length: 10 }, () => relief.ask(owner, [bill])));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(new Set(answers.filter(({ status }) => status !== 201).map(({ body }) => body.code))).toEqual(
      new Set(['RELIEF.BILL_TAKEN']),
    );
  });

  it('a bill that is being paid is waited for; paid in full there is nothing left to reduce', async () => {
    const { owner, bill } = await world.debtor('104');
    const order = await world.ordered(owner, [bill]);
    const id = await relief.approved(owner, [bill]);
    await world.app.runJobs();
    expect((await relief.mine(owner))[0]?.state).toBe('STREET_APPROVED');
    await world.pay(order);
    await world.deliver();
    await world.wait(RELIEF_LIMITS.tryAgainMs);
    expect((await relief.mine(owner))[0]).toMatchObject({ id, state: 'EXPIRED' });
    expect(await world.fees.billOf(owner)).toMatchObject({ state: 'PAID', reducedFen: 0 });
  });

  it('an order that is taken back leaves the bill to the reduction, and the rest is what is then paid', async () => {
    const { owner, bill } = await world.debtor('105');
    const order = await world.ordered(owner, [bill]);
    await relief.approved(owner, [bill], {}, { ...HALF, percent: 40 });
    await world.app.runJobs();
    await world.app.post(`/api/me/pay-orders/${order.orderNo}/cancel`, owner.token);
    await world.wait(RELIEF_LIMITS.tryAgainMs);
    const reduced = await world.fees.billOf(owner);
    expect(reduced).toMatchObject({ openFen: 3485, reducedFen: 2324 });
    const stale = await world.order(owner, [bill]);
    expect(stale.body.code).toBe('FEES.ORDER_AMOUNT_CHANGED');
    const rest = await world.ordered(owner, [reduced]);
    expect(rest.amountFen).toBe(3485);
    await world.pay(rest);
    await world.deliver();
    expect(await world.fees.billOf(owner)).toMatchObject({ state: 'PAID', openFen: 0 });
  });

  it('ordered and reduced at the same moment: the order is over what is owed, or is refused', async () => {
    for (let round = 0; round < 5; round++) {
      const { owner, bill } = await world.debtor(`2${10 + round}`);
      const id = await relief.approved(owner, [bill]);
      const [ordered] = await Promise.all([world.order(owner, [bill]), run(id)]);
      const now = await world.fees.billOf(owner);
      if (ordered.status === 201) expect(now).toMatchObject({ openFen: 5809, reducedFen: 0 });
      else expect(now).toMatchObject({ openFen: 2904, pendingOrderNo: null });
    }
  });

  it('and the books are right after all of it', expectSoundBooks);
});

describe('what the database refuses', () => {
  const attempt = (sql: string, values: readonly string[]) =>
    world.app.database.transaction((tx) => tx.run(sql, values));

  it('a reduction granted without a funder, and one person in two parts', async () => {
    const { owner, bill } = await world.debtor('301');
    const { id } = await relief.asked(owner, [bill]);
    await expect(
      attempt("UPDATE relief_applications SET state = 'STREET_APPROVED' WHERE id = ?", [id]),
    ).rejects.toThrow(/ck_relief_funder/);
    await expect(
      attempt('UPDATE relief_applications SET community_by = person_id WHERE id = ?', [id]),
    ).rejects.toThrow(/ck_relief_three/);
  });
});
