import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CharacterWidth } from './lines.ts';
import type { Mark, Page } from './sheet.ts';

/** Noto Sans SC under the OFL: 30,898 glyphs, all of 通用规范汉字表 among them. Only those that are used are embedded. */
export const FONT = '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf';
/** Where the font lacks a character of a name, there is room to write it by hand. */
export const MISSING = '□';

type Document = PDFKit.PDFDocument;

/** What the font can write, and how wide. */
export interface Glyphs {
  readonly widthOf: CharacterWidth;
  /** The text with a box where the font has no such character. */
  printable(text: string): string;
}

/**
 * Papers as one PDF, a few at a time: between two of them the server answers others. The library and the font are
 * loaded with the first print; few processes ever print.
 */
export async function printPdf<Paper>(
  title: string,
  papers: readonly Paper[],
  layOut: (paper: Paper, glyphs: Glyphs) => readonly Page[],
): Promise<Readable> {
  const [{ default: PDFDocument }, { default: QRCode }, font] = await Promise.all([
    import('pdfkit'),
    import('qrcode'),
    readFile(createRequire(import.meta.url).resolve(FONT)),
  ]);
  const document = new PDFDocument({
    size: 'A4',
    margin: 0,
    autoFirstPage: false,
    info: { Title: title, Producer: '邻里', Creator: '邻里' },
  });
  document.registerFont('text', font);
  document.font('text');
  const glyphs = glyphsOf(document);
  const modulesOf = (address: string) => QRCode.create(address, { errorCorrectionLevel: 'M' }).modules;
  const draw = async () => {
    for (const paper of papers) {
      for (const page of layOut(paper, glyphs)) {
        document.addPage();
        for (const mark of page) drawMark(document, mark, modulesOf);
      }
      await nextTurn();
    }
    document.end();
  };
  draw().catch((error: unknown) => document.destroy(error instanceof Error ? error : undefined));
  return document as unknown as Readable;
}

function drawMark(document: Document, mark: Mark, modulesOf: (address: string) => QrModules): void {
  switch (mark.kind) {
    case 'TEXT':
      document.fontSize(mark.size).text(mark.text, mark.x, mark.y, { lineBreak: false });
      return;
    case 'RULE':
      document
        .moveTo(mark.x, mark.y)
        .lineTo(mark.x + mark.width, mark.y)
        .lineWidth(0.6)
        .stroke();
      return;
    case 'BOX':
      document.rect(mark.x, mark.y, mark.side, mark.side).lineWidth(1).stroke();
      return;
    case 'QR':
      drawQr(document, mark, modulesOf(mark.address));
  }
}

interface QrModules {
  readonly size: number;
  get(row: number, column: number): number;
}

/** Dark modules that follow each other in a row are one bar. */
function drawQr(document: Document, { x, y, side }: Extract<Mark, { kind: 'QR' }>, modules: QrModules): void {
  const module = side / modules.size;
  for (let row = 0; row < modules.size; row += 1)
    for (let column = 0; column < modules.size; column += 1) {
      const from = column;
      while (column < modules.size && modules.get(row, column) === 1) column += 1;
      if (column > from) document.rect(x + from * module, y + row * module, (column - from) * module, module);
    }
  document.fill('black');
}

interface FontkitFont {
  readonly unitsPerEm: number;
  hasGlyphForCodePoint(codePoint: number): boolean;
  glyphForCodePoint(codePoint: number): { readonly advanceWidth: number };
}

/** Measured once a character: what papers of one kind say is mostly the same. */
export function glyphsOf(document: Document): Glyphs {
  const { font } = (document as unknown as { readonly _font: { readonly font: FontkitFont } })._font;
  const widths = new Map<string, number>();
  const pointOf = (character: string) => character.codePointAt(0) ?? 0;
  const has = (character: string) => character === '\n' || font.hasGlyphForCodePoint(pointOf(character));
  return {
    printable: (text) => [...text].map((character) => (has(character) ? character : MISSING)).join(''),
    widthOf(character) {
      const known = widths.get(character);
      if (known !== undefined) return known;
      const width = font.glyphForCodePoint(pointOf(character)).advanceWidth / font.unitsPerEm;
      widths.set(character, width);
      return width;
    },
  };
}
