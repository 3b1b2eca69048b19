import { type CharacterWidth, linesOf } from './lines.ts';

/** A4 in points, and what stays white around. */
export const PAGE = { width: 595.28, height: 841.89, margin: 48, foot: 40 } as const;
export const TEXT_WIDTH = PAGE.width - 2 * PAGE.margin;

export const BODY = 11;
export const SMALL = 9.5;
/** The height of a line. */
export const lead = (size: number) => size * 1.5;

export type Mark =
  | {
      readonly kind: 'TEXT';
      readonly x: number;
      readonly y: number;
      readonly size: number;
      readonly text: string;
    }
  | { readonly kind: 'RULE'; readonly x: number; readonly y: number; readonly width: number }
  | { readonly kind: 'BOX'; readonly x: number; readonly y: number; readonly side: number }
  | {
      readonly kind: 'QR';
      readonly x: number;
      readonly y: number;
      readonly side: number;
      /** What the code leads to. */
      readonly address: string;
    };

export type Page = readonly Mark[];

/** Where the next thing goes; turns the page when it does not fit. */
export class Sheet {
  readonly pages: Mark[][] = [[]];
  y: number = PAGE.margin;

  readonly widthOf: CharacterWidth;

  constructor(widthOf: CharacterWidth) {
    this.widthOf = widthOf;
  }

  get left(): number {
    return PAGE.height - PAGE.margin - PAGE.foot - this.y;
  }

  add(mark: Mark): void {
    this.pages.at(-1)?.push(mark);
  }

  /** Turns the page unless so much is left. */
  need(height: number): void {
    if (this.left >= height) return;
    this.pages.push([]);
    this.y = PAGE.margin;
  }

  write(text: string, size: number, width: number = TEXT_WIDTH, x: number = PAGE.margin): void {
    for (const line of linesOf(text, width / size, this.widthOf)) {
      this.need(lead(size));
      this.add({ kind: 'TEXT', x, y: this.y, size, text: line });
      this.y += lead(size);
    }
  }

  /** A line that ends at `right` instead of beginning somewhere. */
  writeTo(right: number, text: string, size: number): void {
    this.add({ kind: 'TEXT', x: right - this.widthOfText(text, size), y: this.y, size, text });
  }

  rule(x: number = PAGE.margin, width: number = TEXT_WIDTH): void {
    this.add({ kind: 'RULE', x, y: this.y, width });
  }

  widthOfText(text: string, size: number): number {
    return [...text].reduce((sum, character) => sum + this.widthOf(character), 0) * size;
  }
}

/** The pages of a sheet, each with its name and "第 x 页 共 y 页" at the foot. */
export function numbered(sheet: Sheet, name: string): Page[] {
  const { pages } = sheet;
  const [left = ''] = linesOf(name, (TEXT_WIDTH - 90) / SMALL, sheet.widthOf);
  return pages.map((marks, index) => {
    const right = `第 ${index + 1} 页 共 ${pages.length} 页`;
    const y = PAGE.height - PAGE.foot - 8;
    const x = PAGE.margin + TEXT_WIDTH - sheet.widthOfText(right, SMALL);
    return [
      ...marks,
      { kind: 'TEXT', x: PAGE.margin, y, size: SMALL, text: left },
      { kind: 'TEXT', x, y, size: SMALL, text: right },
    ];
  });
}
