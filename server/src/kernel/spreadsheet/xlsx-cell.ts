import { isoCellText, numberCellText, unescapeText } from './cell-text.ts';
import type { SheetLimits } from './limits.ts';
import type { NumberFormat } from './number-formats.ts';

/** What a cell of an .xlsx refers to. */
export interface CellContext {
  readonly strings: readonly string[];
  readonly formats: readonly NumberFormat[];
  readonly date1904: boolean;
  readonly limits: SheetLimits;
}

const PLAIN: NumberFormat = { kind: 'PLAIN' };

/** Gathers the text of one cell after the other from the tags inside it. */
export function cellText({ strings, formats, date1904, limits }: CellContext) {
  let type = 'n';
  let style = 0;
  let value: string | null = null;
  let formula: string | null = null;
  /** The tag whose text is wanted: a value, a formula, or an inline text. */
  let capture: 'v' | 'f' | 't' | null = null;
  let inInline = false;
  let inPhonetic = false;

  return {
    begin(attributes: Readonly<Record<string, string>>): void {
      type = attributes['t'] ?? 'n';
      style = Number(attributes['s'] ?? 0);
      value = null;
      formula = null;
    },
    open(name: string): void {
      if (name === 'v') capture = 'v';
      else if (name === 'f') capture = 'f';
      else if (name === 'is') inInline = true;
      else if (name === 'rPh') inPhonetic = true;
      else if (name === 't' && inInline && !inPhonetic) capture = 't';
    },
    add(piece: string): void {
      if (capture === null) return;
      if (capture === 'f') formula = ((formula ?? '') + piece).slice(0, limits.cellChars);
      else if ((value?.length ?? 0) <= limits.cellChars) value = (value ?? '') + piece;
    },
    close(name: string): void {
      if (name === 'v' || name === 'f' || name === 't') capture = null;
      else if (name === 'is') inInline = false;
      else if (name === 'rPh') inPhonetic = false;
    },
    finish(): string {
      // Written by a program that calculates nothing: no value is known, so the formula itself is what was found.
      if (value === null) return formula === null ? '' : `=${formula}`;
      switch (type) {
        case 's':
          return strings[Number(value)] ?? '';
        case 'b':
          return value === '1' ? 'TRUE' : 'FALSE';
        case 'd':
          return isoCellText(value);
        case 'n':
          return numberCellText(value, formats[style] ?? PLAIN, date1904);
        default:
          return unescapeText(value);
      }
    },
  };
}
