/** Everything that some region requires to be posted 应公示事项; a region's list picks from it and says who, how, since when. */
const RADAR_SUBJECTS = {
  MANAGER: { label: '物业负责人', what: '物业企业和小区项目负责人的姓名、电话' },
  SERVICE_STANDARD: { label: '服务内容和标准', what: '做哪些事、做到什么程度、服务等级' },
  FEE_STANDARD: { label: '收费项目和标准', what: '每一项收费的单位、标准和依据' },
  SERVICE_PHONES: { label: '报修、投诉和监督电话', what: '报修电话、投诉电话、监督电话' },
  PUBLIC_INCOME: { label: '公共收益收支', what: '收入来源、支出用途、账户余额' },
  UTILITIES: { label: '公共水电费分摊', what: '读数、用量、金额和分摊办法' },
  FEE_USE: { label: '收费金额和使用情况', what: '收了多少、用在哪里' },
  PERFORMANCE: { label: '合同履行情况', what: '合同约定的事做得怎么样，项目收支和预算' },
  MAINT_FUND: { label: '维修资金使用', what: '每一笔维修资金用在哪里、余额多少' },
  CONTACT_BOARD: { label: '执法部门公告牌', what: '部门、职责、联系人、电话' },
  COMPLAINT_LEVELS: { label: '五级投诉电话', what: '从业委会到市一级的投诉电话' },
  COMPLAINT_CHANNELS: { label: '投诉渠道和方式', what: '向谁投诉、怎样投诉' },
  ELEVATOR_CARE: { label: '电梯维修保养单', what: '维保单位、维保记录，贴在轿厢内' },
  FACILITY_CARE: { label: '设施设备维保', what: '电梯、消防等维保单位、资质、方案和电话' },
  TANK_CLEANING: { label: '二次供水清洗', what: '水箱清洗记录和水质检测' },
  JOINT_MEETING: { label: '三方联席会议', what: '议题提前公示，决议执行情况' },
  REFERENCE_PRICE: { label: '收费参考价', what: '同等级服务的参考价和成本构成' },
  TENDER: { label: '物业选聘和交接', what: '中标、交接情况' },
  DECORATION: { label: '装修情况', what: '正在装修的房屋、时间' },
  PARKING_SPACES: { label: '车位出售出租', what: '车位、车库出售和出租情况' },
  INCOME_AUDIT: { label: '公共收益审计', what: '年度审计结果' },
} as const satisfies Record<string, { readonly label: string; readonly what: string }>;

export type RadarCode = keyof typeof RADAR_SUBJECTS;
export const RADAR_CODES = Object.keys(RADAR_SUBJECTS) as readonly RadarCode[];
export const isRadarCode = (code: string): code is RadarCode => RADAR_CODES.some((known) => known === code);

/** 公示义务人. */
export const DUTY_HOLDERS = {
  COMPANY: '物业',
  COMMITTEE: '业委会',
  COMMUNITY: '社区',
  STREET: '街道（镇）',
  HOUSING: '住建部门',
} as const;
export type DutyHolder = keyof typeof DUTY_HOLDERS;

/** How recent a posting must be. */
export type Recency =
  /** 持续公示: stays up until a new one takes its place; `recheckDays` where somebody must look again. */
  | { readonly kind: 'STANDING'; readonly recheckDays: number | null }
  /** 定期公示: for each period, within so many days of its end. */
  | { readonly kind: 'PERIODIC'; readonly period: RadarPeriod; readonly withinDays: number };

export type RadarPeriod = 'MONTH' | 'QUARTER' | 'HALF_YEAR' | 'YEAR';

/** A row of a region's radar. */
export interface RadarItem {
  readonly code: RadarCode;
  readonly label: string;
  readonly what: string;
  readonly dutyHolder: DutyHolder;
  readonly recency: Recency;
  /** The document and place that requires it. */
  readonly source: string;
}

/** A row with the subject's own words: `radarItem('MANAGER', 'COMPANY', standing(), '…')`. */
export function radarItem(
  code: RadarCode,
  dutyHolder: DutyHolder,
  recency: Recency,
  source: string,
): RadarItem {
  const { label, what } = RADAR_SUBJECTS[code];
  return { code, label, what, dutyHolder, recency, source };
}

export function standing(recheckDays: number | null = null): Recency {
  return { kind: 'STANDING', recheckDays };
}

export function each(period: RadarPeriod, withinDays: number): Recency {
  return { kind: 'PERIODIC', period, withinDays };
}

/** The region's rows over the national ones: same subject replaced in place, new subjects after them. */
export function overNationalRadar(
  national: readonly RadarItem[],
  own: readonly RadarItem[],
): readonly RadarItem[] {
  const replaced = national.map((item) => own.find(({ code }) => code === item.code) ?? item);
  const added = own.filter(({ code }) => !national.some((item) => item.code === code));
  return [...replaced, ...added];
}
