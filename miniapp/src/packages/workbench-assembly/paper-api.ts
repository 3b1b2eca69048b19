import type {
  AnswerPaperObjectionRequest,
  AssemblySummary,
  EnterPaperRequest,
  PaperDesk,
  PaperReturn,
  PaperReturnDetail,
  PaperSlip,
  PrintBatch,
  ReceivePaperRequest,
  RecordDeliveryRequest,
  ReturnState,
  SlipFilter,
} from '@linli/shared/assembly';
import type { Page } from '@linli/shared/kernel';
import { openPrivateDocument } from '@/platform';
import { type Pages, type Resource, api, resourceCache, usePages, useResource } from '@/request';
import { useSession } from '@/stores';

const PAGE = 50;
const paperUrl = (estateId: string, assemblyId: string) =>
  `/api/estates/${estateId}/assemblies/${assemblyId}/paper`;

function useUrl(assemblyId: string | undefined): string | null {
  const estateId = useSession((state) => state.estateId);
  return estateId === null || assemblyId === undefined ? null : paperUrl(estateId, assemblyId);
}

/** Meetings whose papers are printed, taken in or read now. */
export function usePaperMeetings(): Pages<Page<AssemblySummary>> {
  const estateId = useSession((state) => state.estateId);
  const url = estateId === null ? null : `/api/estates/${estateId}/assemblies`;
  return usePages(url, PAGE, (page) => api.get<Page<AssemblySummary>>(url ?? '', page));
}

export function usePaperDesk(assemblyId: string | undefined): Resource<PaperDesk> {
  const url = useUrl(assemblyId);
  return useResource(url, () => api.get<PaperDesk>(url ?? ''));
}

export function useSlips(assemblyId: string, show: SlipFilter): Pages<Page<PaperSlip>> {
  const url = useUrl(assemblyId);
  return usePages(url === null ? null : `${url}/slips?${show}`, PAGE, (page) =>
    api.get<Page<PaperSlip>>(`${url ?? ''}/slips`, { ...page, show }),
  );
}

export function useReturns(assemblyId: string, state: ReturnState | undefined): Pages<Page<PaperReturn>> {
  const url = useUrl(assemblyId);
  return usePages(url === null ? null : `${url}/returns?${state ?? ''}`, PAGE, (page) =>
    api.get<Page<PaperReturn>>(`${url ?? ''}/returns`, { ...page, state }),
  );
}

export function useReturn(
  assemblyId: string | undefined,
  returnId: string | undefined,
): Resource<PaperReturnDetail> {
  const paper = useUrl(assemblyId);
  const url = paper === null || returnId === undefined ? null : `${paper}/returns/${returnId}`;
  return useResource(url, () => api.get<PaperReturnDetail>(url ?? ''));
}

/** What the desk does; each answer makes what was known of the papers old. */
export function paperActions(estateId: string, assemblyId: string) {
  const url = paperUrl(estateId, assemblyId);
  const after = <T>(answer: T): T => {
    resourceCache.invalidate(url);
    resourceCache.invalidate('desk/');
    return answer;
  };
  return {
    issue: () => api.post<PaperDesk>(`${url}/slips`).then(after),
    replace: (slipId: string) => api.post<PaperSlip>(`${url}/slips/${slipId}/replace`).then(after),
    deliver: (key: string, body: RecordDeliveryRequest) =>
      api.post<PaperDesk>(`${url}/deliveries`, body, { idempotencyKey: key }).then(after),
    receive: (key: string, body: ReceivePaperRequest) =>
      api.post<PaperReturnDetail>(`${url}/returns`, body, { idempotencyKey: key }).then(after),
    enter: (key: string, returnId: string, body: EnterPaperRequest) =>
      api
        .post<PaperReturnDetail>(`${url}/returns/${returnId}/entries`, body, { idempotencyKey: key })
        .then(after),
    answer: (returnId: string, body: AnswerPaperObjectionRequest) =>
      api.post<PaperReturnDetail>(`${url}/returns/${returnId}/objection/answer`, body).then(after),
    print: ({ from, to }: Pick<PrintBatch, 'from' | 'to'>) =>
      openPrivateDocument(`${url}/slips.pdf?from=${from}&to=${to}`, `表决票 ${from}-${to}.pdf`, {
        Authorization: `Bearer ${useSession.getState().token ?? ''}`,
      }),
  };
}
