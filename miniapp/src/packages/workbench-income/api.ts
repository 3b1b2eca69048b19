import type {
  BookLineRequest,
  IncomeDesk,
  IncomeSheetCheck,
  QuarterBooks,
  RegisterContractRequest,
  SaveStatementRequest,
  StatementDraftView,
  StatementView,
} from '@linli/shared/income';
import type { LocalDocument } from '@/platform';
import { type Resource, api, resourceCache, useResource } from '@/request';
import { useSession } from '@/stores';

const baseOf = (estateId: string) => `/api/estates/${estateId}/income`;

function useBase(): string | null {
  const estateId = useSession((state) => state.estateId);
  return estateId === null ? null : baseOf(estateId);
}

function useOfIncome<T>(path: string | null): Resource<T> {
  const base = useBase();
  const url = base === null || path === null ? null : base + path;
  return useResource(url, () => api.get<T>(url ?? ''));
}

export const useIncomeDesk = () => useOfIncome<IncomeDesk>('/drafts');
export const useIncomeDraft = (id: string | undefined) =>
  useOfIncome<StatementDraftView>(id === undefined ? null : `/drafts/${id}`);
/** The version that a correction starts from. */
export const useStatement = (id: string | null) =>
  useOfIncome<StatementView>(id === null ? null : `/statements/${id}`);

export const useQuarterBooks = (quarter: string) => useOfIncome<QuarterBooks>(`/books?quarter=${quarter}`);

/** What is booked as it happens; each answers the quarter's books as they then stand. */
export function bookActions(estateId: string) {
  const base = baseOf(estateId);
  const kept = async (sending: Promise<QuarterBooks>): Promise<QuarterBooks> => {
    const books = await sending;
    resourceCache.invalidate(base);
    resourceCache.put(`${base}/books?quarter=${books.quarter}`, books);
    return books;
  };
  return {
    book: (key: string, request: BookLineRequest) =>
      kept(api.post<QuarterBooks>(`${base}/books/lines`, request, { idempotencyKey: key })),
    takeBack: (key: string, id: string, reason: string) =>
      kept(
        api.post<QuarterBooks>(`${base}/books/lines/${id}/take-back`, { reason }, { idempotencyKey: key }),
      ),
    redact: async (key: string, originalId: string, fileId: string) => {
      await api.post(`${base}/vouchers/${originalId}/redacted`, { fileId }, { idempotencyKey: key });
      resourceCache.invalidate(base);
    },
  };
}

/** What the treasurer does; each answers the draft as it then stands. */
export function incomeActions(estateId: string) {
  const base = baseOf(estateId);
  const kept = async (sending: Promise<StatementDraftView>): Promise<StatementDraftView> => {
    const draft = await sending;
    // Lists and what owners read are asked for again; the draft itself is known.
    resourceCache.invalidate(base);
    resourceCache.put(`${base}/drafts/${draft.id}`, draft);
    return draft;
  };
  const step = (id: string, name: string, key: string, body: object = {}) =>
    kept(api.post<StatementDraftView>(`${base}/statements/${id}/${name}`, body, { idempotencyKey: key }));
  return {
    checkSheet: (file: LocalDocument) =>
      api.upload<IncomeSheetCheck>(`${base}/sheet-checks`, file.path, { fileName: file.name }),
    begin: (key: string, request: SaveStatementRequest) =>
      kept(api.post<StatementDraftView>(`${base}/statements`, request, { idempotencyKey: key })),
    beginFromBooks: (key: string, quarter: string) =>
      kept(
        api.post<StatementDraftView>(`${base}/statements/from-books`, { quarter }, { idempotencyKey: key }),
      ),
    takeFromBooks: (key: string, id: string, revision: number) => step(id, 'from-books', key, { revision }),
    save: (id: string, request: SaveStatementRequest) =>
      kept(api.put<StatementDraftView>(`${base}/statements/${id}`, request)),
    amend: (key: string, id: string, reason: string) => step(id, 'amendments', key, { reason }),
    submit: (key: string, id: string, revision: number) => step(id, 'submit', key, { revision }),
    publish: (key: string, id: string, revision: number) => step(id, 'publish', key, { revision }),
    witness: (key: string, id: string, revision: number) => step(id, 'witness', key, { revision }),
    giveBack: (key: string, id: string, reason: string) => step(id, 'return', key, { reason }),
    takeBack: (key: string, id: string) => step(id, 'take-back', key),
    registerContract: async (key: string, request: RegisterContractRequest) => {
      await api.post(`${base}/contracts`, request, { idempotencyKey: key });
      // It may be what a draft was waiting for.
      resourceCache.invalidate(base);
    },
    discard: async (key: string, id: string) => {
      await api.post(`${base}/statements/${id}/discard`, {}, { idempotencyKey: key });
      resourceCache.invalidate(base);
    },
  };
}
export type IncomeActions = ReturnType<typeof incomeActions>;
