import { type CalendarDate, type Fen, parseYuan } from '../kernel/index.ts';
import {
  type SheetColumn,
  type SheetReport,
  type SheetRow,
  isDash,
  openTable,
  parseSheetDate,
} from '../sheet/index.ts';

/** A line of a bank statement 银行流水 that brought money in or took it out. */
export interface BankLine {
  /** The bank's own number; where the bank gives none, what the line says and which of the day's alike it is. */
  readonly serial: string;
  readonly onDate: CalendarDate;
  /** Money in; below zero where it went out. */
  readonly amountFen: Fen;
  readonly counterparty: string;
  readonly summary: string;
}

const EXPECTATIONS = {
  'BANK.DATE': '日期，如 2026-11-21',
  'BANK.AMOUNT': '金额，如 1,234.56',
  'BANK.BOTH_SIDES': '收入和支出只填一个',
} as const;
export type BankSheetFault = keyof typeof EXPECTATIONS;
type Column = 'date' | 'in' | 'out' | 'counterparty' | 'summary' | 'serial';

const COLUMNS: readonly SheetColumn<Column>[] = [
  {
    key: 'date',
    label: '交易日期',
    synonyms: ['入账日期', '记账日期', '日期', '交易时间', '记账时间'],
    required: true,
  },
  {
    key: 'in',
    label: '收入金额',
    synonyms: ['贷方发生额', '贷方金额', '贷方', '收入', '转入金额', '存入'],
    required: true,
  },
  {
    key: 'out',
    label: '支出金额',
    synonyms: ['借方发生额', '借方金额', '借方', '支出', '转出金额', '支取'],
    required: false,
  },
  {
    key: 'counterparty',
    label: '对方户名',
    synonyms: ['对方账户名称', '对方名称', '对方单位', '交易对手', '对手户名'],
    required: true,
  },
  { key: 'summary', label: '摘要', synonyms: ['用途', '附言', '备注', '交易摘要'], required: false },
  {
    key: 'serial',
    label: '交易流水号',
    synonyms: ['流水号', '凭证号', '交易序号', '明细编号'],
    required: false,
  },
];

/** Reads a bank's statement as it was exported; every line that cannot be read is named. */
export function readBankSheet(rows: readonly SheetRow[]): SheetReport<readonly BankLine[], BankSheetFault> {
  const table = openTable<Column, BankSheetFault>(rows, COLUMNS, EXPECTATIONS);
  const lines: BankLine[] = [];
  const alike = new Map<string, number>();
  for (const row of table.rows) {
    const onDate = row.parse('date', parseBankDate, 'BANK.DATE');
    const inFen = row.parseOptional('in', parseYuan, 'BANK.AMOUNT', 0);
    const outFen = row.parseOptional('out', parseYuan, 'BANK.AMOUNT', 0);
    if (onDate === null || inFen === null || outFen === null) continue;
    if ((inFen === 0) === (outFen === 0)) {
      row.fault('in', 'BANK.BOTH_SIDES');
      continue;
    }
    const amountFen = inFen - outFen;
    const serial = row.text('serial');
    lines.push({
      serial: isNumber(serial) ? serial : nameOf(onDate, amountFen, alike),
      onDate,
      amountFen,
      counterparty: row.prose('counterparty'),
      summary: row.prose('summary'),
    });
  }
  return table.report(lines);
}

/** Some banks write zeros, or words, where they have no number. */
const isNumber = (text: string) => !isDash(text) && /^[ -~]{1,80}$/.test(text) && !/^0+$/.test(text);

/** The same in every file that has the whole of the day, wherever the line stands in it. */
function nameOf(onDate: CalendarDate, amountFen: Fen, alike: Map<string, number>): string {
  const name = `${onDate}#${amountFen}`;
  const nth = (alike.get(name) ?? 0) + 1;
  alike.set(name, nth);
  return `${name}#${nth}`;
}

/** A line that is kept already, under its number. */
export type KeptLine = Pick<BankLine, 'serial' | 'onDate' | 'amountFen'>;

/** Under which name a line is kept whose number belongs to another line: a voucher's number stands on several. */
export function secondName({ serial, onDate, amountFen }: KeptLine): string {
  return `${serial.slice(0, 48)}#${onDate}#${amountFen}`;
}

/**
 * The lines under the names that they are kept by. A number that stands on another day or over another amount already is
 * not this line's: both are money. `kept`: what is there under these lines' numbers.
 */
export function namedLines(lines: readonly BankLine[], kept: readonly KeptLine[]): BankLine[] {
  const holders = new Map<string, KeptLine>(kept.map((line) => [line.serial, line]));
  return lines.map((line) => {
    const holder = holders.get(line.serial) ?? line;
    holders.set(line.serial, holder);
    const isSame = holder.onDate === line.onDate && holder.amountFen === line.amountFen;
    return isSame ? line : { ...line, serial: secondName(line) };
  });
}

/** Banks put the time behind the date, and some write 20261121. */
function parseBankDate(text: string): CalendarDate | null {
  const day = text.trim().split(/\s/)[0] ?? '';
  return parseSheetDate(day.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3'));
}

/** Money that WeChat Pay settled: it comes from 财付通, WeChat's payment company. */
export function isSettlement({ amountFen, counterparty, summary }: BankLine): boolean {
  return amountFen > 0 && /财付通|微信支付/.test(`${counterparty} ${summary}`);
}
