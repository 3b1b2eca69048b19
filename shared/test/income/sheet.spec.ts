import { describe, expect, it } from '@jest/globals';
import {
  incomeCategoryOf,
  isForeignToIncome,
  quarterInTitle,
  readIncomeSheet,
  spendCategoryOf,
  sumStatement,
} from '../../src/income/index.ts';
import { rowsOf } from '../sheet/rows.ts';
import { KANGNING_Q3 } from './kangning.ts';

const HEADER = '2026年第三季度\n收支|类别|日期|对方单位|金额|成本|净额\n期初余额||||||100\n';
const faults = (lines: string) =>
  readIncomeSheet(rowsOf(HEADER + lines)).faults.map(({ row, column, code }) => `${row} ${column} ${code}`);

describe('the third quarter of the sample estate', () => {
  const report = readIncomeSheet(rowsOf(KANGNING_Q3));
  const draft = report.value;

  it('is read without a fault: eight incomes, four spends, the quarter out of the title', () => {
    expect(report).toMatchObject({ rows: 14, faults: [], ignored: [] });
    expect(draft).toMatchObject({
      quarter: '2026Q3',
      openingFen: 12345678,
      closingFen: 16981560,
      bankBalanceFen: null,
    });
    expect(draft?.lines.filter(({ dir }) => dir === 'INCOME')).toHaveLength(8);
  });

  it('sums to the estate’s own figures', () => {
    expect(draft === null ? null : sumStatement(draft)).toMatchObject({
      incomeNetFen: 12321882,
      spendFen: 7686000,
      fundTopupFen: 6100000,
      closingFen: 16981560,
    });
  });

  it('knows what the treasurer’s words mean', () => {
    expect(draft?.lines.map(({ category }) => category)).toEqual([
      'PARKING_COMMON',
      'PARKING_COMMON',
      'PARKING_COMMON',
      'AD_ELEVATOR',
      'TELECOM_BASE',
      'CHARGING_PILE',
      'VENUE',
      'INTEREST',
      'FUND_TOPUP',
      'REPAIR_COMMON',
      'COMMITTEE_EXPENSE',
      'GREENING',
    ]);
    expect(draft?.lines[5]).toMatchObject({
      grossFen: 365050,
      costFen: 36505,
      netFen: 328545,
      contractNo: 'CD-2025-01',
      decisionNo: '业主大会2025-1-2',
      voucherNo: 'V-0902',
    });
    expect(draft?.lines[7]).toMatchObject({ contractNo: null, decisionNo: null });
  });
});

describe('the same quarter a fen short', () => {
  const report = readIncomeSheet(rowsOf(KANGNING_Q3.replace('169815.6|', '169815.59|')));

  it('is refused with the numbers in the sentence', () => {
    expect(report.value).toBeNull();
    expect(report.faults).toEqual([
      {
        row: 17,
        column: '净额(元)',
        found: '169815.59',
        expected: '期末余额应为 169,815.60 元，表中是 169,815.59 元，差 0.01 元',
        code: 'INCOME_SHEET.IDENTITY',
      },
    ]);
  });
});

