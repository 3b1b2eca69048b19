import type {
  ClaimFile,
  ClaimQueue,
  ClaimStatus,
  DecideClaimRequest,
  EstateMembership,
  GrantingOrganisation,
  ProposeMembershipRequest,
} from '@linli/shared/identity';
import type { Page } from '@linli/shared/kernel';
import { type Pages, type Resource, api, resourceCache, usePages, useResource } from '@/request';
import { isSignedIn, isStaff, useSession } from '@/stores/session';

const QUEUE = 'claim-queue';

export function useClaimQueue(status: ClaimStatus): Pages<ClaimQueue> {
  const staff = useSession((state) => isSignedIn(state) && isStaff(state));
  return usePages(staff ? `${QUEUE}/${status}` : null, 30, (page) =>
    api.get<ClaimQueue>('/api/me/claim-queue', { status, ...page }),
  );
}

export function useClaimFile(estateId: string, claimId: string): Resource<ClaimFile> {
  return useResource(`claim-file/${claimId}`, () =>
    api.get<ClaimFile>(`/api/estates/${estateId}/claims/${claimId}`),
  );
}

export async function decideClaim(claim: ClaimFile, request: DecideClaimRequest): Promise<ClaimFile> {
  const decided = await api.post<ClaimFile>(
    `/api/estates/${claim.estateId}/claims/${claim.id}/decision`,
    request,
  );
  resourceCache.put(`claim-file/${claim.id}`, decided);
  resourceCache.invalidate(QUEUE);
  resourceCache.invalidate('desk/');
  return decided;
}

const officesKey = (estateId: string) => `memberships/${estateId}`;
const officesUrl = (estateId: string) => `/api/estates/${estateId}/memberships`;

export function useOffices(estateId: string | null): Pages<Page<EstateMembership>> {
  return usePages(estateId === null ? null : officesKey(estateId), 50, (page) =>
    api.get<Page<EstateMembership>>(officesUrl(estateId ?? ''), page),
  );
}

/** The organisations that the caller may propose offices of. */
export function useGrantingOrganisations(estateId: string): Resource<readonly GrantingOrganisation[]> {
  return useResource(`${officesKey(estateId)}/organisations`, () =>
    api.get<readonly GrantingOrganisation[]>(`${officesUrl(estateId)}/organisations`),
  );
}

export async function proposeOffice(
  key: string,
  estateId: string,
  request: ProposeMembershipRequest,
): Promise<void> {
  await api.post(officesUrl(estateId), request, { idempotencyKey: key });
  resourceCache.invalidate(officesKey(estateId));
}

export async function settleOffice(estateId: string, id: string, step: 'confirm' | 'end'): Promise<void> {
  await api.post(`${officesUrl(estateId)}/${id}/${step}`);
  resourceCache.invalidate(officesKey(estateId));
}
