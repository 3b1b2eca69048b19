import type { CentiSqm } from '../kernel/index.ts';
import { type BuildingKind, type UnitUse } from './estate.ts';
import type { RollEntry } from './roll-entry.ts';
import { buildingKey, storeyOfRoom } from './unit-names.ts';

/**
 * Names the principal 表决主体 of a unit: the set of its owners, or the developer of what is not delivered, whose units
 * together are one (法释〔2009〕7号 9). A different set of co-owners is a different principal.
 */
export function rollPrincipalKey({ status, developer, owners, unitKey }: RollEntry): string {
  if (status !== 'DELIVERED') return `DEV:${developer?.name ?? ''}`;
  if (owners.length === 0) return `UNIT:${unitKey}`;
  return [...new Set(owners.map(({ personKey }) => personKey))].sort().join('+');
}

/** The figures that an estate checks its roll by. Heads and `areaCentiSqmCounted` leave parking out. */
export interface RollTotals {
  readonly units: number;
  readonly byUse: Readonly<Record<UnitUse, number>>;
  readonly areaCentiSqm: CentiSqm;
  readonly areaCentiSqmCounted: CentiSqm;
  readonly heads: number;
}

export function rollTotals(entries: readonly RollEntry[]): RollTotals {
  const counted = entries.filter(({ use }) => use !== 'PARKING');
  const byUse: Record<UnitUse, number> = { HOME: 0, SHOP: 0, PARKING: 0 };
  for (const { use } of entries) byUse[use] += 1;
  return {
    units: entries.length,
    byUse,
    areaCentiSqm: areaOf(entries),
    areaCentiSqmCounted: areaOf(counted),
    heads: new Set(counted.map(rollPrincipalKey)).size,
  };
}

function areaOf(entries: readonly RollEntry[]): CentiSqm {
  return entries.reduce((sum, { exclusiveAreaCentiSqm }) => sum + exclusiveAreaCentiSqm, 0);
}

/** A building as the roll lets one see it. */
export interface RollBuilding {
  readonly key: string;
  readonly name: string;
  readonly kind: BuildingKind;
  readonly storeys: number | null;
  readonly units: number;
}

/** From seven storeys on a building must have a lift (住宅设计规范), and its fees are those of 高层. */
const LIFT_FROM_STOREY = 7;

/** The buildings of a roll in its order; how tall they are is read from the highest room number of their homes. */
export function rollBuildings(entries: readonly RollEntry[]): RollBuilding[] {
  const byKey = new Map<string, RollEntry[]>();
  for (const entry of entries) {
    const key = buildingKey(entry.building);
    const units = byKey.get(key);
    if (units === undefined) byKey.set(key, [entry]);
    else units.push(entry);
  }
  return [...byKey].map(([key, units]) => {
    const homeStoreys = units.filter(({ use }) => use === 'HOME').map(({ room }) => storeyOfRoom(room) ?? 0);
    const storeys = Math.max(0, ...homeStoreys);
    const name = units[0]?.building ?? key;
    return { key, name, kind: kindOf(storeys), storeys: storeys === 0 ? null : storeys, units: units.length };
  });
}

function kindOf(storeys: number): BuildingKind {
  if (storeys === 0) return 'OTHER';
  return storeys >= LIFT_FROM_STOREY ? 'HIGH_RISE' : 'MULTI_STOREY';
}
