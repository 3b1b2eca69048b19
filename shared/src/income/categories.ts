/**
 * Categories of public income 公共收益类别 and the words people use for them in spreadsheets. Each category has one
 * direction, so none of them can be booked on the other side.
 */

export const INCOME_CATEGORIES = {
  PARKING_COMMON: {
    label: '共有场地停车',
    business: true,
    synonyms: [
      '共有道路场地停车费',
      '停车费',
      '停车收入',
      '地面停车费',
      '临时停车',
      '场地停车',
      '道路停车',
      '车位租金',
      '停车场收入',
    ],
  },
  AD_ELEVATOR: {
    label: '电梯广告',
    business: true,
    synonyms: ['电梯轿厢广告', '电梯间广告', '梯媒广告', '电梯广告费', '轿厢广告'],
  },
  AD_GATE_BARRIER: {
    label: '道闸广告',
    business: true,
    synonyms: ['道闸广告费', '门禁广告', '单元门广告', '门禁灯箱广告'],
  },
  AD_WALL_OUTDOOR: {
    label: '户外和外墙广告',
    business: true,
    synonyms: ['外墙广告', '户外广告', '灯箱广告', '广告收入', '广告费', '宣传栏广告', '楼顶广告'],
  },
  VENUE: {
    label: '场地出租',
    business: true,
    synonyms: [
      '快递柜场地',
      '快递柜',
      '场地费',
      '场地租金',
      '摊位费',
      '摆摊',
      '自动售货机',
      '售水机',
      '丰巢',
      '活动场地费',
      '进场费',
    ],
  },
  CHARGING_PILE: {
    label: '充电桩',
    business: true,
    synonyms: ['充电桩场地', '充电桩收入', '充电桩分成', '充电棚', '电动车充电'],
  },
  TELECOM_BASE: {
    label: '通信基站',
    business: true,
    synonyms: ['通信基站场地占用', '基站', '基站租金', '铁塔', '通信设施占用', '电信设施占用费', '通信机房'],
  },
  PM_BUSINESS_ROOM: {
    label: '经营用房租金',
    business: true,
    synonyms: ['物业经营用房', '用房租金', '房屋租金', '配套用房出租', '商铺租金'],
  },
  SPORTS_POOL: {
    label: '会所和泳池',
    business: true,
    synonyms: ['会所', '泳池', '游泳池', '健身房', '球场'],
  },
  COMPENSATION: {
    label: '共有设施赔偿',
    business: false,
    synonyms: ['共有设施损坏赔偿', '损坏赔偿', '赔偿款', '赔偿', '道闸赔偿', '保险赔款'],
  },
  RECYCLING: {
    label: '废旧物品和可回收物',
    business: false,
    synonyms: ['废旧', '废品', '可回收物', '废品收入', '废旧物资处置', '旧衣回收'],
  },
  INTEREST: { label: '利息', business: false, synonyms: ['孳息', '存款利息', '银行利息', '利息收入'] },
  OTHER: { label: '其他收入', business: false, synonyms: ['其他', '其它', '其它收入', '杂项收入'] },
} as const;
export type IncomeCategory = keyof typeof INCOME_CATEGORIES;

export const SPEND_CATEGORIES = {
  FUND_TOPUP: {
    label: '补充维修资金',
    synonyms: ['维修资金', '补充维修基金', '转入维修资金', '转维修资金', '补充专项维修资金'],
  },
  REPAIR_COMMON: {
    label: '公共设施维修',
    synonyms: ['公共维修', '设施维修', '维修费', '共用部位维修', '公共部位维修', '维修'],
  },
  FACILITY_UPGRADE: {
    label: '设施更新改造',
    synonyms: ['设施改造', '更新改造', '设施添置', '监控改造', '门禁改造', '改造'],
  },
  GREENING: { label: '绿化', synonyms: ['绿化补植', '绿化养护', '补植', '绿化费', '苗木'] },
  COMMITTEE_EXPENSE: {
    label: '业委会经费',
    synonyms: ['业主委员会办公经费', '业委会办公经费', '业主大会经费', '办公费', '办公经费', '会议费'],
  },
  COMMITTEE_ALLOWANCE: {
    label: '业委会成员补贴',
    synonyms: ['业委会津贴', '委员津贴', '委员补贴', '补贴', '津贴', '工作补贴'],
  },
  AUDIT_FEE: { label: '审计费', synonyms: ['审计', '审计服务费', '审计费用'] },
  FEE_OFFSET: { label: '弥补物业费', synonyms: ['弥补物业费不足', '补贴物业费', '抵扣物业费', '冲抵物业费'] },
  PUBLIC_WELFARE: { label: '公益活动', synonyms: ['公益', '文体活动', '节日活动', '社区活动', '便民活动'] },
  DISTRIBUTION: { label: '分配业主', synonyms: ['分红', '业主分配', '返还业主', '发放业主'] },
  OPERATING_COST: { label: '经营成本', synonyms: ['合理经营成本', '经营成本支出', '管理费', '代收手续费'] },
  TAX: { label: '税费', synonyms: ['税金', '税', '增值税', '附加税', '税款'] },
  OTHER_VOTED: {
    label: '其他（经业主决定）',
    synonyms: ['其他', '其它', '其他支出', '其它支出', '业主决定的其他支出'],
  },
} as const;
export type SpendCategory = keyof typeof SPEND_CATEGORIES;

export const INCOME_CATEGORY_CODES = Object.keys(INCOME_CATEGORIES) as readonly IncomeCategory[];
export const SPEND_CATEGORY_CODES = Object.keys(SPEND_CATEGORIES) as readonly SpendCategory[];

/** What belongs to another ledger and never into this account (三账分立). */
const FOREIGN_WORDS =
  /(物业(服务)?费|物业管理费|专项维修资金(收入|本金|利息)|维修(资|基)金(收入|本金|利息)|押金|保证金|水电费代收)/;

/** Whether running it is a business on common parts, which the owners must have allowed (民法典 278(8)). */
export function isBusiness(category: IncomeCategory): boolean {
  return INCOME_CATEGORIES[category].business;
}

/** A spreadsheet's word for an income; null where nobody knows it. The words are matched whole, then as a part. */
export function incomeCategoryOf(word: string): IncomeCategory | null {
  return categoryOf(INCOME_CATEGORIES, word);
}

export function spendCategoryOf(word: string): SpendCategory | null {
  return categoryOf(SPEND_CATEGORIES, word);
}

/** 物业费, 押金 and the like in the public income account: a cross posting, said as such. */
export function isForeignToIncome(word: string): boolean {
  return FOREIGN_WORDS.test(plain(word));
}

function categoryOf<Code extends string>(
  table: Readonly<Record<Code, { readonly label: string; readonly synonyms: readonly string[] }>>,
  word: string,
): Code | null {
  const wanted = plain(word);
  if (wanted === '') return null;
  const names = (Object.keys(table) as Code[]).flatMap((code) =>
    [code, table[code].label, ...table[code].synonyms].map((name) => ({ code, name: plain(name) })),
  );
  const whole = names.find(({ name }) => name === wanted);
  if (whole !== undefined) return whole.code;
  // The longest known word inside it decides: 北门道闸广告费收入 is an advertisement on the barrier, not on a wall.
  const inside = names.filter(({ name }) => name.length > 1 && wanted.includes(name));
  return inside.sort((a, b) => b.name.length - a.name.length)[0]?.code ?? null;
}

function plain(word: string): string {
  return word.replace(/[\s()（）、，,.。·-]/g, '').toUpperCase();
}
