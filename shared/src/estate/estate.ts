import type { CentiSqm } from '../kernel/index.ts';

/** What a unit is used for 用途. */
export const UNIT_USES = ['HOME', 'SHOP', 'PARKING'] as const;
export type UnitUse = (typeof UNIT_USES)[number];
export const UNIT_USE_NAMES: Readonly<Record<UnitUse, string>> = {
  HOME: '住宅',
  SHOP: '商业',
  PARKING: '车位',
};

/** Where the exclusive area comes from, the best proof first (法释〔2009〕7号 8). */
export const AREA_SOURCES = ['REGISTER', 'SURVEY', 'CONTRACT'] as const;
export type AreaSource = (typeof AREA_SOURCES)[number];
export const AREA_SOURCE_NAMES: Readonly<Record<AreaSource, string>> = {
  REGISTER: '登记簿',
  SURVEY: '实测',
  CONTRACT: '合同',
};

/** Delivery 交付状态: until it the developer pays and votes (物业管理条例 41, 法释〔2009〕7号 9). */
export const UNIT_STATUSES = ['UNSOLD', 'SOLD_UNDELIVERED', 'DELIVERED'] as const;
export type UnitStatus = (typeof UNIT_STATUSES)[number];
export const UNIT_STATUS_NAMES: Readonly<Record<UnitStatus, string>> = {
  UNSOLD: '未售',
  SOLD_UNDELIVERED: '已售未交付',
  DELIVERED: '已交付',
};

/** How tall a building is 多层/高层; fee schedules differ by it. `OTHER` holds shops, garages and the like. */
export const BUILDING_KINDS = ['MULTI_STOREY', 'HIGH_RISE', 'OTHER'] as const;
export type BuildingKind = (typeof BUILDING_KINDS)[number];

/** 楼栋 */
export interface Building {
  readonly id: string;
  readonly estateId: string;
  readonly name: string;
  readonly kind: BuildingKind;
  readonly storeys: number | null;
}

/** One home, shop or parking space 专有部分. */
export interface Unit {
  readonly id: string;
  readonly estateId: string;
  readonly buildingId: string;
  /** 单元 (the entrance or stairwell), '' where the building has none. */
  readonly entrance: string;
  readonly room: string;
  readonly use: UnitUse;
  readonly exclusiveAreaCentiSqm: CentiSqm;
  readonly grossAreaCentiSqm: CentiSqm | null;
  readonly areaSource: AreaSource;
  readonly status: UnitStatus;
  readonly developer: string | null;
}
