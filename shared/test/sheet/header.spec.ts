import { describe, expect, it } from '@jest/globals';
import {
  type SheetColumn,
  type SheetRow,
  findHeader,
  headerName,
  openTable,
  parseSheetDate,
} from '../../src/sheet/index.ts';

const COLUMNS = [
  { key: 'name', label: '收费项目', synonyms: ['项目名称'], required: true },
  { key: 'rate', label: '收费标准', synonyms: ['单价'], required: true },
  { key: 'note', label: '说明', synonyms: ['备注'], required: false },
] as const satisfies readonly SheetColumn<string>[];

const sheet = (...rows: string[][]): SheetRow[] => rows.map((cells, index) => ({ row: index + 1, cells }));

describe('finding the header of a sheet', () => {
  it('looks below title rows and keeps the titles', () => {
    const rows = sheet(
      ['康宁家园收费公示', '', ''],
      ['填报单位：业委会', '', ''],
      ['收费项目', '收费标准', '说明'],
      ['物业费', '0.65', ''],
    );
    const { header } = findHeader(rows, COLUMNS);
    expect(header?.row).toBe(3);
    expect(header?.title).toEqual(['康宁家园收费公示', '填报单位:业委会']);
  });

  it('knows synonyms, units in brackets, blanks and marks, in any order of columns', () => {
    const { header } = findHeader(sheet(['备 注', '单价（元）*', '项目名称：']), COLUMNS);
    expect(header?.positions).toEqual(
      new Map([
        ['note', 0],
        ['rate', 1],
        ['name', 2],
      ]),
    );
    expect(header?.nameOf('rate')).toBe('单价(元)*');
  });

  it('says which required column is missing and what it may be called', () => {
    const { header, faults } = findHeader(sheet(['收费项目', '说明', '服务']), COLUMNS);
    expect(header).toBeNull();
    expect(faults).toEqual([
      expect.objectContaining({
        row: 1,
        column: '收费标准',
        code: 'SHEET.COLUMN_MISSING',
        expected: '要有“收费标准”列，也可以写作单价',
      }),
    ]);
  });

  it('refuses a column that is there twice', () => {
    const { faults } = findHeader(sheet(['收费项目', '收费标准', '单价']), COLUMNS);
    expect(faults.map(({ code }) => code)).toEqual(['SHEET.COLUMN_DUPLICATE']);
  });

  it('says so when there is no header at all, or nothing at all', () => {
    expect(findHeader(sheet(['甲', '乙'], ['1', '2']), COLUMNS).faults[0]?.code).toBe('SHEET.HEADER_MISSING');
    expect(findHeader([], COLUMNS).faults[0]).toMatchObject({ code: 'SHEET.HEADER_MISSING', found: '空表' });
  });

  it('strips only a bracket at the end', () => {
    expect(headerName('联系人（科室）')).toBe('联系人');
    expect(headerName('(一)项目')).toBe('(一)项目');
  });
});

describe('reading the rows of a sheet', () => {
  const table = openTable(
    sheet(
      ['收费项目', '收费标准', '说明'],
      ['物业费', '0.65', ''],
      ['', '', ''],
      ['收入合计', '1', ''],
      ['合 计', '0.65', ''],
      ['备注：以合同为准', '', ''],
    ),
    COLUMNS,
    {},
  );

  it('sets blank rows, totals and notes aside, and says why', () => {
    expect(table.rows.map(({ row }) => row)).toEqual([2]);
    expect(table.ignored).toEqual([
      { row: 3, reason: '空行' },
      { row: 4, reason: '合计行' },
      { row: 5, reason: '合计行' },
      { row: 6, reason: '说明行' },
    ]);
  });

  it('gives no value while anything is at fault', () => {
    const faulty = openTable<'name' | 'rate' | 'note', 'TEST.BAD'>(
      sheet(['收费项目', '单价'], ['', '0.65']),
      COLUMNS,
      { 'TEST.BAD': '写名称，如 {example}' },
    );
    faulty.rows[0]?.fault('name', 'TEST.BAD', { example: '物业费' });
    expect(faulty.report('value')).toEqual({
      value: null,
      rows: 1,
      faults: [{ row: 2, column: '收费项目', found: '空', expected: '写名称，如 物业费', code: 'TEST.BAD' }],
      ignored: [],
    });
  });

  it('is at fault when nothing stands below the header', () => {
    expect(openTable(sheet(['收费项目', '收费标准']), COLUMNS, {}).report(null).faults[0]?.code).toBe(
      'SHEET.NO_ROWS',
    );
  });
});

describe('dates as people write them', () => {
  it.each(['2026-07-31', '2026/7/31', '2026.7.31', '2026年7月31日', '２０２６－０７－３１'])(
    'reads %s',
    (text) => {
      expect(parseSheetDate(text)).toBe('2026-07-31');
    },
  );

  it.each(['2026-02-30', '7月31日', '31/7/2026', ''])('does not guess at %s', (text) => {
    expect(parseSheetDate(text)).toBeNull();
  });
});