describe('a sheet with faults', () => {
  it('is reported cell by cell, everything at once', () => {
    expect(
      faults(`收入|停车费|2026-07-31|安泊|三百|0|300
进出|停车费|2026-07-31|安泊|300|0|300
收入|月球租金|2026-07-31|安泊|300|0|300
收入|绿化补植|2026-07-31|安泊|300|0|300
收入|物业费|2026-07-31|业主|300|0|300
收入|停车费|7月底|安泊|300|0|300
收入|停车费|2026-10-01|安泊|300|0|300
收入|停车费|2026-07-31||300|0|300
收入|停车费|2026-07-31|安泊|-300|0|-300
收入|停车费|2026-07-31|安泊|300|-5|305
收入|停车费|2026-07-31|安泊|300|45|250
支出|绿化|2026-07-31|青禾|300|20|280
期末余额||||||400`),
    ).toEqual([
      '4 金额 INCOME_SHEET.AMOUNT_NOT_NUMBER',
      '5 收支 INCOME_SHEET.DIRECTION_UNKNOWN',
      '6 类别 INCOME_SHEET.CATEGORY_UNKNOWN',
      '7 类别 INCOME_SHEET.CATEGORY_WRONG_SIDE',
      '8 类别 INCOME_SHEET.CATEGORY_FOREIGN',
      '9 日期 INCOME_SHEET.DATE_FORMAT',
      '10 日期 INCOME_SHEET.DATE_OUTSIDE',
      '11 对方单位 INCOME_SHEET.COUNTERPARTY_MISSING',
      '12 金额 INCOME_SHEET.AMOUNT_NOT_POSITIVE',
      '13 成本 INCOME_SHEET.COST_NEGATIVE',
      '14 净额 INCOME_SHEET.NET_MISMATCH',
      '15 成本 INCOME_SHEET.COST_ON_SPEND',
    ]);
  });

  it('needs both balances, each once', () => {
    const without = readIncomeSheet(
      rowsOf('2026年第三季度\n收支|类别|日期|对方单位|金额|净额\n收入|停车费|2026-07-31|安泊|300|300'),
    );
    expect(without.faults.map(({ code }) => code)).toEqual([
      'INCOME_SHEET.OPENING_MISSING',
      'INCOME_SHEET.CLOSING_MISSING',
    ]);
    expect(faults('期初余额||||||200\n期末余额||||||100')).toEqual(['4 收支 INCOME_SHEET.BALANCE_TWICE']);
  });

  it('needs its quarter, and the one that was chosen', () => {
    const body = '收支|类别|日期|对方单位|金额|净额\n期初余额|||||100\n期末余额|||||100';
    expect(readIncomeSheet(rowsOf(`公共收益\n${body}`)).faults.map(({ code }) => code)).toEqual([
      'INCOME_SHEET.QUARTER_MISSING',
    ]);
    expect(readIncomeSheet(rowsOf(`公共收益\n${body}`), '2026Q3').value?.quarter).toBe('2026Q3');
    expect(readIncomeSheet(rowsOf(`2026年第二季度\n${body}`), '2026Q3').faults).toEqual([
      expect.objectContaining({
        code: 'INCOME_SHEET.QUARTER_DIFFERS',
        expected: '表里写的是 2026Q2，选的是 2026Q3',
      }),
    ]);
  });

  it('is not blamed for not adding up while a line cannot be read', () => {
    expect(faults('收入|停车费|2026-07-31|安泊|三百|0|300\n期末余额||||||999')).toEqual([
      '4 金额 INCOME_SHEET.AMOUNT_NOT_NUMBER',
    ]);
  });
});

describe('a sheet as people make it', () => {
  it('computes the net where its cell is empty, takes thousands separators and full width, passes over totals', () => {
    const report = readIncomeSheet(
      rowsOf(`${HEADER}收入|停车费|2026/7/31|安泊|１,０００|50|
收入合计||||1000||950
期末余额||||||1,050.00
备注：以上`),
    );
    expect(report.faults).toEqual([]);
    expect(report.value?.closingFen).toBe(105000);
    expect(report.ignored.map(({ reason }) => reason)).toEqual(['合计行', '说明行']);
  });

  it('takes the bank’s balance from the sheet where it is there', () => {
    const report = readIncomeSheet(rowsOf(`${HEADER}期末余额||||||100\n银行账户余额||||||80`));
    expect(report.value?.bankBalanceFen).toBe(8000);
  });
});

describe('quarters in titles', () => {
  it.each([
    ['康宁家园2026年第三季度公共收益', '2026Q3'],
    ['2026年度3季度收支', '2026Q3'],
    ['2026Q4 公共收益', '2026Q4'],
    ['２０２６年第一季度', '2026Q1'],
  ])('%s', (title, quarter) => {
    expect(quarterInTitle([title])).toBe(quarter);
  });

  it('are not read out of a date', () => {
    expect(quarterInTitle(['填报日期：2026年11月1日'])).toBeNull();
  });
});

describe('the words of spreadsheets', () => {
  it.each([
    ['北门道闸广告费收入', 'AD_GATE_BARRIER'],
    ['丰巢快递柜场地费', 'VENUE'],
    ['铁塔基站租金', 'TELECOM_BASE'],
    ['其他', 'OTHER'],
  ] as const)('%s is %s', (word, category) => {
    expect(incomeCategoryOf(word)).toBe(category);
  });

  it.each([
    ['转入维修资金', 'FUND_TOPUP'],
    ['3号楼单元门维修费', 'REPAIR_COMMON'],
    ['弥补物业费不足', 'FEE_OFFSET'],
    ['税金', 'TAX'],
  ] as const)('%s is %s', (word, category) => {
    expect(spendCategoryOf(word)).toBe(category);
  });

  it('other ledgers’ money is told apart', () => {
    expect(['物业费', '物业服务费', '维修资金收入', '装修押金'].every(isForeignToIncome)).toBe(true);
    expect(['停车费', '补充维修资金'].some(isForeignToIncome)).toBe(false);
  });
});
