import type { MyRelief, ReliefPapersRequest, ReliefRequest, ReliefView } from '@linli/shared/relief';
import { type Resource, api, resourceCache, useResource } from '@/request';
import { useSession } from '@/stores';

const MINE = '/api/me/relief';
const baseOf = (estateId: string) => `/api/estates/${estateId}/relief`;

export function useMyRelief(): Resource<MyRelief> {
  const estateId = useSession((state) => state.estateId);
  return useResource(estateId === null ? null : `${MINE}/${estateId}`, () =>
    api.get<MyRelief>(MINE, { estateId: estateId ?? undefined }),
  );
}

export async function askRelief(key: string, estateId: string, request: ReliefRequest): Promise<ReliefView> {
  const asked = await api.post<ReliefView>(baseOf(estateId), request, { idempotencyKey: key });
  resourceCache.invalidate(MINE);
  return asked;
}

export async function resubmitRelief(
  estateId: string,
  id: string,
  request: ReliefPapersRequest,
): Promise<ReliefView> {
  const sent = await api.post<ReliefView>(`${baseOf(estateId)}/${id}/resubmission`, request);
  resourceCache.invalidate(MINE);
  return sent;
}

export async function withdrawRelief({ estateId, id }: ReliefView): Promise<ReliefView> {
  const taken = await api.post<ReliefView>(`${baseOf(estateId)}/${id}/withdraw`);
  resourceCache.invalidate(MINE);
  return taken;
}
