import type {
  DecideReliefRequest,
  ReliefFile,
  ReliefQueue,
  ReliefState,
  VerifyReliefRequest,
} from '@linli/shared/relief';
import { type Pages, type Resource, api, resourceCache, usePages, useResource } from '@/request';
import { useSession } from '@/stores';

const baseOf = (estateId: string) => `/api/estates/${estateId}/relief`;

/** What waits for this officer, or what is in one state. */
export function useReliefQueue(state: ReliefState | 'WAITING'): Pages<ReliefQueue> {
  const estateId = useSession((session) => session.estateId);
  const base = estateId === null ? null : baseOf(estateId);
  const filter = state === 'WAITING' ? {} : { state };
  return usePages(base === null ? null : `${base}?${state}`, 30, (page) =>
    api.get<ReliefQueue>(base ?? '', { ...filter, ...page }),
  );
}

export function useReliefFile(id: string): Resource<ReliefFile> {
  const estateId = useSession((session) => session.estateId);
  const path = estateId === null ? null : `${baseOf(estateId)}/${id}`;
  return useResource(path, () => api.get<ReliefFile>(path ?? ''), { freshMs: 0 });
}

export function verifyRelief(file: ReliefFile, request: VerifyReliefRequest): Promise<ReliefFile> {
  return after(file, 'verification', request);
}

export function decideRelief(file: ReliefFile, request: DecideReliefRequest): Promise<ReliefFile> {
  return after(file, 'decision', request);
}

async function after(file: ReliefFile, step: string, request: object): Promise<ReliefFile> {
  const path = `${baseOf(file.estateId)}/${file.id}`;
  const judged = await api.post<ReliefFile>(`${path}/${step}`, request);
  resourceCache.invalidate(baseOf(file.estateId));
  resourceCache.invalidate('desk/');
  resourceCache.put(path, judged);
  return judged;
}
