import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileStyles } from '../styles.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'linli-wxss-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("WeChat's compiler takes good styles, one file importing another", () => {
  writeFileSync(join(folder, 'base.wxss'), '.stack > view + view{margin-top:8rpx}');
  writeFileSync(
    join(folder, 'page.wxss'),
    '@import "./base.wxss";.a::after{content:"中";width:calc(1px + 2rpx)}',
  );
  expect(compileStyles(folder)).toBe(2);
});

test.each([
  ['an element of any kind', '.a{}\n.stack > *{margin:0}', /page\.wxss\(2:\d+\)/],
  ['a name with a backslash', '.w-1\\/2{width:50%}', /page\.wxss\(1:\d+\)/],
  ['a rule without its end', '.a{color:red', /page\.wxss/],
  ['an import of what is not there', '@import "./gone.wxss";', /gone\.wxss/],
])('and refuses %s, saying where', (_, css, where) => {
  writeFileSync(join(folder, 'page.wxss'), css);
  expect(() => compileStyles(folder)).toThrow(where);
});
