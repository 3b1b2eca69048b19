import type { AskGuardianshipRequest, Guardianship } from '@linli/shared/assembly';
import type {
  AcceptedInvitation,
  Claim,
  ClaimRequest,
  HomePeople,
  Invitation,
  InvitationOffer,
  InviteRequest,
  OpenInvitation,
} from '@linli/shared/identity';
import type { Page } from '@linli/shared/kernel';
import type { Inbox } from '@linli/shared/notifications';
import { type Pages, type Resource, api, resourceCache, usePages, useResource } from '@/request';
import { useSession } from '@/stores/session';

const PAGE = 20;
const CLAIMS = 'me/claims';
const homeKey = (unitId: string) => `home-people/${unitId}`;
const homeUrl = (unitId: string) => `/api/me/homes/${encodeURIComponent(unitId)}`;

export function useMyClaims(): Pages<Page<Claim>> {
  const token = useSession((state) => state.token);
  return usePages(token === null ? null : CLAIMS, PAGE, (page) =>
    api.get<Page<Claim>>('/api/me/claims', page),
  );
}

export async function submitClaim(key: string, estateId: string, request: ClaimRequest): Promise<Claim> {
  const claim = await api.post<Claim>(`/api/estates/${estateId}/claims`, request, { idempotencyKey: key });
  resourceCache.invalidate(CLAIMS);
  return claim;
}

export async function withdrawClaim(claimId: string): Promise<Claim> {
  const claim = await api.post<Claim>(`/api/me/claims/${claimId}/withdraw`);
  resourceCache.invalidate(CLAIMS);
  return claim;
}

export function useHomePeople(unitId: string | undefined): Resource<HomePeople> {
  const token = useSession((state) => state.token);
  return useResource(unitId === undefined || token === null ? null : homeKey(unitId), () =>
    api.get<HomePeople>(`${homeUrl(unitId ?? '')}/people`),
  );
}

/** Only owners may ask. */
export function useInvitations(unitId: string): Resource<readonly OpenInvitation[]> {
  return useResource(`${homeKey(unitId)}/invitations`, () =>
    api.get<readonly OpenInvitation[]>(`${homeUrl(unitId)}/invitations`),
  );
}

export function invite(key: string, unitId: string, request: InviteRequest): Promise<Invitation> {
  return api.post<Invitation>(`${homeUrl(unitId)}/invitations`, request, { idempotencyKey: key });
}

export function revokeInvitation(unitId: string, invitationId: string): Promise<unknown> {
  return api.delete(`${homeUrl(unitId)}/invitations/${invitationId}`);
}

export function removePerson(unitId: string, residencyId: string): Promise<unknown> {
  return api.delete(`${homeUrl(unitId)}/people/${residencyId}`);
}

export function forgetHome(unitId: string): void {
  resourceCache.invalidate(homeKey(unitId));
}

export function lookAtInvitation(code: string): Promise<InvitationOffer> {
  return api.post<InvitationOffer>('/api/me/invitations/look', { code });
}

export async function acceptInvitation(key: string, code: string): Promise<AcceptedInvitation> {
  const accepted = await api.post<AcceptedInvitation>(
    '/api/me/invitations/accept',
    { code },
    { idempotencyKey: key },
  );
  forgetMe();
  return accepted;
}

/** Homes changed: who one is, is asked for again. */
export function forgetMe(): void {
  resourceCache.invalidate('me');
}

const GUARDIANSHIPS = 'me/guardianships';

export function useMyGuardianships(): Resource<readonly Guardianship[]> {
  const token = useSession((state) => state.token);
  return useResource(token === null ? null : GUARDIANSHIPS, () =>
    api.get<readonly Guardianship[]>('/api/me/guardianships'),
  );
}

export async function askGuardianship(
  key: string,
  estateId: string,
  request: AskGuardianshipRequest,
): Promise<Guardianship> {
  const url = `/api/estates/${estateId}/guardianships`;
  const asked = await api.post<Guardianship>(url, request, { idempotencyKey: key });
  resourceCache.invalidate(GUARDIANSHIPS);
  return asked;
}

export async function endGuardianship(id: string): Promise<void> {
  await api.post(`/api/me/guardianships/${id}/end`);
  resourceCache.invalidate(GUARDIANSHIPS);
}

const INBOX = 'inbox/list';

export function useInbox(): Pages<Inbox> {
  const token = useSession((state) => state.token);
  return usePages(token === null ? null : INBOX, PAGE, (page) => api.get<Inbox>('/api/me/inbox', page));
}

export function readMessage(messageId: string): Promise<unknown> {
  return api.put(`/api/me/inbox/${messageId}/read`, {});
}

export function readUpTo(messageId: string): Promise<unknown> {
  return api.put('/api/me/inbox/read', { upTo: messageId });
}

export function forgetInbox(): void {
  resourceCache.invalidate(INBOX);
}
