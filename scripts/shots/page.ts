import type { Page } from '../../shared/src/kernel/index.ts';
import type { Person, Screen } from '../browser/person.ts';

/** A page of the app as one person sees it. */
export interface ShotPage {
  readonly name: string;
  /** Of the demo's picker; null is signed out. */
  readonly role: string | null;
  readonly screens: readonly Screen[];
  /** As the route table has it. */
  readonly path: string;
  /** What stands behind the path. */
  readonly query?: (person: Person) => Promise<string>;
  /** What is tapped before the picture. */
  readonly prepare?: (person: Person) => Promise<unknown>;
  /** It asks the server for nothing at first, and so neither waits nor fails. */
  readonly still?: true;
  /** What it is for stands there before the answers do: nobody sees it wait. */
  readonly atOnce?: true;
  /** There can be nothing to show yet: lists are answered empty, and these addresses with such parts. */
  readonly nothing?: Readonly<Record<string, object>>;
}

type Extras = Partial<Pick<ShotPage, 'role' | 'query' | 'prepare' | 'still' | 'atOnce' | 'nothing'>>;

/** Lists are answered empty, nothing else. */
export const NO_LISTS: Readonly<Record<string, object>> = {};

export const resident = (name: string, path: string, extras: Extras = {}): ShotPage => ({
  name,
  role: 'owner',
  screens: ['phone', 'elder'],
  path,
  ...extras,
});

export const staff = (role: string, name: string, path: string, extras: Extras = {}): ShotPage => ({
  name: `${role}-${name}`,
  role,
  screens: ['laptop', 'phone', 'elder'],
  path,
  ...extras,
});

type Item = Readonly<Record<string, unknown>>;

/** The first thing of a list of the estate that is as wanted. */
export async function firstOf(
  person: Person,
  list: string,
  wanted: (item: Item) => boolean = () => true,
): Promise<Item & { readonly id: string }> {
  const { items } = await person.api<Page<Item & { readonly id: string }>>(inEstate(person, list));
  const item = items.find(wanted);
  if (item === undefined) throw new Error(`The demo has nothing of that kind in ${list}`);
  return item;
}

export function inEstate(person: Person, path: string): string {
  return `/api/estates/${person.estateId}/${path}`;
}

/** ?name=… of the first thing in a list of the estate. */
export const idOfFirst =
  (name: string, list: string, wanted?: (item: Item) => boolean) =>
  async (person: Person): Promise<string> =>
    `?${name}=${(await firstOf(person, list, wanted)).id}`;

export const inState =
  (...states: readonly string[]) =>
  (item: Item): boolean =>
    typeof item['state'] === 'string' && states.includes(item['state']);
