import { describe, expect, it } from '@jest/globals';
import { zipSync, strToU8 } from 'fflate';
import { SHEET_ERRORS, SHEET_LIMITS } from '../../src/kernel/spreadsheet/index.ts';
import { refusalOf, rowsOf } from './support/rows-of.ts';
import { oneSheet, textRow, xlsxFile } from './support/xlsx-file.ts';

const COMPOUND = Buffer.from('D0CF11E0A1B11AE1', 'hex');
const GOOD = oneSheet(textRow(1, '名册'));

describe('a file that is no spreadsheet', () => {
  it.each<[string, Buffer, string]>([
    ['empty', Buffer.alloc(0), 'SHEET.EMPTY'],
    [
      'a web page that calls itself .xls',
      Buffer.from('\uFEFF \n<html><body><table><tr><td>楼栋</td></tr></table></body></html>'),
      'SHEET.WEB_PAGE',
    ],
    ['an XML table of 2003', Buffer.from('<?xml version="1.0"?><Workbook/>'), 'SHEET.WEB_PAGE'],
    ['an old .xls', Buffer.concat([COMPOUND, Buffer.alloc(600)]), 'SHEET.OLD_EXCEL'],
    [
      'an .xlsx with a password',
      Buffer.concat([COMPOUND, Buffer.alloc(600), Buffer.from('EncryptedPackage', 'utf16le')]),
      'SHEET.ENCRYPTED',
    ],
    ['a PDF', Buffer.from('%PDF-1.7\nabc'), 'SHEET.TYPE'],
    ['a photo', Buffer.from('FFD8FFE000104A464946', 'hex'), 'SHEET.TYPE'],
    ['a zip of something else', Buffer.from(zipSync({ 'photo.txt': strToU8('x') })), 'SHEET.TYPE'],
    [
      'a Word document',
      xlsxFile({
        sheets: [],
        parts: {
          '_rels/.rels':
            '<Relationships><Relationship Id="a" Type="x/officeDocument" Target="word/document.xml"/></Relationships>',
          'word/document.xml': '<document/>',
        },
      }),
      'SHEET.TYPE',
    ],
    [
      'a binary workbook',
      xlsxFile({
        sheets: [],
        parts: {
          '_rels/.rels':
            '<Relationships><Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.bin"/></Relationships>',
          'xl/workbook.bin': 'x',
        },
      }),
      'SHEET.OLD_EXCEL',
    ],
  ])('%s is refused', async (_, file, code) => {
    expect((await refusalOf(file)).code).toBe(code);
  });

  it('is judged by its bytes, each with a sentence that tells what to do', async () => {
    const refusal = await refusalOf(Buffer.from('<table></table>'));
    expect(refusal).toMatchObject({ status: 415, message: SHEET_ERRORS['SHEET.WEB_PAGE'].message });
  });
});

describe('a damaged workbook', () => {
  it.each<[string, Buffer]>([
    ['cut off in the middle', GOOD.subarray(0, GOOD.length / 2)],
    ['with only a zip’s first bytes', Buffer.from('PK\x03\x04 and nothing', 'latin1')],
    [
      'without its sheet',
      xlsxFile({
        sheets: [{ rows: '' }],
        parts: {
          'xl/_rels/workbook.xml.rels':
            '<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/gone.xml"/></Relationships>',
        },
      }),
    ],
    ['with XML that is never closed', sheetOf('<worksheet><sheetData><row r="1">')],
    ['with XML that is none', sheetOf('<worksheet><sheetData></row>')],
    ['in bytes that are no UTF-8', sheetOf(Uint8Array.from([...strToU8('<worksheet>'), 0xff, 0xfe]))],
    ['with rows that go backwards', oneSheet(textRow(5, 'a') + textRow(3, 'b'))],
    ['with a row that has no number', oneSheet('<row r="x"><c/></row>')],
    ['with an entity of its own', sheetOf('<worksheet><sheetData>&lol;</sheetData></worksheet>')],
  ])('%s is refused', async (_, file) => {
    expect((await refusalOf(file)).code).toBe('SHEET.DAMAGED');
  });

  it('with one byte of a sheet changed is refused by its checksum', async () => {
    const stored = Buffer.from(
      zipSync(
        {
          'xl/workbook.xml': strToU8('<workbook><sheets><sheet r:id="r"/></sheets></workbook>'),
          'xl/_rels/workbook.xml.rels': strToU8(
            '<Relationships><Relationship Id="r" Type="x/worksheet" Target="s.xml"/></Relationships>',
          ),
          'xl/s.xml': strToU8('<worksheet><sheetData><row><c><v>1000</v></c></row></sheetData></worksheet>'),
        },
        { level: 0 },
      ),
    );
    expect(await rowsOf(stored)).toEqual([{ row: 1, cells: ['1000'] }]);
    stored.write('9', stored.indexOf('<v>1000') + 3, 'latin1');
    expect((await refusalOf(stored)).code).toBe('SHEET.DAMAGED');
  });
});

