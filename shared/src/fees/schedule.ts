import type { BuildingKind, UnitUse } from '../estate/index.ts';
import type { Month, TenThousandthYuan } from '../kernel/index.ts';
import { type Ledger } from './ledger.ts';

/** 计费单位. */
export const FEE_UNITS = {
  SQM_MONTH: {
    label: '元/㎡·月',
    synonyms: [
      '元/平方米·月',
      '元/平米·月',
      '元/m2·月',
      '元/m²·月',
      '元/月·㎡',
      '元/㎡/月',
      '元/平方米/月',
      '元/月/平方米',
    ],
    recurring: true,
  },
  PIECE_MONTH: {
    label: '元/个·月',
    synonyms: ['元/位·月', '元/车位·月', '元/个/月', '元/月·个', '元/辆·月', '元/月'],
    recurring: true,
  },
  HOUSEHOLD_MONTH: { label: '元/户·月', synonyms: ['元/户/月', '元/月·户'], recurring: true },
  HOUSEHOLD_TIME: {
    label: '元/户·次',
    synonyms: ['元/户', '元/次', '元/户/次', '元/次·户'],
    recurring: false,
  },
  PIECE_TIME: { label: '元/个·次', synonyms: ['元/张', '元/个', '元/个/次'], recurring: false },
  SQM_SHARED: {
    label: '元/㎡',
    synonyms: ['元/平方米', '元/平米', '元/㎡·次', '按分摊', '据实分摊'],
    recurring: false,
  },
} as const;
export type FeeUnit = keyof typeof FEE_UNITS;

/** 适用对象: whom a charge is for. `uses` and `buildingKinds` name the units; null means any. */
export const FEE_TARGETS = {
  HOME_MULTI_STOREY: {
    label: '多层住宅',
    synonyms: ['多层', '住宅（多层）', '多层住宅业主'],
    uses: ['HOME'],
    buildingKinds: ['MULTI_STOREY'],
  },
  HOME_HIGH_RISE: {
    label: '高层住宅',
    synonyms: ['高层', '小高层', '电梯房', '住宅（高层）', '高层住宅业主'],
    uses: ['HOME'],
    buildingKinds: ['HIGH_RISE'],
  },
  HOME: {
    label: '住宅',
    synonyms: ['全体住宅', '所有住宅', '住宅业主'],
    uses: ['HOME'],
    buildingKinds: null,
  },
  SHOP: {
    label: '商铺',
    synonyms: ['商业', '底商', '商业用房', '非住宅', '商户', '门面'],
    uses: ['SHOP'],
    buildingKinds: null,
  },
  PARKING_OWNED: {
    label: '产权车位',
    synonyms: ['地下车位', '产权车库', '自有车位', '车位业主'],
    uses: ['PARKING'],
    buildingKinds: null,
  },
  PARKING_COMMON: {
    label: '共有场地',
    synonyms: ['共有道路', '地面车位', '公共车位', '共有车位', '公共场地'],
    uses: null,
    buildingKinds: null,
  },
  RENOVATING: {
    label: '装修户',
    synonyms: ['装修业主', '装修房屋'],
    uses: ['HOME', 'SHOP'],
    buildingKinds: null,
  },
  ON_REQUEST: {
    label: '申请人',
    synonyms: ['需要者', '委托人', '自愿委托户', '申请办理者'],
    uses: null,
    buildingKinds: null,
  },
  ALL_OWNERS: {
    label: '全体业主',
    synonyms: ['所有业主', '全体住户', '业主'],
    uses: ['HOME', 'SHOP'],
    buildingKinds: null,
  },
} as const satisfies Record<
  string,
  {
    readonly label: string;
    readonly synonyms: readonly string[];
    readonly uses: readonly UnitUse[] | null;
    readonly buildingKinds: readonly BuildingKind[] | null;
  }
>;
export type FeeTarget = keyof typeof FEE_TARGETS;

/** One published charge 收费项目. */
export interface FeeItem {
  /** Stable over versions: the same charge keeps its code when its rate changes. */
  readonly code: string;
  readonly name: string;
  readonly target: FeeTarget;
  readonly unit: FeeUnit;
  readonly rateTenThousandthYuan: TenThousandthYuan;
  /** 服务等级, null where the charge has none. */
  readonly serviceGrade: string | null;
  /** 依据: contract clause or decision. Nothing is charged without one. */
  readonly basis: string;
  readonly note: string;
  readonly ledger: Ledger;
  /** 参考价 beside the rate, where the region publishes one. */
  readonly reference: ReferenceRate | null;
}

export interface ReferenceRate {
  readonly rateTenThousandthYuan: TenThousandthYuan;
  readonly source: string;
}

/** What is served for the fee 服务内容和标准. */
export interface ServiceStandard {
  readonly area: string;
  readonly standard: string;
}

/** A published version of the schedule 收费标准; never edited, superseded by the next. */
export interface FeeSchedule {
  readonly version: number;
  /** The first month that is charged by it. */
  readonly effectiveFrom: Month;
  /** Instant, epoch ms. */
  readonly publishedAt: number;
  readonly publishedBy: string;
  /** Why it replaced the one before; '' for the first. */
  readonly reason: string;
  readonly items: readonly FeeItem[];
  readonly services: readonly ServiceStandard[];
}

