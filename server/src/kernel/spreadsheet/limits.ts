const MEBIBYTE = 1024 * 1024;

/** What a spreadsheet may hold. Far above any estate's roll, far below what hurts the server. */
export interface SheetLimits {
  readonly fileBytes: number;
  /** All parts of an .xlsx unzipped, as its directory states and as they come out. */
  readonly unzippedBytes: number;
  /** Rows with something in them. */
  readonly rows: number;
  readonly columns: number;
  readonly cellChars: number;
}

export const SHEET_LIMITS: SheetLimits = {
  fileBytes: 20 * MEBIBYTE,
  unzippedBytes: 200 * MEBIBYTE,
  rows: 50_000,
  columns: 100,
  cellChars: 2_000,
};

/** Bounds on what a reader keeps in memory; only a file made to hurt comes near them. */
export const ARCHIVE_LIMITS = {
  entries: 2_000,
  /** Distinct texts and their characters, which stay in memory while the rows are read. */
  sharedStrings: 1_000_000,
  sharedStringChars: 16_000_000,
  cellStyles: 65_536,
  mergedRanges: 50_000,
  sheets: 1_000,
  /** Excel's own last row and column. */
  lastRow: 1_048_576,
  lastColumn: 16_384,
  xmlDepth: 32,
  /** Characters of XML without a tag or a text ending: Excel's longest cell has 32,767. */
  xmlTokenChars: 262_144,
} as const;
