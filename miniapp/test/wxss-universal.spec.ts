import { createRequire } from 'node:module';
import { expect, test } from '@jest/globals';
import postcss, { type PluginCreator } from 'postcss';

const universal = createRequire(import.meta.url)('../config/wxss-universal.js') as PluginCreator<never>;

const selectorsOf = (css: string) =>
  postcss([universal()])
    .process(css, { from: undefined })
    .root.nodes.flatMap((node) => (node.type === 'rule' ? node.selectors : []));

test('what lies under another becomes a selector a tag', () => {
  expect(selectorsOf('.bar > * { margin: 0 }')).toEqual(
    expect.arrayContaining(['.bar > view', '.bar > text', '.bar > button']),
  );
});

test('all but the first of a stack become every pair of tags', () => {
  const selectors = selectorsOf('.stack > * + * { margin-top: 4px }');
  expect(selectors).toEqual(expect.arrayContaining(['.stack > view + view', '.stack > text + image']));
  expect(new Set(selectors).size).toBe(49);
});

test('nothing is left to refuse, and what names no element stays', () => {
  const css = '.a > * + .b, .c { width: calc(2px * 3) } [class*="x"] { color: red }';
  expect(selectorsOf(css).filter((selector) => selector.includes('*'))).toEqual(['[class*="x"]']);
  expect(selectorsOf(css)).toContain('.c');
});
