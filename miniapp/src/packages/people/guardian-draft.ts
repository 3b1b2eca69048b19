import type { AskGuardianshipRequest, GuardianshipKind } from '@linli/shared/assembly';
import type { FileRef } from '@linli/shared/files';
import type { EstateChoice, UnitChoice } from '@linli/shared/identity';
import { formatFullDate } from '@linli/shared/kernel';

/** What a guardian asks for while it is being filled in. */
export interface GuardianDraft {
  readonly estate: EstateChoice | null;
  readonly unit: UnitChoice | null;
  readonly ownerName: string;
  readonly kind: GuardianshipKind;
  readonly endsOn: string | null;
  readonly documents: readonly FileRef[];
}

/** A complete one, with the estate that it goes to. */
export interface CompleteAsk {
  readonly estateId: string;
  readonly request: AskGuardianshipRequest;
}

/** What the button says instead of letting an incomplete form go; null when nothing is missing. */
export function missingIn({
  estate,
  unit,
  ownerName,
  kind,
  endsOn,
  documents,
}: GuardianDraft): string | null {
  if (estate === null) return '请先选小区';
  if (unit === null) return '请先选房屋';
  if (ownerName.trim().length < 2) return '请填业主姓名';
  if (kind === 'MINOR' && endsOn === null) return '请选满十八周岁的日期';
  if (documents.length === 0) return '请加监护证明';
  return null;
}

/** What is read back before it is sent. */
export function sentenceOf({ estate, unit, ownerName, kind, endsOn }: GuardianDraft): string {
  const until =
    endsOn === null
      ? '直到社区结束登记'
      : kind === 'MINOR'
        ? `到 ${formatFullDate(endsOn)}满十八周岁为止`
        : `到 ${formatFullDate(endsOn)}为止`;
  return `您申请作 ${estate?.name ?? ''} ${unit?.name ?? ''} 业主 ${ownerName.trim()} 的监护人，代其投票，${until}。社区核对证明后生效。`;
}

/** Null while something is missing. */
export function askOf({
  estate,
  unit,
  ownerName,
  kind,
  endsOn,
  documents,
}: GuardianDraft): CompleteAsk | null {
  const [document] = documents;
  if (estate === null || unit === null || document === undefined) return null;
  return {
    estateId: estate.id,
    request: { unitId: unit.id, ownerName: ownerName.trim(), kind, endsOn, documentFileId: document.id },
  };
}
