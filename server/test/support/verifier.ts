// The verifier that everybody gets: whatever the server exports has to stand before it.
import { verifyExport } from '../../../scripts/verify.ts';

export interface Checks {
  readonly keys?: readonly string[];
  readonly receipt?: string | null;
  readonly previous?: string | null;
}

/** What the verifier says of an export; throws what it finds wrong. */
export function verifyText(text: string, checks: Checks = {}): string[] {
  const { keys = [], receipt = null, previous = null } = checks;
  const bytes = Buffer.from(text);
  const said: string[] = [];
  let from = 0;
  verifyExport(
    (buffer, offset) => {
      const copied = bytes.copy(buffer, offset, from);
      from += copied;
      return copied;
    },
    { keys, receipt, previous, say: (line) => said.push(line) },
  );
  return said;
}
