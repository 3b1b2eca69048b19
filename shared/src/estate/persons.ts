import { isOrganisation } from './roll-cells.ts';
import type { RollParty } from './roll-entry.ts';

/** The owners of one unit, in the order of the sheet. */
export interface OwnedUnit {
  readonly unitKey: string;
  readonly owners: readonly RollParty[];
}

/**
 * Which owners of a roll are the same person. Name and last four of the identity document, or name and phone, make one
 * person; an organisation is known by its name. A co-owner of whom the sheet says only the name is one person with the
 * co-owner of that name where all the owners' names are the same and nothing contradicts it (a couple with two homes,
 * in whichever order they are written); otherwise such a name proves nothing and stays a person of its own.
 *
 * Returns the key of each owner of each unit. It depends on what the rows say, not on their order, so that the same
 * people have the same keys in the next import.
 */
export function personKeys(units: readonly OwnedUnit[]): string[][] {
  const keys = identifiedKeys(units);
  for (const group of groupsOfSameNames(units)) nameCoOwners(group, units, keys);
  return units.map(({ owners, unitKey }, u) =>
    owners.map(({ name }, o) => keys[u]?.[o] ?? `${name}&${unitKey}`),
  );
}

/** Keys of everyone who can be told by more than a name; null for the others. */
function identifiedKeys(units: readonly OwnedUnit[]): (string | null)[][] {
  const people = new UnionFind();
  const proofs = units.map(({ owners }) => owners.map(proofsOf));
  for (const proof of proofs.flat()) people.union(proof);
  return proofs.map((row) => row.map(([first]) => (first === undefined ? null : people.find(first))));
}

/** What tells a person apart, as texts that two rows can share. */
function proofsOf({ name, idLast4, phones }: RollParty): string[] {
  if (isOrganisation(name)) return [name];
  const byId = idLast4 === null ? [] : [`${name}#${idLast4}`];
  return [...byId, ...phones.map((phone) => `${name}@${phone}`)];
}

/** Units with several owners, by the set of their names; the unit's index. */
function groupsOfSameNames(units: readonly OwnedUnit[]): Iterable<number[]> {
  const groups = new Map<string, number[]>();
  units.forEach(({ owners }, index) => {
    if (owners.length < 2) return;
    const names = owners
      .map(({ name }) => name)
      .sort()
      .join('、');
    const group = groups.get(names);
    if (group === undefined) groups.set(names, [index]);
    else group.push(index);
  });
  return groups.values();
}

/** Gives keys to those known by name only, within units whose owners have the same names. */
function nameCoOwners(
  group: readonly number[],
  units: readonly OwnedUnit[],
  keys: (string | null)[][],
): void {
  const known = new Map<string, Set<string>>();
  forEachOwner(group, units, keys, (name, key) => {
    if (key !== null) known.set(name, (known.get(name) ?? new Set()).add(key));
  });
  const agrees = [...known.values()].every((people) => people.size === 1);
  const groupAnchor = [...known.values()].flatMap((people) => Array.from(people)).sort()[0];

  for (const index of group) {
    const row = keys[index] ?? [];
    const rowAnchor = row.filter((key) => key !== null).sort()[0];
    // Nobody in this row can be told: two pairs of names are no proof.
    if (rowAnchor === undefined) continue;
    const anchor = agrees ? groupAnchor : rowAnchor;
    units[index]?.owners.forEach(({ name }, o) => {
      const [person] = agrees ? (known.get(name) ?? []) : [];
      row[o] ??= person ?? `${name}&${anchor}`;
    });
  }
}

function forEachOwner(
  group: readonly number[],
  units: readonly OwnedUnit[],
  keys: readonly (string | null)[][],
  visit: (name: string, key: string | null) => void,
): void {
  for (const index of group)
    units[index]?.owners.forEach(({ name }, o) => visit(name, keys[index]?.[o] ?? null));
}

/** Sets of texts that grow together; each is named by its smallest member. */
class UnionFind {
  private readonly parents = new Map<string, string>();

  union(members: readonly string[]): void {
    const roots = members.map((member) => this.find(member)).sort();
    const [smallest] = roots;
    for (const root of roots) if (smallest !== undefined) this.parents.set(root, smallest);
  }

  find(member: string): string {
    let root = member;
    for (let up = this.parents.get(root); up !== undefined && up !== root; up = this.parents.get(root))
      root = up;
    this.parents.set(member, root);
    return root;
  }
}
