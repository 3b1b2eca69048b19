import type { AssemblySummary } from '@linli/shared/assembly';
import type { Page } from '@linli/shared/kernel';
import { api } from '@/request/api';
import { type Pages, usePages } from '@/request/use-pages';
import { useSession } from '@/stores/session';

/** Every meeting of the estate that residents know of, the newest first. */
export function useAssemblies(): Pages<Page<AssemblySummary>> {
  const estateId = useSession((state) => state.estateId);
  return usePages(estateId === null ? null : `assemblies/${estateId}`, 20, (page) =>
    api.get<Page<AssemblySummary>>(`/api/estates/${estateId ?? ''}/assemblies`, page),
  );
}
