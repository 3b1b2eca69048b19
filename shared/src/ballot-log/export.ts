import { canonicalJson } from '../transparency/index.ts';

/** The file that anyone checks a vote with, line by line 核对文件. See scripts/verify/FORMAT.md. */
export interface ExportHeader {
  readonly origin: string;
  /** Verifier keys of the log and of its witnesses, as `name+id+key`. */
  readonly keys: readonly string[];
  readonly witnesses: readonly string[];
}

export const OWNERS_EXPORT = 'linli-ballot-log/v1 owners';
export const PUBLIC_EXPORT = 'linli-ballot-log/v1 public';
export const EXPORT_END = 'end';

export const headerLine = (header: ExportHeader): string => canonicalJson({ ...header });

/** `name N`, above N lines. */
export const sectionLine = (
  name: 'roll' | 'wordings' | 'checkpoints' | 'leaves' | 'proven',
  lines: number,
): string => `${name} ${lines}`;

/** What a motion says; the agenda commits to the hash of this line. */
export const wordingLine = (motion: {
  readonly motion: string;
  readonly title: string;
  readonly text: string;
}): string => canonicalJson(motion);

/** A signed note, which has newlines of its own, as one line. */
export const noteLine = (note: string): string => canonicalJson({ note });
