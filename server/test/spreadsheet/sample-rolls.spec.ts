import { describe, expect, it } from '@jest/globals';
import { checkRoll, rollTotals } from '@linli/shared/estate';
import { readSheet } from '../../src/kernel/spreadsheet/index.ts';
import { rowsOf } from './support/rows-of.ts';
import { sampleJson, samplePath } from './support/samples.ts';

interface ExpectedReport {
  readonly headerRow: number;
  readonly errors: readonly { readonly row: number; readonly column: string; readonly reason: string }[];
  readonly acceptedAfterNormalising: readonly {
    readonly row: number;
    readonly column: string;
    readonly value: string;
  }[];
  readonly ignored: readonly { readonly row: number; readonly reason: string }[];
}

/** The reasons of the sample's report and the codes that stand for them. */
const CODES: Readonly<Record<string, string>> = {
  'not a number': 'ROLL.AREA_NOT_NUMBER',
  'must be greater than 0': 'ROLL.AREA_NOT_POSITIVE',
  'more than two decimals': 'ROLL.AREA_DECIMALS',
  'a delivered unit must name its owner': 'ROLL.OWNER_MISSING',
  'not a phone number': 'ROLL.PHONE_INVALID',
  'unknown status': 'ROLL.STATUS_UNKNOWN',
  'same unit as row 12': 'ROLL.UNIT_DUPLICATE',
};

describe('the sample estate’s roll', () => {
  it('gives every unit and the estate’s own figures', async () => {
    const figures = sampleJson<Record<string, number>>('figures.json');
    const check = await checkRoll(readSheet(samplePath('roll.xlsx')));
    expect(check).toMatchObject({ rows: 720, accepted: 720, errors: [], normalised: [], assumptions: [] });
    const totals = rollTotals(check.units);
    expect(totals.units).toBe(figures['units']);
    expect(totals.byUse.HOME + totals.byUse.SHOP).toBe(figures['homes']);
    expect(totals.byUse.PARKING).toBe(figures['parking']);
    expect(totals.areaCentiSqm).toBe(figures['areaCentiSqmAll']);
    expect(totals.areaCentiSqmCounted).toBe(figures['areaCentiSqmHomes']);
    expect(totals.heads).toBe(figures['headsHomes']);
  });

  it('sets only the total row aside', async () => {
    const check = await checkRoll(readSheet(samplePath('roll.xlsx')));
    expect(check.ignored).toEqual([{ row: 724, reason: '合计行' }]);
  });
});

describe('the roll with faults', () => {
  const expected = sampleJson<ExpectedReport>('roll-with-faults.expected.json');

  it('is reported fault by fault, at the row and under the header that the sheet shows', async () => {
    const { errors } = await checkRoll(readSheet(samplePath('roll-with-faults.xlsx')));
    expect(errors.map(({ row, column, code }) => ({ row, column, code }))).toEqual(
      expected.errors.map(({ row, column, reason }) => ({ row, column, code: CODES[reason] })),
    );
  });

  it('says what was found and what is expected', async () => {
    const { errors } = await checkRoll(readSheet(samplePath('roll-with-faults.xlsx')));
    const [first] = errors;
    expect(first).toMatchObject({ found: '八十九', expected: '填数字，如 89.37' });
    expect(errors.at(-1)?.expected).toContain('第 12 行');
  });

  it('takes full-width digits, the unit and blanks in a phone, and says what it took', async () => {
    const { normalised } = await checkRoll(readSheet(samplePath('roll-with-faults.xlsx')));
    expect(normalised.map(({ row, column, value }) => ({ row, column, value }))).toEqual(
      expected.acceptedAfterNormalising,
    );
  });

  it('imports nothing, counts the good rows and ignores the total', async () => {
    const check = await checkRoll(readSheet(samplePath('roll-with-faults.xlsx')));
    expect(check).toMatchObject({ rows: 40, accepted: 33, units: [] });
    expect(check.ignored.map(({ row }) => row)).toEqual(expected.ignored.map(({ row }) => row));
  });
});

describe('the other sample sheets', () => {
  it.each([
    ['fee-schedule.xlsx', 10, ['地面停车费', '共有场地', '元/个·月', '80']],
    ['common-utilities-2026-10.xlsx', 7, ['公共照明用电', '18234', '19761', '1527', '0.55', '839.85']],
    [
      'contact-board.xlsx',
      14,
      ['公安局', '治安防范、治安案件纠纷查处；与物业企业联动', '城区派出所', '0994-7200103'],
    ],
    [
      'income-2026Q3.xlsx',
      17,
      ['收入', '充电桩场地', '2026-09-20', '奇台县绿能充电有限公司', 'CD-2025-01', '3650.5'],
    ],
  ])('%s is read to its last row', async (name, lastRow, someRow) => {
    const rows = await rowsOf(samplePath(name));
    expect(rows.at(-1)?.row).toBe(lastRow);
    expect(rows.map(({ cells }) => cells.slice(0, someRow.length))).toContainEqual(someRow);
  });
});
