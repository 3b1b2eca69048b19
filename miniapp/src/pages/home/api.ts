import type { HomeView } from '@linli/shared/home';
import { api } from '@/request/api';
import { type Resource, useResource } from '@/request/use-resource';
import { useSession } from '@/stores/session';

export function useHomeView(): Resource<HomeView> {
  const estateId = useSession((state) => state.estateId);
  return useResource(estateId === null ? null : `home/${estateId}`, () =>
    api.get<HomeView>('/api/me/home', { estateId: estateId ?? undefined }),
  );
}
