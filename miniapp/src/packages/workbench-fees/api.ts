import type {
  BillPreviewRequest,
  BillPreviewView,
  BillingTerms,
  BillState,
  CollectionBill,
  CollectionView,
  FeeScheduleView,
  FeeSheetCheck,
  IssueBillsRequest,
  IssueBillsResponse,
  PublishScheduleRequest,
  PublishScheduleResponse,
  PublishUtilitiesRequest,
  UnitBilling,
  UnitBillingRequest,
  UtilityMonthView,
  UtilitySheetCheck,
} from '@linli/shared/fees';
import type { LocalDocument } from '@/platform';
import { type Pages, type Resource, api, resourceCache, usePages, useResource } from '@/request';
import { membershipsIn, useSession } from '@/stores';

const baseOf = (estateId: string) => `/api/estates/${estateId}/fees`;

function useOfFees<T>(path: string | null): Resource<T> {
  const estateId = useSession((state) => state.estateId);
  const url = estateId === null || path === null ? null : baseOf(estateId) + path;
  return useResource(url, () => api.get<T>(url ?? ''));
}

/** The newest version, in force already or not: the next one follows it. */
export function useLatestSchedule(): Resource<FeeScheduleView> {
  const inForce = useOfFees<FeeScheduleView>('/schedule');
  const newest = inForce.status === 'ready' ? inForce.data.versions[0]?.version : undefined;
  const latest = useOfFees<FeeScheduleView>(newest === undefined ? null : `/schedules/${newest}`);
  return inForce.status === 'error' ? inForce : latest;
}
/** The version in force: what may be charged now. */
export const useSchedule = () => useOfFees<FeeScheduleView>('/schedule');
export const useUtilities = () => useOfFees<UtilityMonthView>('/utilities');
export const useTerms = () => useOfFees<BillingTerms>('/terms');
export const useUnitBilling = (unitId: string) => useOfFees<UnitBilling>(`/units/${unitId}/billing`);

export interface CollectionFilter {
  readonly month: string;
  readonly state: BillState | 'ALL' | 'OVERDUE';
  readonly search: string;
}

export function useCollection({ month, state, search }: CollectionFilter): Pages<CollectionView> {
  const estateId = useSession((session) => session.estateId);
  const filter = {
    month,
    state: state === 'ALL' || state === 'OVERDUE' ? undefined : state,
    overdue: state === 'OVERDUE' ? 1 : undefined,
    search: search.trim() === '' ? undefined : search.trim(),
  };
  const url = estateId === null ? null : `${baseOf(estateId)}/collection`;
  return usePages(url === null ? null : `${url}?${JSON.stringify(filter)}`, 50, (page) =>
    api.get<CollectionView>(url ?? '', { ...filter, ...page }),
  );
}

/** What the company does with its prices and bills. */
function feeActions(estateId: string) {
  const base = baseOf(estateId);
  const forget = () => {
    resourceCache.invalidate(base);
  };
  const after = async <T>(sending: Promise<T>): Promise<T> => {
    const answer = await sending;
    forget();
    return answer;
  };
  return {
    checkSchedule: (file: LocalDocument) =>
      api.upload<FeeSheetCheck>(`${base}/schedule-checks`, file.path, { fileName: file.name }),
    publishSchedule: (key: string, request: PublishScheduleRequest) =>
      after(api.post<PublishScheduleResponse>(`${base}/schedules`, request, { idempotencyKey: key })),
    checkUtilities: (file: LocalDocument) =>
      api.upload<UtilitySheetCheck>(`${base}/utility-checks`, file.path, { fileName: file.name }),
    publishUtilities: (key: string, request: PublishUtilitiesRequest) =>
      after(api.post(`${base}/utilities`, request, { idempotencyKey: key })),
    preview: (request: BillPreviewRequest) => api.post<BillPreviewView>(`${base}/bill-previews`, request),
    issue: (key: string, request: IssueBillsRequest) =>
      after(api.post<IssueBillsResponse>(`${base}/bill-runs`, request, { idempotencyKey: key })),
    setTerms: async (terms: BillingTerms) => {
      const kept = await after(api.put<BillingTerms>(`${base}/terms`, terms));
      // At once: a form that showed the former terms for a moment would take what is typed for no change.
      resourceCache.put(`${base}/terms`, kept);
      return kept;
    },
    setUnit: (unitId: string, how: UnitBillingRequest) =>
      after(api.put<UnitBillingRequest>(`${base}/units/${unitId}/billing`, how)),
    bill: (billId: string) => api.get<CollectionBill>(`${base}/bills/${billId}`),
    cancel: (key: string, billId: string, reason: string) =>
      after(api.post<CollectionBill>(`${base}/bills/${billId}/cancel`, { reason }, { idempotencyKey: key })),
  };
}
export type FeeActions = ReturnType<typeof feeActions>;

export function useFeeActions(): FeeActions {
  return feeActions(useSession((state) => state.estateId) ?? '');
}

/** Prices and terms are the manager's word; a clerk prepares and reads. */
export function useIsManager(): boolean {
  const me = useSession((state) => state.me);
  const estateId = useSession((state) => state.estateId);
  return membershipsIn(me, estateId).some(({ role }) => role === 'COMPANY_MANAGER');
}
