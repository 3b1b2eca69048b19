import type {
  CandidateObjection,
  CommitteeTerm,
  ElectionDetail,
  ElectionOptions,
  ElectionSummary,
  PetitionDetail,
  PetitionSigner,
  PetitionSummary,
  RegisterTermRequest,
  StartElectionRequest,
  VacanciesFilled,
} from '@linli/shared/assembly';
import type { Page } from '@linli/shared/kernel';
import { type Pages, type Resource, api, resourceCache, usePages, useResource } from '@/request';
import { useSession } from '@/stores';

const PAGE = 50;
const base = (estateId: string) => `/api/estates/${estateId}`;

function useOf<T>(path: string | null): Resource<T> {
  const estateId = useSession((state) => state.estateId);
  const url = estateId === null || path === null ? null : base(estateId) + path;
  return useResource(url, () => api.get<T>(url ?? ''));
}

function usePagesOf<T extends object>(path: string | null): Pages<Page<T>> {
  const estateId = useSession((state) => state.estateId);
  const url = estateId === null || path === null ? null : base(estateId) + path;
  return usePages(url, PAGE, (page) => api.get<Page<T>>(url ?? '', page));
}

export const useElections = () => usePagesOf<ElectionSummary>('/elections');
export const useElection = (id: string | undefined) =>
  useOf<ElectionDetail>(id === undefined ? null : `/elections/${id}`);
export const useElectionOptions = () => useOf<ElectionOptions>('/elections/options');
export const useCandidateObjections = (id: string) =>
  useOf<readonly CandidateObjection[]>(`/elections/${id}/objections`);
export const usePetitions = () => usePagesOf<PetitionSummary>('/petitions');
export const usePetition = (id: string) => useOf<PetitionDetail>(`/petitions/${id}`);
export const useSigners = (id: string | null) =>
  usePagesOf<PetitionSigner>(id === null ? null : `/petitions/${id}/signers`);
export const useTerm = () => useOf<{ readonly term: CommitteeTerm | null }>('/committee-terms/current');

/** What those who run an election do; each answer makes what was known old. */
export function electionDeskActions(estateId: string) {
  const elections = `${base(estateId)}/elections`;
  const terms = `${base(estateId)}/committee-terms`;
  const after = <T>(answer: T): T => {
    for (const path of ['elections', 'petitions', 'committee-terms', 'assemblies', 'memberships'])
      resourceCache.invalidate(`${base(estateId)}/${path}`);
    resourceCache.invalidate('desk/');
    return answer;
  };
  return {
    start: (key: string, body: StartElectionRequest) =>
      api.post<{ id: string }>(elections, body, { idempotencyKey: key }).then(after),
    nominate: (id: string, key: string, phone: string, statement: string) =>
      api
        .post<{ id: string }>(`${elections}/${id}/candidates`, { phone, statement }, { idempotencyKey: key })
        .then(after),
    refuse: (id: string, candidateId: string, reason: string) =>
      api.post<ElectionDetail>(`${elections}/${id}/candidates/${candidateId}/refuse`, { reason }).then(after),
    list: (id: string) => api.post<ElectionDetail>(`${elections}/${id}/list`).then(after),
    decide: (id: string, objectionId: string, upheld: boolean, answer: string) =>
      api
        .post<readonly CandidateObjection[]>(`${elections}/${id}/objections/${objectionId}/answer`, {
          upheld,
          answer,
        })
        .then(after),
    assemble: (id: string) => api.post<{ assemblyId: string }>(`${elections}/${id}/assembly`).then(after),
    offices: (id: string) => api.post<ElectionDetail>(`${elections}/${id}/offices`).then(after),
    convene: (petitionId: string) =>
      api.post<{ assemblyId: string }>(`${base(estateId)}/petitions/${petitionId}/convene`).then(after),
    registerTerm: (body: RegisterTermRequest) =>
      api.post<{ term: CommitteeTerm | null }>(terms, body).then(after),
    fill: (termId: string) => api.post<VacanciesFilled>(`${terms}/${termId}/vacancies`).then(after),
    note: (termId: string, what: 'filed' | 'first-meeting', on: string) =>
      api.post<{ term: CommitteeTerm | null }>(`${terms}/${termId}/${what}`, { on }).then(after),
  };
}
