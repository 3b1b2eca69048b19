import type { NoticedBill } from '@linli/shared/fees';
import { type CalendarDate, capitalYuan, formatFullDate, formatMonth, yuanText } from '@linli/shared/kernel';
import {
  BODY,
  type Glyphs,
  lead,
  linesOf,
  numbered,
  PAGE,
  type Page,
  Sheet,
  SMALL,
  TEXT_WIDTH,
} from '../../../kernel/pdf/index.ts';

/** What is printed on one 催告书: one household and nobody else. */
export interface PrintedNotice {
  readonly numberText: string;
  readonly estate: string;
  readonly home: string;
  readonly owners: readonly string[];
  readonly book: string;
  readonly bills: readonly NoticedBill[];
  readonly amountFen: number;
  readonly lateFeeFen: number;
  readonly lateFeeBasis: string | null;
  readonly issuedOn: CalendarDate;
  readonly respondBy: CalendarDate;
  readonly issuer: string;
  readonly handledBy: string;
}

const TITLE = 19;
/** Where the columns of the bills begin, and where the amounts end. */
const COLUMN = { month: 0, items: 84, due: 262, open: 430, late: TEXT_WIDTH } as const;
const RECEIPT = 96;

/** Lays a 催告书 out: whom, what, why, until when, how to pay, dispute or ask for help, and who asks. */
export function layOutNotice(notice: PrintedNotice, { widthOf, printable }: Glyphs): Page[] {
  const sheet = new Sheet(widthOf);
  const write = (text: string, size: number = BODY) => {
    sheet.write(printable(text), size);
  };
  head(sheet, notice, write);
  table(sheet, notice, printable);
  for (const paragraph of paragraphsOf(notice)) {
    sheet.y += 6;
    write(paragraph);
  }
  signature(sheet, notice, printable);
  receipt(sheet, notice, printable);
  return numbered(sheet, printable(`${notice.numberText}　只送达本户，不公开张贴`));
}

type Write = (text: string, size?: number) => void;

function head(sheet: Sheet, notice: PrintedNotice, write: Write): void {
  const title = `${notice.book}催告书`;
  sheet.add({
    kind: 'TEXT',
    x: (PAGE.width - sheet.widthOfText(title, TITLE)) / 2,
    y: sheet.y,
    size: TITLE,
    text: title,
  });
  sheet.y += lead(TITLE);
  sheet.writeTo(PAGE.margin + TEXT_WIDTH, notice.numberText, BODY);
  sheet.y += lead(BODY) + 8;
  const owners = notice.owners.length === 0 ? '业主' : `${notice.owners.join('、')} 业主`;
  write(`${notice.estate} ${notice.home}`);
  write(`${owners}：`);
  sheet.y += 6;
  const total = notice.amountFen + notice.lateFeeFen;
  write(
    `截至 ${formatFullDate(notice.issuedOn)}，您家有 ${notice.bills.length} 张${notice.book}账单过了缴费期限还没有缴清，共 ${yuanText(total)} 元（人民币${capitalYuan(total)}）。明细如下：`,
  );
  sheet.y += 8;
}

function table(sheet: Sheet, notice: PrintedNotice, printable: Glyphs['printable']): void {
  const at = (x: number, text: string) => {
    sheet.add({ kind: 'TEXT', x: PAGE.margin + x, y: sheet.y, size: SMALL, text });
  };
  const amounts = (openFen: number, lateFeeFen: number) => {
    sheet.writeTo(PAGE.margin + COLUMN.open, yuanText(openFen), SMALL);
    sheet.writeTo(PAGE.margin + COLUMN.late, yuanText(lateFeeFen), SMALL);
  };
  sheet.rule();
  sheet.y += 5;
  at(COLUMN.month, '账单');
  at(COLUMN.items, '收费项目');
  at(COLUMN.due, '缴费期限');
  sheet.writeTo(PAGE.margin + COLUMN.open, '欠缴（元）', SMALL);
  sheet.writeTo(PAGE.margin + COLUMN.late, '违约金（元）', SMALL);
  sheet.y += lead(SMALL);
  for (const { month, dueOn, openFen, lateFeeFen, items } of notice.bills) {
    const width = COLUMN.due - COLUMN.items - 10;
    const lines = linesOf(printable(items.join('、')), width / SMALL, sheet.widthOf);
    sheet.need(lines.length * lead(SMALL) + 10);
    sheet.rule();
    sheet.y += 5;
    at(COLUMN.month, formatMonth(month));
    at(COLUMN.due, formatFullDate(dueOn));
    amounts(openFen, lateFeeFen);
    for (const line of lines) {
      at(COLUMN.items, line);
      sheet.y += lead(SMALL);
    }
  }
  sheet.need(lead(SMALL) + 14);
  sheet.rule();
  sheet.y += 5;
  at(COLUMN.month, '合计');
  amounts(notice.amountFen, notice.lateFeeFen);
  sheet.y += lead(SMALL);
  sheet.rule();
  sheet.y += 6;
}

