import type {
  BoardPlaceRequest,
  BoardSheetCheck,
  ContactBoardView,
  PublishBoardRequest,
  PublishBoardResponse,
} from '@linli/shared/contacts';
import type {
  Notice,
  NoticeList,
  PostingQuestionList,
  PostingView,
  PublishNoticeRequest,
  PublishPostingRequest,
  RadarOverview,
  RadarView,
} from '@linli/shared/disclosure';
import type { Page } from '@linli/shared/kernel';
import type { LocalDocument } from '@/platform';
import { type Pages, type Resource, api, resourceCache, usePages, useResource } from '@/request';
import { useSession } from '@/stores';

const PAGE = 20;

export function useBase(): string {
  const estateId = useSession((state) => state.estateId);
  return `/api/estates/${estateId ?? ''}`;
}

function useOfEstate<T>(path: string | null): Resource<T> {
  const estateId = useSession((state) => state.estateId);
  const url = estateId === null || path === null ? null : `/api/estates/${estateId}${path}`;
  return useResource(url, () => api.get<T>(url ?? ''));
}

/** Null where the estate has no board yet. */
export function useBoard(): Resource<ContactBoardView | null> {
  const base = useBase();
  return useResource(`${base}/board?desk`, async () => {
    try {
      return await api.get<ContactBoardView>(`${base}/board`);
    } catch (cause) {
      if (asCode(cause) === 'BOARD.NONE') return null;
      throw cause;
    }
  });
}

function asCode(cause: unknown): string {
  return typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
}

export const useRadar = () => useOfEstate<RadarView>('/radar');
function usePagesOfEstate<P extends Page<object>>(path: string): Pages<P> {
  const estateId = useSession((state) => state.estateId);
  const url = estateId === null ? null : `/api/estates/${estateId}${path}`;
  return usePages(url === null ? null : `${url}?list`, PAGE, (page) => api.get<P>(url ?? '', page));
}

export const useNotices = () => usePagesOfEstate<NoticeList>('/notices');
export const useNotice = (id: string | null) => useOfEstate<Notice>(id === null ? null : `/notices/${id}`);
export const useQuestions = (code: string) =>
  usePagesOfEstate<PostingQuestionList>(`/radar/${code}/questions`);
export const usePosting = (id: string | null) =>
  useOfEstate<PostingView>(id === null ? null : `/postings/${id}`);

export function useOverview(): Pages<RadarOverview> {
  return usePages('/api/oversight/radar', PAGE, (page) =>
    api.get<RadarOverview>('/api/oversight/radar', page),
  );
}

export function boardActions(base: string) {
  const done = <T>(answer: T): T => {
    resourceCache.invalidate(`${base}/board`);
    resourceCache.invalidate(`${base}/radar`);
    return answer;
  };
  return {
    checkSheet: (file: LocalDocument) =>
      api.upload<BoardSheetCheck>(`${base}/board/sheet-checks`, file.path, { fileName: file.name }),
    publish: (key: string, request: PublishBoardRequest) =>
      api.post<PublishBoardResponse>(`${base}/boards`, request, { idempotencyKey: key }).then(done),
    check: (key: string) => api.post(`${base}/board/check`, { note: '' }, { idempotencyKey: key }).then(done),
    addPlace: (key: string, request: BoardPlaceRequest) =>
      api.post(`${base}/board/places`, request, { idempotencyKey: key }).then(done),
    removePlace: (key: string, id: string) =>
      api.post(`${base}/board/places/${id}/remove`, {}, { idempotencyKey: key }).then(done),
  };
}

export function noticeActions(base: string) {
  const done = <T>(answer: T): T => {
    resourceCache.invalidate(`${base}/notices`);
    resourceCache.invalidate('home/');
    return answer;
  };
  return {
    publish: (key: string, request: PublishNoticeRequest) =>
      api.post(`${base}/notices`, request, { idempotencyKey: key }).then(done),
    correct: (key: string, id: string, request: PublishNoticeRequest, reason: string) =>
      api
        .post(`${base}/notices/${id}/corrections`, { ...request, reason }, { idempotencyKey: key })
        .then(done),
    withdraw: (key: string, id: string, reason: string) =>
      api.post(`${base}/notices/${id}/withdraw`, { reason }, { idempotencyKey: key }).then(done),
  };
}

export function radarActions(base: string) {
  const done = <T>(answer: T): T => {
    resourceCache.invalidate(`${base}/radar`);
    resourceCache.invalidate(`${base}/postings`);
    resourceCache.invalidate('/api/oversight/radar');
    return answer;
  };
  return {
    publish: (key: string, request: PublishPostingRequest) =>
      api.post(`${base}/postings`, request, { idempotencyKey: key }).then(done),
    check: (key: string, id: string) =>
      api.post(`${base}/postings/${id}/check`, {}, { idempotencyKey: key }).then(done),
    answer: (key: string, id: string, text: string) =>
      api.post(`${base}/questions/${id}/answer`, { text }, { idempotencyKey: key }).then(done),
  };
}
