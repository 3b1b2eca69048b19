import type {
  DunningSums,
  NoticeFilter,
  NoticePage,
  NoticeRow,
  ReadyForNotice,
  RecordNoticeDeliveryRequest,
  WriteNoticesRequest,
  WrittenNotices,
} from '@linli/shared/fees';
import { openPrivateDocument } from '@/platform';
import { type Pages, type Resource, api, resourceCache, usePages, useResource } from '@/request';
import { membershipsIn, useSession } from '@/stores';

const feesOf = (estateId: string) => `/api/estates/${estateId}/fees`;
const noticesOf = (estateId: string) => `${feesOf(estateId)}/dunning/notices`;

/** 催告书 are the company's; the committee reads sums. */
export function useWorksForCompany(): boolean {
  const me = useSession((state) => state.me);
  const estateId = useSession((state) => state.estateId);
  return membershipsIn(me, estateId).some(({ role }) => role.startsWith('COMPANY_'));
}

export function useDunningSums(): Resource<DunningSums> {
  const estateId = useSession((state) => state.estateId);
  const url = estateId === null ? null : `${feesOf(estateId)}/dunning/sums`;
  return useResource(url, () => api.get<DunningSums>(url ?? ''));
}

export function useReady(): Resource<ReadyForNotice> {
  const estateId = useSession((state) => state.estateId);
  const url = estateId === null ? null : `${noticesOf(estateId)}/ready`;
  return useResource(url, () => api.get<ReadyForNotice>(url ?? ''));
}

export function useNotices(show: NoticeFilter): Pages<NoticePage> {
  const estateId = useSession((state) => state.estateId);
  const url = estateId === null ? null : noticesOf(estateId);
  return usePages(url === null ? null : `${url}?${show}`, 50, (page) =>
    api.get<NoticePage>(url ?? '', { ...page, show }),
  );
}

/** Numbers of one year, both printed. */
export interface PrintRange {
  readonly year: number;
  readonly from: number;
  readonly to: number;
  readonly show: NoticeFilter;
}

export function useNoticeActions() {
  const estateId = useSession((state) => state.estateId) ?? '';
  const url = noticesOf(estateId);
  const after = <T>(answer: T): T => {
    resourceCache.invalidate(feesOf(estateId));
    return answer;
  };
  return {
    write: (key: string, request: WriteNoticesRequest) =>
      api.post<WrittenNotices>(url, request, { idempotencyKey: key }).then(after),
    deliver: (id: string, request: RecordNoticeDeliveryRequest) =>
      api.post<NoticeRow>(`${url}/${id}/delivery`, request).then(after),
    print: ({ year, from, to, show }: PrintRange) =>
      openPrivateDocument(
        `${url}.pdf?year=${year}&from=${from}&to=${to}&show=${show}`,
        from === to ? `催告书 ${year}-${from}.pdf` : `催告书 ${year}-${from}-${to}.pdf`,
        { Authorization: `Bearer ${useSession.getState().token ?? ''}` },
      ),
  };
}
