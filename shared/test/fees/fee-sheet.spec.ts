import { describe, expect, it } from '@jest/globals';
import {
  type FeeItem,
  parseFeeUnit,
  parseTarget,
  readFeeSheet,
  scheduleFaults,
} from '../../src/fees/index.ts';
import { rowsOf } from '../sheet/rows.ts';

/** The sample estate's own schedule, as the spreadsheet has it. */
const KANGNING = rowsOf(`
康宁家园物业服务收费公示
填报单位：康宁家园业主委员会　填报日期：2026年11月1日
收费项目|适用对象|计费单位|收费标准|服务等级|依据|说明
住宅物业费（多层）|多层住宅|元/㎡·月|0.65|二级|康宁家园物业服务合同 第八条|按月计费，可按季、按年缴纳
住宅物业费（高层）|高层住宅|元/㎡·月|1.35|二级|康宁家园物业服务合同 第八条|含电梯运行费
商业物业费|商铺|元/㎡·月|2.2|二级|康宁家园物业服务合同 第八条|
地下车位服务费|产权车位|元/个·月|40|—|康宁家园物业服务合同 第九条|
地面停车费|共有场地|元/个·月|80|—|业主大会2024年第一次会议决议 第3项|计入公共收益
装修垃圾清运费|装修户|元/户·次|300|—|康宁家园物业服务合同 附件二|自愿委托
公共水电费分摊|全体业主|元/㎡|0|—|康宁家园物业服务合同 第十条|按实际用量、专有部分面积分摊`);

const faultsOf = (text: string) =>
  readFeeSheet(rowsOf(text)).faults.map(({ row, column, code }) => `${row} ${column} ${code}`);

const HEADER = '收费项目|适用对象|计费单位|收费标准|依据';

describe('the fee schedule of the sample estate', () => {
  const report = readFeeSheet(KANGNING);
  const items = report.value ?? [];

  it('is read without a fault, seven charges', () => {
    expect(report).toMatchObject({ rows: 7, faults: [], ignored: [] });
    expect(
      items.map(({ target, unit, rateTenThousandthYuan }) => [target, unit, rateTenThousandthYuan]),
    ).toEqual([
      ['HOME_MULTI_STOREY', 'SQM_MONTH', 6500],
      ['HOME_HIGH_RISE', 'SQM_MONTH', 13500],
      ['SHOP', 'SQM_MONTH', 22000],
      ['PARKING_OWNED', 'PIECE_MONTH', 400000],
      ['PARKING_COMMON', 'PIECE_MONTH', 800000],
      ['RENOVATING', 'HOUSEHOLD_TIME', 3000000],
      ['ALL_OWNERS', 'SQM_SHARED', 0],
    ]);
  });

  it('books parking on common ground as public income, everything else as property fee', () => {
    expect(items.filter(({ ledger }) => ledger === 'PUBLIC_INCOME').map(({ name }) => name)).toEqual([
      '地面停车费',
    ]);
    expect(items.filter(({ ledger }) => ledger === 'PROPERTY_FEE')).toHaveLength(6);
  });

  it('may be published as it is', () => {
    expect(scheduleFaults(items)).toEqual([]);
    expect(items[0]).toMatchObject({
      name: '住宅物业费（多层）',
      serviceGrade: '二级',
      basis: '康宁家园物业服务合同 第八条',
      note: '按月计费，可按季、按年缴纳',
    });
    expect(items[3]).toMatchObject({ serviceGrade: null, note: '' });
  });

  it('keeps the codes of charges that it knows and gives new ones to new charges', () => {
    const known: FeeItem[] = items.slice(0, 1).map((item) => Object.assign({}, item, { code: 'OLD' }));
    const again = readFeeSheet(KANGNING, known).value ?? [];
    expect(again.map(({ code }) => code)).toEqual([
      'OLD',
      'HOME_HIGH_RISE-1',
      'SHOP-1',
      'PARKING_OWNED-1',
      'PARKING_COMMON-1',
      'RENOVATING-1',
      'ALL_OWNERS-1',
    ]);
  });
});

describe('a schedule with faults', () => {
  it('is reported row by row, everything at once', () => {
    expect(
      faultsOf(`${HEADER}
物业费|多层|元/平方米/月|六毛五|合同第八条
电梯费|高层|元/层·月|0.5|合同第八条
|商铺|元/㎡·月|2.2|合同第八条
车位费|空中花园|元/个·月|40|
押金|装修户|元/户·次|-300|合同附件
门禁卡|申请人|元/张|0|合同附件`),
    ).toEqual([
      '2 收费标准 FEE_SHEET.RATE_NOT_NUMBER',
      '3 计费单位 FEE_SHEET.UNIT_UNKNOWN',
      '4 收费项目 FEE_SHEET.NAME_MISSING',
      '5 适用对象 FEE_SHEET.TARGET_UNKNOWN',
      '5 依据 FEE_SHEET.BASIS_MISSING',
      '6 收费标准 FEE_SHEET.RATE_NEGATIVE',
      '7 收费标准 FEE_SHEET.RATE_ZERO',
    ]);
  });

  it('gives nothing over by half', () => {
    expect(
      readFeeSheet(rowsOf(`${HEADER}\n物业费|多层|元/㎡·月|0.65|合同\n车位费|谁|元/个·月|40|合同`)).value,
    ).toBeNull();
  });

  it('says in which row a charge was before', () => {
    const report = readFeeSheet(
      rowsOf(`${HEADER}\n物业费|多层|元/㎡·月|0.65|合同\n物业费|多层住宅|元/㎡·月|0.70|合同`),
    );
    expect(report.faults).toEqual([
      expect.objectContaining({
        row: 3,
        code: 'FEE_SHEET.NAME_DUPLICATE',
        expected: '同一适用对象的同名项目只写一行；第 2 行已经有了',
      }),
    ]);
  });

  it('allows at most four decimals', () => {
    expect(faultsOf(`${HEADER}\n物业费|多层|元/㎡·月|1.66667|合同`)).toEqual([
      '2 收费标准 FEE_SHEET.RATE_NOT_NUMBER',
    ]);
  });
});

describe('words in many spellings', () => {
  it.each(['元/㎡·月', '元/平方米·月', '元／平方米·月', '元/m2·月', '元/㎡.月', '元/平米/月', '元/月·㎡'])(
    '%s is the unit of the property fee',
    (text) => {
      expect(parseFeeUnit(text)).toBe('SQM_MONTH');
    },
  );

  it.each([
    ['多层', 'HOME_MULTI_STOREY'],
    ['小高层', 'HOME_HIGH_RISE'],
    ['商铺', 'SHOP'],
    ['地下车位', 'PARKING_OWNED'],
    ['全体 业主', 'ALL_OWNERS'],
  ] as const)('%s', (text, target) => {
    expect(parseTarget(text)).toBe(target);
  });

  it('an unknown word is not guessed at', () => {
    expect([parseTarget('会所会员'), parseFeeUnit('美元/月')]).toEqual([null, null]);
  });
});
