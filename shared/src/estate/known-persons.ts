import { isOrganisation } from './roll-cells.ts';
import type { RollEntry, RollOwner, RollParty } from './roll-entry.ts';

/** An owner whom the roll has already, with what it said about them last. */
export interface KnownPerson extends RollParty {
  readonly id: string;
  /** Who signs in as this owner; null while nobody does. */
  readonly account: string | null;
  /** Keys of the units that are theirs now. */
  readonly unitKeys: readonly string[];
}

/** A person of the incoming sheet, over all their rows. */
interface SheetPerson {
  readonly key: string;
  readonly name: string;
  readonly digits: Set<string>;
  readonly phones: Set<string>;
  readonly unitKeys: Set<string>;
}

/** What ties a person of a sheet to an owner of the roll, the strongest first. */
const TIES: readonly ((person: SheetPerson, known: KnownPerson) => boolean)[] = [
  ({ digits }, { name, idLast4 }) => isOrganisation(name) || (idLast4 !== null && digits.has(idLast4)),
  ({ phones }, known) => known.phones.some((phone) => phones.has(phone)),
  // The same name in the same unit: what the sheet says beside the name was added, corrected or left out.
  ({ unitKeys, digits }, known) =>
    (known.idLast4 === null || digits.size === 0 || digits.has(known.idLast4)) &&
    known.unitKeys.some((unitKey) => unitKeys.has(unitKey)),
];

/**
 * Gives each owner of a sheet the id of the owner of the roll who is the same person, so that a document or a phone
 * that is added, corrected or left out makes nobody anew; whoever is new keeps the key of the sheet. Two owners whom
 * two accounts have proved to be stay two, each with their units: a sheet takes nobody's home away that still has
 * their name.
 */
export function recognised<Entry extends RollEntry>(
  entries: readonly Entry[],
  known: readonly KnownPerson[],
): Entry[] {
  const matches = matchesOf(peopleOfSheet(entries), byName(known));
  const ownerOf = (owner: RollOwner, unitKey: string): RollOwner => {
    const candidates = matches.get(owner.personKey) ?? [];
    const here = candidates.find(({ account, unitKeys }) => account !== null && unitKeys.includes(unitKey));
    return { ...owner, personKey: (here ?? candidates[0])?.id ?? owner.personKey };
  };
  return entries.map((entry) => ({
    ...entry,
    owners: entry.owners.map((owner) => ownerOf(owner, entry.unitKey)),
  }));
}

function peopleOfSheet(entries: readonly RollEntry[]): SheetPerson[] {
  const people = new Map<string, SheetPerson>();
  for (const { owners, unitKey } of entries) {
    for (const { personKey: key, name, idLast4, phones } of owners) {
      const person = people.get(key) ?? {
        key,
        name,
        digits: new Set<string>(),
        phones: new Set<string>(),
        unitKeys: new Set<string>(),
      };
      people.set(key, person);
      if (idLast4 !== null) person.digits.add(idLast4);
      phones.forEach((phone) => person.phones.add(phone));
      person.unitKeys.add(unitKey);
    }
  }
  return [...people.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

function byName(known: readonly KnownPerson[]): Map<string, KnownPerson[]> {
  const named = new Map<string, KnownPerson[]>();
  for (const person of known) {
    const namesakes = named.get(person.name);
    if (namesakes === undefined) named.set(person.name, [person]);
    else namesakes.push(person);
  }
  return named;
}

/** By key of the sheet: who they may be, the best first. Two of other documents are never the same owner. */
function matchesOf(
  people: readonly SheetPerson[],
  known: ReadonlyMap<string, readonly KnownPerson[]>,
): Map<string, KnownPerson[]> {
  const matches = new Map<string, KnownPerson[]>();
  const digitsOf = new Map<string, ReadonlySet<string>>();
  for (const tie of TIES) {
    for (const person of people) {
      for (const candidate of known.get(person.name) ?? []) {
        const claimed = digitsOf.get(candidate.id) ?? new Set();
        if (!tie(person, candidate) || contradict(claimed, person.digits)) continue;
        digitsOf.set(candidate.id, new Set([...claimed, ...person.digits]));
        const found = matches.get(person.key);
        if (found === undefined) matches.set(person.key, [candidate]);
        else if (!found.includes(candidate)) found.push(candidate);
      }
    }
  }
  for (const candidates of matches.values()) candidates.sort(byStanding);
  return matches;
}

function contradict(some: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  return some.size > 0 && others.size > 0 && ![...others].some((digits) => some.has(digits));
}

/** Whoever signs in goes first, then whoever owns something, then the oldest. */
function byStanding(a: KnownPerson, b: KnownPerson): number {
  const standing = ({ account, unitKeys }: KnownPerson) =>
    (account === null ? 2 : 0) + (unitKeys.length === 0 ? 1 : 0);
  return standing(a) - standing(b) || (a.id < b.id ? -1 : 1);
}
