import { expect, test } from '@jest/globals';
import { isRecentEnough } from '../node-version.mjs';

test.each(['18.20.8', '20.20.2', '22.13.0', '22.17.1', '23.5.0'])('Node %s gets a newer one', (version) => {
  expect(isRecentEnough(version)).toBe(false);
});

test.each(['22.18.0', '22.21.1', '23.6.0', '24.0.0', '26.1.0'])('Node %s will do', (version) => {
  expect(isRecentEnough(version)).toBe(true);
});
