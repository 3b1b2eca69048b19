import { type Exported, MemoryLog, ownersExport, type Signer } from './export.ts';

export interface ChangedLines {
  readonly header?: string;
  readonly rows?: readonly string[];
  readonly leaves?: readonly string[];
}

/** The same vote with other lines, all of it signed by the log itself: only reading them can tell. */
export function signedAnew({ parts }: Exported, changed: ChangedLines, logKey: Signer): string {
  const roll = new MemoryLog();
  for (const text of changed.rows ?? parts.rows) roll.append(text);
  const root = Buffer.from(roll.tree.root(roll.leaves.length)).toString('base64');
  const log = new MemoryLog();
  for (const text of changed.leaves ?? parts.leaves)
    log.append(
      changed.rows === undefined || !text.includes('"type":"roll"')
        ? text
        : JSON.stringify({ ...(JSON.parse(text) as object), root }),
    );
  const notes = [log.checkpoint(log.leaves.length, logKey, null)];
  const header = changed.header ?? parts.header;
  return ownersExport({ ...parts, header, rows: changed.rows ?? parts.rows, leaves: log.leaves, notes });
}
