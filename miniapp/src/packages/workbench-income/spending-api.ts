import type {
  ApplySpendingRequest,
  PaySpendingRequest,
  SpendingPage,
  SpendingRequest,
  SpendingState,
} from '@linli/shared/spending';
import { type Pages, api, resourceCache, usePages } from '@/request';
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

/** Each step answers the request as it then stands; lists and counts are asked for again. */
function spendingActions(estateId: string) {
  const base = baseOf(estateId);
  const after = async (sending: Promise<SpendingRequest>): Promise<SpendingRequest> => {
    const answer = await sending;
    for (const path of [base, '/api/me/desk', `/api/estates/${estateId}/decisions`])
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
    reconcile: (id: string) => step(id, 'reconcile'),
    withdraw: (id: string) => step(id, 'withdraw'),
    reject: (id: string, reason: string) => step(id, 'reject', { reason }),
    pay: (id: string, request: PaySpendingRequest) => step(id, 'pay', request),
  };
}

export function useSpendingActions() {
  const estateId = useSession((session) => session.estateId);
  return spendingActions(estateId ?? '');
}
