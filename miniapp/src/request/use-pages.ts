import type { Page } from '@linli/shared/kernel';
import { useCallback, useMemo, useState } from 'react';
import { useLatest } from '@/platform';
import { type ApiError, asApiError } from './api-error';
import { resourceCache } from './resource-cache';
import { type Resource, type ResourceOptions, useResource } from './use-resource';

/** Goes into the query as it is: `api.get(url, { ...filter, ...page })`. */
export type PageRequest = { readonly limit: number; readonly after?: string };

export interface NextPage {
  /** There is more on the server. */
  readonly left: boolean;
  /** More than the first page has been loaded. */
  readonly several: boolean;
  readonly busy: boolean;
  /** Why the following page did not come; what was loaded before it stays. */
  readonly error: ApiError | null;
  /** Does nothing while a page is under way, and at the end. */
  load(): Promise<void>;
}

/** A list, as far as it has been loaded: `data.items` are all of them. */
export type Pages<P extends Page<object>> = Resource<P> & { readonly more: NextPage };

/** What the server gives at most at once. */
const MOST_AT_ONCE = 100;
const IDLE = { key: '', busy: false, error: null };

/**
 * A list that comes page by page: `usePages(url, 20, (page) => api.get<Page<Bill>>(url, page))`. What is loaded stays
 * when the following page fails and when the person comes back; asked for again, as much is read as was shown.
 * Another filter is another key.
 */
export function usePages<P extends Page<object>>(
  key: string | null,
  pageSize: number,
  read: (page: PageRequest) => Promise<P>,
  options?: ResourceOptions,
): Pages<P> {
  const latestRead = useLatest(read);
  const resource = useResource<P>(key, () => readAsFar(latestRead(), pageSize, () => shownAt(key)), options);
  const [under, setUnder] = useState<{ key: string; busy: boolean; error: ApiError | null }>(IDLE);
  const { busy, error } = under.key === key ? under : IDLE;
  const next = resource.status === 'ready' ? resource.data.next : null;

  const load = useCallback(async () => {
    if (key === null || next === null || busy) return;
    setUnder({ key, busy: true, error: null });
    try {
      const page = await latestRead()({ limit: pageSize, after: next });
      append(key, next, page);
      setUnder(IDLE);
    } catch (cause) {
      setUnder({ key, busy: false, error: asApiError(cause) });
    }
  }, [key, next, busy, pageSize, latestRead]);

  const several = resource.status === 'ready' && resource.data.items.length > pageSize;
  return useMemo(
    () => ({ ...resource, more: { left: next !== null, several, busy, error, load } }),
    [resource, next, several, busy, error, load],
  );
}

function shownAt(key: string | null): number {
  const { data } = resourceCache.snapshot(key ?? '');
  return data === undefined ? 0 : (data as Page<object>).items.length;
}

async function readAsFar<P extends Page<object>>(
  read: (page: PageRequest) => Promise<P>,
  pageSize: number,
  /** Asked each time: a page may come while these are under way. */
  shown: () => number,
): Promise<P> {
  let list = await read({ limit: Math.min(MOST_AT_ONCE, Math.max(pageSize, shown())) });
  while (list.next !== null && list.items.length < shown())
    list = joined(list, await read({ limit: MOST_AT_ONCE, after: list.next }));
  return list;
}

/** Nothing where the list has become another in the meantime. */
function append<P extends Page<object>>(key: string, after: string, page: P): void {
  resourceCache.change<P>(key, (list) => (list.next === after ? joined(list, page) : list));
}

/** What is said of the whole list stays as it was. A row that has moved down since is not shown twice. */
function joined<P extends Page<object>>(list: P, { items, next }: P): P {
  const known = new Set(list.items.map(identityOf));
  return { ...list, items: [...list.items, ...items.filter((item) => !known.has(identityOf(item)))], next };
}

function identityOf(item: object): unknown {
  return 'id' in item ? item.id : item;
}
