import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { root } from '../../bootstrap/paths.mjs';
import { ORIGIN, signer } from './export.ts';
import { SAMPLE_FOLDER, sampleFiles } from './sample.ts';

const folder = mkdtempSync(join(tmpdir(), 'linli-verify-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const path = (name: string) => join(SAMPLE_FOLDER, name);
const text = (name: string) => readFileSync(path(name), 'utf8');
const owners = text('owners.log.txt');
const checks = ['--key', text('log.key.txt').trim(), '--witness', text('witness.key.txt').trim()];

/** The command as people run it, in a process of its own. */
function verify(...args: readonly string[]) {
  const command = [join(root, 'scripts', 'verify.ts'), ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' });
  return { status, stdout, stderr };
}

/** The same with both its pipes shut before it says a word. */
function unread(...args: readonly string[]): Promise<number | null> {
  const child = spawn(process.execPath, [join(root, 'scripts', 'verify.ts'), ...args]);
  child.stdout.destroy();
  child.stderr.destroy();
  return new Promise((resolve) => child.on('exit', resolve));
}

function written(name: string, content: string): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

describe('the sample export', () => {
  test('is what its script writes, and small', () => {
    const files = sampleFiles();
    expect(Object.keys(files).filter((name) => text(name) !== files[name])).toEqual([]);
    expect(Object.values(files).join('').length).toBeLessThan(200_000);
  });

  test('honest: 0, with the result of every motion, for owners and for everybody', () => {
    const receipt = ['--receipt', path('receipt.tlog-proof'), '--previous', path('checkpoint.txt')];
    const whole = verify(path('owners.log.txt'), ...checks, ...receipt);
    expect(whole).toMatchObject({ status: 0, stderr: '' });
    for (const words of ['更换三部电梯', '用公共收益增加儿童活动场地', '回执 receipt', 'honest'])
      expect(whole.stdout).toContain(words);
    const everybody = verify(path('public.log.txt'), ...checks);
    expect(everybody).toMatchObject({ status: 0, stderr: '' });
    expect(everybody.stdout).not.toContain('电梯');
  });

  test('one choice changed: 2, with the leaf', () => {
    const lines = owners.split('\n');
    const at = lines.findLastIndex((line) => line.includes('"type":"ballot"') && line.includes('"FOR"'));
    const index = at - lines.findIndex((line) => line.startsWith('leaves ')) - 1;
    const changed = lines.map((line, number) => (number === at ? line.replace('"FOR"', '"AGAINST"') : line));
    const found = verify(written('tampered.txt', changed.join('\n')), ...checks);
    expect(found.status).toBe(2);
    const accused = Number(/leaf (\d+)/.exec(found.stderr)?.[1]);
    // The leaves before the last checkpoint that fitted are sound; the accused one comes right after it.
    expect(accused).toBeGreaterThan(2);
    expect(accused).toBeLessThanOrEqual(index);
  });

  test('a witness who did not sign, another key, another receipt: 2', () => {
    const { text: stranger } = signer('community.example/kangning', 'WITNESS');
    expect(verify(path('owners.log.txt'), '--witness', stranger).status).toBe(2);
    const { text: otherKey } = signer(ORIGIN, 'LOG');
    expect(verify(path('owners.log.txt'), '--key', otherKey).status).toBe(2);
    const forged = text('receipt.tlog-proof').replace(
      /\nindex (\d+)/,
      (_, index) => `\nindex ${Number(index) + 1}`,
    );
    const found = verify(path('owners.log.txt'), ...checks, '--receipt', written('receipt.txt', forged));
    expect(found.status).toBe(2);
  });

  test('says it by the exit code also to who reads no further', async () => {
    const tampered = written('result.txt', owners.replace('"outcome":"PASSED"', '"outcome":"REJECTED"'));
    for (const [file, code] of [
      [path('owners.log.txt'), 0],
      [tampered, 2],
    ] as const)
      expect(await unread(file, ...checks)).toBe(code);
  });

  test('cut off, something else, or not there: 1', () => {
    const files = [
      written('short.txt', owners.slice(0, owners.length / 2)),
      written('other.txt', 'not an export\n'),
      join(folder, 'nowhere.txt'),
    ];
    for (const file of files) expect(verify(file, ...checks).status).toBe(1);
  });
});
