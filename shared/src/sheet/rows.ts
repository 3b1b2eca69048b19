/** One row of a spreadsheet as the reader hands it over; `row` is the number that the spreadsheet program shows. */
export interface SheetRow {
  readonly row: number;
  readonly cells: readonly string[];
}

/** One thing wrong in a sheet, said so that the treasurer finds the cell and knows what to type. */
export interface SheetFault<Code extends string = string> {
  readonly row: number;
  /** The column by the sheet's own header text. */
  readonly column: string;
  readonly found: string;
  readonly expected: string;
  readonly code: Code;
}

/** A row that was read over on purpose, and why. */
export interface SheetIgnored {
  readonly row: number;
  readonly reason: string;
}

/** What a reader of a sheet answers: everything at fault, never only the first thing. */
export interface SheetReport<Value, Code extends string = string> {
  /** Null while anything is at fault: nothing is taken over by half. */
  readonly value: Value | null;
  /** Rows of data that were read, faulty ones included. */
  readonly rows: number;
  readonly faults: readonly SheetFault<Code | SheetFaultCode>[];
  readonly ignored: readonly SheetIgnored[];
}

/** Faults that any sheet can have; each feature adds its own. */
export type SheetFaultCode =
  'SHEET.HEADER_MISSING' | 'SHEET.COLUMN_MISSING' | 'SHEET.COLUMN_DUPLICATE' | 'SHEET.NO_ROWS';
