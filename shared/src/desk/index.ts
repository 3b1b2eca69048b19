/** Places of the workbench 工作台 that count what waits there. */
export const DESK_KEYS = [
  'income',
  'witness',
  'spending',
  'audits',
  'assemblies',
  'decisions',
  'papers',
  'delegates',
  'guardians',
  'elections',
  'complaints',
  'tickets',
  'fees',
  'bills',
  'payments',
  'refunds',
  'reconcile',
  'boards',
  'overdue',
  'extensions',
  'radar',
  'roll',
  'claims',
  'relief',
] as const;
export type DeskKey = (typeof DESK_KEYS)[number];

/** GET /api/me/desk?estateId= : what waits for the caller at each place. */
export interface DeskView {
  readonly counts: readonly DeskCount[];
}

export interface DeskCount {
  readonly key: DeskKey;
  readonly count: number;
  /** Of those, past their deadline. */
  readonly overdue: number;
}
