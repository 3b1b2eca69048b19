import { describe, expect, it } from '@jest/globals';
import { assert, integer, property } from 'fast-check';
import { decimalText } from '../../src/kernel/spreadsheet/cell-text.ts';
import { cellsOf, rowsOf } from './support/rows-of.ts';
import { oneSheet } from './support/xlsx-file.ts';

/** The text of one cell, written as it stands in the sheet’s XML. */
async function textOf(cell: string, parts: Parameters<typeof oneSheet>[1] = {}): Promise<string | undefined> {
  const [cells] = await cellsOf(oneSheet(`<row r="1">${cell}</row>`, parts));
  return cells?.[0];
}

describe('a number cell', () => {
  it.each([
    ['89.37', '89.37'],
    ['89.370000000000005', '89.37'],
    ['112.63999999999999', '112.64'],
    ['0.30000000000000004', '0.3'],
    ['89.375', '89.375'],
    ['-89.37', '-89.37'],
    ['98.50', '98.5'],
    ['1.9900001E10', '19900001000'],
    ['1.5E-3', '0.0015'],
    ['1E21', '1000000000000000000000'],
    ['652325199001011234', '652325199001011000'],
    ['0', '0'],
    ['-0', '0'],
    ['1e999', '1e999'],
  ])('%s reads %s', async (raw, text) => {
    expect(await textOf(`<c r="A1"><v>${raw}</v></c>`)).toBe(text);
  });

  it('is exact for every area to the hundredth of a square metre, also after arithmetic in floats', () => {
    assert(
      property(integer({ min: 1, max: 10_000_000 }), integer({ min: 1, max: 99 }), (centi, factor) => {
        const exact = `${Math.floor(centi / 100)}.${String(centi % 100).padStart(2, '0')}`.replace(
          /\.?0+$/,
          '',
        );
        expect(decimalText(String(centi / 100))).toBe(exact);
        expect(decimalText(String(((centi / 100) * factor) / factor))).toBe(exact);
      }),
    );
  });
});

describe('a number cell with a format', () => {
  const SERIAL = '46346'; // 2026-11-20

  it.each([
    [14, '2026-11-20'],
    [31, '2026-11-20'],
    [58, '2026-11-20'],
    ['yyyy"年"m"月"d"日"', '2026-11-20'],
    ['yyyy年m月d日', '2026-11-20'],
    ['[$-804]yyyy/m/d;@', '2026-11-20'],
    ['mmm\\-yy', '2026-11-20'],
    ['General', SERIAL],
    ['G/通用格式', SERIAL],
    ['0.00"d"', SERIAL],
    ['[Red]0.00_);(0.00)', SERIAL],
    ['#,##0.00\\m', SERIAL],
    ['0.00E+00', SERIAL],
    ['@', SERIAL],
  ])('%s shows a date as a date and anything else as its number', async (format, text) => {
    expect(await textOf(`<c r="A1" s="0"><v>${SERIAL}</v></c>`, { formats: [format] })).toBe(text);
  });

  it('tells the time only where there is one', async () => {
    const formats = ['yyyy-mm-dd hh:mm', 'h:mm AM/PM'];
    expect(await textOf('<c r="A1" s="0"><v>46346.75</v></c>', { formats })).toBe('2026-11-20 18:00');
    expect(await textOf('<c r="A1" s="0"><v>46346</v></c>', { formats })).toBe('2026-11-20');
    expect(await textOf('<c r="A1" s="1"><v>0.5</v></c>', { formats })).toBe('12:00');
  });

  it('keeps leading zeros that the format shows', async () => {
    expect(await textOf('<c r="A1" s="0"><v>451</v></c>', { formats: ['0000'] })).toBe('0451');
  });

  it('knows the calendars of Excel: the leap day of 1900 that never was, and the years of old Macs', async () => {
    expect(await textOf('<c r="A1" s="0"><v>59</v></c>', { formats: [14] })).toBe('1900-02-28');
    expect(await textOf('<c r="A1" s="0"><v>61</v></c>', { formats: [14] })).toBe('1900-03-01');
    expect(await textOf('<c r="A1" s="0"><v>44884</v></c>', { formats: [14], date1904: true })).toBe(
      '2026-11-20',
    );
  });

  it('leaves a number that is no date as it is', async () => {
    expect(await textOf('<c r="A1" s="0"><v>-3</v></c>', { formats: [14] })).toBe('-3');
    expect(await textOf('<c r="A1" s="0"><v>99999999</v></c>', { formats: [14] })).toBe('99999999');
  });
});

