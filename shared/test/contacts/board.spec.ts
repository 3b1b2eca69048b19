import { describe, expect, it } from '@jest/globals';
import {
  type BoardEntry,
  type ContactBoard,
  boardAge,
  boardFaults,
  departmentOf,
  handledMatters,
  linesFor,
  mayPublishBoard,
  readBoardSheet,
} from '../../src/contacts/index.ts';
import { DAY_MS, parsePhone, timeOfDay } from '../../src/kernel/index.ts';
import { QITAI_TICKET_RULES } from '../../src/regions/routing/index.ts';
import { rowsOf } from '../sheet/rows.ts';

/** The board of the sample estate. */
const KANGNING = `执法部门职责及联系人公告牌
填报单位：康宁家园业主委员会　填报日期：2026年11月1日
部门|工作职责|联系人（科室）|联系电话|受理事项
奇台镇人民政府|属地管理；组织物业检查考核；调解物业纠纷；处理违法建设|镇物业管理办公室|0994-7200101|违章搭建,业委会,交接纠纷,其他
住房和城乡建设局|物业行业监管；五备案五公开；维修资金使用审查|物业管理科|0994-7200102|服务质量,维修资金,毁绿占绿,小广告
公安局|治安防范、治安案件纠纷查处|城区派出所|0994-7200103|治安纠纷,违规养犬,停水停电催费
消防救援大队|小区消防安全检查；查处消防违法行为|防火监督科|0994-7200104|占用消防通道,飞线充电,消防设施
发展和改革委员会|制定物业收费、停车收费范围和标准|价格科|0994-7200105|收费标准
自然资源局|规划监督、竣工核实；违法建设认定|执法监察队|0994-7200106|违章搭建
生态环境局|噪声、粉尘、油烟污染查处|环境监察大队|0994-7200107|噪声油烟
市场监督管理局|电梯安全；违规收费查处|特种设备科|0994-7200108|电梯,违规收费,公共收益
应急管理局|指导监督安全生产检查|综合科|0994-7200109|安全隐患
财政局|老旧小区改造资金监管|经建科|0994-7200110|
12345政务服务便民热线|工单催办、督办和统计分析|热线中心|12345|其他`;

const report = readBoardSheet(rowsOf(KANGNING));
const entries = report.value?.entries ?? [];
const NOW = timeOfDay('2026-11-21', 10, 0);
const RULES = {
  minPlaces: 2,
  staleAfterDays: 90,
  requiredDepartments: [
    'STREET',
    'HOUSING',
    'POLICE',
    'FIRE',
    'PRICE',
    'PLANNING',
    'ENVIRONMENT',
    'MARKET',
    'EMERGENCY',
    'HOTLINE',
  ],
} as const;
const places = [
  { id: 'p1', description: '南门岗亭', photoId: 'f1' },
  { id: 'p2', description: '9号楼大堂', photoId: 'f2' },
];
const phone = (text: string) => {
  const parsed = parsePhone(text);
  if (parsed === null) throw new Error(text);
  return parsed;
};
const levelPhones = QITAI_TICKET_RULES.levels.map(({ code, label }) => ({
  level: code,
  organisation: label,
  phone: phone('0994-7200101'),
  hours: '工作日',
}));
const board = (change: Partial<ContactBoard> = {}): ContactBoard => ({
  entries,
  levelPhones,
  places,
  effectiveFrom: '2026-11-01',
  checkedAt: NOW,
  ...change,
});
const faults = (change: Partial<ContactBoard>) => boardFaults(board(change), RULES, QITAI_TICKET_RULES, NOW);
const entry = (change: Partial<BoardEntry>): BoardEntry => {
  const [first] = entries;
  if (first === undefined) throw new Error('the sheet did not read');
  return { ...first, departmentName: '测试局', department: null, ...change };
};