function paragraphsOf(notice: PrintedNotice): string[] {
  const bases = [...new Set(notice.bills.flatMap((bill) => bill.bases))];
  const late =
    notice.lateFeeFen > 0 && notice.lateFeeBasis !== null ? `违约金依据：${notice.lateFeeBasis}。` : '';
  return [
    `一、依据　${bases.join('；')}。${late}《中华人民共和国民法典》第九百四十四条：业主违反约定逾期不支付物业费的，物业服务人可以催告其在合理期限内支付；合理期限届满仍不支付的，物业服务人可以提起诉讼或者申请仲裁。`,
    `二、期限　请在 ${formatFullDate(notice.respondBy)} 前缴清；这封信送到得晚的，从送到那天起不少于 15 天。`,
    '三、怎么缴　打开“邻里”小程序，进“缴费”，付款后自动开收据；也可以到物业服务中心缴。已经缴了的，不用理会这封信。',
    '四、有异议　觉得不该收或金额不对，请在期限内告诉物业，物业应当说明每一笔怎么算的；说不通的，可以请业主委员会、社区居民委员会或人民调解委员会调解。',
    '五、有困难　可以在“邻里”里申请减免或缓缴，社区核实、街道审批，物业看不到原因。批准缓缴的，不算逾期。',
    '六、不会做的事　不停水、停电、停气、停暖，不限制出入和乘梯，不张贴欠费名单，不告诉邻居。遇到这样的做法，请打 12345 或向街道反映。',
  ];
}

function signature(sheet: Sheet, notice: PrintedNotice, printable: Glyphs['printable']): void {
  const right = PAGE.margin + TEXT_WIDTH;
  sheet.need(4 * lead(BODY) + 12);
  sheet.y += 12;
  for (const line of [
    `${notice.issuer}（盖章）`,
    `经办人：${notice.handledBy}`,
    formatFullDate(notice.issuedOn),
  ]) {
    sheet.writeTo(right, printable(line), BODY);
    sheet.y += lead(BODY);
  }
}

/** The part that the company keeps: how it came to the household. */
function receipt(sheet: Sheet, notice: PrintedNotice, printable: Glyphs['printable']): void {
  sheet.need(RECEIPT);
  sheet.y += 12;
  sheet.rule();
  sheet.y += 8;
  sheet.write(printable(`送达回执　${notice.numberText}　${notice.home}`), BODY);
  sheet.y += 4;
  for (const [index, way] of ['当面送达', '拒签（见证人在场）', '邮寄'].entries()) {
    const x = PAGE.margin + index * 150;
    sheet.add({ kind: 'BOX', x, y: sheet.y + 3, side: 10 });
    sheet.add({ kind: 'TEXT', x: x + 16, y: sheet.y, size: BODY, text: way });
  }
  sheet.y += lead(BODY) + 8;
  for (const [index, label] of ['收件人签名', '日期'].entries()) {
    const x = PAGE.margin + index * 260;
    sheet.add({ kind: 'TEXT', x, y: sheet.y, size: BODY, text: label });
    sheet.add({ kind: 'RULE', x: x + 64, y: sheet.y + 15, width: 150 });
  }
  sheet.y += lead(BODY);
}
