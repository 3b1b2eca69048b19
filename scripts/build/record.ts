import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Writes beside the file and renames: a reader, or a build that is cut off, never sees half of it. */
export function writeWhole(path: string, content: string | Buffer): void {
  mkdirSync(dirname(path), { recursive: true });
  const aside = `${path}.${process.pid}.tmp`;
  writeFileSync(aside, content);
  renameSync(aside, path);
}

/** What the last build was made from: file → hash. Empty when there is no record or it cannot be understood. */
export function readRecord(path: string): Record<string, string> {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>;
  } catch {
    return {};
  }
}

export function writeRecord(path: string, record: Readonly<Record<string, string>>): void {
  writeWhole(path, JSON.stringify(record, null, 1));
}

/** A build that is about to start has no record: one that is cut off must not count as done. */
export function dropRecord(path: string): void {
  rmSync(path, { force: true });
}
