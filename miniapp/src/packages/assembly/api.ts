import type {
  AssemblyDetail,
  AssemblyResult,
  BallotReceipt,
  CastBallotRequest,
  ChooseRepresentativeRequest,
  Decision,
  DecisionDetail,
  FollowUp,
  GiveOpinionRequest,
  GrantMandateRequest,
  Mandate,
  MyPaper,
  ObjectToResultRequest,
  ObjectToRollRequest,
  OpinionSummary,
  PostedRoll,
  ProxyOptions,
  ResultObjections,
  RollCorrection,
  RollObjection,
} from '@linli/shared/assembly';
import type {
  BallotQrResponse,
  LogBoardResponse,
  LoggedBallotResponse,
  LogHeadResponse,
} from '@linli/shared/ballot-log';
import type { SendSignatureResponse } from '@linli/shared/identity';
import type { Page } from '@linli/shared/kernel';
import { type Pages, type Resource, api, resourceCache, usePages, useResource } from '@/request';
import { useSession } from '@/stores';

function useBase(): string | null {
  const estateId = useSession((state) => state.estateId);
  return estateId === null ? null : `/api/estates/${estateId}`;
}

/** GET of something of the estate, under its own address as the key. */
function useOfEstate<T>(path: string | null): Resource<T> {
  const base = useBase();
  const url = base === null || path === null ? null : base + path;
  return useResource(url, () => api.get<T>(url ?? ''));
}
function usePagesOfEstate<P extends Page<object>>(path: string | null, pageSize: number): Pages<P> {
  const base = useBase();
  const url = base === null || path === null ? null : base + path;
  return usePages(url, pageSize, (page) => api.get<P>(url ?? '', page));
}

/** `delegate`: whoever votes for the developer is nobody else in the estate, and has an own address. */
export type Seat = 'delegate' | undefined;
export const seatOf = (as: string | undefined): Seat => (as === 'delegate' ? 'delegate' : undefined);

const assemblyPath = (assemblyId: string) => `/assemblies/${assemblyId}`;

/** GET of something of a meeting, as whoever sits there. */
function useOfMeeting<T>(assemblyId: string | undefined, as: Seat, rest = ''): Resource<T> {
  const base = useBase();
  const meeting =
    assemblyId === undefined || (base === null && as === undefined)
      ? null
      : meetingUrl(base ?? '', assemblyId, as);
  const url = meeting === null ? null : meeting + rest;
  return useResource(url, () => api.get<T>(url ?? ''));
}

function meetingUrl(base: string, assemblyId: string, as: Seat): string {
  return as === 'delegate' ? `/api/me/delegated-assemblies/${assemblyId}` : base + assemblyPath(assemblyId);
}

export const useAssembly = (assemblyId: string | undefined, as?: Seat) =>
  useOfMeeting<AssemblyDetail>(assemblyId, as);
export const useResult = (assemblyId: string | undefined, as?: Seat) =>
  useOfMeeting<AssemblyResult>(assemblyId, as, '/result');

/** The record of a meeting, and one's own place in it. */
const useOfLog = <T>(assemblyId: string | undefined, rest = '') =>
  useOfEstate<T>(assemblyId === undefined ? null : `${assemblyPath(assemblyId)}/log${rest}`);
export const useLogHead = (assemblyId: string) => useOfLog<LogHeadResponse>(assemblyId);
export const useLogBoard = (assemblyId: string | undefined) =>
  useOfLog<LogBoardResponse>(assemblyId, '/board');
const receiptPath = (ballotId: string) => `/log/ballots/${ballotId}`;
export const useLoggedBallot = (assemblyId: string | undefined, ballotId: string | undefined, as?: Seat) =>
  useOfMeeting<LoggedBallotResponse>(
    ballotId === undefined ? undefined : assemblyId,
    as,
    receiptPath(ballotId ?? ''),
  );
export const useBallotQr = (assemblyId: string, ballotId: string, as?: Seat) =>
  useOfMeeting<BallotQrResponse>(assemblyId, as, `${receiptPath(ballotId)}/qr`);

