import {
  ROLE_NAMES,
  type ClaimRequest,
  type EstateChoice,
  type ResidencyKind,
  type UnitChoice,
} from '@linli/shared/identity';
import { endOfDay, formatFullDate } from '@linli/shared/kernel';
import type { UploadedPhoto } from '@/components';

/** A claim while it is being filled in. */
export interface ClaimDraft {
  readonly estate: EstateChoice | null;
  readonly unit: UnitChoice | null;
  readonly kind: ResidencyKind;
  readonly realName: string;
  readonly leaseEnds: string | null;
  readonly note: string;
  readonly photos: readonly UploadedPhoto[];
}

export const EMPTY_CLAIM: ClaimDraft = {
  estate: null,
  unit: null,
  kind: 'OWNER',
  realName: '',
  leaseEnds: null,
  note: '',
  photos: [],
};

/** What the button says instead of letting an incomplete form go; null when nothing is missing. */
export function missingIn(value: ClaimDraft): string | null {
  if (value.estate === null) return '请先选小区';
  if (value.unit === null) return '请先选房屋';
  if (value.realName.trim().length < 2) return '请填真实姓名';
  if (value.kind === 'TENANT' && value.leaseEnds === null) return '请选租约到期日';
  if (value.photos.length === 0) return '请加证明照片';
  return null;
}

/** What is read back before it is sent. */
export function sentenceOf({ estate, unit, kind, realName, leaseEnds, photos }: ClaimDraft): string {
  const until = kind === 'TENANT' && leaseEnds !== null ? `，租到 ${formatFullDate(leaseEnds)}` : '';
  return `${realName.trim()} 以${ROLE_NAMES[kind]}的身份认领 ${estate?.name ?? ''} ${unit?.name ?? ''}${until}，附 ${photos.length} 张照片。业委会、物业经理、社区和街道会看到这些材料。`;
}

/** The complete draft as the server takes it. */
export function claimRequest(value: ClaimDraft, unit: UnitChoice): ClaimRequest {
  return {
    unitId: unit.id,
    kind: value.kind,
    realName: value.realName.trim(),
    note: value.note.trim(),
    evidenceFileIds: value.photos.map(({ id }) => id),
    endsAt: value.kind === 'TENANT' && value.leaseEnds !== null ? endOfDay(value.leaseEnds) : null,
  };
}
