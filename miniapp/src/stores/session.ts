import type { Me, Membership, Residency, SignInResponse } from '@linli/shared/identity';
import { create } from 'zustand';
import { readStored, writeStored } from '@/platform';

export type RoleView = 'RESIDENT' | 'STAFF';

interface Kept {
  readonly token: string | null;
  readonly me: Me | null;
  /** The estate that is looked at, and the home in it; a member of staff may have no home. */
  readonly estateId: string | null;
  readonly unitId: string | null;
  readonly view: RoleView;
  /** Signed out by hand: WeChat does not sign in again by itself. */
  readonly leftOnPurpose: boolean;
}

export interface SessionState extends Kept {
  signIn(answer: SignInResponse): void;
  setMe(me: Me): void;
  /** The server no longer knows the token. Who it was stays known, so that coming back ends on the same page. */
  forgetToken(): void;
  signOut(): void;
  chooseHome(home: Residency): void;
  chooseEstate(estateId: string): void;
  setView(view: RoleView): void;
}

const STORED_AS = 'session';
const NOBODY: Kept = {
  token: null,
  me: null,
  estateId: null,
  unitId: null,
  view: 'RESIDENT',
  leftOnPurpose: false,
};

export const useSession = create<SessionState>()((set) => ({
  ...NOBODY,
  ...readStored<Kept>(STORED_AS),
  signIn: ({ token, me }) => {
    set((before) => ({
      ...settled(before, me),
      token,
      leftOnPurpose: false,
      view: before.me?.id === me.id ? allowedView(before.view, me) : allowedView('RESIDENT', me),
    }));
  },
  setMe: (me) => {
    set((before) => settled(before, me));
  },
  forgetToken: () => {
    set({ token: null });
  },
  signOut: () => {
    set({ ...NOBODY, leftOnPurpose: true });
  },
  chooseHome: (home) => {
    set({ estateId: home.estateId, unitId: home.unitId });
  },
  chooseEstate: (estateId) => {
    set(({ me }) => ({
      estateId,
      unitId: homesOf(me).find((home) => home.estateId === estateId)?.unitId ?? null,
    }));
  },
  setView: (view) => {
    set(({ me }) => (me === null ? {} : { view: allowedView(view, me) }));
  },
}));

useSession.subscribe(({ token, me, estateId, unitId, view, leftOnPurpose }) => {
  writeStored(STORED_AS, { token, me, estateId, unitId, view, leftOnPurpose } satisfies Kept);
});

/** Keeps the chosen home where the person still has it; otherwise the first home, otherwise the first estate. */
function settled(before: Kept, me: Me): Pick<Kept, 'me' | 'estateId' | 'unitId' | 'view'> {
  const view = allowedView(before.view, me);
  const kept = homesOf(me).find((home) => home.unitId === before.unitId);
  if (kept !== undefined) return { me, view, estateId: kept.estateId, unitId: kept.unitId };
  const estates = estatesOf(me);
  const estateId = estates.find(({ id }) => id === before.estateId)?.id ?? estates[0]?.id ?? null;
  const home = homesOf(me).find((candidate) => candidate.estateId === estateId);
  return { me, view, estateId, unitId: home?.unitId ?? null };
}

/** Without an office there is no workbench; without a home there is nothing but the workbench. */
function allowedView(view: RoleView, me: Me): RoleView {
  if (me.memberships.length === 0) return 'RESIDENT';
  return me.residencies.length === 0 ? 'STAFF' : view;
}

function homesOf(me: Me | null): readonly Residency[] {
  return me?.residencies ?? [];
}

/** Every estate that the person lives in or works for, once. */
export function estatesOf(me: Me | null): readonly { readonly id: string; readonly name: string }[] {
  const estates = new Map<string, string>();
  for (const home of homesOf(me)) estates.set(home.estateId, home.estateName);
  for (const membership of me?.memberships ?? []) {
    for (const estate of membership.estates) estates.set(estate.id, estate.name);
  }
  return Array.from(estates, ([id, name]) => ({ id, name }));
}

/** The memberships that reach an estate; all of them where none is given. */
export function membershipsIn(me: Me | null, estateId: string | null): readonly Membership[] {
  const memberships = me?.memberships ?? [];
  return estateId === null
    ? memberships
    : memberships.filter(({ estates }) => estates.some(({ id }) => id === estateId));
}

// --- what pages ask -----------------------------------------------------------------------------------------------

export const isSignedIn = (state: SessionState): boolean => state.token !== null && state.me !== null;
export const isStaff = (state: SessionState): boolean => (state.me?.memberships.length ?? 0) > 0;
const NO_HOMES: readonly Residency[] = [];
export const myHomes = (state: SessionState): readonly Residency[] => state.me?.residencies ?? NO_HOMES;
export const currentHome = (state: SessionState): Residency | null =>
  homesOf(state.me).find((home) => home.unitId === state.unitId) ?? null;
export const currentEstateName = (state: SessionState): string =>
  estatesOf(state.me).find(({ id }) => id === state.estateId)?.name ?? '';
