import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { layOut, type Mark, type PrintedBallot } from './paper-layout.ts';
import type { CharacterWidth } from './paper-lines.ts';

/** Noto Sans SC under the OFL: 30,898 glyphs, all of 通用规范汉字表 among them. Only those that are used are embedded. */
const FONT = '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf';
/** Where the font lacks a character of a name, there is room to write it by hand. */
export const MISSING = '□';

type Document = PDFKit.PDFDocument;

interface Glyphs {
  readonly widthOf: CharacterWidth;
  has(character: string): boolean;
}

/**
 * Ballots as one PDF, a few at a time: between two of them the server answers others. The library and the font are
 * loaded with the first print; few processes ever print.
 */
export async function printBallots(ballots: readonly PrintedBallot[], title: string): Promise<Readable> {
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
  document.registerFont('ballot', font);
  document.font('ballot');
  const glyphs = glyphsOf(document);
  const draw = async () => {
    for (const ballot of ballots) {
      const { modules } = QRCode.create(ballot.address, { errorCorrectionLevel: 'M' });
      for (const page of layOut(printable(ballot, glyphs), glyphs.widthOf)) {
        document.addPage();
        for (const mark of page) drawMark(document, mark, modules);
      }
      await nextTurn();
    }
    document.end();
  };
  draw().catch((error: unknown) => document.destroy(error instanceof Error ? error : undefined));
  return document as unknown as Readable;
}

function drawMark(document: Document, mark: Mark, modules: QrModules): void {
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
      drawQr(document, mark, modules);
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

/** Measured once a character: a meeting's texts are the same on every ballot. */
function glyphsOf(document: Document): Glyphs {
  const { font } = (document as unknown as { readonly _font: { readonly font: FontkitFont } })._font;
  const widths = new Map<string, number>();
  const pointOf = (character: string) => character.codePointAt(0) ?? 0;
  return {
    has: (character) => font.hasGlyphForCodePoint(pointOf(character)),
    widthOf(character) {
      const known = widths.get(character);
      if (known !== undefined) return known;
      const width = font.glyphForCodePoint(pointOf(character)).advanceWidth / font.unitsPerEm;
      widths.set(character, width);
      return width;
    },
  };
}

/** The same ballot with a box where the font has no such character. */
function printable(ballot: PrintedBallot, { has }: Glyphs): PrintedBallot {
  const plain = (text: string) =>
    [...text].map((character) => (character === '\n' || has(character) ? character : MISSING)).join('');
  const owners = ballot.owners.map(plain);
  const isMissing = owners.some((name, index) => name !== ballot.owners[index]);
  const advice = isMissing
    ? [...ballot.advice, `姓名里的“${MISSING}”是字库没有的字，请在旁边手写。`]
    : ballot.advice;
  return {
    ...ballot,
    estate: plain(ballot.estate),
    meeting: plain(ballot.meeting),
    title: plain(ballot.title),
    homes: ballot.homes.map(plain),
    owners,
    advice: advice.map(plain),
    motions: ballot.motions.map(({ heading, voteClass, text }) => ({
      heading: plain(heading),
      voteClass,
      text: plain(text),
    })),
  };
}
