import type { AssemblySummary } from '@linli/shared/assembly';
import type { Page } from '@linli/shared/kernel';
import { api } from '@/request/api';
import { type Resource, useResource } from '@/request/use-resource';
import { useSession } from '@/stores/session';

/** Every meeting of the estate that residents know of, the newest first. */
export function useAssemblies(): Resource<Page<AssemblySummary>> {
  const estateId = useSession((state) => state.estateId);
  return useResource(estateId === null ? null : `assemblies/${estateId}`, () =>
    api.get<Page<AssemblySummary>>(`/api/estates/${estateId ?? ''}/assemblies`, { limit: 50 }),
  );
}
