import type { Notice, NoticeList, PostingQuestionList, PostingView } from '@linli/shared/disclosure';
import type { Page } from '@linli/shared/kernel';
import { type Pages, type Resource, api, resourceCache, usePages, useResource } from '@/request';
import { useSession } from '@/stores';

const PAGE = 20;

export function useBase(): string | null {
  const estateId = useSession((state) => state.estateId);
  return estateId === null ? null : `/api/estates/${estateId}`;
}

function useOfEstate<T>(path: string): Resource<T> {
  const base = useBase();
  const url = base === null ? null : base + path;
  return useResource(url, () => api.get<T>(url ?? ''));
}

function usePagesOfEstate<P extends Page<object>>(path: string): Pages<P> {
  const base = useBase();
  // A key of its own: marking one notice read makes the list old, not the notice.
  return usePages(base === null ? null : `${base}${path}?list`, PAGE, (page) =>
    api.get<P>(`${base ?? ''}${path}`, page),
  );
}

export const useNotices = () => usePagesOfEstate<NoticeList>('/notices');
export const useNotice = (id: string) => useOfEstate<Notice>(`/notices/${id}`);
export const usePosting = (id: string) => useOfEstate<PostingView>(`/postings/${id}`);
export const useQuestions = (code: string) =>
  usePagesOfEstate<PostingQuestionList>(`/radar/${code}/questions`);

export async function markNoticeRead(base: string, id: string): Promise<void> {
  await api.put(`${base}/notices/${id}/read`, {});
  resourceCache.invalidate(`${base}/notices?`);
  resourceCache.invalidate('home/');
}

/** What a person does about an item; lists are asked for again. */
export function itemActions(base: string, code: string) {
  const done = () => {
    resourceCache.invalidate(`${base}/radar`);
  };
  return {
    ask: (key: string, text: string) =>
      api.post(`${base}/radar/${code}/questions`, { text }, { idempotencyKey: key }).then(done),
    follow: (key: string, id: string) =>
      api.post(`${base}/questions/${id}/follow`, {}, { idempotencyKey: key }).then(done),
  };
}
