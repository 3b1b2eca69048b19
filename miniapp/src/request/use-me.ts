import type { Me } from '@linli/shared/identity';
import { useSession } from '@/stores/session';
import { api } from './api';
import { type Resource, useResource } from './use-resource';

const FRESH_MS = 60_000;

/** Who is signed in, as the server knows it now: homes and memberships change while the app is open. */
export function useMe(): Resource<Me> {
  const token = useSession((state) => state.token);
  return useResource(
    token === null ? null : 'me',
    async () => {
      const me = await api.get<Me>('/api/me');
      useSession.getState().setMe(me);
      return me;
    },
    { freshMs: FRESH_MS },
  );
}
