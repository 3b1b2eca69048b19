import type { ArchivePart } from './xlsx-archive.ts';
import { ARCHIVE_LIMITS, type SheetLimits } from './limits.ts';
import { sheetRefused } from './sheet-errors.ts';
import { unescapeText } from './cell-text.ts';
import { readXml } from './xml-reader.ts';

/**
 * The table of texts that cells point into. Rich text is joined; the reading aid over Chinese characters (拼音, `rPh`)
 * is left out. Longer texts than a cell may have are cut one character above the limit, so that the cell is refused.
 */
export async function readSharedStrings(part: ArchivePart | null, limits: SheetLimits): Promise<string[]> {
  const strings: string[] = [];
  if (part === null) return strings;
  let text = '';
  let chars = 0;
  let inText = false;
  let inPhonetic = false;
  await readXml(part.text(), {
    open(name) {
      if (name === 'si') text = '';
      else if (name === 't') inText = !inPhonetic;
      else if (name === 'rPh') inPhonetic = true;
    },
    text(piece) {
      if (inText && text.length <= limits.cellChars) text += piece;
    },
    close(name) {
      if (name === 't') inText = false;
      else if (name === 'rPh') inPhonetic = false;
      if (name !== 'si') return;
      const kept = unescapeText(text).slice(0, limits.cellChars + 1);
      chars += kept.length;
      strings.push(kept);
      if (strings.length > ARCHIVE_LIMITS.sharedStrings || chars > ARCHIVE_LIMITS.sharedStringChars)
        throw sheetRefused('SHEET.UNZIPPED_TOO_LARGE');
    },
  });
  return strings;
}
