import type { Page } from '@linli/shared/kernel';
import type {
  OversightCounts,
  OversightExtension,
  OversightFilter,
  OversightTicket,
  ResponsibleBody,
  TicketAssignee,
  TicketCounts,
  TicketDetail,
  TicketQueueQuery,
  TicketSummary,
} from '@linli/shared/tickets';
import { type Pages, type Resource, api, resourceCache, usePages, useResource } from '@/request';
import { useSession } from '@/stores';

const PAGE = 30;
const LONG_MS = 10 * 60_000;

function base(estateId: string): string {
  return `/api/estates/${estateId}/tickets`;
}

function useEstateId(): string | null {
  return useSession((state) => state.estateId);
}

export function useQueue(query: TicketQueueQuery): Pages<Page<TicketSummary>> {
  const estateId = useEstateId();
  const key = estateId === null ? null : `${base(estateId)}/queue?${JSON.stringify(query)}`;
  return usePages(key, PAGE, (page) =>
    api.get<Page<TicketSummary>>(`${base(estateId ?? '')}/queue`, { ...query, ...page }),
  );
}

export function useCounts(): Resource<TicketCounts> {
  const estateId = useEstateId();
  const url = estateId === null ? null : `${base(estateId)}/counts`;
  return useResource(url, () => api.get<TicketCounts>(url ?? ''));
}

export function useAssignees(): Resource<readonly TicketAssignee[]> {
  const estateId = useEstateId();
  const url = estateId === null ? null : `${base(estateId)}/assignees`;
  return useResource(url, () => api.get<readonly TicketAssignee[]>(url ?? ''), { freshMs: LONG_MS });
}

export function useDepartments(): Resource<readonly ResponsibleBody[]> {
  const estateId = useEstateId();
  const url = estateId === null ? null : `${base(estateId)}/departments`;
  return useResource(url, () => api.get<readonly ResponsibleBody[]>(url ?? ''), { freshMs: LONG_MS });
}

function detailKey(estateId: string, id: string): string {
  return `${base(estateId)}/${id}`;
}

export function useTicket(estateId: string | undefined, id: string | undefined): Resource<TicketDetail> {
  const key = estateId === undefined || id === undefined ? null : detailKey(estateId, id);
  return useResource(key, () => api.get<TicketDetail>(key ?? ''));
}

/** One step of a handler or supervisor; what it answers is what the pages show next. */
export async function takeStep(
  ticket: { readonly estateId: string; readonly id: string },
  key: string,
  path: string,
  body: object,
): Promise<TicketDetail> {
  const url = `${detailKey(ticket.estateId, ticket.id)}/${path}`;
  const after = await api.post<TicketDetail>(url, body, { idempotencyKey: key });
  resourceCache.invalidate(base(ticket.estateId));
  resourceCache.invalidate('oversight/');
  resourceCache.invalidate('desk/');
  resourceCache.put(detailKey(ticket.estateId, ticket.id), after);
  return after;
}

/** Somebody else was faster: what is shown is out of date. */
export function lookAgain({ estateId }: { readonly estateId: string }): void {
  resourceCache.invalidate(base(estateId));
}

// --- 社区 and 街道, across their estates -------------------------------------------------------------------------------

export function useOverseen(filter: OversightFilter): Pages<Page<OversightTicket>> {
  return usePages(`oversight/${filter}`, PAGE, (page) =>
    api.get<Page<OversightTicket>>('/api/oversight/tickets', { filter, ...page }),
  );
}

export function useOversightCounts(): Resource<OversightCounts> {
  return useResource('oversight/counts', () => api.get<OversightCounts>('/api/oversight/tickets/counts'));
}

export function useExtensions(): Pages<Page<OversightExtension>> {
  return usePages('oversight/extensions', PAGE, (page) =>
    api.get<Page<OversightExtension>>('/api/oversight/extensions', page),
  );
}
