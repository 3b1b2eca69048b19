import type { RadarView } from '@linli/shared/disclosure';
import { api } from '@/request/api';
import { type Resource, useResource } from '@/request/use-resource';
import { useSession } from '@/stores/session';

/** What the estate must post, and how it stands. */
export function useRadar(): Resource<RadarView> {
  const estateId = useSession((state) => state.estateId);
  return useResource(estateId === null ? null : `/api/estates/${estateId}/radar`, () =>
    api.get<RadarView>(`/api/estates/${estateId ?? ''}/radar`),
  );
}
