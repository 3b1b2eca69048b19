import type { BillView } from '@linli/shared/fees';
import { formatFullDate, formatYuan } from '@linli/shared/kernel';
import {
  CERTIFICATE_LABELS,
  RELIEF_KIND_LABELS,
  RELIEF_LIMITS,
  type CertificateKind,
  type ReliefKind,
  type ReliefPapersRequest,
} from '@linli/shared/relief';
import type { UploadedPhoto } from '@/components';
import { isOpen, owedFen } from './model';

/** An application while it is being filled in. */
export interface ReliefDraft {
  readonly kind: ReliefKind;
  readonly billIds: readonly string[];
  readonly certificateKind: CertificateKind;
  readonly certificateNumber: string;
  readonly reason: string;
  readonly wishedUntil: string | null;
  readonly photos: readonly UploadedPhoto[];
  readonly consent: boolean;
}

export const EMPTY_RELIEF: ReliefDraft = {
  kind: 'REDUCTION',
  billIds: [],
  certificateKind: 'MINIMUM_LIVING',
  certificateNumber: '',
  reason: '',
  wishedUntil: null,
  photos: [],
  consent: false,
};

/** What may be relieved: open bills of property fees of the home; what was deferred once is not deferred again. */
export function relievable(bills: readonly BillView[], unitId: string | null, kind: ReliefKind): BillView[] {
  return bills.filter(
    (bill) =>
      bill.unitId === unitId &&
      bill.ledger === 'PROPERTY_FEE' &&
      isOpen(bill) &&
      (kind === 'REDUCTION' || bill.deferredUntil === null),
  );
}

/** What the button says instead of letting an incomplete form go; null when nothing is missing. */
export function missingIn(value: ReliefDraft, bills: number): string | null {
  if (bills === 0) return '请先选账单';
  if (value.kind === 'DEFERRAL' && value.wishedUntil === null) return '请选想缓到哪天';
  if (value.certificateNumber.trim().length < RELIEF_LIMITS.certificateMin) return '请填证件编号';
  if (value.reason.trim().length < RELIEF_LIMITS.reasonMin) return '请写家里的情况';
  if (value.photos.length === 0) return '请拍证明材料';
  return value.consent ? null : '请先同意查看材料';
}

/** What is read back before it is sent. */
export function sentenceOf(value: ReliefDraft, bills: readonly BillView[]): string {
  const owed = formatYuan(bills.reduce((sum, bill) => sum + owedFen(bill), 0));
  const until = value.wishedUntil === null ? '' : `，想缓到 ${formatFullDate(value.wishedUntil)}`;
  return `为 ${bills.length} 张账单（${owed}）申请${RELIEF_KIND_LABELS[value.kind]}${until}，附${CERTIFICATE_LABELS[value.certificateKind]}照片 ${value.photos.length} 张。社区核实后由街道审批；物业和邻居看不到材料。`;
}

export function papersOf(value: ReliefDraft): ReliefPapersRequest {
  return {
    certificateKind: value.certificateKind,
    certificateNumber: value.certificateNumber.trim(),
    reason: value.reason.trim(),
    paperFileIds: value.photos.map(({ id }) => id),
    wishedUntil: value.kind === 'DEFERRAL' ? value.wishedUntil : null,
    consent: value.consent,
  };
}
