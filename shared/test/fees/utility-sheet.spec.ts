import { describe, expect, it } from '@jest/globals';
import {
  type UtilityCharge,
  type UtilityUnit,
  meterFormula,
  parseMethod,
  parseScope,
  readUtilitySheet,
  shareUtility,
  utilityFaults,
} from '../../src/fees/index.ts';
import { rowsOf } from '../sheet/rows.ts';

/** October 2026 of the sample estate. */
const OCTOBER = `2026年10月公共水电费分摊
填报单位：康宁家园业主委员会　填报日期：2026年11月1日
项目|上期读数|本期读数|用量|单价(元)|金额(元)|分摊范围|分摊方式
公共照明用电|18234|19761|1527|0.55|839.85|全体住宅|专有部分面积
9号楼电梯用电|40211|42095|1884|0.55|1036.2|9号楼|专有部分面积
10号楼电梯用电|38820|40533|1713|0.55|942.15|10号楼|专有部分面积
绿化用水|5120|5343|223|3.2|713.6|全体业主|专有部分面积`;

const HEADER = '2026年10月公共水电费分摊\n项目|上期读数|本期读数|用量|单价|金额|分摊范围|分摊方式\n';

describe('the common utilities of October in the sample estate', () => {
  const report = readUtilitySheet(rowsOf(OCTOBER), ['9号楼', '10号楼']);
  const charges = report.value?.charges ?? [];

  it('are read with their month, not the day of filling in', () => {
    expect(report.value?.month).toBe('2026-10');
    expect(report.faults).toEqual([]);
    expect(charges.map(({ amountFen }) => amountFen)).toEqual([83985, 103620, 94215, 71360]);
  });

  it('add up meter by meter', () => {
    expect(charges.flatMap(utilityFaults)).toEqual([]);
  });

  it('show how they were computed', () => {
    expect(charges.map(meterFormula)[0]).toBe('19,761 − 18,234 = 1,527，× 0.55 元 = 839.85 元');
  });

  it('know who shares what', () => {
    expect(charges.map(({ scope }) => scope)).toEqual([
      { kind: 'HOMES' },
      { kind: 'BUILDINGS', buildings: ['9号楼'] },
      { kind: 'BUILDINGS', buildings: ['10号楼'] },
      { kind: 'ALL' },
    ]);
  });
});

const faults = (row: string) =>
  readUtilitySheet(rowsOf(HEADER + row), ['9号楼']).faults.map(({ column, code, expected }) => ({
    column,
    code,
    expected,
  }));

describe('a meter that does not add up', () => {
  it('by its usage', () => {
    expect(faults('照明|100|250|151|0.55|83.05|全体业主|按户')).toEqual([
      { column: '用量', code: 'UTILITY_SHEET.USAGE_MISMATCH', expected: '应为 150（本期读数减上期读数）' },
    ]);
  });

  it('by a fen', () => {
    expect(faults('照明|100|250|150|0.55|82.51|全体业主|面积')).toEqual([
      { column: '金额', code: 'UTILITY_SHEET.AMOUNT_MISMATCH', expected: '应为 82.50（用量乘单价）' },
    ]);
  });

  it('by running backwards', () => {
    expect(faults('照明|250|100|150|0.55|82.5|全体业主|面积')).toEqual([
      {
        column: '本期读数',
        code: 'UTILITY_SHEET.READING_BACKWARDS',
        expected: '本期读数不能小于上期读数 250；换了表请分两行写',
      },
    ]);
  });

  it('names everything at once: unknown scope, building, method, numbers', () => {
    expect(faults('照明|一百|250|150|0.55|82.5|随便|看情况').map(({ code }) => code)).toEqual([
      'UTILITY_SHEET.READING_NOT_NUMBER',
      'UTILITY_SHEET.SCOPE_UNKNOWN',
      'UTILITY_SHEET.METHOD_UNKNOWN',
    ]);
    expect(faults('照明|100|250|150|0.55|82.5|19号楼|面积')).toEqual([
      { column: '分摊范围', code: 'UTILITY_SHEET.BUILDING_UNKNOWN', expected: '名册里没有这栋楼；有：9号楼' },
    ]);
  });

  it('is refused without its month', () => {
    const report = readUtilitySheet(
      rowsOf(
        '公共水电费分摊\n项目|上期读数|本期读数|用量|单价|金额|分摊范围|分摊方式\n照明|1|2|1|1|1|全体业主|面积',
      ),
    );
    expect(report.faults.map(({ code }) => code)).toEqual(['UTILITY_SHEET.MONTH_MISSING']);
  });
});

