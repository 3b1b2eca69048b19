import { expect } from '@jest/globals';
import type { BillView } from '@linli/shared/fees';
import { shanghaiDate } from '@linli/shared/kernel';
import type { AskedResponse } from '@linli/shared/refunds';
import { PayeesService } from '../../src/features/payments/index.ts';
import { newKey } from './assembly-builder.ts';
import type { TestPerson } from './estate-builder.ts';
import { FeesBuilder } from './fees-builder.ts';
import { IncomeBuilder } from './income-builder.ts';
import type { PayWorld } from './pay-world.ts';

/** What a space on common ground costs a month. */
export const SPACE_FEN = 8_000;

/** An estate whose committee collects for parking on common ground by WeChat. */
export class ParkingBuilder {
  private rooms = 100;

  private constructor(
    readonly world: PayWorld,
    readonly fees: FeesBuilder,
    readonly books: IncomeBuilder,
  ) {}

  static async start(world: PayWorld, mchId = world.sandbox.config.mchId): Promise<ParkingBuilder> {
    const fees = await FeesBuilder.start(world.app);
    await fees.publish();
    await world.app.nest.get(PayeesService).set('SYSTEM', fees.estateId, {
      ledger: 'PUBLIC_INCOME',
      holderName: '康宁家园业主委员会',
      mchId,
    });
    return new ParkingBuilder(world, fees, await IncomeBuilder.at(world.app, fees.estateId, true));
  }

  /** An owner of a home with so many spaces, and this month's bill for them. */
  async driver(spaces = 1): Promise<{ readonly owner: TestPerson; readonly bill: BillView }> {
    const { fees, world } = this;
    const home = await fees.home(String(++this.rooms));
    const billing = { instalment: 'MONTH', commonParkingSpaces: spaces, deliveredOn: null };
    const set = await world.app.call('PUT', `${fees.base}/units/${home.unitId}/billing`, {
      token: fees.manager.token,
      body: billing,
    });
    expect(set.status).toBeLessThan(300);
    const owner = await world.app.build.owner(`车主${this.rooms}`, [home]);
    await fees.issue(shanghaiDate(world.app.clock.now()).slice(0, 7));
    const bill = (await fees.billsOf(owner)).items.find(({ ledger }) => ledger === 'PUBLIC_INCOME');
    expect(bill?.openFen).toBe(spaces * SPACE_FEN);
    if (bill === undefined) throw new Error('there is no bill for parking');
    return { owner, bill };
  }

  /** Ordered, paid at that time by WeChat's clock, and booked. */
  async parked(spaces = 1, paidAt = this.world.app.clock.now()): Promise<BillView> {
    const { owner, bill } = await this.driver(spaces);
    const order = await this.world.ordered(owner, [bill]);
    await this.world.control('POST', '/clock', { hold: paidAt });
    await this.world.pay(order);
    await this.world.control('POST', '/clock', { hold: this.world.app.clock.now() });
    await this.world.deliver();
    return bill;
  }

  /** Asked for by one person, approved by another, and given back. */
  async givenBack({ id }: BillView, amountFen: number): Promise<void> {
    const { base, clerk, manager } = this.fees;
    const { app } = this.world;
    const payments = await app.get<{ items: readonly { readonly orderId: string }[] }>(
      `${base}/bills/${id}/payments`,
      clerk.token,
    );
    const asked = await app.post<AskedResponse>(
      `${base}/refunds`,
      clerk.token,
      {
        subject: 'PAYMENT',
        subjectId: payments.body.items[0]?.orderId,
        billId: id,
        effect: 'BILL_STAYS',
        amountFen,
        reason: '车位中途退了',
      },
      newKey(),
    );
    const decision = `${base}/refunds/${asked.body.id}/decision`;
    await app.post(decision, manager.token, { approve: true, note: '' });
    await this.world.deliver();
    await this.world.deliver();
  }
}

/** Both clocks; they only go forward. */
export async function turnClocks(world: PayWorld, instant: number): Promise<void> {
  world.app.clock.set(instant);
  await world.control('POST', '/clock', { hold: instant });
}
