import type { ContactBoardView } from '@linli/shared/contacts';
import { serverAddress } from '@/platform';
import { type Resource, api, useResource } from '@/request';
import { useSession } from '@/stores';

export function useBoard(): Resource<ContactBoardView> {
  const estateId = useSession((state) => state.estateId);
  return useResource(estateId === null ? null : `/api/estates/${estateId}/board`, () =>
    api.get<ContactBoardView>(`/api/estates/${estateId ?? ''}/board`),
  );
}

/** The picture of the code that leads to the live page. */
export function qrAddress(estateId: string): string {
  return serverAddress(`/api/estates/${estateId}/board/qr.svg`);
}
