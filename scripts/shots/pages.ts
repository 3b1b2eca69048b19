import type { Page } from '../../shared/src/kernel/index.ts';
import type { Person, Screen } from '../browser/person.ts';

/** A page of the app as one person sees it. */
export interface ShotPage {
  readonly name: string;
  /** Of the demo's picker; null is signed out. */
  readonly role: string | null;
  readonly screens: readonly Screen[];
  /** Its address; null where the demo has nothing to show there. */
  path(person: Person): Promise<string | null>;
  /** What is tapped before the picture. */
  prepare?(person: Person): Promise<void>;
}

const RESIDENT: readonly Screen[] = ['phone', 'elder'];
const STAFF: readonly Screen[] = ['laptop', 'phone'];

const at = (path: string) => () => Promise.resolve(path);

/** The page of the first thing in a list of the estate. */
const first = (list: string, page: string, param: string) => async (person: Person) => {
  const { items } = await person.api<Page<{ id: string }>>(`/api/estates/${person.estateId}/${list}`);
  const [item] = items;
  return item === undefined ? null : `${page}?${param}=${item.id}`;
};

const resident = (name: string, path: ShotPage['path'], role: string | null = 'owner'): ShotPage => ({
  name,
  role,
  screens: RESIDENT,
  path,
});
const staff = (name: string, role: string, path: ShotPage['path']): ShotPage => ({
  name: `${role}-${name}`,
  role,
  screens: STAFF,
  path,
});

export const PAGES: readonly ShotPage[] = [
  resident('signed-out', at('/pages/home/index'), null),
  resident('sign-in', at('/pages/sign-in/index'), null),
  resident('home', at('/pages/home/index')),
  resident('disclosure', at('/pages/disclosure/index')),
  resident('assembly', at('/pages/assembly/index')),
  resident('assembly-detail', first('assemblies', '/packages/assembly/pages/detail/index', 'assemblyId')),
  resident('mine', at('/pages/mine/index')),
  resident('sessions', at('/packages/account/pages/sessions/index')),
  resident('privacy', at('/packages/account/pages/privacy/index')),
  resident('agreement', at('/packages/account/pages/agreement/index')),
  staff('desk', 'chair', at('/packages/workbench/pages/desk/index')),
  staff('roll', 'treasurer', at('/packages/workbench-roll/pages/roll/index')),
  staff('assemblies', 'chair', at('/packages/workbench-assembly/pages/list/index')),
  staff('convene', 'chair', at('/packages/workbench-assembly/pages/convene/index')),
  staff('decisions', 'chair', at('/packages/workbench-assembly/pages/decisions/index')),
  staff('desk', 'clerk', at('/packages/workbench/pages/desk/index')),
  staff('desk', 'street', at('/packages/workbench/pages/desk/index')),
];