export function useOpinions(assemblyId: string | null): Resource<readonly OpinionSummary[]> {
  return useOfEstate<readonly OpinionSummary[]>(
    assemblyId === null ? null : `${assemblyPath(assemblyId)}/opinions`,
  );
}

export function usePostedRoll(assemblyId: string | undefined): Pages<PostedRoll> {
  return usePagesOfEstate(assemblyId === undefined ? null : `${assemblyPath(assemblyId)}/roll`, 100);
}

/** What upheld objections changed on the posted roll. */
export function useRollCorrections(assemblyId: string | undefined): Pages<Page<RollCorrection>> {
  return usePagesOfEstate(
    assemblyId === undefined ? null : `${assemblyPath(assemblyId)}/roll/corrections`,
    20,
  );
}

export function useDecisions(): Pages<Page<Decision>> {
  return usePagesOfEstate('/decisions', 50);
}

export function useDecision(decisionId: string | null): Resource<DecisionDetail> {
  return useOfEstate<DecisionDetail>(decisionId === null ? null : `/decisions/${decisionId}`);
}

/** 纸质票 of the reader's own homes. */
export function useMyPapers(assemblyId: string): Resource<readonly MyPaper[]> {
  return useOfEstate<readonly MyPaper[]>(`${assemblyPath(assemblyId)}/paper/mine`);
}

export function objectToPaper(
  estateId: string,
  assemblyId: string,
  returnId: string,
  text: string,
): Promise<readonly MyPaper[]> {
  const base = `/api/estates/${estateId}${assemblyPath(assemblyId)}`;
  return api.post<readonly MyPaper[]>(`${base}/paper/mine/${returnId}/objection`, { text }).then((answer) => {
    resourceCache.invalidate(base);
    return answer;
  });
}

/** What became of a decision. */
export function useFollowUp(decisionId: string | null): Resource<FollowUp> {
  return useOfEstate<FollowUp>(decisionId === null ? null : `/decisions/${decisionId}/follow-up`);
}

export function useProxyOptions(assemblyId: string): Resource<ProxyOptions> {
  return useOfEstate<ProxyOptions>(`${assemblyPath(assemblyId)}/mandates/options`);
}

export function useResultObjections(assemblyId: string): Resource<ResultObjections> {
  return useOfEstate<ResultObjections>(`${assemblyPath(assemblyId)}/result-objections`);
}

/** What a voter may do in a meeting; each answer makes what was known of it old. A delegate only casts. */
export function assemblyActions(estateId: string, assemblyId: string, as?: Seat) {
  const base = meetingUrl(`/api/estates/${estateId}`, assemblyId, as);
  const after = <T>(answer: T): T => {
    resourceCache.invalidate(base);
    resourceCache.invalidate('assemblies/');
    resourceCache.invalidate('home/');
    return answer;
  };
  return {
    cast: (key: string, body: CastBallotRequest) =>
      api.post<BallotReceipt>(`${base}/ballots`, body, { idempotencyKey: key }).then(after),
    choose: (body: ChooseRepresentativeRequest) =>
      api.put<AssemblyDetail>(`${base}/representative`, body).then(after),
    sendMandateCode: () => api.post<SendSignatureResponse>(`${base}/mandates/code`),
    grantMandate: (body: GrantMandateRequest) => api.post<Mandate>(`${base}/mandates`, body).then(after),
    endMandate: (mandateId: string, reason: 'REVOKED' | 'RESIGNED') =>
      api.post<Mandate>(`/api/me/mandates/${mandateId}/end`, { reason }).then(after),
    objectToResult: (key: string, body: ObjectToResultRequest) =>
      api.post<ResultObjections>(`${base}/result-objections`, body, { idempotencyKey: key }).then(after),
    opine: (body: GiveOpinionRequest) =>
      api.post<readonly OpinionSummary[]>(`${base}/opinions`, body).then(after),
    object: (key: string, body: ObjectToRollRequest) =>
      api.post<RollObjection>(`${base}/roll/objections`, body, { idempotencyKey: key }).then(after),
  };
}
