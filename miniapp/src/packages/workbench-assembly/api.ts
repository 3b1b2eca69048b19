import type {
  AnnulDecisionRequest,
  AnswerObjectionRequest,
  AssemblyDetail,
  AssemblyDraft,
  AssemblyDraftRequest,
  AssemblySummary,
  ConveningOptions,
  ConveningReport,
  DecideExtensionRequest,
  Decision,
  DecisionDetail,
  DeskMandate,
  DeskPrincipal,
  DeveloperMeeting,
  DeveloperVote,
  EnterMandateRequest,
  ExtensionsResponse,
  FollowUp,
  GuardianshipEntry,
  OpinionEntry,
  PlanDecisionRequest,
  ProposeExtensionRequest,
  RegisterDecisionRequest,
  RegisterDelegateRequest,
  ReportStepRequest,
  ResultObjections,
  ReviewGuardianshipRequest,
  RollObjection,
  RollObjectionEntry,
} from '@linli/shared/assembly';
import type { LogWitness, RegisterWitnessRequest } from '@linli/shared/ballot-log';
import type { Page } from '@linli/shared/kernel';
import { type Pages, type Query, type Resource, api, resourceCache, usePages, useResource } from '@/request';
import { useSession } from '@/stores';

const PAGE = 50;
const base = (estateId: string) => `/api/estates/${estateId}`;
const meetings = (estateId: string) => `${base(estateId)}/assemblies`;

/** GET of something of the estate, under its own address as the key. */
function useOfEstate<T>(path: string | null): Resource<T> {
  const estateId = useSession((state) => state.estateId);
  const url = estateId === null || path === null ? null : base(estateId) + path;
  return useResource(url, () => api.get<T>(url ?? ''));
}

function usePagesOfEstate<T extends object>(path: string | null, query: Query = {}): Pages<Page<T>> {
  const estateId = useSession((state) => state.estateId);
  const url = estateId === null || path === null ? null : base(estateId) + path;
  return usePages(url === null ? null : `${url}?${JSON.stringify(query)}`, PAGE, (page) =>
    api.get<Page<T>>(url ?? '', { ...query, ...page }),
  );
}

export const useMeetings = () => usePagesOfEstate<AssemblySummary>('/assemblies');
export const useDrafts = () => usePagesOfEstate<AssemblySummary>('/assemblies', { stage: 'DRAFTS' });
export const useOptions = () => useOfEstate<ConveningOptions>('/assemblies/convening/options');
export const useMeeting = (id: string | undefined) =>
  useOfEstate<AssemblyDetail>(id === undefined ? null : `/assemblies/${id}`);
export const useDraftOf = (id: string | undefined) =>
  useOfEstate<AssemblyDraft>(id === undefined ? null : `/assemblies/${id}/draft`);
export const useObjections = (id: string | undefined) =>
  usePagesOfEstate<RollObjectionEntry>(id === undefined ? null : `/assemblies/${id}/roll/objections`);
export const useOpinionEntries = (id: string) =>
  usePagesOfEstate<OpinionEntry>(`/assemblies/${id}/opinions/entries`);
export const useDeveloperMeetings = () => useOfEstate<readonly DeveloperMeeting[]>('/developer-votes');
export const useLogWitnesses = () => useOfEstate<readonly LogWitness[]>('/log-witnesses');
export const useAllDecisions = () => usePagesOfEstate<Decision>('/decisions');
export const useDecisionDetail = (id: string | null) =>
  useOfEstate<DecisionDetail>(id === null ? null : `/decisions/${id}`);

export const useFollowUp = (id: string) => useOfEstate<FollowUp>(`/decisions/${id}/follow-up`);
export const useExtensions = (id: string) => useOfEstate<ExtensionsResponse>(`/assemblies/${id}/extensions`);
export const usePaperMandates = (id: string) =>
  usePagesOfEstate<DeskMandate>(`/assemblies/${id}/mandates/desk`);
export const useResultObjections = (id: string) =>
  useOfEstate<ResultObjections>(`/assemblies/${id}/result-objections`);
export const useGuardianships = () => usePagesOfEstate<GuardianshipEntry>('/guardianships');

/** Whatever was known under these addresses is old. */
function outdated<T>(...addresses: readonly string[]): (answer: T) => T {
  return (answer) => {
    for (const address of [...addresses, 'desk/']) resourceCache.invalidate(address);
    return answer;
  };
}

/** Moving a deadline: asked for by the convener, decided by 街道. */
export function extensionActions(estateId: string, assemblyId: string) {
  const url = `${meetings(estateId)}/${assemblyId}/extensions`;
  const after = outdated<ExtensionsResponse>(`${meetings(estateId)}/${assemblyId}`);
  return {
    propose: (body: ProposeExtensionRequest) => api.post<ExtensionsResponse>(url, body).then(after),
    decide: (id: string, body: DecideExtensionRequest) =>
      api.post<ExtensionsResponse>(`${url}/${id}/decide`, body).then(after),
  };
}

