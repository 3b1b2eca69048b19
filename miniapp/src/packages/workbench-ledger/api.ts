import type { AccountPage, EntryPage, EntryTrace, TrialBalanceView } from '@linli/shared/ledger';
import { type Pages, type Resource, api, usePages, useResource } from '@/request';
import { useSession } from '@/stores';

const PAGE = 50;

function useBase(): string | null {
  const estateId = useSession((state) => state.estateId);
  return estateId === null ? null : `/api/estates/${estateId}/ledger`;
}

/** One account, or one kind of account, of a book. */
export interface AccountOf {
  readonly book: string | undefined;
  readonly kind: string | undefined;
  readonly subject?: string | undefined;
}

export function useTrialBalance(): Resource<TrialBalanceView> {
  const base = useBase();
  const path = base === null ? null : `${base}/trial-balance`;
  return useResource(path, () => api.get<TrialBalanceView>(path ?? ''), { freshMs: 0 });
}

export function useSubjects({ book, kind }: AccountOf): Pages<AccountPage> {
  const base = useBase();
  const path = base === null ? null : `${base}/accounts`;
  return usePages(path === null ? null : `${path}?${book}:${kind}`, PAGE, (page) =>
    api.get<AccountPage>(path ?? '', { book, kind, ...page }),
  );
}

export function useEntries({ book, kind, subject }: AccountOf): Pages<EntryPage> {
  const base = useBase();
  const path = base === null ? null : `${base}/entries`;
  return usePages(path === null ? null : `${path}?${book}:${kind}:${subject}`, PAGE, (page) =>
    api.get<EntryPage>(path ?? '', { book, kind, subject, ...page }),
  );
}

export function useTrace(kind: string | undefined, id: string | undefined): Resource<EntryTrace> {
  const base = useBase();
  const key = base === null || id === undefined ? null : `${base}/traces?${kind}:${id}`;
  return useResource(key, () => api.get<EntryTrace>(`${base}/traces`, { kind, id }), { freshMs: 0 });
}
