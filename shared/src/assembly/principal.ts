/**
 * Who has a vote (表决主体). Not a person and not a unit: a set of owners. One buyer with several units is one head,
 * a couple that owns together is one head, and everything the developer still holds is one head (法释〔2009〕7号 9).
 */

const UNIT_KINDS = ['HOME', 'SHOP', 'PARKING'] as const;
/** 住宅, 商业, 车位. */
export type UnitKind = (typeof UNIT_KINDS)[number];

const DELIVERY_STATUSES = ['UNSOLD', 'SOLD_UNDELIVERED', 'DELIVERED'] as const;
/** 未售, 已售未交付, 已交付: until delivery the developer counts as the owner (河南省物业管理条例 15). */
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** A unit as it stands in the frozen roll (业主名册快照). */
export interface RollUnit {
  readonly id: string;
  readonly kind: UnitKind;
  readonly areaCentiSqm: number;
  readonly status: DeliveryStatus;
  /** Names the building for votes of one building; null where the roll does not say. */
  readonly building: string | null;
  /** Ids of all owners of the unit, in any order. */
  readonly owners: readonly string[];
  /** Id of the developer, for units that are not delivered. */
  readonly developer: string | null;
}

/** Names a principal: the sorted ids of its owners joined by "+", or DEV:developer. */
export type PrincipalKey = string;

const JOINT = '+';
const DEVELOPER = 'DEV:';
const NOBODY = 'UNIT:';

export function ownersKey(owners: readonly string[]): PrincipalKey {
  for (const owner of owners) {
    // An id with a "+" could make one owner look like two; ids are ours, so this is a bug.
    if (owner === '' || owner.includes(JOINT)) throw new RangeError(`not an owner id: "${owner}"`);
  }
  return [...new Set(owners)].sort().join(JOINT);
}

export function developerKey(developer: string): PrincipalKey {
  return DEVELOPER + developer;
}

export function isDeveloperKey(key: PrincipalKey): boolean {
  return key.startsWith(DEVELOPER);
}

/**
 * The principal of one unit. A unit of which nobody knows the owner still counts in the whole, with a head of its own:
 * leaving it out, or making all such units one head, would lower the quorum.
 */
export function principalKeyOf(unit: RollUnit): PrincipalKey {
  if (unit.status !== 'DELIVERED' && unit.developer !== null) return developerKey(unit.developer);
  return unit.owners.length > 0 ? ownersKey(unit.owners) : NOBODY + unit.id;
}

/** The owners, or the developer, whom a principal's key names; nobody for a unit whose owner is not known. */
export function votersOfKey(key: PrincipalKey): readonly string[] {
  if (key.startsWith(NOBODY)) return [];
  return isDeveloperKey(key) ? [key.slice(DEVELOPER.length)] : key.split(JOINT);
}

/** Who may cast the principal's vote in person. */
export function votersOf(unit: RollUnit): readonly string[] {
  return unit.status !== 'DELIVERED' && unit.developer !== null ? [unit.developer] : unit.owners;
}
