import { type CentiSqm, assertInteger } from '../kernel/index.ts';
import type { DoubleCount } from './counts.ts';
import {
  type PrincipalKey,
  type RollUnit,
  isDeveloperKey,
  ownersKey,
  principalKeyOf,
  votersOf,
} from './principal.ts';
import type { VotingRules } from './voting-rules.ts';

/** Which units a motion concerns: the whole estate, or the part-common areas of some buildings or units (上海 69). */
export type MotionScope =
  | { readonly kind: 'ESTATE' }
  | { readonly kind: 'BUILDINGS'; readonly buildings: readonly string[] }
  | { readonly kind: 'UNITS'; readonly unitIds: readonly string[] };

export const WHOLE_ESTATE: MotionScope = { kind: 'ESTATE' };

export interface Principal {
  readonly key: PrincipalKey;
  /** Everyone who may cast its vote in person. */
  readonly voters: ReadonlySet<string>;
  readonly units: readonly RollUnit[];
  readonly areaCentiSqm: CentiSqm;
}

/** Everyone who has a vote on a motion, with the two totals that the quorum is measured against. */
export interface Electorate {
  readonly total: DoubleCount;
  readonly principals: ReadonlyMap<PrincipalKey, Principal>;
  /** The principal that a key names; also by the key of a set that was merged into a larger one. */
  find(key: PrincipalKey): Principal | undefined;
}

/** The area is the sum of the exclusive areas so counted, the heads are the principals. */
export function electorateOf(
  roll: readonly RollUnit[],
  scope: MotionScope,
  rules: Pick<VotingRules, 'countParking' | 'headMerge'>,
): Electorate {
  const counted = roll.filter((unit) => unit.kind !== 'PARKING' || rules.countParking);
  const keys =
    rules.headMerge === 'SHARED_ANY' ? mergeSharedOwners(counted) : new Map<PrincipalKey, PrincipalKey>();
  const finalKey = (key: PrincipalKey) => keys.get(key) ?? key;
  const inScope = scopeFilter(scope);

  const principals = new Map<PrincipalKey, Gathering>();
  let totalArea = 0;
  // Who is one head, and who may speak for it, is a matter of the whole estate; only the area is the scope's.
  for (const unit of counted) {
    const key = finalKey(principalKeyOf(unit));
    let principal = principals.get(key);
    if (principal === undefined) {
      principal = { key, voters: new Set(), units: [], areaCentiSqm: 0 };
      principals.set(key, principal);
    }
    for (const voter of votersOf(unit)) principal.voters.add(voter);
    if (!inScope(unit)) continue;
    principal.units.push(unit);
    principal.areaCentiSqm += areaOf(unit);
    totalArea += unit.areaCentiSqm;
  }
  for (const [key, { units }] of principals) if (units.length === 0) principals.delete(key);
  return {
    total: { areaCentiSqm: assertInteger(totalArea, 'total area'), heads: principals.size },
    principals,
    find: (key) => principals.get(finalKey(key)),
  };
}

/** A principal while its units are being gathered. */
interface Gathering {
  readonly key: PrincipalKey;
  readonly voters: Set<string>;
  readonly units: RollUnit[];
  areaCentiSqm: CentiSqm;
}

function areaOf({ id, areaCentiSqm }: RollUnit): CentiSqm {
  if (assertInteger(areaCentiSqm, `area of ${id}`) < 0) throw new RangeError(`area of ${id} is negative`);
  return areaCentiSqm;
}

function scopeFilter(scope: MotionScope): (unit: RollUnit) => boolean {
  if (scope.kind === 'ESTATE') return () => true;
  const names = new Set(scope.kind === 'BUILDINGS' ? scope.buildings : scope.unitIds);
  return scope.kind === 'BUILDINGS'
    ? ({ building }) => building !== null && names.has(building)
    : ({ id }) => names.has(id);
}

/** Owner sets that share anybody become one (`headMerge = SHARED_ANY`): from each set's key to its group's key. */
function mergeSharedOwners(units: readonly RollUnit[]): Map<PrincipalKey, PrincipalKey> {
  const groupOfOwner = new Map<string, Set<string>>();
  const sets = new Map<PrincipalKey, readonly string[]>();
  for (const unit of units) {
    const key = principalKeyOf(unit);
    if (isDeveloperKey(key) || unit.owners.length === 0 || sets.has(key)) continue;
    sets.set(key, unit.owners);
    const group = new Set(unit.owners);
    for (const owner of unit.owners) {
      for (const fellow of groupOfOwner.get(owner) ?? []) group.add(fellow);
    }
    for (const member of group) groupOfOwner.set(member, group);
  }
  const keyOfGroup = new Map<Set<string>, PrincipalKey>();
  const merged = new Map<PrincipalKey, PrincipalKey>();
  for (const [key, [first = '']] of sets) {
    const group = groupOfOwner.get(first) ?? new Set([first]);
    const groupKey = keyOfGroup.get(group) ?? ownersKey([...group]);
    keyOfGroup.set(group, groupKey);
    merged.set(key, groupKey);
  }
  return merged;
}