describe('a text cell', () => {
  it('joins rich text and leaves out the pinyin over the characters', async () => {
    const strings = [
      '<r><rPr><b/></rPr><t>张</t></r><r><t xml:space="preserve"> 三</t></r><rPh sb="0" eb="1"><t>zhang</t></rPh>',
    ];
    expect(await textOf('<c r="A1" t="s"><v>0</v></c>', { strings })).toBe('张 三');
  });

  it('decodes what XML cannot hold', async () => {
    const strings = ['<t>1号楼_x000A_2单元</t>', '<t>A&amp;B_x005F_x0041_</t>'];
    expect(await textOf('<c r="A1" t="s"><v>0</v></c>', { strings })).toBe('1号楼\n2单元');
    expect(await textOf('<c r="A1" t="s"><v>1</v></c>', { strings })).toBe('A&B_x0041_');
  });

  it('is read inline and from CDATA too', async () => {
    expect(await textOf('<c r="A1" t="inlineStr"><is><r><t>李</t></r><r><t>四</t></r></is></c>')).toBe(
      '李四',
    );
    expect(await textOf('<c r="A1" t="inlineStr"><is><t><![CDATA[<王五>]]></t></is></c>')).toBe('<王五>');
  });

  it('keeps a phone and an identity number with their zeros', async () => {
    expect(await textOf('<c r="A1" t="str"><v>0451</v></c>')).toBe('0451');
  });
});

describe('other cells', () => {
  it.each([
    ['a formula’s kept result', '<c r="A1"><f>B1*2</f><v>178.74</v></c>', '178.74'],
    ['a formula’s kept text', '<c r="A1" t="str"><f>B1&amp;"x"</f><v>张三</v></c>', '张三'],
    ['a formula that was never calculated', '<c r="A1"><f>G4*0.8</f></c>', '=G4*0.8'],
    ['true', '<c r="A1" t="b"><v>1</v></c>', 'TRUE'],
    ['false', '<c r="A1" t="b"><v>0</v></c>', 'FALSE'],
    ['an error', '<c r="A1" t="e"><v>#N/A</v></c>', '#N/A'],
    ['a date as text', '<c r="A1" t="d"><v>2026-11-20T00:00:00</v></c>', '2026-11-20'],
    ['a moment as text', '<c r="A1" t="d"><v>2026-11-20T08:30:00Z</v></c>', '2026-11-20 08:30'],
  ])('%s', async (_, cell, text) => {
    expect(await textOf(cell)).toBe(text);
  });

  it('a text that the table of texts does not have is empty', async () => {
    expect(await rowsOf(oneSheet('<row r="1"><c r="A1" t="s"><v>7</v></c></row>', { strings: [] }))).toEqual(
      [],
    );
  });
});

describe('places of cells', () => {
  it('follow their references, and count on where there are none', async () => {
    const rows = await rowsOf(
      oneSheet(
        '<row r="2"><c r="B2"><v>1</v></c><c><v>2</v></c><c r="AA2"><v>3</v></c></row><row><c><v>4</v></c></row>',
      ),
    );
    expect(rows.map(({ row }) => row)).toEqual([2, 3]);
    expect(rows[0]?.cells.slice(0, 4)).toEqual(['', '1', '2', '']);
    expect(rows[0]?.cells[26]).toBe('3');
    expect(rows[1]?.cells).toEqual(['4']);
  });

  it('leaves blank rows and blank cells at the end out', async () => {
    const rows = await rowsOf(
      oneSheet(
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"/></row><row r="2"><c r="A2" s="1"/></row><row r="9"><c r="A9"><v>2</v></c></row>',
      ),
    );
    expect(rows).toEqual([
      { row: 1, cells: ['1'] },
      { row: 9, cells: ['2'] },
    ]);
  });
});