describe('the board of the sample estate', () => {
  it('is read without a fault, eleven bodies, each recognised', () => {
    expect(report).toMatchObject({ rows: 11, faults: [] });
    expect(entries.map(({ department }) => department)).toEqual([
      'STREET',
      'HOUSING',
      'POLICE',
      'FIRE',
      'PRICE',
      'PLANNING',
      'ENVIRONMENT',
      'MARKET',
      'EMERGENCY',
      'FINANCE',
      'HOTLINE',
    ]);
    expect(entries[0]).toMatchObject({
      duties: '属地管理；组织物业检查考核；调解物业纠纷；处理违法建设',
      phone: { kind: 'LANDLINE', display: '0994-7200101' },
      handles: ['违章搭建', '业委会', '交接纠纷', '其他'],
    });
  });

  it('knows the complaint category behind every word it uses', () => {
    expect(report.value?.unmatched).toEqual([]);
    expect(entries.map(({ categories }) => categories)).toEqual([
      ['ILLEGAL_BUILD', 'COMMITTEE', 'HANDOVER', 'OTHER'],
      ['SERVICE_QUALITY', 'MAINT_FUND', 'GREEN_DAMAGE', 'SMALL_ADS'],
      ['PUBLIC_ORDER', 'PET_DOG', 'UTILITY_CUT'],
      ['FIRE_LANE', 'EV_CHARGING', 'FIRE_FACILITY'],
      ['FEE'],
      ['ILLEGAL_BUILD'],
      ['NOISE_FUME'],
      ['ELEVATOR', 'FEE', 'PUBLIC_INCOME'],
      ['FACILITY', 'FIRE_FACILITY', 'GAS'],
      [],
      ['OTHER'],
    ]);
  });

  it('may be published: nothing is missing', () => {
    expect(faults({})).toEqual([]);
  });

  it('tells whom to call about a blocked fire lane first', () => {
    const [first, second] = linesFor('FIRE_LANE', QITAI_TICKET_RULES.routes.FIRE_LANE, entries);
    expect(first).toMatchObject({ departmentName: '消防救援大队', phone: { number: '09947200104' } });
    expect(second?.department).not.toBe('HOTLINE');
  });

  it('prefers the office of the lead department that names the matter', () => {
    const office = entry({
      department: 'FIRE',
      departmentName: '消防救援大队',
      contactName: '办公室',
      categories: [],
    });
    const [first] = linesFor('FIRE_LANE', QITAI_TICKET_RULES.routes.FIRE_LANE, [office, ...entries]);
    expect(first?.contactName).toBe('防火监督科');
  });

  it('sends an illegal building to the town, which handles it, before the bureau that only recognises it', () => {
    expect(
      linesFor('ILLEGAL_BUILD', QITAI_TICKET_RULES.routes.ILLEGAL_BUILD, entries).map(
        ({ department }) => department,
      ),
    ).toEqual(['STREET', 'PLANNING', 'HOUSING', 'HOTLINE']);
  });
});

describe('a board’s sheet with faults', () => {
  it('names each cell', () => {
    const bad = readBoardSheet(
      rowsOf(
        '部门|工作职责|联系人|电话\n|管事|科室|0994-7200101\n公安局||派出所|7200\n公安局|治安||0994-7200103\n城管局|执法|中队|0994-7200111\n城管局|执法|中队|0994-7200111',
      ),
    );
    expect(bad.faults.map(({ row, column, code }) => `${row} ${column} ${code}`)).toEqual([
      '2 部门 BOARD_SHEET.DEPARTMENT_MISSING',
      '3 工作职责 BOARD_SHEET.DUTIES_MISSING',
      '3 电话 BOARD_SHEET.PHONE_INVALID',
      '4 联系人 BOARD_SHEET.CONTACT_MISSING',
      '6 部门 BOARD_SHEET.DUPLICATE',
    ]);
    expect(bad.value).toBeNull();
  });

  it('keeps a matter that nobody knows as text and says so', () => {
    const odd = readBoardSheet(
      rowsOf('部门|工作职责|联系人|电话|受理事项\n气象局|预报|值班室|0994-7200120|人工降雨、噪音'),
    );
    expect(odd.value?.unmatched).toEqual([{ row: 2, word: '人工降雨' }]);
    expect(odd.value?.entries[0]).toMatchObject({
      department: null,
      handles: ['人工降雨', '噪音'],
      categories: ['NOISE_FUME'],
    });
  });
});

