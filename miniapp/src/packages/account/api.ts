import type { CloseAccountRequest, PersonalExport, SessionSummary } from '@linli/shared/identity';
import { api } from '@/request/api';
import { type Resource, useResource } from '@/request/use-resource';

export function useSessions(): Resource<readonly SessionSummary[]> {
  return useResource('me/sessions', () => api.get<readonly SessionSummary[]>('/api/me/sessions'));
}

export function revokeSession(id: string): Promise<unknown> {
  return api.delete(`/api/me/sessions/${encodeURIComponent(id)}`);
}

export function exportOwnData(): Promise<PersonalExport> {
  return api.get<PersonalExport>('/api/me/export');
}

/** Asks for the deletion of everything that the law does not make us keep. */
export function deleteOwnData(key: string): Promise<unknown> {
  return api.post('/api/me/deletion', { confirmed: true } satisfies CloseAccountRequest, {
    idempotencyKey: key,
  });
}
