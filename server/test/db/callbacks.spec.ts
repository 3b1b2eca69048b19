import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { callbackStorm } from '../support/callback-storm.ts';
import { PayWorld } from '../support/pay-world.ts';

let world: PayWorld;
beforeAll(async () => {
  world = await PayWorld.start();
});
afterAll(() => world.stop());

/** `npm run prove` does the same with two thousand payments. */
test('ten callbacks of each payment, shuffled, corrupt and wrong, are one outcome of each', async () => {
  const { settled, quarantined } = await callbackStorm(world, 60);
  expect(settled).toBeGreaterThan(0);
  expect(quarantined).toBeGreaterThan(0);
});
