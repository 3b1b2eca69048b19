import type { ApplyRollImportRequest, RollChange, RollImport, RollReport } from '@linli/shared/estate';
import type { Page } from '@linli/shared/kernel';
import type { LocalDocument } from '@/platform';
import { type Pages, type Resource, api, resourceCache, usePages, useResource } from '@/request';
import { useSession } from '@/stores';

const base = (estateId: string) => `/api/estates/${estateId}/roll-imports`;
const listKey = (estateId: string) => `roll-imports/${estateId}`;

export function useRollImports(): Pages<Page<RollImport>> {
  const estateId = useSession((state) => state.estateId);
  return usePages(estateId === null ? null : listKey(estateId), 20, (page) =>
    api.get<Page<RollImport>>(base(estateId ?? ''), page),
  );
}

export function useRollReport(estateId: string, importId: string): Resource<RollReport> {
  return useResource(`roll-report/${importId}`, () =>
    api.get<RollReport>(`${base(estateId)}/${importId}/report`),
  );
}

export function useRollChanges(estateId: string, importId: string): Pages<Page<RollChange>> {
  return usePages(`roll-changes/${importId}`, 100, (page) =>
    api.get<Page<RollChange>>(`${base(estateId)}/${importId}/changes`, page),
  );
}

export function uploadRoll(key: string, estateId: string, file: LocalDocument): Promise<RollImport> {
  return api.upload<RollImport>(base(estateId), file.path, { fileName: file.name, idempotencyKey: key });
}

export function readRollImport(estateId: string, importId: string): Promise<RollImport> {
  return api.get<RollImport>(`${base(estateId)}/${importId}`);
}

export function applyRoll(
  key: string,
  estateId: string,
  importId: string,
  seen: ApplyRollImportRequest,
): Promise<RollImport> {
  return api.post<RollImport>(`${base(estateId)}/${importId}/apply`, seen, {
    idempotencyKey: key,
    timeoutMs: 60_000,
  });
}

export function cancelRoll(estateId: string, importId: string): Promise<RollImport> {
  return api.post<RollImport>(`${base(estateId)}/${importId}/cancel`);
}

export function forgetRollImports(estateId: string): void {
  resourceCache.invalidate(listKey(estateId));
}
