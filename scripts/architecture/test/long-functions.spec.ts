import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { checkLengths, findLongFunctions } from '../long-functions.ts';

const lines = (count: number, line: string) => Array.from({ length: count }, () => line).join('\n');
/** `statements` lines of work and the two of the braces. */
const named = (name: string, statements: number) =>
  `export function ${name}() {\n${lines(statements, '  work();')}\n}\n`;

const FILES: Readonly<Record<string, string>> = {
  'miniapp/src/page.tsx': `${named('Page', 59)}${named('Short', 58)}`,
  'miniapp/src/explained.ts': named('explained', 30).replace(
    '{',
    `{\n${lines(60, '  // why')}${lines(9, '')}`,
  ),
  'shared/src/nameless.ts': `export const all = [() => {\n${lines(60, '  work();')}\n}];\n`,
  'server/src/service.ts': `export class Service {\n  private async send() {\n${lines(61, '    work();')}\n  }\n}\n`,
  'server/src/demo/stories/one.story.ts': named('tell', 90),
  'server/test/e2e/one.spec.ts': named('story', 90),
  'miniapp/test/support/phone.ts': named('phone', 90),
};

let project: string;
beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'linli-functions-'));
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), text);
  }
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

test('a function of more than 60 lines is found, counting neither blank lines nor comments nor tests', async () => {
  const found = await findLongFunctions(project, ['miniapp', 'server', 'shared']);
  expect(found.toSorted((a, b) => a.file.localeCompare(b.file))).toEqual([
    { file: 'miniapp/src/page.tsx', name: 'Page', lines: 61 },
    { file: 'server/src/service.ts', name: 'send', lines: 63 },
    { file: 'shared/src/nameless.ts', name: '', lines: 62 },
  ]);
});

describe('a function that does not fit a screen', () => {
  const long = { file: 'miniapp/src/page.tsx', name: 'Page', lines: 80 };
  const allowed = (size: number) => ({ 'miniapp/src/page.tsx Page': size });
  const said = (sizes: Readonly<Record<string, number>>) =>
    checkLengths([long], sizes).map(({ message }) => message);

  test('is refused when it is new', () => {
    expect(said({})).toEqual(['Page has 80 lines; more than 60 do not fit a screen.']);
  });

  test('is let be at the size in the list', () => {
    expect(said(allowed(80))).toEqual([]);
  });

  test('may only shrink, and the list shrinks with it', () => {
    expect(said(allowed(79))).toEqual(['Page has grown from 79 lines to 80; it may only shrink.']);
    expect(said(allowed(81))).toEqual(['Page has 80 lines now: write that into the list in place of 81.']);
  });

  test('is taken off the list when it has been split', () => {
    expect(checkLengths([], allowed(80))).toEqual([
      {
        file: 'miniapp/src/page.tsx Page',
        rule: 'functions-fit-a-screen',
        message: 'Fits a screen now, or is gone: take it off the list.',
      },
    ]);
  });
});
