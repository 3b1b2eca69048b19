import { expect, test } from '@jest/globals';
import { type CanonicalJson, canonicalJson } from '../../src/transparency/index.ts';

test.each<[string, CanonicalJson, string]>([
  ['nothing', null, 'null'],
  ['a yes', true, 'true'],
  ['a whole number', -9_007_199_254_740_991, '-9007199254740991'],
  ['a text', '同意"1"\n', '"同意\\"1\\"\\n"'],
  ['a list, in its order', [2, 'b', null, [1]], '[2,"b",null,[1]]'],
  ['an empty list', [], '[]'],
  [
    'keys in their order, at every depth',
    { b: 1, a: { d: [{ z: 0, y: 1 }], c: null } },
    '{"a":{"c":null,"d":[{"y":1,"z":0}]},"b":1}',
  ],
  ['nobody’s key', {}, '{}'],
  [
    'keys by their code units, not by an alphabet',
    { é: 1, z: 2, Z: 3, 'a"': 4 },
    '{"Z":3,"a\\"":4,"z":2,"é":1}',
  ],
])('%s has one text', (_, value, text) => {
  expect(canonicalJson(value)).toBe(text);
});

test.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('%d has none', (value) => {
  expect(() => canonicalJson({ areas: [1, value] })).toThrow(new RangeError(`not a whole number: ${value}`));
});