describe('a board that may not be published', () => {
  it('lacks a department that the region requires', () => {
    const found = faults({ entries: entries.filter(({ department }) => department !== 'FIRE') });
    expect(found).toEqual([
      {
        path: 'entries',
        code: 'BOARD.DEPARTMENT_MISSING',
        severity: 'BLOCKS',
        message: '缺少消防救援大队，本地要求公示这个部门',
      },
    ]);
    expect(mayPublishBoard(found)).toBe(false);
  });

  it('has nobody on it', () => {
    expect(faults({ entries: [] }).map(({ code }) => code)).toEqual(['BOARD.EMPTY']);
  });

  it('has a private mobile number without consent', () => {
    const mobile = entry({ phone: phone('13812341234') });
    expect(faults({ entries: [...entries, mobile] }).map(({ path, code }) => `${path} ${code}`)).toEqual([
      'entries[11].phone BOARD.MOBILE_CONSENT',
    ]);
    expect(faults({ entries: [...entries, { ...mobile, mobileConsent: true }] })).toEqual([]);
  });

  it('has a line without duties or contact, or the same line twice', () => {
    const codes = faults({
      entries: [...entries, entry({ duties: '', contactName: ' ' }), ...entries.slice(0, 1)],
    }).map(({ code }) => code);
    expect(codes).toEqual(['BOARD.DUTIES_MISSING', 'BOARD.CONTACT_MISSING', 'BOARD.ENTRY_DUPLICATE']);
  });
});

describe('a board that may be published and still wants something', () => {
  it('hangs in one place, without a photo', () => {
    const found = faults({ places: [{ id: 'p1', description: '南门岗亭', photoId: null }] });
    expect(found.map(({ message }) => message)).toEqual([
      '要张贴在至少 2 处显著位置，现在登记了 1 处',
      '“南门岗亭”还没有张贴照片',
    ]);
    expect(mayPublishBoard(found)).toBe(true);
  });

  it('lacks the phone of a level', () => {
    const found = faults({
      levelPhones: levelPhones.filter(({ level }) => level !== 'COUNTY' && level !== 'COMPANY'),
    });
    expect(found.map(({ message }) => message)).toEqual(['奇台县的投诉电话还没有公布']);
  });

  it('was not checked for more than ninety days', () => {
    expect(faults({ checkedAt: NOW - 90 * DAY_MS })).toEqual([]);
    expect(faults({ checkedAt: NOW - 91 * DAY_MS }).map(({ message }) => message)).toEqual([
      '已经 91 天没有核对，应每 90 天核对一次',
    ]);
    expect(boardAge(NOW - 91 * DAY_MS, RULES, NOW)).toEqual({ days: 91, stale: true });
  });
});

describe('names of departments', () => {
  it.each([
    ['泗河街道办事处', 'STREET'],
    ['幸福社区居民委员会', 'COMMUNITY'],
    ['县综合行政执法局', 'URBAN'],
    ['市执法局', 'URBAN'],
    ['济宁市生态环境局泗水县分局', 'ENVIRONMENT'],
    ['县住房城乡建设局', 'HOUSING'],
    ['市住建局', 'HOUSING'],
    ['县自然资源和规划局', 'PLANNING'],
    ['市市场局', 'MARKET'],
    ['县供电公司', 'POWER'],
    ['消防救援支队', 'FIRE'],
    ['县应急管理局', 'EMERGENCY'],
  ])('%s is %s', (name, code) => {
    expect(departmentOf(name)).toBe(code);
  });

  it('an unknown body is not forced into one', () => {
    expect(departmentOf('气象局')).toBeNull();
  });
});

describe('matters on a board', () => {
  it('are found inside longer words, the longest first', () => {
    expect(handledMatters('小区违规养犬扰民；占用消防通道').categories).toEqual(['PET_DOG', 'FIRE_LANE']);
  });
});
