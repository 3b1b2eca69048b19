import type { ArchivePart } from './xlsx-archive.ts';
import { ARCHIVE_LIMITS } from './limits.ts';
import { sheetRefused } from './sheet-errors.ts';
import { columnIndex } from './cell-reference.ts';
import { isBlank } from './sheet-row.ts';

/** A cell that reaches down over several rows: `1号楼` written once beside its thirty-six homes. */
interface DownMerge {
  readonly column: number;
  readonly toRow: number;
}

/** Merged cells that span rows, by their first row. Cells merged along one row are titles and stay as they are. */
export type DownMerges = ReadonlyMap<number, readonly DownMerge[]>;

const LONGEST_TAG = 4_096;
const MERGE_TAG = /<(?:\w+:)?mergeCell\s[^>]*?ref=["']([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})["']/g;

/**
 * Finds the merged cells. The format lists them after the rows, so the part is run through twice; this first time its
 * bytes are only searched for the tag, which costs a tenth of parsing.
 */
export async function findDownMerges(part: ArchivePart): Promise<DownMerges> {
  const merges = new Map<number, DownMerge[]>();
  let count = 0;
  const search = (xml: string) => {
    if (!xml.includes('mergeCell')) return;
    for (const [, letters = '', from, to] of xml.matchAll(MERGE_TAG)) {
      count += 1;
      if (count > ARCHIVE_LIMITS.mergedRanges) throw sheetRefused('SHEET.UNSAFE');
      if (Number(to) <= Number(from)) continue;
      const starting = merges.get(Number(from)) ?? [];
      starting.push({ column: columnIndex(letters), toRow: Number(to) });
      merges.set(Number(from), starting);
    }
  };

  let rest = '';
  for await (const piece of part.pieces()) {
    const xml = rest + piece.toString('latin1');
    const lastTag = xml.lastIndexOf('<');
    search(xml.slice(0, lastTag));
    rest = xml.slice(lastTag);
    if (rest.length > LONGEST_TAG) rest = '';
  }
  search(rest);
  return merges;
}

/** Fills the cells under a merged one while rows go by in order. */
export function mergeFiller(merges: DownMerges): (row: number, cells: string[]) => void {
  const open = new Map<number, { readonly toRow: number; readonly text: string }>();
  return (row, cells) => {
    // A row with nothing of its own stays blank: a merged building does not make homes of spacing rows.
    const hasOwn = cells.some((cell) => !isBlank(cell));
    for (const [column, { toRow, text }] of open) {
      if (toRow < row) open.delete(column);
      else if (hasOwn && isBlank(cells[column])) setCell(cells, column, text);
    }
    for (const { column, toRow } of merges.get(row) ?? [])
      open.set(column, { toRow, text: cells[column] ?? '' });
  };
}

/** Writes a cell, keeping the array without holes. */
export function setCell(cells: string[], column: number, text: string): void {
  while (cells.length < column) cells.push('');
  cells[column] = text;
}
