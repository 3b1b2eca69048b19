import type { Screen } from '../browser/person.ts';
import type { ShotPage } from './page.ts';
import { type State, statesOf } from './states.ts';

export interface Shot {
  /** Of the picture, without its ending. */
  readonly name: string;
  readonly page: ShotPage;
  readonly state: State;
}

/** What one person in front of one screen shows. */
export interface Sitting {
  readonly role: string | null;
  readonly screen: Screen;
  readonly shots: readonly Shot[];
}

/** Every page × screen × state, or those with one of the filters in the picture's name, by who sits where. */
export function planOf(pages: readonly ShotPage[], filters: readonly string[] = []): readonly Sitting[] {
  const all = pages.flatMap((page) =>
    page.screens.flatMap((screen) =>
      statesOf(page).map((state) => ({ name: `${page.name}.${screen}.${state}`, page, screen, state })),
    ),
  );
  const chosen = all.filter(
    ({ name }) => filters.length === 0 || filters.some((filter) => name.includes(filter)),
  );
  const sittings = Map.groupBy(chosen, ({ page, screen }) => `${page.role ?? ''} ${screen}`);
  return [...sittings.values()].flatMap((shots) => {
    const [first] = shots;
    return first === undefined ? [] : [{ role: first.page.role, screen: first.screen, shots }];
  });
}
