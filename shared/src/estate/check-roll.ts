import type { SheetRow } from '../sheet/index.ts';
import { createRollChecker, type RollCheck } from './roll-checker.ts';
import type { RollReport } from './roll-faults.ts';

export interface CheckRollOptions {
  /** Aborting makes the check throw the signal's reason (an `AbortSignal` fits); nothing has been kept. */
  readonly signal?: { throwIfAborted(): void };
  /** Called every hundred rows and at the end. */
  readonly onProgress?: (progress: { readonly rows: number; readonly faults: number }) => void;
}

const PROGRESS_ROWS = 100;

/** Checks a roll row by row as it is read. The same for the upload, the command line and the demo's import. */
export async function checkRoll(
  rows: AsyncIterable<SheetRow>,
  options: CheckRollOptions = {},
): Promise<RollCheck> {
  const { signal, onProgress } = options;
  const checker = createRollChecker();
  let read = 0;
  for await (const row of rows) {
    signal?.throwIfAborted();
    checker.accept(row);
    read += 1;
    if (read % PROGRESS_ROWS === 0) onProgress?.(checker.progress());
  }
  signal?.throwIfAborted();
  const check = checker.finish();
  onProgress?.({ rows: check.rows, faults: check.errors.length });
  return check;
}

/** What the command line prints and the page shows, in this order and without the people. */
export function rollReport({
  rows,
  accepted,
  errors,
  ignored,
  normalised,
  assumptions,
}: RollCheck): RollReport {
  return { rows, accepted, errors, ignored, normalised, assumptions };
}
