import type { AssemblySummary, DelegatedAssembly } from '@linli/shared/assembly';
import type { Page } from '@linli/shared/kernel';
import { api } from '@/request/api';
import { type Pages, usePages } from '@/request/use-pages';
import { type Resource, useResource } from '@/request/use-resource';
import { useSession } from '@/stores/session';

/** The meetings that a person votes in for somebody else: a developer, an owner, a ward. */
export function useDelegated(): Resource<readonly DelegatedAssembly[]> {
  return useResource('/api/me/delegated-assemblies', () =>
    api.get<readonly DelegatedAssembly[]>('/api/me/delegated-assemblies'),
  );
}

/** Every meeting of the estate that residents know of, the newest first. */
export function useAssemblies(): Pages<Page<AssemblySummary>> {
  const estateId = useSession((state) => state.estateId);
  return usePages(estateId === null ? null : `assemblies/${estateId}`, 20, (page) =>
    api.get<Page<AssemblySummary>>(`/api/estates/${estateId ?? ''}/assemblies`, page),
  );
}
