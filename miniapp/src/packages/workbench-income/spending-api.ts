import type { BankImport } from '@linli/shared/reconcile';
import type {
  ApplySpendingRequest,
  ExplainBankRequest,
  JointAccountMonth,
  PaySpendingRequest,
  SpendingPage,
  SpendingRequest,
  SpendingState,
} from '@linli/shared/spending';
import type { LocalDocument } from '@/platform';
import { type Pages, type Resource, api, resourceCache, usePages, useResource } from '@/request';
import { useSession } from '@/stores';

const baseOf = (estateId: string) => `/api/estates/${estateId}/income/spending`;

export function useSpendingDesk(state: SpendingState | 'ALL'): Pages<SpendingPage> {
  const estateId = useSession((session) => session.estateId);
  const url = estateId === null ? null : baseOf(estateId);
  const query = state === 'ALL' ? {} : { state };
  return usePages(url === null ? null : `${url}?state=${state}`, 50, (page) =>
    api.get<SpendingPage>(url ?? '', { ...query, ...page }),
  );
}

const accountOf = (estateId: string) => `/api/estates/${estateId}/income/joint-account`;

export function useJointAccount(month: string): Resource<JointAccountMonth> {
  const estateId = useSession((session) => session.estateId);
  const url = estateId === null ? null : `${accountOf(estateId)}?month=${month}`;
  return useResource(url, () => api.get<JointAccountMonth>(url ?? ''));
}

/** Each step answers the request as it then stands; lists and counts are asked for again. */
function spendingActions(estateId: string) {
  const base = baseOf(estateId);
  const account = accountOf(estateId);
  const after = async <Answer>(sending: Promise<Answer>): Promise<Answer> => {
    const answer = await sending;
    for (const path of [base, account, '/api/me/desk', `/api/estates/${estateId}/decisions`])
      resourceCache.invalidate(path);
    return answer;
  };
  const step = (id: string, name: string, body: object = {}) =>
    after(api.post<SpendingRequest>(`${base}/${id}/${name}`, body));
  return {
    apply: (key: string, request: ApplySpendingRequest) =>
      after(api.post<SpendingRequest>(base, request, { idempotencyKey: key })),
    confirm: (id: string) => step(id, 'confirm'),
    file: (id: string) => step(id, 'file'),
    reconcile: (id: string, serial: string) => step(id, 'reconcile', { serial }),
    withdraw: (id: string) => step(id, 'withdraw'),
    reject: (id: string, reason: string) => step(id, 'reject', { reason }),
    pay: (id: string, request: PaySpendingRequest) => step(id, 'pay', request),
    explain: (request: ExplainBankRequest) => after(api.post<undefined>(`${account}/explanations`, request)),
    importStatement: (file: LocalDocument) =>
      after(api.upload<BankImport>(`${account}/bank-statements`, file.path, { fileName: file.name })),
  };
}

export function useSpendingActions() {
  const estateId = useSession((session) => session.estateId);
  return spendingActions(estateId ?? '');
}
