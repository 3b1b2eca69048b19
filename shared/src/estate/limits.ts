/** Limits of a roll 业主名册 and of its file that both sides know, so that the page says it before the server does. */
export const ROLL_LIMITS = {
  fileBytes: 20 * 1024 * 1024,
  rows: 50_000,
  nameChars: 60,
  coOwners: 20,
  placeChars: 40,
  certificateChars: 80,
  noteChars: 200,
  /** No single unit is larger: 100,000 ㎡. */
  areaCentiSqm: 10_000_000,
  /** A sheet with more faults than this is not the roll; the reading stops there and says so. */
  faults: 20_000,
  /** Blank rows that are named one by one. */
  blankRows: 1_000,
  fileNameChars: 120,
} as const;

/** What the file picker offers; the server judges by the bytes. */
export const ROLL_FILE_SUFFIXES = ['.xlsx', '.csv'] as const;
