import { describe, expect, it } from '@jest/globals';
import { ROLL_COLUMNS, checkRoll, createRollChecker, rollReport } from '@linli/shared/estate';
import { headerName } from '@linli/shared/sheet';
import { HEADER, checkLines, checkUnits, sheetOf, unitRow } from './support/roll-sheet.ts';

describe('the header of a roll', () => {
  it('is found below titles, stamps and blank rows', async () => {
    const check = await checkLines([
      ['某小区业主名册'],
      null,
      ['填报单位：业委会', '', '', '单位：㎡'],
      HEADER,
      unitRow(),
    ]);
    expect(check).toMatchObject({ rows: 1, accepted: 1, errors: [], ignored: [] });
    expect(check.units[0]?.row).toBe(5);
  });

  it('may have the columns in any order, under other names and with unknown ones between', async () => {
    const check = await checkLines([
      ['业主姓名*', '车牌号', '手机号码', '套内建筑面积（平方米）', '室 号', '楼号', '房产证号'],
      ['张三', '新A12345', '13800000001', '89.37', '502室', '3栋', '奇房权证第1号'],
    ]);
    expect(check.errors).toEqual([]);
    expect(check.units[0]).toMatchObject({
      unitKey: '3//502',
      use: 'HOME',
      status: 'DELIVERED',
      areaSource: 'REGISTER',
      exclusiveAreaCentiSqm: 8937,
    });
  });

  it('tells what is assumed for columns that the sheet lacks', async () => {
    const check = await checkLines([
      ['楼栋', '房号', '专有面积', '业主'],
      ['1', '101', '80', '张三'],
    ]);
    expect(check.assumptions).toEqual([
      { column: '用途', assumed: '住宅' },
      { column: '交付状态', assumed: '已交付' },
      { column: '面积来源', assumed: '有不动产权证号的按登记簿，其余按合同' },
    ]);
  });

  it('without the exclusive area is one fault, whatever the rows say', async () => {
    const check = await checkLines([
      ['楼栋', '房号', '建筑面积', '产权人'],
      ['1号楼', '101', '89.37', '张三'],
      ['?', '', '', ''],
    ]);
    expect(check).toMatchObject({ rows: 0, units: [] });
    expect(check.errors.map(({ row, column, code }) => ({ row, column, code }))).toEqual([
      { row: 1, column: '专有部分面积', code: 'SHEET.COLUMN_MISSING' },
    ]);
  });

  it('without a column for the building wants units written out, and says so once', async () => {
    const header = ['房号', '专有面积', '业主'];
    const short = await checkLines([header, ['101', '80', '张三'], ['102', '80', '李四']]);
    expect(short.errors.map(({ column, code }) => [column, code])).toEqual([
      ['楼栋', 'SHEET.COLUMN_MISSING'],
    ]);
    const whole = await checkLines([
      header,
      ['1号楼1单元101', '80', '张三'],
      ['2-1-101', '80', '李四'],
      ['不详', '80', '王五'],
    ]);
    expect(whole.errors.map(({ row, code }) => [row, code])).toEqual([[4, 'ROLL.ADDRESS_FORMAT']]);
  });

  it('may hold the whole unit in a column of its own', async () => {
    const check = await checkLines([
      ['房屋坐落', '专有面积', '业主'],
      ['奇台县古城街康宁家园12号楼2单元1704室', '80', '张三'],
    ]);
    expect(check.units[0]).toMatchObject({
      unitKey: '12/2/1704',
      building: '12号楼',
      entrance: '2单元',
      room: '1704',
    });
  });

  it('without a room has one fault', async () => {
    const check = await checkLines([
      ['楼栋', '专有面积', '业主'],
      ['1号楼', '80', '张三'],
    ]);
    expect(check.errors.map(({ column }) => column)).toEqual(['房号']);
  });

  it('is missing in a sheet of something else, and in an empty one', async () => {
    const other = await checkLines([
      ['收支', '类别', '金额'],
      ['收入', '停车费', '100'],
    ]);
    expect(other.errors.map(({ code }) => code)).toEqual(['SHEET.HEADER_MISSING']);
    expect((await checkLines([])).errors.map(({ code }) => code)).toEqual(['SHEET.HEADER_MISSING']);
    expect((await checkLines([HEADER])).errors.map(({ code }) => code)).toEqual(['SHEET.NO_ROWS']);
  });

  it('that names a column twice is refused, as nobody knows which one counts', async () => {
    const check = await checkLines([
      [...HEADER, '业主姓名'],
      [...unitRow(), '李四'],
    ]);
    expect(check.errors.map(({ column, code }) => [column, code])).toEqual([
      ['产权人', 'SHEET.COLUMN_DUPLICATE'],
    ]);
  });

  it('has synonyms that belong to one column each', () => {
    const names = ROLL_COLUMNS.flatMap(({ label, synonyms }) => [label, ...synonyms].map(headerName));
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });
});

