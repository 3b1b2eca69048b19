import { useEffect } from 'react';

/** What the pages asked the router for, in order: ['navigateTo', '/pages/…']. */
export const moves: [string, string][] = [];
export const router: { path: string; params: Record<string, string> } = {
  path: '/pages/home/index',
  params: {},
};
export const stack: { path: string }[] = [{ path: '/pages/home/index' }];

const move = (name: string) => (options?: { url: string }) => {
  moves.push([name, options?.url ?? '']);
  return Promise.resolve();
};

const shown = new Set<() => void>();

export function useDidShow(onShow: () => void): void {
  useEffect(() => {
    shown.add(onShow);
    return () => {
      shown.delete(onShow);
    };
  }, [onShow]);
}

const hidden = new Set<() => void>();

export function useDidHide(onHide: () => void): void {
  useEffect(() => {
    hidden.add(onHide);
    return () => {
      hidden.delete(onHide);
    };
  }, [onHide]);
}

/** Another page is opened over this one. */
export function goUnder(): void {
  for (const onHide of hidden) onHide();
}

/** The person comes back to the page. */
export function comeBack(): void {
  for (const onShow of shown) onShow();
}

const scrolled = new Set<() => void>();

export function useReachBottom(onEnd: () => void): void {
  useEffect(() => {
    scrolled.add(onEnd);
    return () => {
      scrolled.delete(onEnd);
    };
  }, [onEnd]);
}

/** The person scrolls to the end of the page. */
export function scrollToEnd(): void {
  for (const onEnd of scrolled) onEnd();
}

export function useRouter() {
  return router;
}

const unknown = new Set<() => void>();

export function usePageNotFound(onUnknown: () => void): void {
  useEffect(() => {
    unknown.add(onUnknown);
    return () => {
      unknown.delete(onUnknown);
    };
  }, [onUnknown]);
}

/** The app is opened at an address that it does not have. */
export function openUnknown(): void {
  for (const onUnknown of unknown) onUnknown();
}

type Rejected = (rejection: { readonly reason: unknown }) => void;
const rejected = new Set<Rejected>();

export function useUnhandledRejection(onRejection: Rejected): void {
  useEffect(() => {
    rejected.add(onRejection);
    return () => {
      rejected.delete(onRejection);
    };
  }, [onRejection]);
}

/** Nobody has caught this. */
export function rejectUnhandled(reason: unknown): void {
  for (const onRejection of rejected) onRejection({ reason });
}

export default {
  navigateTo: move('navigateTo'),
  redirectTo: move('redirectTo'),
  switchTab: move('switchTab'),
  reLaunch: move('reLaunch'),
  navigateBack: move('navigateBack'),
  getCurrentPages: () => stack,
  getCurrentInstance: () => ({ router }),
  setTabBarBadge: () => Promise.resolve(),
  removeTabBarBadge: () => Promise.resolve(),
};
