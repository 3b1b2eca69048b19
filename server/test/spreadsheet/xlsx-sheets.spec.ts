import { describe, expect, it } from '@jest/globals';
import { cellsOf, refusalOf, rowsOf } from './support/rows-of.ts';
import { oneSheet, textRow, xlsxFile } from './support/xlsx-file.ts';

describe('a workbook of several sheets', () => {
  const hidden = { rows: textRow(1, '藏起来的'), state: 'hidden' as const };
  const veryHidden = { rows: textRow(1, '藏得更深的'), state: 'veryHidden' as const };

  it('is read at its first visible sheet', async () => {
    const file = xlsxFile({
      sheets: [hidden, veryHidden, { rows: textRow(1, '名册') }, { rows: textRow(1, '别的') }],
    });
    expect(await cellsOf(file)).toEqual([['名册']]);
  });

  it('is refused where every sheet is hidden', async () => {
    expect((await refusalOf(xlsxFile({ sheets: [hidden, veryHidden] }))).code).toBe('SHEET.NO_SHEET');
  });

  it('passes over a chart that has a tab of its own', async () => {
    const rels =
      '<Relationships><Relationship Id="rId1" Type="x/chartsheet" Target="chartsheets/sheet1.xml"/><Relationship Id="rId2" Type="x/worksheet" Target="/xl/worksheets/sheet2.xml"/></Relationships>';
    const file = xlsxFile({
      sheets: [{ rows: '' }, { rows: textRow(1, '名册') }],
      parts: { 'xl/_rels/workbook.xml.rels': rels },
    });
    expect(await cellsOf(file)).toEqual([['名册']]);
  });
});

describe('the dialects of writers', () => {
  it('prefixed tags and other spellings of part names are understood', async () => {
    const file = xlsxFile({
      sheets: [{ rows: '' }],
      parts: {
        'xl/worksheets/sheet1.xml':
          '<x:worksheet xmlns:x="m"><x:sheetData><x:row r="1"><x:c r="A1" t="s"><x:v>0</x:v></x:c></x:row></x:sheetData></x:worksheet>',
        'xl/SharedStrings.xml': '<x:sst xmlns:x="m"><x:si><x:t>名册</x:t></x:si></x:sst>',
      },
    });
    expect(await cellsOf(file)).toEqual([['名册']]);
  });

  it('a byte order mark before the XML is no content', async () => {
    const sheet =
      '\uFEFF<?xml version="1.0"?><worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>';
    expect(
      await cellsOf(xlsxFile({ sheets: [{ rows: '' }], parts: { 'xl/worksheets/sheet1.xml': sheet } })),
    ).toEqual([['1']]);
  });

  it('characters cut apart between two pieces of the file come out whole', async () => {
    const rows = Array.from({ length: 4_000 }, (_, i) =>
      textRow(i + 1, `奇台县康宁家园${'楼'.repeat(i % 7)}`),
    );
    const read = await cellsOf(oneSheet(rows.join('')));
    expect(read).toHaveLength(4_000);
    expect(read.every(([text], i) => text === `奇台县康宁家园${'楼'.repeat(i % 7)}`)).toBe(true);
  });
});

describe('merged cells', () => {
  it('fill the rows below them, so that a building is written once for its homes', async () => {
    const rows =
      textRow(1, '楼栋', '房号') +
      textRow(2, '1号楼', '101') +
      textRow(3, '', '102') +
      textRow(4, '', '103') +
      textRow(5, '', '104');
    expect(await cellsOf(oneSheet(rows, { merges: ['A2:A4'] }))).toEqual([
      ['楼栋', '房号'],
      ['1号楼', '101'],
      ['1号楼', '102'],
      ['1号楼', '103'],
      ['', '104'],
    ]);
  });

  it('along one row are titles and fill nothing', async () => {
    const rows = textRow(1, '业主名册') + textRow(2, '楼栋', '房号');
    expect(await cellsOf(oneSheet(rows, { merges: ['A1:B1'] }))).toEqual([['业主名册'], ['楼栋', '房号']]);
  });

  it('over a block fill only its first column, as the first row has it', async () => {
    const rows = textRow(1, '1号楼', '', '101') + textRow(2, '', '', '102');
    expect(await cellsOf(oneSheet(rows, { merges: ['A1:B2'] }))).toEqual([
      ['1号楼', '', '101'],
      ['1号楼', '', '102'],
    ]);
  });

  it('make no unit of a row that has nothing of its own', async () => {
    const rows = `${textRow(1, '1号楼', '101')}<row r="2"><c r="A2"/></row>${textRow(3, '', '102')}`;
    expect((await rowsOf(oneSheet(rows, { merges: ['A1:A3'] }))).map(({ row }) => row)).toEqual([1, 3]);
  });

  it('keep a value that stands under them', async () => {
    const rows = textRow(1, '1号楼', '101') + textRow(2, '2号楼', '102');
    expect(await cellsOf(oneSheet(rows, { merges: ['A1:A2'] }))).toEqual([
      ['1号楼', '101'],
      ['2号楼', '102'],
    ]);
  });

  it('are found wherever the pieces of the file are cut', async () => {
    const count = 3_000;
    const rows = Array.from({ length: count }, (_, i) =>
      textRow(i + 1, i % 2 === 0 ? `${i / 2}号楼` : '', '101'),
    );
    const merges = Array.from({ length: count / 2 }, (_, i) => `A${2 * i + 1}:A${2 * i + 2}`);
    const read = await cellsOf(oneSheet(rows.join(''), { merges }));
    expect(read.every(([building], i) => building === `${Math.floor(i / 2)}号楼`)).toBe(true);
  });
});