const charge = (change: Partial<UtilityCharge>): UtilityCharge => ({
  name: '照明',
  previousCenti: 0,
  currentCenti: 100,
  usageCenti: 100,
  priceTenThousandthYuan: 10000,
  amountFen: 100001,
  scope: { kind: 'HOMES' },
  method: 'AREA',
  ...change,
});

describe('sharing a meter', () => {
  const units: UtilityUnit[] = [
    { unitId: 'a', buildingName: '9号楼', use: 'HOME', areaCentiSqm: 8937 },
    { unitId: 'b', buildingName: '9号楼', use: 'HOME', areaCentiSqm: 12010 },
    { unitId: 'c', buildingName: '10号楼', use: 'HOME', areaCentiSqm: 6600 },
    { unitId: 's', buildingName: '商业楼', use: 'SHOP', areaCentiSqm: 5000 },
    { unitId: 'p', buildingName: '地下车库', use: 'PARKING', areaCentiSqm: 1272 },
  ];
  const amounts = (change: Partial<UtilityCharge>, includeParking = false) =>
    Object.fromEntries(
      shareUtility(charge(change), units, { includeParking }).map(({ unitId, amountFen }) => [
        unitId,
        amountFen,
      ]),
    );

  it('by exclusive area over the homes, to the fen', () => {
    expect(amounts({})).toEqual({ a: 32443, b: 43599, c: 23959 });
  });

  it('over one building only', () => {
    expect(Object.keys(amounts({ scope: { kind: 'BUILDINGS', buildings: ['9号楼'] } }))).toEqual(['a', 'b']);
  });

  it('over a building, however its name is written', () => {
    expect(Object.keys(amounts({ scope: { kind: 'BUILDINGS', buildings: ['9#', '10栋'] } }))).toEqual([
      'a',
      'b',
      'c',
    ]);
  });

  it('over all owners without parking, unless the rules of the estate count it', () => {
    expect(Object.keys(amounts({ scope: { kind: 'ALL' } }))).toEqual(['a', 'b', 'c', 's']);
    expect(Object.keys(amounts({ scope: { kind: 'ALL' } }, true))).toEqual(['a', 'b', 'c', 's', 'p']);
  });

  it('by household', () => {
    expect(amounts({ method: 'HOUSEHOLD', amountFen: 100 })).toEqual({ a: 34, b: 33, c: 33 });
  });

  it('shows each owner the own share', () => {
    const [first] = shareUtility(charge({}), units);
    expect(first?.formula).toBe('照明 1,000.01 元 × 89.37 ㎡ ÷ 275.47 ㎡ = 324.43 元');
  });

  it('is empty where nobody lives in the scope', () => {
    expect(shareUtility(charge({ scope: { kind: 'BUILDINGS', buildings: ['99号楼'] } }), units)).toEqual([]);
  });
});

describe('scopes and methods as people write them', () => {
  it('reads them', () => {
    expect(parseScope('9号楼、10号楼')).toEqual({ kind: 'BUILDINGS', buildings: ['9号楼', '10号楼'] });
    expect(parseScope('所有业主')).toEqual({ kind: 'ALL' });
    expect(parseMethod('按专有部分面积分摊')).toBe('AREA');
    expect(parseMethod('按户均摊')).toBe('HOUSEHOLD');
  });

  it('does not guess', () => {
    expect([parseScope('看着办'), parseMethod('按人头')]).toEqual([null, null]);
  });
});