describe('rows that are no units', () => {
  it.each([
    [['合计', '', '', '', '89.37'], '合计行'],
    [['', '', '合  计', '', '89.37'], '合计行'],
    [['1号楼', '小计', '', '', '89.37'], '合计行'],
    [['1号楼小计：1户'], '合计行'],
    [['总计（㎡）', '', '', '', '89.37'], '合计行'],
    [['填表人：张三', '', '审核人：李四', '', '日期：2026年11月'], '说明行'],
    [['注：面积以登记簿为准'], '说明行'],
    [HEADER, '重复的表头'],
    [['', '', '', '', '', '', '', '', '', '', '已交付'], '空行'],
  ])('%j is set aside: %s', async (cells, reason) => {
    const check = await checkUnits(unitRow(), cells, unitRow({ 房号: '102' }));
    expect(check).toMatchObject({ rows: 2, accepted: 2, errors: [], ignored: [{ row: 3, reason }] });
  });

  it('blank rows between units are named, those after the last are not', async () => {
    const check = await checkLines([HEADER, unitRow(), null, null, unitRow({ 房号: '102' }), null, null]);
    expect(check.ignored).toEqual([
      { row: 3, reason: '空行' },
      { row: 4, reason: '空行' },
    ]);
  });

  it('rows that only have their number filled in are blank', async () => {
    const check = await checkLines([
      ['序号', ...HEADER],
      ['1', ...unitRow()],
      ['2'],
      ['3', ...unitRow({ 房号: '103' })],
    ]);
    expect(check).toMatchObject({ rows: 2, ignored: [{ row: 3, reason: '空行' }] });
  });

  it('a row with only a name in it is a unit at fault, not a note', async () => {
    const check = await checkUnits(unitRow(), ['', '', '', '', '', '张三']);
    expect(check.errors.map(({ code }) => code)).toEqual([
      'ROLL.BUILDING_MISSING',
      'ROLL.ROOM_MISSING',
      'ROLL.USE_MISSING',
      'ROLL.AREA_MISSING',
      'ROLL.STATUS_MISSING',
    ]);
  });
});

describe('the same unit twice', () => {
  it('names the row that has it already, also where that row is at fault', async () => {
    const check = await checkUnits(
      unitRow({ 面积: '零' }),
      unitRow({ 房号: '102' }),
      unitRow({ 楼栋: '1栋', 单元: '1', 房号: '101室' }),
    );
    expect(check.errors.map(({ row, column, code, expected }) => ({ row, column, code, expected }))).toEqual([
      { row: 2, column: '专有部分面积(㎡)', code: 'ROLL.AREA_NOT_NUMBER', expected: '填数字，如 89.37' },
      {
        row: 4,
        column: '房号',
        code: 'ROLL.UNIT_DUPLICATE',
        expected: '每户只写一行；1栋 1单元 101室 在第 2 行已经有了',
      },
    ]);
    expect(check.accepted).toBe(1);
  });

  it('a third time names the first again', async () => {
    const check = await checkUnits(unitRow(), unitRow(), unitRow());
    expect(check.errors.map(({ row, expected }) => [row, expected.includes('第 2 行')])).toEqual([
      [3, true],
      [4, true],
    ]);
  });

  it('the same room in another building or entrance is another unit', async () => {
    const check = await checkUnits(unitRow(), unitRow({ 楼栋: '2号楼' }), unitRow({ 单元: '2单元' }));
    expect(check).toMatchObject({ rows: 3, accepted: 3 });
  });
});