describe('a file made to hurt', () => {
  it('with a DTD is refused, before any entity is looked at', async () => {
    const bomb =
      '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]><worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>';
    expect((await refusalOf(sheetOf(bomb))).code).toBe('SHEET.UNSAFE');
  });

  it('that unzips to far more than its size is refused by its directory', async () => {
    const blanks = new Uint8Array(70 * 1024 * 1024).fill(32);
    const file = xlsxFile({
      sheets: [{ rows: '' }],
      parts: { 'a.bin': blanks, 'b.bin': blanks, 'c.bin': blanks },
    });
    expect(file.length).toBeLessThan(1024 * 1024);
    expect((await refusalOf(file)).code).toBe('SHEET.UNZIPPED_TOO_LARGE');
  });

  it('whose directory understates a part is refused when the part is unzipped', async () => {
    const file = oneSheet(textRow(1, 'x'.repeat(1_500)));
    // The size is stated in the local header and in the directory, as four bytes.
    const [size] = sizesIn(file, 'xl/worksheets/sheet1.xml');
    expect(size).toBeGreaterThan(1_500);
    expect((await refusalOf(withStatedSize(file, 'xl/worksheets/sheet1.xml', 100))).code).toBe(
      'SHEET.DAMAGED',
    );
  });

  it('with tags nested without end is refused', async () => {
    expect((await refusalOf(sheetOf('<a>'.repeat(10_000)))).code).toBe('SHEET.UNSAFE');
  });

  it('with one endless text, tag or comment is refused before it fills the memory', async () => {
    const long = 'x'.repeat(3_000_000);
    for (const xml of [
      `<worksheet><sheetData><row><c><v>${long}`,
      `<worksheet><a b="${long}`,
      `<worksheet><!-- ${long}`,
    ])
      expect((await refusalOf(sheetOf(xml))).code).toBe('SHEET.UNSAFE');
  });

  it('with a csv line of nothing but commas, or of blank lines without end, is refused', async () => {
    expect((await refusalOf(Buffer.from(','.repeat(3_000_000)))).code).toBe('SHEET.UNSAFE');
    expect((await refusalOf(Buffer.from('\n'.repeat(1_100_000)))).code).toBe('SHEET.TOO_MANY_ROWS');
  });

  it('with rows or columns beyond Excel’s own last is refused', async () => {
    expect((await refusalOf(oneSheet('<row r="1048577"><c><v>1</v></c></row>'))).code).toBe('SHEET.DAMAGED');
    expect((await refusalOf(oneSheet(`<row r="1">${'<c/>'.repeat(16_385)}</row>`))).code).toBe(
      'SHEET.DAMAGED',
    );
  });

  it('with encrypted parts is refused', async () => {
    const file = Buffer.from(GOOD);
    for (const at of headersOf(file, 'xl/workbook.xml')) file[at.flags] = 1;
    expect((await refusalOf(file)).code).toBe('SHEET.ENCRYPTED');
  });
});

describe('the limits', () => {
  it('hold for the file, the rows, the columns and a cell, and the refusal names the place', async () => {
    const rows = textRow(1, 'a', 'b', 'c') + textRow(2, '四个字呀') + textRow(3, 'd');
    const file = oneSheet(rows);
    expect((await refusalOf(file, { limits: { fileBytes: 100 } })).code).toBe('SHEET.FILE_TOO_LARGE');
    expect((await refusalOf(file, { limits: { unzippedBytes: 100 } })).code).toBe('SHEET.UNZIPPED_TOO_LARGE');
    expect((await refusalOf(file, { limits: { rows: 2 } })).message).toBe('表格超过 2 行，请分成几个文件');
    expect((await refusalOf(file, { limits: { columns: 2 } })).message).toBe(
      '第 1 行超过 2 列，请删去用不到的列',
    );
    expect((await refusalOf(file, { limits: { cellChars: 3 } })).message).toBe(
      '第 2 行有一格超过 3 个字，请缩短',
    );
  });

  it('hold for a csv too', async () => {
    const file = Buffer.from('a,b,c\n四个字呀\nd\n');
    expect((await refusalOf(file, { limits: { rows: 2 } })).code).toBe('SHEET.TOO_MANY_ROWS');
    expect((await refusalOf(file, { limits: { columns: 2 } })).code).toBe('SHEET.TOO_MANY_COLUMNS');
    expect((await refusalOf(file, { limits: { cellChars: 3 } })).code).toBe('SHEET.CELL_TOO_LONG');
  });

  it('let a file at the very limit through', async () => {
    const file = oneSheet(textRow(1, 'a', 'b') + textRow(2, '三个字'));
    const limits = { rows: 2, columns: 2, cellChars: 3, fileBytes: file.length };
    expect(await rowsOf(file, { limits })).toHaveLength(2);
  });

  it('stop a shared text that is longer than a cell may be', async () => {
    const strings = [`<t>${'长'.repeat(SHEET_LIMITS.cellChars + 1)}</t>`];
    const file = oneSheet('<row r="7"><c r="A7" t="s"><v>0</v></c></row>', { strings });
    expect((await refusalOf(file)).message).toContain('第 7 行');
  });

  it('do not count columns that are only formatted', async () => {
    expect(await rowsOf(oneSheet('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="1"/></row>'))).toHaveLength(
      1,
    );
  });
});

function sheetOf(xml: string | Uint8Array): Buffer {
  return xlsxFile({ sheets: [{ rows: '' }], parts: { 'xl/worksheets/sheet1.xml': xml } });
}

interface HeaderPlaces {
  readonly flags: number;
  readonly size: number;
}

/** Where the local header and the directory entry of a part keep its flags and its unzipped size. */
function headersOf(zip: Buffer, name: string): HeaderPlaces[] {
  const places: HeaderPlaces[] = [];
  for (let at = zip.indexOf(name); at !== -1; at = zip.indexOf(name, at + 1)) {
    if (zip.readUInt32LE(at - 30) === 0x04034b50) places.push({ flags: at - 24, size: at - 8 });
    else if (zip.readUInt32LE(at - 46) === 0x02014b50) places.push({ flags: at - 38, size: at - 22 });
  }
  return places;
}

function sizesIn(zip: Buffer, name: string): number[] {
  return headersOf(zip, name).map(({ size }) => zip.readUInt32LE(size));
}

function withStatedSize(zip: Buffer, name: string, bytes: number): Buffer {
  const copy = Buffer.from(zip);
  for (const { size } of headersOf(zip, name)) copy.writeUInt32LE(bytes, size);
  return copy;
}