/**
 * The ledger a charge belongs to follows from what is used, not from who collects: parking on common ground is public
 * income (民法典 275), never the company's revenue.
 */
export function ledgerOf(target: FeeTarget, name: string): Ledger {
  if (target === 'PARKING_COMMON') return 'PUBLIC_INCOME';
  return /维修(资|基)金/.test(name) ? 'MAINTENANCE_FUND' : 'PROPERTY_FEE';
}

/** The version that the month is charged by: the newest that was in force at its beginning. */
export function scheduleAt(schedules: readonly FeeSchedule[], month: Month): FeeSchedule | null {
  const inForce = schedules.filter(({ effectiveFrom }) => effectiveFrom <= month);
  return inForce.sort((a, b) => b.version - a.version)[0] ?? null;
}

/** Whether a charge is for a unit by itself, month by month. Charges on request and shares are not. */
export function chargesMonthly(
  item: FeeItem,
  unit: { readonly use: UnitUse; readonly buildingKind: BuildingKind; readonly commonParkingSpaces: number },
): boolean {
  if (!FEE_UNITS[item.unit].recurring) return false;
  if (item.target === 'PARKING_COMMON') return unit.commonParkingSpaces > 0;
  const target = FEE_TARGETS[item.target];
  if (target.uses === null) return false;
  const uses: readonly UnitUse[] = target.uses;
  const kinds: readonly BuildingKind[] | null = target.buildingKinds;
  return uses.includes(unit.use) && (kinds === null || kinds.includes(unit.buildingKind));
}

export type ScheduleFault = {
  readonly itemCode: string;
  readonly code:
    | 'FEES.ITEM_CODE_DUPLICATE'
    | 'FEES.ITEM_NAME_DUPLICATE'
    | 'FEES.ITEM_BASIS_MISSING'
    | 'FEES.ITEM_RATE_NEGATIVE'
    | 'FEES.ITEM_RATE_ZERO'
    | 'FEES.ITEM_LEDGER'
    | 'FEES.SCHEDULE_EMPTY';
};

/** Why a schedule may not be published; empty when it may. */
export function scheduleFaults(items: readonly FeeItem[]): ScheduleFault[] {
  if (items.length === 0) return [{ itemCode: '', code: 'FEES.SCHEDULE_EMPTY' }];
  const codes = new Set<string>();
  const names = new Set<string>();
  const faults: ScheduleFault[] = [];
  for (const item of items) {
    const fault = (code: ScheduleFault['code']) => faults.push({ itemCode: item.code, code });
    const name = `${item.name}·${item.target}`;
    if (codes.has(item.code)) fault('FEES.ITEM_CODE_DUPLICATE');
    if (names.has(name)) fault('FEES.ITEM_NAME_DUPLICATE');
    if (item.basis.trim() === '') fault('FEES.ITEM_BASIS_MISSING');
    if (item.rateTenThousandthYuan < 0) fault('FEES.ITEM_RATE_NEGATIVE');
    // Only what is shared out by actual use has no rate of its own.
    if (item.rateTenThousandthYuan === 0 && item.unit !== 'SQM_SHARED') fault('FEES.ITEM_RATE_ZERO');
    if (item.ledger !== ledgerOf(item.target, item.name)) fault('FEES.ITEM_LEDGER');
    codes.add(item.code);
    names.add(name);
  }
  return faults;
}

/** What a new version changes, charge by charge; for the owners who compare, and for the bills that follow. */
export interface ScheduleChange {
  readonly kind: 'ADDED' | 'CHANGED' | 'REMOVED';
  readonly before: FeeItem | null;
  readonly after: FeeItem | null;
}

export function scheduleChanges(before: readonly FeeItem[], after: readonly FeeItem[]): ScheduleChange[] {
  const old = new Map(before.map((item) => [item.code, item]));
  const kept = new Set(after.map(({ code }) => code));
  const changes = after.flatMap((item): ScheduleChange[] => {
    const previous = old.get(item.code);
    if (previous === undefined) return [{ kind: 'ADDED', before: null, after: item }];
    return sameItem(previous, item) ? [] : [{ kind: 'CHANGED', before: previous, after: item }];
  });
  const removed = before.filter(({ code }) => !kept.has(code));
  return [
    ...changes,
    ...removed.map((item): ScheduleChange => ({ kind: 'REMOVED', before: item, after: null })),
  ];
}

function sameItem(a: FeeItem, b: FeeItem): boolean {
  return (
    a.name === b.name &&
    a.target === b.target &&
    a.unit === b.unit &&
    a.rateTenThousandthYuan === b.rateTenThousandthYuan &&
    a.serviceGrade === b.serviceGrade &&
    a.basis === b.basis &&
    a.note === b.note &&
    a.ledger === b.ledger &&
    a.reference?.rateTenThousandthYuan === b.reference?.rateTenThousandthYuan &&
    a.reference?.source === b.reference?.source
  );
}

/** Above or below the reference price, in 0.0001 元; null where there is none. */
export function aboveReference({ rateTenThousandthYuan, reference }: FeeItem): TenThousandthYuan | null {
  return reference === null ? null : rateTenThousandthYuan - reference.rateTenThousandthYuan;
}
