import { describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import { cellsOf, refusalOf, rowsOf } from './support/rows-of.ts';

const LINES = ['业主名册', '楼号,室号,业主姓名', '1号楼,101,阿依古丽·买买提', '1号楼,102,"李四,王五"'].join(
  '\r\n',
);
const CELLS = [
  ['业主名册'],
  ['楼号', '室号', '业主姓名'],
  ['1号楼', '101', '阿依古丽·买买提'],
  ['1号楼', '102', '李四,王五'],
];

describe('a csv', () => {
  it.each(['utf-8', 'gb18030', 'utf-16le', 'utf-16be'])(
    'in %s is read, with a byte order mark where it needs one',
    async (encoding) => {
      const addBOM = encoding.startsWith('utf-16');
      expect(await cellsOf(iconv.encode(LINES, encoding, { addBOM }))).toEqual(CELLS);
    },
  );

  it('in UTF-8 with a byte order mark does not keep the mark in its first cell', async () => {
    expect(await cellsOf(iconv.encode(LINES, 'utf-8', { addBOM: true }))).toEqual(CELLS);
  });

  it('in GB18030 holds rare characters of names in four bytes', async () => {
    expect(await cellsOf(iconv.encode('姓名\n𠮷田㛃', 'gb18030'))).toEqual([['姓名'], ['𠮷田㛃']]);
  });

  it.each([
    [';', '楼号;室号;备注\n1号楼;101;甲,乙\n'],
    ['a tab', '楼号\t室号\t备注\n1号楼\t101\t甲,乙\n'],
    [',', '楼号,室号,备注\n1号楼,101,"甲,乙"\n'],
  ])('delimited by %s is recognised', async (_, text) => {
    expect(await cellsOf(Buffer.from(text))).toEqual([
      ['楼号', '室号', '备注'],
      ['1号楼', '101', '甲,乙'],
    ]);
  });

  it('numbers its rows as Excel does: blank lines count, a text over two lines is one row', async () => {
    const rows = await rowsOf(Buffer.from('标题\n\n楼号,备注\n1号楼,"第一行\n第二行"\n,,\n2号楼,无\n'));
    expect(rows.map(({ row }) => row)).toEqual([1, 3, 4, 6]);
    expect(rows[2]?.cells[1]).toBe('第一行\n第二行');
  });

  it('may mix line ends, quotes inside texts and short rows', async () => {
    expect(await cellsOf(Buffer.from('a,b,c\r\n1,2\n3,5"管,4\r6'))).toEqual([
      ['a', 'b', 'c'],
      ['1', '2'],
      ['3', '5"管', '4'],
      ['6'],
    ]);
  });

  it('keeps a leading zero that was protected from Excel', async () => {
    expect(await cellsOf(Buffer.from('证件后四位,姓名\n="0451",张三\n'))).toEqual([
      ['证件后四位', '姓名'],
      ['0451', '张三'],
    ]);
  });

  it('with a character cut apart between two pieces comes out whole in both encodings', async () => {
    const lines = Array.from({ length: 9_000 }, (_, i) => `${i},奇台县康宁家园${'家'.repeat(i % 5)}`);
    for (const encoding of ['utf-8', 'gb18030']) {
      const cells = await cellsOf(iconv.encode(lines.join('\n'), encoding));
      expect(cells.map((row) => row.join(','))).toEqual(lines);
    }
  });

  it('with a quote that is never closed is refused at its row', async () => {
    const refusal = await refusalOf(Buffer.from('楼号,备注\n1号楼,好\n2号楼,"没有收尾\n3号楼,好\n'));
    expect(refusal.code).toBe('SHEET.QUOTE');
    expect(refusal.message).toContain('第 3 行');
  });

  it('in an encoding that nobody knows is refused', async () => {
    expect((await refusalOf(Buffer.from([0x61, 0x2c, 0xff, 0xff, 0x0a]))).code).toBe('SHEET.ENCODING');
  });

  it('of blank lines only has no rows', async () => {
    expect(await rowsOf(Buffer.from('\n\n , \n'))).toEqual([]);
  });
});
