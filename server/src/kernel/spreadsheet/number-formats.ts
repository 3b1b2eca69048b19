import type { ArchivePart } from './xlsx-archive.ts';
import { ARCHIVE_LIMITS } from './limits.ts';
import { sheetRefused } from './sheet-errors.ts';
import { readXml } from './xml-reader.ts';

/** What a cell's number stands for. `ZEROS` is a format like 0000, which shows 451 as 0451. */
export type NumberFormat =
  | { readonly kind: 'PLAIN' }
  | { readonly kind: 'DATE' | 'TIME' | 'DATE_TIME' }
  | { readonly kind: 'ZEROS'; readonly width: number };

const PLAIN: NumberFormat = { kind: 'PLAIN' };

/** Formats that files name by number only; 27–36 and 50–58 are dates of the Chinese editions. */
const BUILT_IN: readonly {
  readonly from: number;
  readonly to: number;
  readonly kind: 'DATE' | 'TIME' | 'DATE_TIME';
}[] = [
  { from: 14, to: 17, kind: 'DATE' },
  { from: 18, to: 21, kind: 'TIME' },
  { from: 22, to: 22, kind: 'DATE_TIME' },
  { from: 27, to: 31, kind: 'DATE' },
  { from: 32, to: 35, kind: 'TIME' },
  { from: 36, to: 36, kind: 'DATE' },
  { from: 45, to: 47, kind: 'TIME' },
  { from: 50, to: 54, kind: 'DATE' },
  { from: 55, to: 56, kind: 'TIME' },
  { from: 57, to: 58, kind: 'DATE' },
];

/** The number format of each cell style, by the index that cells carry (`s`). */
export async function readCellFormats(part: ArchivePart | null): Promise<NumberFormat[]> {
  const custom = new Map<number, NumberFormat>();
  const formats: NumberFormat[] = [];
  if (part === null) return formats;
  let inCellStyles = false;
  await readXml(part.text(), {
    open(name, { numFmtId, formatCode }) {
      if (name === 'numFmt') custom.set(Number(numFmtId), formatOfCode(formatCode ?? ''));
      else if (name === 'cellXfs') inCellStyles = true;
      else if (name === 'xf' && inCellStyles) formats.push(formatOfId(Number(numFmtId ?? 0), custom));
      if (formats.length > ARCHIVE_LIMITS.cellStyles || custom.size > ARCHIVE_LIMITS.cellStyles)
        throw sheetRefused('SHEET.UNSAFE');
    },
    close(name) {
      if (name === 'cellXfs') inCellStyles = false;
    },
  });
  return formats;
}

function formatOfId(id: number, custom: ReadonlyMap<number, NumberFormat>): NumberFormat {
  const named = custom.get(id);
  if (named !== undefined) return named;
  const builtIn = BUILT_IN.find(({ from, to }) => id >= from && id <= to);
  return builtIn === undefined ? PLAIN : { kind: builtIn.kind };
}

/** Reads a format such as `yyyy"年"m"月"d"日";@` or `0000`: what is quoted, escaped or bracketed says nothing. */
function formatOfCode(code: string): NumberFormat {
  const bare = code
    .replace(/"[^"]*"|\\.|[_*]./g, '')
    .replace(/\[(?!(?:h+|m+|s+)\])[^\]]*\]/gi, '')
    .replace(/general|g\/通用格式|am\/pm|a\/p|上午\/下午|e[+-]/gi, '')
    .split(';', 1)[0];
  if (bare === undefined) return PLAIN;
  if (/^0{2,20}$/.test(bare)) return { kind: 'ZEROS', width: bare.length };
  const hasTime = /[hs]/i.test(bare);
  const hasDate = /[yde]/i.test(bare) || (/m/i.test(bare) && !hasTime);
  if (hasDate) return { kind: hasTime ? 'DATE_TIME' : 'DATE' };
  return hasTime ? { kind: 'TIME' } : PLAIN;
}