describe('units of the developer', () => {
  const company = '康宁房地产开发有限公司';

  it('have no owner but the developer until they are delivered', async () => {
    const check = await checkUnits(
      unitRow({ 产权人: company, 证件: '', 电话: '0994-7200001', 状态: '未售' }),
      unitRow({ 房号: '102', 产权人: company, 证件: '', 状态: '已售未交付' }),
    );
    expect(check.units).toMatchObject([
      { status: 'UNSOLD', owners: [], developer: { name: company, phones: ['09947200001'] } },
      { status: 'SOLD_UNDELIVERED', owners: [], developer: { name: company } },
    ]);
  });

  it('keep the buyer of what is sold, and belong to the one developer that the roll names', async () => {
    const check = await checkUnits(
      unitRow({ 产权人: company, 状态: '未售' }),
      unitRow({ 房号: '102', 产权人: '李四', 状态: '已售未交付' }),
      unitRow({ 房号: '103', 产权人: '', 状态: '未售' }),
    );
    expect(check.units[1]).toMatchObject({ developer: { name: company }, owners: [{ name: '李四' }] });
    expect(check.units[2]).toMatchObject({ developer: { name: company }, owners: [] });
  });

  it('must say which developer where the roll names two', async () => {
    const check = await checkUnits(
      unitRow({ 产权人: company, 状态: '未售' }),
      unitRow({ 房号: '102', 产权人: '另一家置业有限公司', 状态: '未售' }),
      unitRow({ 房号: '103', 产权人: '', 状态: '未售' }),
    );
    expect(check).toMatchObject({ accepted: 2, units: [] });
    expect(check.errors).toMatchObject([{ row: 4, column: '产权人', code: 'ROLL.DEVELOPER_UNCLEAR' }]);
  });

  it('must have one: a roll of undelivered units that names nobody is at fault in each of them', async () => {
    const check = await checkUnits(
      unitRow({ 产权人: '', 状态: '未售' }),
      unitRow({ 房号: '102', 产权人: '李四', 状态: '已售未交付' }),
      unitRow({ 房号: '103' }),
    );
    expect(check).toMatchObject({ accepted: 1, units: [] });
    expect(check.errors).toMatchObject([
      { row: 2, column: '产权人', found: '空', code: 'ROLL.DEVELOPER_MISSING' },
      { row: 3, column: '产权人', found: '李四', code: 'ROLL.DEVELOPER_MISSING' },
    ]);
  });

  it('that are delivered to it after all make it an owner like any other', async () => {
    const check = await checkUnits(unitRow({ 产权人: company, 证件: '' }));
    expect(check.units[0]).toMatchObject({ developer: null, owners: [{ name: company }] });
  });
});

describe('checking while reading', () => {
  it('stops at once when it is told to, with the reason', async () => {
    const abort = new AbortController();
    let read = 0;
    async function* rows() {
      for await (const row of sheetOf([
        HEADER,
        ...Array.from({ length: 100 }, (_, i) => unitRow({ 房号: String(i) })),
      ])) {
        read += 1;
        if (read === 30) abort.abort(new Error('cancelled'));
        yield row;
      }
    }
    await expect(checkRoll(rows(), { signal: abort.signal })).rejects.toThrow('cancelled');
    expect(read).toBe(30);
  });

  it('tells rows and faults on the way', async () => {
    const told: { rows: number; faults: number }[] = [];
    const lines = Array.from({ length: 250 }, (_, i) =>
      unitRow({ 房号: String(i + 1), 面积: i === 5 ? '零' : '80' }),
    );
    await checkRoll(sheetOf([HEADER, ...lines]), { onProgress: (progress) => told.push(progress) });
    expect(told).toEqual([
      { rows: 99, faults: 1 },
      { rows: 199, faults: 1 },
      { rows: 250, faults: 1 },
    ]);
  });

  it('ends with one sentence where nearly everything is at fault', async () => {
    const checker = createRollChecker();
    checker.accept({ row: 1, cells: HEADER });
    for (let row = 2; row < 20_000; row += 1)
      checker.accept({ row, cells: unitRow({ 房号: String(row), 面积: '?', 用途: '?' }) });
    const check = checker.finish();
    expect(check.errors.at(-1)?.code).toBe('ROLL.TOO_MANY_FAULTS');
    expect(check.errors.length).toBeLessThan(20_010);
  });

  it('reports without the people', async () => {
    const report = rollReport(await checkUnits(unitRow()));
    expect(Object.keys(report)).toEqual([
      'rows',
      'accepted',
      'errors',
      'ignored',
      'normalised',
      'assumptions',
    ]);
  });
});
