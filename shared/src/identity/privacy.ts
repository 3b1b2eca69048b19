/**
 * One's own data (PIPL 45, 47).
 *
 * - GET  /api/me/export    → PersonalExport
 * - POST /api/me/deletion  CloseAccountRequest; Idempotency-Key
 */
export interface PersonalSection {
  readonly title: string;
  /** What it is kept for, and how long. */
  readonly purpose: string;
  readonly rows: readonly object[];
}

export interface PersonalExport {
  readonly exportedAt: number;
  readonly sections: readonly PersonalSection[];
}

export interface CloseAccountRequest {
  /** Always true: the person read what is deleted and what stays. */
  readonly confirmed: boolean;
}
