import type {
  AnswerFindingRequest,
  AuditDesk,
  AuditDraft,
  ChangeAuditRequest,
  CommitAuditRequest,
  FindingView,
  SaveAuditReportRequest,
} from '@linli/shared/income-audit';
import type { ContractList, StatementList, StatementView } from '@linli/shared/income';
import { type Resource, api, resourceCache, useResource } from '@/request';
import { useSession } from '@/stores';

const baseOf = (estateId: string) => `/api/estates/${estateId}/income`;

function useOf<T>(path: string | null): Resource<T> {
  const estateId = useSession((session) => session.estateId);
  const url = estateId === null || path === null ? null : baseOf(estateId) + path;
  return useResource(url, () => api.get<T>(url ?? ''));
}

export const useAuditDesk = () => useOf<AuditDesk>('/audits/desk');
export const useAuditDraft = (id: string | undefined) =>
  useOf<AuditDraft>(id === undefined ? null : `/audits/drafts/${id}`);
/** What a finding may concern. */
export const usePublishedStatements = () => useOf<StatementList>('/statements?limit=40');
export const useContracts = () => useOf<ContractList>('/contracts?limit=40');
export const useStatementLines = (id: string | null) =>
  useOf<StatementView>(id === null ? null : `/statements/${id}`);

/** Each answers the thing as it then stands; lists and counts are asked for again. */
function auditActions(estateId: string) {
  const base = `${baseOf(estateId)}/audits`;
  const after = async <T>(sending: Promise<T>): Promise<T> => {
    const answer = await sending;
    for (const path of [base, '/api/me/desk']) resourceCache.invalidate(path);
    return answer;
  };
  return {
    begin: (key: string, request: SaveAuditReportRequest) =>
      after(api.post<AuditDraft>(`${base}/reports`, request, { idempotencyKey: key })),
    save: (id: string, request: SaveAuditReportRequest) =>
      after(api.put<AuditDraft>(`${base}/reports/${id}`, request)),
    publish: (id: string, revision: number) =>
      after(api.post<AuditDraft>(`${base}/reports/${id}/publish`, { revision })),
    discard: (id: string) => after(api.post(`${base}/reports/${id}/discard`, {})),
    amend: (key: string, id: string, reason: string) =>
      after(api.post<AuditDraft>(`${base}/reports/${id}/amendments`, { reason }, { idempotencyKey: key })),
    commit: (key: string, request: CommitAuditRequest) =>
      after(api.post<AuditDesk>(`${base}/commitment`, request, { idempotencyKey: key })),
    change: (key: string, request: ChangeAuditRequest) =>
      after(api.post<AuditDesk>(`${base}/commitment/changes`, request, { idempotencyKey: key })),
    answer: (key: string, id: string, request: AnswerFindingRequest) =>
      after(api.post<FindingView>(`${base}/findings/${id}/answers`, request, { idempotencyKey: key })),
    accept: (id: string, seq: number) =>
      after(api.post<FindingView>(`${base}/findings/${id}/accept`, { seq })),
    sendBack: (id: string, seq: number, reason: string) =>
      after(api.post<FindingView>(`${base}/findings/${id}/send-back`, { seq, reason })),
  };
}

export function useAuditActions() {
  const estateId = useSession((session) => session.estateId);
  return auditActions(estateId ?? '');
}
