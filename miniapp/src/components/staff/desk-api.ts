import type { DeskCount, DeskView } from '@linli/shared/desk';
import { api } from '@/request/api';
import { type Resource, useResource } from '@/request/use-resource';
import { useSession } from '@/stores/session';

/** What waits at each place of the workbench, in the estate that is worked on. */
export function useDeskView(): Resource<DeskView> {
  const estateId = useSession((state) => state.estateId);
  return useResource(estateId === null ? null : `desk/${estateId}`, () =>
    api.get<DeskView>('/api/me/desk', { estateId: estateId ?? undefined }),
  );
}

/** How much waits at a place; undefined while that is not known. */
export function waitingAt(view: Resource<DeskView>, key: string): DeskCount | undefined {
  return view.status === 'ready' ? view.data.counts.find((entry) => entry.key === key) : undefined;
}
