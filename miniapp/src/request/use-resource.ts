import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import { onNetworkChange, useLatest, usePageShown } from '@/platform';
import type { ApiError } from './api-error';
import { type Snapshot, resourceCache } from './resource-cache';

export interface ResourceLoading {
  readonly status: 'loading';
  reload(): Promise<void>;
}
/** The first load failed: nothing to show yet. */
export interface ResourceError {
  readonly status: 'error';
  readonly error: ApiError;
  reload(): Promise<void>;
}
export interface ResourceReady<T> {
  readonly status: 'ready';
  readonly data: T;
  readonly refreshing: boolean;
  /** The refresh failed; `data` is what was known before. */
  readonly refreshError: ApiError | null;
  reload(): Promise<void>;
}
export type Resource<T> = ResourceLoading | ResourceError | ResourceReady<T>;

export interface ResourceOptions {
  /** How long an answer counts as new; older ones are shown and asked for again. */
  readonly freshMs?: number;
}

const FRESH_MS = 15_000;
const UNKNOWN: Snapshot = { data: undefined, loaded: false, loading: true, error: null, at: 0 };

/**
 * One thing from the server: `useResource(`bill/${id}`, () => api.get<Bill>(`/api/me/bills/${id}`))`.
 * With key null nothing is asked and it stays loading: for what depends on another answer.
 */
export function useResource<T>(
  key: string | null,
  loader: () => Promise<T>,
  { freshMs = FRESH_MS }: ResourceOptions = {},
): Resource<T> {
  const latestLoader = useLatest(loader);

  const snapshot = useSyncExternalStore(
    useCallback((listener) => (key === null ? noop : resourceCache.subscribe(key, listener)), [key]),
    () => (key === null ? UNKNOWN : resourceCache.snapshot(key)),
  );

  const reload = useCallback(
    () => (key === null ? Promise.resolve() : resourceCache.load(key, () => latestLoader()())),
    [key, latestLoader],
  );
  const refresh = useCallback(() => {
    if (key !== null && !resourceCache.isFresh(key, freshMs)) void reload();
  }, [key, freshMs, reload]);

  useEffect(refresh, [refresh]);
  usePageShown(refresh);
  useEffect(
    () =>
      onNetworkChange((online) => {
        if (online) refresh();
      }),
    [refresh],
  );
  // After `invalidate` the page that is looking asks at once.
  useEffect(() => {
    if (snapshot.at === 0 && snapshot.loaded && !snapshot.loading && snapshot.error === null) void reload();
  }, [snapshot, reload]);

  return useMemo(() => resourceOf<T>(snapshot, reload), [snapshot, reload]);
}

function resourceOf<T>(snapshot: Snapshot, reload: () => Promise<void>): Resource<T> {
  if (snapshot.loaded) {
    return {
      status: 'ready',
      data: snapshot.data as T,
      refreshing: snapshot.loading,
      refreshError: snapshot.error,
      reload,
    };
  }
  if (snapshot.error !== null && !snapshot.loading) return { status: 'error', error: snapshot.error, reload };
  return { status: 'loading', reload };
}

/** Two answers that a page needs together. */
export function bothResources<A, B>(a: Resource<A>, b: Resource<B>): Resource<readonly [A, B]> {
  const reload = async () => {
    await Promise.all([a.reload(), b.reload()]);
  };
  if (a.status === 'error') return { ...a, reload };
  if (b.status === 'error') return { ...b, reload };
  if (a.status === 'loading' || b.status === 'loading') return { status: 'loading', reload };
  return {
    status: 'ready',
    data: [a.data, b.data],
    refreshing: a.refreshing || b.refreshing,
    refreshError: a.refreshError ?? b.refreshError,
    reload,
  };
}

/** A part of an answer, or the answer in another form. */
export function mapResource<A, B>(resource: Resource<A>, change: (data: A) => B): Resource<B> {
  return resource.status === 'ready' ? { ...resource, data: change(resource.data) } : resource;
}

function noop(): void {
  // Nothing was subscribed.
}