/** Mandates on paper: one enters, another confirms. */
export function mandateActions(estateId: string, assemblyId: string) {
  const url = `${meetings(estateId)}/${assemblyId}/mandates`;
  const after = outdated<DeskMandate>(url);
  return {
    principals: (unit: string) => api.get<readonly DeskPrincipal[]>(`${url}/desk/principals`, { unit }),
    enter: (body: EnterMandateRequest) => api.post<DeskMandate>(`${url}/paper`, body).then(after),
    review: (id: string, approve: boolean) =>
      api.post<DeskMandate>(`${url}/${id}/review`, { approve }).then(after),
  };
}

export function guardianshipActions(estateId: string) {
  const url = `${base(estateId)}/guardianships`;
  const after = outdated<GuardianshipEntry>(url);
  return {
    review: (id: string, body: ReviewGuardianshipRequest) =>
      api.post<GuardianshipEntry>(`${url}/${id}/review`, body).then(after),
    end: (id: string) => api.post<GuardianshipEntry>(`${url}/${id}/end`).then(after),
  };
}

/** What becomes of a decision. */
export function followUpActions(estateId: string, decisionId: string) {
  const url = `${base(estateId)}/decisions/${decisionId}`;
  const after = outdated<FollowUp>(`${base(estateId)}/decisions`);
  return {
    plan: (body: PlanDecisionRequest) => api.post<FollowUp>(`${url}/plan`, body).then(after),
    report: (key: string, body: ReportStepRequest) =>
      api.post<FollowUp>(`${url}/steps`, body, { idempotencyKey: key }).then(after),
    annul: (body: AnnulDecisionRequest) => api.post<FollowUp>(`${url}/annul`, body).then(after),
  };
}

export function answerResultObjection(
  estateId: string,
  assemblyId: string,
  id: string,
  answer: string,
): Promise<ResultObjections> {
  const url = `${meetings(estateId)}/${assemblyId}/result-objections`;
  return api.post<ResultObjections>(`${url}/${id}/answer`, { answer }).then(outdated(url));
}

/** What a convener does; each answer makes what was known old. */
export function conveneActions(estateId: string) {
  const url = meetings(estateId);
  const after = <T>(answer: T): T => {
    resourceCache.invalidate(url);
    resourceCache.invalidate('assemblies/');
    resourceCache.invalidate('desk/');
    return answer;
  };
  return {
    create: (key: string, body: AssemblyDraftRequest) =>
      api.post<AssemblyDraft>(url, body, { idempotencyKey: key }).then(after),
    save: (id: string, body: AssemblyDraftRequest) =>
      api.put<AssemblyDraft>(`${url}/${id}`, body).then(after),
    check: (id: string) => api.get<ConveningReport>(`${url}/${id}/check`),
    step: (id: string, step: 'ask-opinions' | 'redraft' | 'notify') =>
      api.post<AssemblyDetail>(`${url}/${id}/${step}`).then(after),
    cancel: (id: string, reason: string) =>
      api.post<AssemblyDetail>(`${url}/${id}/cancel`, { reason }).then(after),
    withdraw: (id: string, motionId: string, reason: string) =>
      api.post<AssemblyDetail>(`${url}/${id}/motions/${motionId}/withdraw`, { reason }).then(after),
    answer: (id: string, objectionId: string, body: AnswerObjectionRequest) =>
      api.post<RollObjection>(`${url}/${id}/roll/objections/${objectionId}/answer`, body).then(after),
  };
}

export function registerDecision(
  key: string,
  estateId: string,
  body: RegisterDecisionRequest,
): Promise<DecisionDetail> {
  return api
    .post<DecisionDetail>(`${base(estateId)}/decisions`, body, { idempotencyKey: key })
    .then((answer) => {
      resourceCache.invalidate(`${base(estateId)}/decisions`);
      return answer;
    });
}

export function reviewDecision(
  estateId: string,
  id: string,
  approve: boolean,
  reason: string,
): Promise<DecisionDetail> {
  return api
    .post<DecisionDetail>(`${base(estateId)}/decisions/${id}/review`, { approve, reason })
    .then((answer) => {
      resourceCache.invalidate(`${base(estateId)}/decisions`);
      return answer;
    });
}

/** Puts a person in a developer's place in one meeting, or takes them back. */
export function registerDelegate(
  estateId: string,
  assemblyId: string,
  body: RegisterDelegateRequest,
): Promise<readonly DeveloperVote[]> {
  return api
    .put<readonly DeveloperVote[]>(`${meetings(estateId)}/${assemblyId}/developer-delegate`, body)
    .then((answer) => {
      resourceCache.invalidate(`${base(estateId)}/developer-votes`);
      resourceCache.invalidate('desk/');
      return answer;
    });
}

/** What 社区 and 街道 do about witnesses; each answer makes what was known old. */
export function witnessActions(estateId: string) {
  const url = `${base(estateId)}/log-witnesses`;
  const after = <T>(answer: T): T => {
    resourceCache.invalidate(url);
    return answer;
  };
  return {
    register: (key: string, body: RegisterWitnessRequest) =>
      api.post<LogWitness>(url, body, { idempotencyKey: key }).then(after),
    retire: (id: string) => api.post<readonly LogWitness[]>(`${url}/${id}/retire`).then(after),
  };
}
