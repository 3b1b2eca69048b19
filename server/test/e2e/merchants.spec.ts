import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BillView } from '@linli/shared/fees';
import { DAY_MS, shanghaiDate } from '@linli/shared/kernel';
import { ReconcileService } from '../../src/features/reconciliation/index.ts';
import { PayeesService } from '../../src/features/payments/index.ts';
import type { TestPerson } from '../support/estate-builder.ts';
import { ParkingBuilder } from '../support/parking-builder.ts';
import { PayWorld } from '../support/pay-world.ts';

/** The company's merchant for property fees, and the committee's for what belongs to all owners. */
describe('two merchants of one deployment', () => {
  let world: PayWorld;
  let owner: TestPerson;
  let fee: BillView;
  let space: BillView;

  beforeAll(async () => {
    world = await PayWorld.start({}, 'PROPERTY_FEE', 1);
    const company = world.sandbox.config.mchId;
    const parking = await ParkingBuilder.start(world, committee().config.mchId);
    await world.app.nest.get(PayeesService).set('SYSTEM', parking.fees.estateId, {
      ledger: 'PROPERTY_FEE',
      holderName: '奇台县安泰物业服务有限公司',
      mchId: company,
    });
    const driver = await parking.driver();
    owner = driver.owner;
    space = driver.bill;
    const { items } = await parking.fees.billsOf(owner);
    const ofCompany = items.find(({ ledger }) => ledger === 'PROPERTY_FEE');
    if (ofCompany === undefined) throw new Error('there is no property fee');
    fee = ofCompany;
  });
  afterAll(() => world.stop());

  const committee = () => {
    const [other] = world.others;
    if (other === undefined) throw new Error('there is one merchant only');
    return other;
  };
  const stateOf = ({ id }: BillView) =>
    world.app.database.row<{ state: string; mch: string }>(
      `SELECT b.state, o.mch_id AS mch FROM bills b JOIN pay_order_bills p ON p.bill_id = b.id
         JOIN pay_orders o ON o.id = p.order_id WHERE b.id = ? AND o.state = 'PAID'`,
      [id],
    );

  it('each is paid what its own ledger is owed, and calls back with its own key, whoever else’s is spoilt', async () => {
    expect([fee.ledger, space.ledger]).toEqual(['PROPERTY_FEE', 'PUBLIC_INCOME']);
    const toCompany = await world.ordered(owner, [fee]);
    const toCommittee = await world.ordered(owner, [space]);
    await world.pay(toCompany);
    await world.pay(toCommittee, {}, committee());
    await world.deliver();
    expect(await stateOf(fee)).toEqual({ state: 'PAID', mch: world.sandbox.config.mchId });
    expect(await stateOf(space)).toEqual({ state: 'PAID', mch: committee().config.mchId });
  });

  it('what one paid is given back by that one, whoever collects for the ledger now', async () => {
    const parking = await ParkingBuilder.start(world, committee().config.mchId);
    const driver = await parking.driver();
    const order = await world.ordered(driver.owner, [driver.bill]);
    await world.pay(order, {}, committee());
    await world.deliver();
    // The committee changes merchants between the payment and the refund.
    await world.app.nest.get(PayeesService).set('SYSTEM', parking.fees.estateId, {
      ledger: 'PUBLIC_INCOME',
      holderName: '康宁家园业主委员会',
      mchId: '1900000108',
    });
    await parking.givenBack(driver.bill, 3_000);
    const refunds = await world.app.database.rows<{ state: string }>(
      'SELECT state FROM refunds WHERE order_no = ?',
      [order.orderNo],
    );
    expect(refunds).toEqual([{ state: 'SUCCEEDED' }]);
    const there = (await world.control('GET', '/refunds', undefined, committee())) as readonly unknown[];
    expect(JSON.stringify(there)).toContain(order.orderNo);
    expect(JSON.stringify(await world.control('GET', '/refunds'))).not.toContain(order.orderNo);
  });

  it('the day of each is held against its own bill, and nothing is missing from either', async () => {
    const today = shanghaiDate(world.app.clock.now());
    await world.wait(DAY_MS + 3 * 3_600_000);
    await world.app.nest.get(ReconcileService).catchUp();
    const runs = await world.app.database.rows<{ mch_id: string; state: string }>(
      'SELECT mch_id, state FROM recon_runs WHERE on_date = ?',
      [today],
    );
    const done = [world.sandbox, committee()].map(({ config }) => ({ mch_id: config.mchId, state: 'DONE' }));
    expect(runs).toHaveLength(2);
    expect(runs).toEqual(expect.arrayContaining(done));
    expect(await world.count('recon_differences')).toBe(0);
  });

  it('a ledger whose merchant is not connected takes no money', async () => {
    const parking = await ParkingBuilder.start(world, '1900000109');
    const driver = await parking.driver();
    expect((await world.order(driver.owner, [driver.bill])).body.code).toBe('FEES.PAYEE_MISSING');
  });
});
