import type {
  CommitteeTerm,
  ElectionDetail,
  ElectionSummary,
  Handover,
  NominateRequest,
  PetitionDetail,
  PetitionOptions,
  PetitionSummary,
  StartPetitionRequest,
} from '@linli/shared/assembly';
import type { Page } from '@linli/shared/kernel';
import { type Pages, type Resource, api, resourceCache, usePages, useResource } from '@/request';
import { useSession } from '@/stores';

const PAGE = 20;
const estate = (estateId: string) => `/api/estates/${estateId}`;

function useOf<T>(path: string | null): Resource<T> {
  const estateId = useSession((state) => state.estateId);
  const url = estateId === null || path === null ? null : estate(estateId) + path;
  return useResource(url, () => api.get<T>(url ?? ''));
}

function usePagesOf<T extends object>(path: string): Pages<Page<T>> {
  const estateId = useSession((state) => state.estateId);
  const url = estateId === null ? null : estate(estateId) + path;
  return usePages(url, PAGE, (page) => api.get<Page<T>>(url ?? '', page));
}

export const useTerm = () => useOf<{ readonly term: CommitteeTerm | null }>('/committee-terms/current');
export const useHandover = (termId: string | null) =>
  useOf<Handover>(termId === null ? null : `/committee-terms/${termId}/handover`);
export const useElections = () => usePagesOf<ElectionSummary>('/elections');
export const useElection = (id: string | undefined) =>
  useOf<ElectionDetail>(id === undefined ? null : `/elections/${id}`);
export const usePetitions = () => usePagesOf<PetitionSummary>('/petitions');
export const usePetition = (id: string | undefined) =>
  useOf<PetitionDetail>(id === undefined ? null : `/petitions/${id}`);
export const usePetitionOptions = () => useOf<PetitionOptions>('/petitions/options');

/** What owners do about elections and petitions; each answer makes what was known of them old. */
export function electionActions(estateId: string) {
  const elections = `${estate(estateId)}/elections`;
  const petitions = `${estate(estateId)}/petitions`;
  const terms = `${estate(estateId)}/committee-terms`;
  const after = <T>(answer: T): T => {
    for (const url of [elections, petitions, terms]) resourceCache.invalidate(url);
    return answer;
  };
  return {
    nominate: (id: string, key: string, body: NominateRequest) =>
      api.post<{ id: string }>(`${elections}/${id}/candidates`, body, { idempotencyKey: key }).then(after),
    answer: (id: string, candidateId: string, consents: boolean) =>
      api
        .post<ElectionDetail>(`${elections}/${id}/candidates/${candidateId}/answer`, { consents })
        .then(after),
    object: (id: string, candidateId: string, reason: string) =>
      api.post<void>(`${elections}/${id}/candidates/${candidateId}/objections`, { reason }).then(after),
    start: (key: string, body: StartPetitionRequest) =>
      api.post<{ id: string }>(petitions, body, { idempotencyKey: key }).then(after),
    sign: (id: string) => api.post<PetitionDetail>(`${petitions}/${id}/signature`).then(after),
    takeBack: (id: string) => api.post<PetitionDetail>(`${petitions}/${id}/signature/take-back`).then(after),
    withdraw: (id: string) => api.post<PetitionDetail>(`${petitions}/${id}/withdraw`).then(after),
    handOver: (termId: string, itemId: string, what: 'give' | 'receive') =>
      api.post<Handover>(`${terms}/${termId}/handover/${itemId}/${what}`).then(after),
    missing: (termId: string, itemId: string, reason: string) =>
      api.post<Handover>(`${terms}/${termId}/handover/${itemId}/missing`, { reason }).then(after),
  };
}
