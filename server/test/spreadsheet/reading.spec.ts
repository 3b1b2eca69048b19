import { readdir, readlink, rm, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readSheet, type SheetProgress } from '../../src/kernel/spreadsheet/index.ts';
import { rowsOf } from './support/rows-of.ts';
import { oneSheet, textRow } from './support/xlsx-file.ts';

const COUNT = 6_000;

let folder = '';
const files = { xlsx: '', csv: '' };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'linli-sheet-'));
  files.xlsx = join(folder, 'roll.csv'); // the name proves nothing
  files.csv = join(folder, 'roll.xlsx');
  const numbers = Array.from({ length: COUNT }, (_, i) => i + 1);
  await writeFile(
    files.xlsx,
    oneSheet(numbers.map((i) => textRow(i, `${i}号楼`, '奇台县康宁家园')).join('')),
  );
  await writeFile(files.csv, numbers.map((i) => `${i}号楼,奇台县康宁家园`).join('\n'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each(['xlsx', 'csv'] as const)('reading a %s from the disk', (kind) => {
  it('gives the same rows as reading it from memory would', async () => {
    const rows = await rowsOf(files[kind]);
    expect(rows).toHaveLength(COUNT);
    expect(rows.at(-1)).toEqual({ row: COUNT, cells: [`${COUNT}号楼`, '奇台县康宁家园'] });
  });

  it('tells how far it is, up to the end', async () => {
    const told: SheetProgress[] = [];
    await rowsOf(files[kind], { onProgress: (progress) => told.push(progress) });
    const shares = told.map(({ share }) => share);
    expect(told.length).toBeGreaterThan(1);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(told.at(-1)).toEqual({ rows: COUNT, share: 1 });
  });

  it('is stopped by its signal with the signal’s reason, and lets go of the file', async () => {
    const abort = new AbortController();
    const reason = new Error('cancelled by the user');
    const read = async () => {
      for await (const { row } of readSheet(files[kind], { signal: abort.signal }))
        if (row === 10) abort.abort(reason);
    };
    await expect(read()).rejects.toBe(reason);
    expect(await openHandles(files[kind])).toBe(0);
  });

  it('does not begin when it was stopped before', async () => {
    await expect(rowsOf(files[kind], { signal: AbortSignal.abort(new Error('too late')) })).rejects.toThrow(
      'too late',
    );
  });

  it('lets go of the file when the loop is left', async () => {
    for await (const { row } of readSheet(files[kind])) if (row === 3) break;
    expect(await openHandles(files[kind])).toBe(0);
  });
});

it('a file that is gone is a fault of the disk, not of the file', async () => {
  await expect(rowsOf(join(folder, 'gone.xlsx'))).rejects.toMatchObject({ code: 'ENOENT' });
});

/** Handles of this process on a file. Streams close on the next turns of the loop, so they are given a few. */
async function openHandles(path: string): Promise<number> {
  let open = await countHandles(path);
  for (let turn = 0; turn < 50 && open > 0; turn += 1) open = await countHandles(path);
  return open;
}

async function countHandles(path: string): Promise<number> {
  const handles = await readdir('/proc/self/fd');
  const targets = await Promise.all(handles.map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')));
  return targets.filter((target) => target === path).length;
}
