import type { Ledger } from '@linli/shared/fees';
import type { BankImport, ReconciliationMonth } from '@linli/shared/reconcile';
import type {
  AskedResponse,
  AskRefundRequest,
  BillPayments,
  DecisionRequest,
  ProposeRequest,
  RefundList,
  UnmatchedMoney,
} from '@linli/shared/refunds';
import type { LocalDocument } from '@/platform';
import { type Pages, type Resource, api, resourceCache, usePages, useResource } from '@/request';
import { useSession } from '@/stores';

const feesOf = (estateId: string) => `/api/estates/${estateId}/fees`;
const reconciliationOf = (estateId: string) => `/api/estates/${estateId}/reconciliation`;

function useOfEstate<T>(path: (estateId: string) => string): Resource<T> {
  const estateId = useSession((state) => state.estateId);
  const url = estateId === null ? null : path(estateId);
  return useResource(url, () => api.get<T>(url ?? ''));
}

export const useUnmatched = () => useOfEstate<UnmatchedMoney>((id) => `${feesOf(id)}/unmatched`);
export const useBillPayments = (billId: string) =>
  useOfEstate<BillPayments>((id) => `${feesOf(id)}/bills/${billId}/payments`);
export const useReconciliation = (month: string, ledger: Ledger) =>
  useOfEstate<ReconciliationMonth>((id) => `${reconciliationOf(id)}?month=${month}&ledger=${ledger}`);

export function useRefunds(): Pages<RefundList> {
  const estateId = useSession((state) => state.estateId);
  const url = estateId === null ? null : `${feesOf(estateId)}/refunds`;
  return usePages(url, 50, (page) => api.get<RefundList>(url ?? '', { ...page }));
}

/** What the desk does with money: asks, and decides on what another asked. */
function moneyActions(estateId: string) {
  const base = feesOf(estateId);
  const after = async <T>(sending: Promise<T>): Promise<T> => {
    const answer = await sending;
    for (const path of [base, reconciliationOf(estateId), '/api/me/desk']) resourceCache.invalidate(path);
    return answer;
  };
  return {
    ask: (key: string, request: AskRefundRequest) =>
      after(api.post<AskedResponse>(`${base}/refunds`, request, { idempotencyKey: key })),
    decide: (id: string, decision: DecisionRequest) =>
      after(api.post<undefined>(`${base}/refunds/${id}/decision`, decision)),
    withdraw: (id: string) => after(api.post<undefined>(`${base}/refunds/${id}/withdraw`)),
    retry: (id: string) => after(api.post<undefined>(`${base}/refunds/${id}/retry`)),
    propose: (key: string, request: ProposeRequest) =>
      after(api.post<AskedResponse>(`${base}/proposals`, request, { idempotencyKey: key })),
    agree: (id: string, decision: DecisionRequest) =>
      after(api.post<undefined>(`${base}/proposals/${id}/decision`, decision)),
    importStatement: (ledger: Ledger, file: LocalDocument) =>
      after(
        api.upload<BankImport>(`${reconciliationOf(estateId)}/bank-statements?ledger=${ledger}`, file.path, {
          fileName: file.name,
        }),
      ),
  };
}

export const useMoneyActions = () => moneyActions(useSession((state) => state.estateId) ?? '');
