import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileTemplates } from '../templates.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'linli-wxml-'));
  writeFileSync(join(folder, 'app.json'), '{"pages":["page"]}');
});
afterEach(() => rmSync(folder, { recursive: true }));

test("WeChat's compiler takes a good template", () => {
  writeFileSync(join(folder, 'page.wxml'), '<view wx:if="{{a}}"><text>{{b}}</text></view>');
  expect(compileTemplates(folder)).toContain('$gwx');
});

test('and says where a broken one is broken', () => {
  writeFileSync(join(folder, 'page.wxml'), '<view>\n<text>\n</view>');
  expect(() => compileTemplates(folder)).toThrow(/page\.wxml:3/);
});
