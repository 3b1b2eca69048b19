import { type CharacterWidth, linesOf } from './paper-lines.ts';

/** A4 in points, and what stays white around. */
export const PAGE = { width: 595.28, height: 841.89, margin: 48, foot: 40 } as const;
const TEXT_WIDTH = PAGE.width - 2 * PAGE.margin;
const QR_SIDE = 92;

/** What is printed on one paper ballot. */
export interface PrintedBallot {
  readonly numberText: string;
  /** What the QR code leads to. */
  readonly address: string;
  readonly estate: string;
  readonly meeting: string;
  readonly title: string;
  readonly homes: readonly string[];
  readonly owners: readonly string[];
  /** "1 户，89.37 ㎡". */
  readonly weight: string;
  /** When and where it goes, and what holds if one also votes on the phone. */
  readonly advice: readonly string[];
  readonly motions: readonly PrintedMotion[];
}

export interface PrintedMotion {
  readonly heading: string;
  readonly voteClass: string;
  readonly text: string;
}

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
  | { readonly kind: 'QR'; readonly x: number; readonly y: number; readonly side: number };

export type Page = readonly Mark[];

const BODY = 11;
const SMALL = 9.5;
const HEADING = 12.5;
const lead = (size: number) => size * 1.5;
const CHOICES = ['同意', '反对', '弃权'] as const;
const CHOICE_ROW = 34;
const SIGNATURE = 92;

/** Lays a ballot out on as many pages as it needs; every page bears its number and "第 x 页 共 y 页". */
export function layOut(ballot: PrintedBallot, widthOf: CharacterWidth): Page[] {
  const sheet = new Sheet(widthOf);
  head(sheet, ballot);
  for (const motion of ballot.motions) addMotion(sheet, motion);
  signature(sheet, ballot.owners.length);
  const { pages } = sheet;
  return pages.map((marks, index) => [
    ...marks,
    ...foot(sheet, `${ballot.numberText}　${ballot.meeting}`, `第 ${index + 1} 页 共 ${pages.length} 页`),
  ]);
}

/** Where the next thing goes; turns the page when it does not fit. */
class Sheet {
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

  rule(): void {
    this.add({ kind: 'RULE', x: PAGE.margin, y: this.y, width: TEXT_WIDTH });
  }

  widthOfText(text: string, size: number): number {
    return [...text].reduce((sum, character) => sum + this.widthOf(character), 0) * size;
  }
}

function head(sheet: Sheet, ballot: PrintedBallot): void {
  const right = PAGE.margin + TEXT_WIDTH - QR_SIDE;
  const beside = TEXT_WIDTH - QR_SIDE - 16;
  sheet.add({ kind: 'QR', x: right, y: PAGE.margin, side: QR_SIDE });
  sheet.add({ kind: 'TEXT', x: right, y: PAGE.margin + QR_SIDE + 4, size: BODY, text: ballot.numberText });
  sheet.write(`${ballot.estate} 业主大会表决票`, 19, beside);
  sheet.write(`${ballot.meeting}　${ballot.title}`, BODY, beside);
  sheet.y += 6;
  sheet.write(`房屋：${ballot.homes.join('、')}`, BODY, beside);
  sheet.write(`业主：${ballot.owners.join('、')}`, BODY, beside);
  sheet.write(`计入：${ballot.weight}`, BODY, beside);
  sheet.y = Math.max(sheet.y, PAGE.margin + QR_SIDE + 4 + lead(BODY)) + 8;
  sheet.rule();
  sheet.y += 8;
  for (const line of ballot.advice) sheet.write(line, SMALL);
  sheet.y += 6;
}

/** The choices are never parted from the last lines of what they decide. */
function addMotion(sheet: Sheet, { heading, voteClass, text }: PrintedMotion): void {
  const lines = linesOf(text, TEXT_WIDTH / BODY, sheet.widthOf);
  // A heading is followed by a few lines at least, a short motion by its choices.
  const begins = lines.length <= 3 ? lines.length * lead(BODY) + CHOICE_ROW : 2 * lead(BODY);
  sheet.need(8 + 2 * lead(HEADING) + lead(SMALL) + begins);
  sheet.rule();
  sheet.y += 8;
  sheet.write(heading, HEADING);
  sheet.write(voteClass, SMALL);
  for (const [index, line] of lines.entries()) {
    const isLast = index >= lines.length - 2;
    sheet.need(isLast ? (lines.length - index) * lead(BODY) + CHOICE_ROW : lead(BODY));
    sheet.add({ kind: 'TEXT', x: PAGE.margin, y: sheet.y, size: BODY, text: line });
    sheet.y += lead(BODY);
  }
  sheet.need(CHOICE_ROW);
  for (const [index, choice] of CHOICES.entries()) {
    const x = PAGE.margin + 8 + index * 130;
    sheet.add({ kind: 'BOX', x, y: sheet.y + 8, side: 15 });
    sheet.add({ kind: 'TEXT', x: x + 24, y: sheet.y + 5, size: 14, text: choice });
  }
  sheet.y += CHOICE_ROW;
}

/** One line for each owner, up to four; more sign beside each other. */
function signature(sheet: Sheet, owners: number): void {
  const lines = Math.min(Math.max(owners, 1), 4);
  sheet.need(SIGNATURE + (lines - 1) * 34);
  sheet.rule();
  sheet.y += 10;
  sheet.write(
    '以上选择是本人的真实意思。没有签名的票不计入；共有的房屋请共有人都签名，或由推选的一人签名。',
    SMALL,
  );
  for (let line = 0; line < lines; line += 1) {
    sheet.y += 14;
    sheet.add({ kind: 'TEXT', x: PAGE.margin, y: sheet.y, size: BODY, text: '业主签名' });
    sheet.add({ kind: 'RULE', x: PAGE.margin + 54, y: sheet.y + 16, width: 200 });
    sheet.add({
      kind: 'TEXT',
      x: PAGE.margin + 280,
      y: sheet.y,
      size: BODY,
      text: '日期　　　　年　　　月　　　日',
    });
    sheet.y += 20;
  }
}

function foot(sheet: Sheet, left: string, right: string): Mark[] {
  const y = PAGE.height - PAGE.foot - 8;
  const [line = ''] = linesOf(left, (TEXT_WIDTH - 90) / SMALL, sheet.widthOf);
  const x = PAGE.margin + TEXT_WIDTH - sheet.widthOfText(right, SMALL);
  return [
    { kind: 'TEXT', x: PAGE.margin, y, size: SMALL, text: line },
    { kind: 'TEXT', x, y, size: SMALL, text: right },
  ];
}
