/** What an uploaded file is for; it decides types, size and who may see it. */
export const FILE_PURPOSES = [
  'TICKET_PHOTO',
  'CLAIM_EVIDENCE',
  'VOUCHER',
  'MATERIAL',
  'BOARD_PHOTO',
  'DECISION_SCAN',
  'HARDSHIP_PAPER',
  'GUARDIAN_PAPER',
] as const;
export type FilePurpose = (typeof FILE_PURPOSES)[number];

/** POST /api/files?purpose=… (multipart, one part named `file`); shown to people through its signed addresses. */
export interface FileRef {
  readonly id: string;
  readonly name: string;
  readonly mime: string;
  readonly bytes: number;
  /** Signed and short-lived; ask for the thing again when it has expired. */
  readonly url: string;
  /** Pictures only. */
  readonly thumbUrl: string | null;
}

export const FILE_LIMITS = {
  maxBytes: 10 * 1024 * 1024,
  /** More pixels than this are not decoded at all. */
  maxPixels: 50_000_000,
  /** Longest side of the kept picture. */
  keptSidePx: 2048,
  thumbSidePx: 320,
  /** Uploads of one person that nothing refers to yet. */
  maxLoose: 60,
} as const;

/** Which purposes take documents beside pictures. */
export const DOCUMENT_PURPOSES: readonly FilePurpose[] = [
  'VOUCHER',
  'MATERIAL',
  'DECISION_SCAN',
  'GUARDIAN_PAPER',
];

/**
 * Which are kept encrypted, thumbnail and all: hardship papers 困难证明 and those of guardians 监护证明 tell of health,
 * poverty and children (PIPL 28, 31).
 */
export const SEALED_PURPOSES: readonly FilePurpose[] = ['HARDSHIP_PAPER', 'GUARDIAN_PAPER'];
