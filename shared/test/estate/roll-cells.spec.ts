import { describe, expect, it } from '@jest/globals';
import { checkUnits, unitRow, type Cells } from './support/roll-sheet.ts';

async function codesOf(cells: Cells): Promise<string[]> {
  return (await checkUnits(unitRow(cells))).errors.map(({ code }) => code);
}

async function unitOf(cells: Cells) {
  const { units, errors } = await checkUnits(unitRow(cells));
  expect(errors).toEqual([]);
  const [unit] = units;
  if (unit === undefined) throw new Error('no unit');
  return unit;
}

describe('the exclusive area', () => {
  it.each([
    ['89.37', 8937],
    ['89.3', 8930],
    ['89', 8900],
    ['89.370', 8937],
    ['９８．５０㎡', 9850],
    ['98.50 平方米', 9850],
    ['98.5m2', 9850],
    ['98.5 M²', 9850],
    ['1,234.50', 123450],
    ['１，２３４．５', 123450],
    [' 0.01 ', 1],
    ['89.37000000001', 8937],
  ])('%s is taken exactly', async (text, areaCentiSqm) => {
    expect((await unitOf({ 面积: text })).exclusiveAreaCentiSqm).toBe(areaCentiSqm);
  });

  it.each([
    ['', 'ROLL.AREA_MISSING'],
    ['—', 'ROLL.AREA_MISSING'],
    ['八十九', 'ROLL.AREA_NOT_NUMBER'],
    ['约89', 'ROLL.AREA_NOT_NUMBER'],
    ['89.37.1', 'ROLL.AREA_NOT_NUMBER'],
    ['12,34.5', 'ROLL.AREA_NOT_NUMBER'],
    ['89,37', 'ROLL.AREA_NOT_NUMBER'],
    ['0', 'ROLL.AREA_NOT_POSITIVE'],
    ['0.00', 'ROLL.AREA_NOT_POSITIVE'],
    ['-89.37', 'ROLL.AREA_NOT_POSITIVE'],
    ['89.375', 'ROLL.AREA_DECIMALS'],
    ['89.371', 'ROLL.AREA_DECIMALS'],
    ['893700', 'ROLL.AREA_TOO_LARGE'],
    ['89370000000000000000', 'ROLL.AREA_TOO_LARGE'],
    ['#REF!', 'ROLL.CELL_ERROR'],
    ['=G4*0.8', 'ROLL.CELL_FORMULA'],
  ])('%s is refused as %s', async (text, code) => {
    expect(await codesOf({ 面积: text })).toEqual([code]);
  });

  it('tells what was taken only where it was written otherwise', async () => {
    const rows = ['89.37', '98.5', '98.50', '９８．５', '1,234.5'].map((面积, i) =>
      unitRow({ 面积, 房号: `10${i}` }),
    );
    const { normalised } = await checkUnits(...rows);
    expect(normalised).toEqual([
      { row: 5, column: '专有部分面积(㎡)', found: '９８．５', value: '98.50' },
      { row: 6, column: '专有部分面积(㎡)', found: '1,234.5', value: '1234.50' },
    ]);
  });
});

describe('the phone', () => {
  it.each([
    ['199 0000 1028', ['19900001028']],
    ['１９９００００１０２８', ['19900001028']],
    ['+86 199-0000-1028', ['19900001028']],
    ['0994-7200001', ['09947200001']],
    ['13800000001、0994-7200001', ['13800000001', '09947200001']],
    ['13800000001/13800000002', ['13800000001', '13800000002']],
    ['13800000001；13800000001', ['13800000001']],
    ['', []],
    ['无', []],
  ])('%s is taken as it is dialled', async (text, phones) => {
    expect((await unitOf({ 电话: text })).owners[0]?.phones).toEqual(phones);
  });

  it.each(['199000', '12345', '1380000000', '138000000012', '张三', '13800000001、1380'])(
    '%s is refused',
    async (text) => {
      expect(await codesOf({ 电话: text })).toEqual(['ROLL.PHONE_INVALID']);
    },
  );

  it('of a landline with its usual dash is nothing to tell', async () => {
    expect((await checkUnits(unitRow({ 电话: '0994-7200001' }))).normalised).toEqual([]);
  });
});

describe('the last four of the identity document', () => {
  it.each([
    ['0451', '0451'],
    ['123x', '123X'],
    ['１２３４', '1234'],
    ['11010519491231002X', '002X'],
    ['****1234', '1234'],
    ["'0451", '0451'],
    ['91652325MA00000A1B', '0A1B'],
    ['', null],
    ['/', null],
  ])('%s is kept as %s', async (text, idLast4) => {
    expect((await unitOf({ 证件: text })).owners[0]?.idLast4).toBe(idLast4);
  });

  it.each([
    ['451', 'a zero that Excel ate'],
    ['110105194912310020', 'a number whose last digits Excel lost'],
    ['张三', 'a name'],
    ['12-4', 'a dash'],
  ])('%s is refused: %s', async (text) => {
    expect(await codesOf({ 证件: text })).toEqual(['ROLL.ID_FORMAT']);
  });

  it('never keeps a whole number', async () => {
    const check = await checkUnits(unitRow({ 证件: '11010519491231002X' }));
    expect(JSON.stringify(check)).not.toContain('1949');
  });
});

