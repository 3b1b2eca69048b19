import type { Page } from '../kernel/index.ts';
import type { RollFieldChange } from './roll-diff.ts';
import type { RollTotals } from './roll-totals.ts';
import type { RollImportState } from './status.ts';

/**
 * Import of a roll over HTTP: upload, watch the progress, read the report, look at what would change, apply or cancel.
 *
 * - POST   /api/estates/:estateId/roll-imports            multipart, one part `file`; Idempotency-Key → RollImport
 * - GET    /api/estates/:estateId/roll-imports            → Page<RollImport>, the latest first
 * - GET    /api/estates/:estateId/roll-imports/:importId  → RollImport; asked again while `state` moves by itself
 * - GET    …/:importId/report                             → RollReport
 * - GET    …/:importId/changes?kind=&after=&limit=        → RollChangesPage
 * - POST   …/:importId/apply   ApplyRollImportRequest; Idempotency-Key → RollImport
 * - POST   …/:importId/cancel  → RollImport
 */
export interface RollImport {
  readonly id: string;
  readonly state: RollImportState;
  readonly fileName: string;
  readonly uploadedBy: string;
  /** Instant, epoch ms. */
  readonly createdAt: number;
  readonly progress: RollImportProgress;
  /** Why the file as a whole is refused; only with REFUSED and FAILED. */
  readonly refusal: { readonly code: string; readonly message: string } | null;
  /** Null until the file is checked. */
  readonly counts: RollImportCounts | null;
  /** Null until the file is checked without a fault. */
  readonly preview: RollPreview | null;
  /** Instant, epoch ms; only with APPLIED. */
  readonly appliedAt: number | null;
}

export interface RollImportProgress {
  /** What is being done, for the line under the bar. */
  readonly step: 'READING' | 'COMPARING' | 'APPLYING' | 'DONE';
  /** 0 to 100. */
  readonly percent: number;
  readonly rows: number;
  readonly faults: number;
}

export interface RollImportCounts {
  readonly rows: number;
  readonly accepted: number;
  readonly errors: number;
  readonly ignored: number;
  readonly normalised: number;
}

/** What applying would do, before it is done. */
export interface RollPreview {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  readonly unchanged: number;
  readonly before: RollTotals;
  readonly after: RollTotals;
  /** Version of the roll that this was compared with; applying to another one answers ROLL.OUTDATED. */
  readonly rollVersion: number;
}

export const ROLL_CHANGE_KINDS = ['ADDED', 'CHANGED', 'REMOVED'] as const;
export type RollChangeKind = (typeof ROLL_CHANGE_KINDS)[number];

/** One unit of the preview. For ADDED and REMOVED the fields hold everything, with one side ''. */
export interface RollChange {
  readonly id: string;
  readonly kind: RollChangeKind;
  readonly unitName: string;
  /** Row of the sheet; null for a unit that the sheet no longer has. */
  readonly row: number | null;
  readonly fields: readonly Pick<RollFieldChange, 'field' | 'label' | 'before' | 'after'>[];
}
export type RollChangesPage = Page<RollChange>;

/** Reads back what was previewed, so that nobody applies something else than what was looked at. */
export interface ApplyRollImportRequest {
  readonly rollVersion: number;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
}
