import type { Page } from '@linli/shared/kernel';
import type {
  FileTicketRequest,
  FileTicketResponse,
  ResponsibleAnswer,
  SimilarTicketsRequest,
  SimilarTicketsResponse,
  TicketCatalogue,
  TicketCategoryCode,
  TicketDetail,
  TicketRating,
  TicketSummary,
} from '@linli/shared/tickets';
import { type Pages, type Resource, api, resourceCache, usePages, useResource } from '@/request';
import { useSession } from '@/stores';

const LONG_MS = 10 * 60_000;

function base(estateId: string): string {
  return `/api/estates/${estateId}/tickets`;
}

function useEstateId(): string | null {
  return useSession((state) => state.estateId);
}

/** The tree of kinds with who answers for each. It hardly ever changes. */
export function useCatalogue(): Resource<TicketCatalogue> {
  const estateId = useEstateId();
  const url = estateId === null ? null : `/api/estates/${estateId}/ticket-categories`;
  return useResource(url, () => api.get<TicketCatalogue>(url ?? ''), { freshMs: LONG_MS });
}

export function useResponsible(category: TicketCategoryCode, danger: boolean): Resource<ResponsibleAnswer> {
  const estateId = useEstateId();
  const key = estateId === null ? null : `${base(estateId)}/responsible/${category}/${danger}`;
  return useResource(
    key,
    () => api.get<ResponsibleAnswer>(`${base(estateId ?? '')}/responsible`, { category, danger }),
    { freshMs: LONG_MS },
  );
}

const MINE = 'me/tickets';
const PAGE = 20;

export function useMyTickets(): Pages<Page<TicketSummary>> {
  return usePages(MINE, PAGE, (page) => api.get<Page<TicketSummary>>('/api/me/tickets', page));
}

export function useNeighbourTickets(): Pages<Page<TicketSummary>> {
  const estateId = useEstateId();
  const url = estateId === null ? null : base(estateId);
  return usePages(url, PAGE, (page) => api.get<Page<TicketSummary>>(url ?? '', page));
}

function detailKey(estateId: string, id: string): string {
  return `${base(estateId)}/${id}`;
}

export function useTicket(estateId: string | undefined, id: string | undefined): Resource<TicketDetail> {
  const key = estateId === undefined || id === undefined ? null : detailKey(estateId, id);
  return useResource(key, () => api.get<TicketDetail>(key ?? ''));
}

/** Whatever a step answered is what the pages show next; the lists are asked for anew. */
function keep(ticket: TicketDetail): TicketDetail {
  forgetLists();
  resourceCache.put(detailKey(ticket.estateId, ticket.id), ticket);
  return ticket;
}

function forgetLists(): void {
  resourceCache.invalidate(MINE);
  const { estateId } = useSession.getState();
  if (estateId === null) return;
  resourceCache.invalidate(base(estateId));
  resourceCache.invalidate(`home/${estateId}`);
}

export async function fileTicket(
  estateId: string,
  key: string,
  request: FileTicketRequest,
): Promise<FileTicketResponse> {
  const filed = await api.post<FileTicketResponse>(base(estateId), request, { idempotencyKey: key });
  forgetLists();
  return filed;
}

export function findSimilar(
  estateId: string,
  request: SimilarTicketsRequest,
): Promise<SimilarTicketsResponse> {
  return api.post<SimilarTicketsResponse>(`${base(estateId)}/similar`, request);
}

/** What a complainant, or a neighbour, does. */
export type ComplaintStep =
  | { readonly path: 'withdraw' | 'reopen' | 'appeal'; readonly body: { readonly reason: string } }
  | {
      readonly path: 'answer';
      readonly body: { readonly text: string; readonly photoIds: readonly string[] };
    }
  | { readonly path: 'confirm' | 'rate'; readonly body: TicketRating }
  | { readonly path: 'follow'; readonly body: { readonly note: string } };

export async function takeStep(
  estateId: string,
  id: string,
  key: string,
  { path, body }: ComplaintStep,
): Promise<TicketDetail> {
  const url = `${base(estateId)}/${id}/${path}`;
  return keep(await api.post<TicketDetail>(url, body, { idempotencyKey: key }));
}
