import type { UnreadCount } from '@linli/shared/notifications';
import { useEffect } from 'react';
import { setTabBadge } from '@/platform';
import { useSession } from '@/stores/session';
import { api } from './api';
import { resourceCache } from './resource-cache';
import { useResource } from './use-resource';

const KEY = 'inbox/unread';
/** 我的 in the tab bar. */
const MINE_TAB = 3;

/** How many messages wait; also as the number on the tab 我的. Call it on every tab page. */
export function useUnread(): number {
  const token = useSession((state) => state.token);
  const answer = useResource(token === null ? null : KEY, () => api.get<UnreadCount>('/api/me/inbox/unread'));
  const unread = token !== null && answer.status === 'ready' ? answer.data.unread : 0;
  useEffect(() => {
    setTabBadge(MINE_TAB, unread);
  }, [unread]);
  return unread;
}

/** After reading: the number is asked for again. */
export function forgetUnread(): void {
  resourceCache.invalidate(KEY);
}
