import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { tell } from '../../../scripts/prove/figures.ts';
import { callbackStorm } from '../support/callback-storm.ts';
import { ENGINE } from '../support/engine.ts';
import { PayWorld } from '../support/pay-world.ts';

const PAYMENTS = 2_000;

let world: PayWorld;
beforeAll(async () => {
  world = await PayWorld.start();
});
afterAll(() => world.stop());

test('twenty thousand callbacks, shuffled, corrupt and wrong, are two thousand outcomes', async () => {
  const storm = await callbackStorm(world, PAYMENTS);
  expect(storm).toMatchObject({ payments: PAYMENTS, callbacks: 10 * PAYMENTS });
  tell({
    proof: `callbacks (${ENGINE})`,
    done: `${storm.callbacks} callbacks of ${storm.payments} payments, shuffled, 5 % corrupt, 2 % with a wrong amount`,
    found: `${storm.settled} settled + ${storm.quarantined} set aside, books balance; answered ${storm.acceptedPerSecond}/s, booked ${storm.bookedPerSecond}/s`,
  });
}, 3_600_000);