describe('the owners', () => {
  it.each([
    ['张三、李四', '', ['张三', '李四']],
    ['张三,李四；王五', '', ['张三', '李四', '王五']],
    ['张　三', '李 四', ['张三', '李四']],
    ['阿依古丽•买买提', '', ['阿依古丽·买买提']],
    ['John  Smith', '', ['John Smith']],
    ['张三', '张三、李四', ['张三', '李四']],
    ['张三', '/', ['张三']],
    ['张三\n李四', '', ['张三', '李四']],
  ])('%s with %s are %s', async (产权人, 共有人, names) => {
    expect((await unitOf({ 产权人, 共有人 })).owners.map(({ name }) => name)).toEqual(names);
  });

  it.each([
    ['', 'ROLL.OWNER_MISSING'],
    ['——', 'ROLL.OWNER_MISSING'],
    ['张三13800000001', 'ROLL.OWNER_NAME'],
    ['很'.repeat(61), 'ROLL.TEXT_TOO_LONG'],
    ['#N/A', 'ROLL.CELL_ERROR'],
  ])('%s of a delivered unit is refused as %s', async (产权人, code) => {
    expect(await codesOf({ 产权人 })).toEqual([code]);
  });

  it('in a crowd are refused', async () => {
    const 共有人 = Array.from({ length: 25 }, (_, i) => `某某${String.fromCharCode(0x4e00 + i)}`).join('、');
    expect(await codesOf({ 共有人 })).toEqual(['ROLL.OWNER_TOO_MANY']);
  });

  it('have one number each where there are as many, otherwise the first has them', async () => {
    const both = await unitOf({ 产权人: '张三、李四', 证件: '1234、5678', 电话: '13800000001、13800000002' });
    expect(both.owners).toMatchObject([
      { name: '张三', idLast4: '1234', phones: ['13800000001'] },
      { name: '李四', idLast4: '5678', phones: ['13800000002'] },
    ]);
    const first = await unitOf({ 产权人: '张三', 共有人: '李四' });
    expect(first.owners).toMatchObject([
      { name: '张三', idLast4: '1234', phones: ['13800000001'] },
      { name: '李四', idLast4: null, phones: [] },
    ]);
    expect(await codesOf({ 产权人: '张三', 共有人: '李四', 证件: '1234、5678、9999' })).toEqual([
      'ROLL.ID_COUNT',
    ]);
  });
});

describe('use, source and status', () => {
  it.each([
    ['商铺', 'SHOP'],
    ['底 商', 'SHOP'],
    ['产权车位', 'PARKING'],
    ['车位（库）', 'PARKING'],
    ['成套住宅', 'HOME'],
  ])('%s is understood', async (用途, use) => {
    expect((await unitOf({ 用途 })).use).toBe(use);
  });

  it.each([
    [{ 用途: '储藏室' }, 'ROLL.USE_UNKNOWN'],
    [{ 用途: '' }, 'ROLL.USE_MISSING'],
    [{ 来源: '估计' }, 'ROLL.AREA_SOURCE_UNKNOWN'],
    [{ 状态: '已入住' }, 'ROLL.STATUS_UNKNOWN'],
    [{ 状态: '已售' }, 'ROLL.STATUS_UNKNOWN'],
    [{ 状态: '' }, 'ROLL.STATUS_MISSING'],
    [{ 楼栋: '' }, 'ROLL.BUILDING_MISSING'],
    [{ 房号: '' }, 'ROLL.ROOM_MISSING'],
  ])('%j is refused as %s', async (cells, code) => {
    expect(await codesOf(cells)).toEqual([code]);
  });

  it('an area without a source is taken from the contract, as no certificate stands beside it', async () => {
    expect((await unitOf({ 来源: '' })).areaSource).toBe('CONTRACT');
  });
});

describe('a row with several faults', () => {
  it('is reported for each of its cells, in the order of the sheet', async () => {
    const check = await checkUnits(unitRow({ 用途: '储藏室', 面积: '零', 产权人: '', 电话: '1', 状态: '?' }));
    expect(check.errors.map(({ column, found }) => [column, found])).toEqual([
      ['用途', '储藏室'],
      ['专有部分面积(㎡)', '零'],
      ['交付状态', '?'],
      ['联系电话', '1'],
    ]);
    expect(check).toMatchObject({ rows: 1, accepted: 0, units: [] });
  });
});
