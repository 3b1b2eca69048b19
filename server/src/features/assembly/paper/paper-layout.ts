import {
  BODY,
  type CharacterWidth,
  lead,
  linesOf,
  numbered,
  PAGE,
  type Page,
  Sheet,
  SMALL,
  TEXT_WIDTH,
} from '../../../kernel/pdf/index.ts';

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
  readonly motions: readonly (PrintedMotion | PrintedElection)[];
}

export interface PrintedMotion {
  readonly heading: string;
  readonly voteClass: string;
  readonly text: string;
}

/** All candidates of an election together: one box each, and one for who wants none of them. */
export interface PrintedElection {
  readonly heading: string;
  readonly voteClass: string;
  /** How many may be chosen, and what too many mean. */
  readonly rule: string;
  readonly candidates: readonly { readonly name: string; readonly text: string }[];
  readonly none: string;
}

const HEADING = 12.5;
const CHOICES = ['同意', '反对', '弃权'] as const;
const CHOICE_ROW = 34;
const CANDIDATE_ROW = 27;
const CANDIDATE_INDENT = 34;
const SIGNATURE = 92;

/** Lays a ballot out on as many pages as it needs; every page bears its number and "第 x 页 共 y 页". */
export function layOut(ballot: PrintedBallot, widthOf: CharacterWidth): Page[] {
  const sheet = new Sheet(widthOf);
  head(sheet, ballot);
  for (const motion of ballot.motions)
    if ('candidates' in motion) addElection(sheet, motion);
    else addMotion(sheet, motion);
  signature(sheet, ballot.owners.length);
  return numbered(sheet, `${ballot.numberText}　${ballot.meeting}`);
}

function head(sheet: Sheet, ballot: PrintedBallot): void {
  const right = PAGE.margin + TEXT_WIDTH - QR_SIDE;
  const beside = TEXT_WIDTH - QR_SIDE - 16;
  sheet.add({ kind: 'QR', x: right, y: PAGE.margin, side: QR_SIDE, address: ballot.address });
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

/** A candidate's box, name and first lines stay together. */
function addElection(sheet: Sheet, { heading, voteClass, rule, candidates, none }: PrintedElection): void {
  sheet.need(8 + 2 * lead(HEADING) + 3 * lead(SMALL) + 2 * CANDIDATE_ROW);
  sheet.rule();
  sheet.y += 8;
  sheet.write(heading, HEADING);
  sheet.write(voteClass, SMALL);
  sheet.write(rule, BODY);
  for (const { name, text } of [...candidates, { name: none, text: '' }]) {
    const lines = linesOf(text, (TEXT_WIDTH - CANDIDATE_INDENT) / SMALL, sheet.widthOf);
    sheet.need(CANDIDATE_ROW + Math.min(lines.length, 3) * lead(SMALL));
    sheet.y += 6;
    sheet.add({ kind: 'BOX', x: PAGE.margin + 8, y: sheet.y + 3, side: 15 });
    sheet.write(name, 14, TEXT_WIDTH - CANDIDATE_INDENT, PAGE.margin + CANDIDATE_INDENT);
    if (text !== '') sheet.write(text, SMALL, TEXT_WIDTH - CANDIDATE_INDENT, PAGE.margin + CANDIDATE_INDENT);
  }
  sheet.y += 10;
}

/** One line for each owner, up to four; more sign beside each other. */
function signature(sheet: Sheet, owners: number): void {
  const lines = Math.min(Math.max(owners, 1), 4);
  sheet.need(SIGNATURE + (lines - 1) * 34);
  sheet.rule();
  sheet.y += 10;
  sheet.write(
    '以上选择是本人的真实意思。没有签名的票不计入；共有的房屋请共有人都签名，或由推选的一人签名。代理人签名的，要交业主签名的委托书，由代理人一人签，并写明“代理”。',
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
