import { describe, expect, test } from '@jest/globals';
import { gateLine, holds } from '../gate.ts';
import { validatorTraces } from '../validators.ts';
import { weappGates } from '../weapp.ts';

describe('the weapp', () => {
  const app = { subpackages: [{ root: 'packages/fees' }, { root: 'packages/income/' }] };
  const files = [
    { path: 'app.js', bytes: 400_000 },
    { path: 'packages/fees/pages/bills/index.js', bytes: 200_000 },
    { path: 'packages/fees/common.js', bytes: 100_001 },
    { path: 'packages/income/pages/quarter/index.js', bytes: 5 },
    { path: 'packages/fees-old.js', bytes: 7 },
  ];

  test('is weighed package by package, and what belongs to none is in the main package', () => {
    const gates = weappGates(app, files);
    expect(gates.map(({ name, bytes }) => [name, bytes])).toEqual([
      ['weapp main package', 400_007],
      ['weapp packages/fees/', 300_001],
      ['weapp packages/income/', 5],
    ]);
    expect(gates.map(holds)).toEqual([true, false, true]);
  });

  test('without subpackages is one package', () => {
    expect(weappGates({}, files)).toEqual([{ name: 'weapp main package', bytes: 700_013, limitKb: 700 }]);
  });
});

test('what is too heavy stands out', () => {
  expect(gateLine({ name: 'H5', bytes: 170_001, limitKb: 170 })).toMatch(/^FAILED H5 +170\.0 KB of 170 KB$/);
});

test('a bundle that carries decorated classes is caught by what they leave behind', () => {
  expect(validatorTraces('Reflect.getOwnMetadata("design:paramtypes",t)')).toEqual([
    'design:paramtypes',
    'getOwnMetadata',
  ]);
  expect(validatorTraces('const validate = (phone) => /^1\\d{10}$/.test(phone);')).toEqual([]);
});
