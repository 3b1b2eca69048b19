import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import writeExcelFile from 'write-excel-file/node';
import { samplePath } from './support/samples.ts';

const UNITS = 10_000;
/** 64 MB is the aim and about 45 is what it takes; a busy machine collects its garbage later. */
const GROWN_BYTES = 96 * 1024 * 1024;

const HEADER = [
  '序号',
  '楼栋',
  '单元',
  '房号',
  '用途',
  '专有面积(㎡)',
  '业主',
  '共有人',
  '证件后四位',
  '手机',
  '房产证号',
  '面积来源',
  '交付状态',
];

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'linli-roll-'));
  const rows = Array.from({ length: UNITS }, (_, i) => rollRow(i));
  await writeExcelFile([['业主名册'], HEADER, ...rows]).toFile(join(folder, 'roll.xlsx'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a roll of ten thousand units', () => {
  it('is checked without the file growing in memory', async () => {
    const script = fileURLToPath(new URL('./support/measure-roll.ts', import.meta.url));
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--conditions=source', script, samplePath('roll.xlsx'), join(folder, 'roll.xlsx')],
      { env: { ...process.env, NODE_OPTIONS: '' } },
    );
    const { units, grownBytes } = JSON.parse(stdout) as { units: number; grownBytes: number };
    expect(units).toBe(UNITS);
    expect(grownBytes).toBeLessThan(GROWN_BYTES);
  });
});

function rollRow(i: number): (string | number | null)[] {
  const surname = String.fromCharCode(0x4e00 + (i % 6_000));
  const room = (Math.floor((i % 72) / 4) + 1) * 100 + (i % 4) + 1;
  return [
    i + 1,
    `${Math.floor(i / 72) + 1}号楼`,
    '1单元',
    String(room),
    '住宅',
    60 + (i % 8_000) / 100,
    `${surname}某${i % 97}`,
    i % 4 === 0 ? `${surname}某某` : null,
    String(i % 10_000).padStart(4, '0'),
    `199${String(i).padStart(8, '0')}`,
    `新(2021)奇台县不动产权第${String(i).padStart(7, '0')}号`,
    '登记簿',
    '已交付',
  ];
}
