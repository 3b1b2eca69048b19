import type { RollEntry, RollOwner } from '@linli/shared/estate';

/** Each person of a roll once, by person key, with every number and the digits that any of their rows gives. */
export function peopleOf(entries: readonly RollEntry[]): Map<string, RollOwner> {
  const people = new Map<string, RollOwner>();
  for (const owner of entries.flatMap((entry) => entry.owners)) {
    const known = people.get(owner.personKey);
    const phones = [...new Set([...(known?.phones ?? []), ...owner.phones])].sort();
    people.set(owner.personKey, { ...owner, idLast4: known?.idLast4 ?? owner.idLast4, phones });
  }
  return people;
}

/**
 * The entries with each person's facts in every row that names them, as they are stored; only so can a roll be
 * compared with the one before it.
 */
export function withWholePeople<Entry extends RollEntry>(entries: readonly Entry[]): Entry[] {
  const people = peopleOf(entries);
  return entries.map((entry) => ({
    ...entry,
    owners: entry.owners.map((owner) => people.get(owner.personKey) ?? owner),
  }));
}
