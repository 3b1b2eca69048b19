import {
  type Fen,
  type Quarter,
  parseYuan,
  quarterOf,
  tidyText,
  toHalfWidth,
  yuanText,
} from '../kernel/index.ts';
import {
  type RowReader,
  type SheetColumn,
  type SheetReport,
  type SheetRow,
  isDash,
  openTable,
  parseSheetDate,
} from '../sheet/index.ts';
import {
  type IncomeCategory,
  type SpendCategory,
  incomeCategoryOf,
  isForeignToIncome,
  spendCategoryOf,
} from './categories.ts';
import { type StatementContent, type StatementLine, sumStatement } from './statement.ts';

const INCOME_SHEET_COLUMNS = [
  {
    key: 'dir',
    label: '收支',
    synonyms: ['收/支', '收支类型', '类型', '方向', '收支方向', '收支项目'],
    required: true,
  },
  {
    key: 'category',
    label: '类别',
    synonyms: ['项目', '科目', '名目', '收支类别', '用途', '收入来源'],
    required: true,
  },
  {
    key: 'date',
    label: '日期',
    synonyms: ['时间', '发生日期', '收付日期', '到账日期', '记账日期'],
    required: true,
  },
  {
    key: 'counterparty',
    label: '对方单位',
    synonyms: ['单位', '对方', '付款单位', '收款单位', '往来单位', '客户', '商户'],
    required: true,
  },
  { key: 'contractNo', label: '合同编号', synonyms: ['合同号', '合同', '协议编号'], required: false },
  {
    key: 'amount',
    label: '金额',
    synonyms: ['收支金额', '总额', '收入金额', '发生额', '毛收入'],
    required: true,
  },
  { key: 'cost', label: '成本', synonyms: ['合理成本', '经营成本', '扣除成本', '成本支出'], required: false },
  { key: 'net', label: '净额', synonyms: ['净收入', '实际金额', '余额', '净收支', '结余'], required: true },
  { key: 'voucherNo', label: '凭证号', synonyms: ['凭证', '凭证编号', '票据号', '单据号'], required: false },
  {
    key: 'decisionNo',
    label: '决议编号',
    synonyms: ['决议', '决议号', '业主决议', '表决编号', '授权决议'],
    required: false,
  },
  { key: 'note', label: '备注', synonyms: ['说明', '摘要'], required: false },
] as const satisfies readonly SheetColumn<string>[];

type Column = (typeof INCOME_SHEET_COLUMNS)[number]['key'];

/** What is expected in place of what was found. */
const INCOME_SHEET_EXPECTATIONS = {
  'INCOME_SHEET.QUARTER_MISSING': '标题里写明季度，如 2026年第三季度；或选好季度再导入',
  'INCOME_SHEET.QUARTER_DIFFERS': '表里写的是 {found}，选的是 {expected}',
  'INCOME_SHEET.DIRECTION_UNKNOWN': '填 收入 或 支出',
  'INCOME_SHEET.CATEGORY_MISSING': '写明是什么收入或支出',
  'INCOME_SHEET.CATEGORY_UNKNOWN': '不认识这个类别，请换一个叫法，或写 其他',
  'INCOME_SHEET.CATEGORY_WRONG_SIDE': '这是{right}的类别，请检查收支一列',
  'INCOME_SHEET.CATEGORY_FOREIGN': '物业费、维修资金和押金不能记在公共收益里，请从表中去掉',
  'INCOME_SHEET.DATE_FORMAT': '填日期，如 2026-07-31',
  'INCOME_SHEET.DATE_OUTSIDE': '日期要在 {quarter} 内',
  'INCOME_SHEET.COUNTERPARTY_MISSING': '写明对方单位',
  'INCOME_SHEET.AMOUNT_NOT_NUMBER': '填数字，单位元，最多两位小数',
  'INCOME_SHEET.AMOUNT_NOT_POSITIVE': '金额要大于 0；支出也填正数',
  'INCOME_SHEET.COST_NOT_NUMBER': '填数字，单位元，最多两位小数；没有成本填 0',
  'INCOME_SHEET.COST_NEGATIVE': '成本不能小于 0',
  'INCOME_SHEET.COST_ON_SPEND': '支出没有成本，请空着',
  'INCOME_SHEET.NET_NOT_NUMBER': '填数字，单位元，最多两位小数',
  'INCOME_SHEET.NET_MISMATCH': '净额应为 {expected} 元（金额减成本）',
  'INCOME_SHEET.OPENING_MISSING': '要有一行“期初余额”，净额一列填数字',
  'INCOME_SHEET.CLOSING_MISSING': '要有一行“期末余额”，净额一列填数字',
  'INCOME_SHEET.BALANCE_TWICE': '“{label}”只能有一行，第 {row} 行已经有了',
  'INCOME_SHEET.IDENTITY': '期末余额应为 {expected} 元，表中是 {found} 元，差 {difference} 元',
} as const;
export type IncomeSheetFaultCode = keyof typeof INCOME_SHEET_EXPECTATIONS;

type Reader = RowReader<Column, IncomeSheetFaultCode>;
type Table = ReturnType<typeof openTable<Column, IncomeSheetFaultCode>>;

/** The rows that hold a balance instead of a line. */
const BALANCES = {
  opening: { label: '期初余额', pattern: /^(期初|上期|上季(度)?|年初)(账户)?(余额|结余|结存|结转)/ },
  closing: { label: '期末余额', pattern: /^(期末|本期|本季(度)?|年末)(账户)?(余额|结余|结存)/ },
  bank: { label: '银行余额', pattern: /^(银行(账户)?余额|银行存款余额|对账单余额)/ },
} as const;
type Balance = keyof typeof BALANCES;

/** A statement read from a sheet; the bank's balance is rarely in it and is asked for in the page. */
export type StatementDraft = Omit<StatementContent, 'reconciling' | 'accountHolder'>;

/**
 * Reads a quarter's income and spending 公共收益收支表. The quarter is taken from the title unless it is given; every
 * fault is reported, and a sheet that does not add up is said to be so with its numbers.
 */
export function readIncomeSheet(
  rows: readonly SheetRow[],
  chosen: Quarter | null = null,
): SheetReport<StatementDraft, IncomeSheetFaultCode> {
  const table = openTable<Column, IncomeSheetFaultCode>(
    rows,
    INCOME_SHEET_COLUMNS,
    INCOME_SHEET_EXPECTATIONS,
  );
  const quarter = quarterOfSheet(table, chosen);
  const balances = new Map<Balance, { readonly amountFen: Fen; readonly row: Reader }>();
  const lines: StatementLine[] = [];
  for (const row of table.rows) {
    const balance = balanceOfRow(row);
    if (balance === null) lines.push(...readLine(row, quarter));
    else readBalance(row, balance, balances);
  }
  const draft: StatementDraft = {
    quarter: quarter ?? '',
    openingFen: balances.get('opening')?.amountFen ?? 0,
    lines,
    closingFen: balances.get('closing')?.amountFen ?? 0,
    bankBalanceFen: balances.get('bank')?.amountFen ?? null,
  };
  checkBalances(table, draft, balances);
  return table.report(draft);
}

/** 2026年第三季度, 2026年3季度, 2026Q3 in a title. */
export function quarterInTitle(title: readonly string[]): Quarter | null {
  for (const text of title.map(toHalfWidth)) {
    const written = /(\d{4})\s*年?度?\s*(?:第\s*)?([一二三四1-4])\s*季度/.exec(text);
    const short = /(\d{4})\s*[-年]?\s*[Qq]([1-4])/.exec(text);
    const [, year = '', digit = ''] = written ?? short ?? [];
    if (year !== '') return `${year}Q${/\d/.test(digit) ? digit : '一二三四'.indexOf(digit) + 1}`;
  }
  return null;
}

function quarterOfSheet(table: Table, chosen: Quarter | null): Quarter | null {
  const { header } = table;
  if (header === null) return chosen;
  const found = quarterInTitle(header.title);
  const at = { row: 1, column: '标题', found: header.title[0] ?? '没有标题' } as const;
  if (found === null && chosen === null) table.fault(at, 'INCOME_SHEET.QUARTER_MISSING');
  if (found !== null && chosen !== null && found !== chosen)
    table.fault(at, 'INCOME_SHEET.QUARTER_DIFFERS', { found, expected: chosen });
  return chosen ?? found;
}

/** 期初余额 stands in the first column, or where the category would. */
function balanceOfRow(row: Reader): Balance | null {
  const name = [row.text('dir'), row.text('category')].find((text) => text !== '')?.replace(/\s/g, '') ?? '';
  const found = (Object.keys(BALANCES) as Balance[]).find((balance) => BALANCES[balance].pattern.test(name));
  return found ?? null;
}

/** The number stands under 净额; people also put it under 金额. */
function readBalance(
  row: Reader,
  balance: Balance,
  balances: Map<Balance, { readonly amountFen: Fen; readonly row: Reader }>,
): void {
  const earlier = balances.get(balance);
  if (earlier !== undefined) {
    row.fault('dir', 'INCOME_SHEET.BALANCE_TWICE', { label: BALANCES[balance].label, row: earlier.row.row });
    return;
  }
  const column = row.text('net') === '' && row.text('amount') !== '' ? 'amount' : 'net';
  const amountFen = row.parse(column, parseYuan, 'INCOME_SHEET.NET_NOT_NUMBER');
  if (amountFen !== null) balances.set(balance, { amountFen, row });
}

function readLine(row: Reader, quarter: Quarter | null): StatementLine[] {
  const dir = row.parse('dir', parseDirection, 'INCOME_SHEET.DIRECTION_UNKNOWN');
  const category = dir === null ? null : readCategory(row, dir);
  const date = row.parse('date', parseSheetDate, 'INCOME_SHEET.DATE_FORMAT');
  const grossFen = row.parse('amount', parseYuan, 'INCOME_SHEET.AMOUNT_NOT_NUMBER');
  const costFen = row.parseOptional('cost', parseYuan, 'INCOME_SHEET.COST_NOT_NUMBER', 0);
  const netFen = row.parseOptional('net', parseYuan, 'INCOME_SHEET.NET_NOT_NUMBER', 'COMPUTED');
  if (isDash(row.text('counterparty'))) row.fault('counterparty', 'INCOME_SHEET.COUNTERPARTY_MISSING');
  if (date !== null && quarter !== null && quarterOf(date) !== quarter)
    row.fault('date', 'INCOME_SHEET.DATE_OUTSIDE', { quarter });
  if (grossFen !== null && grossFen <= 0) row.fault('amount', 'INCOME_SHEET.AMOUNT_NOT_POSITIVE');
  if (costFen !== null && costFen < 0) row.fault('cost', 'INCOME_SHEET.COST_NEGATIVE');
  if (dir === 'SPEND' && costFen !== null && costFen !== 0) row.fault('cost', 'INCOME_SHEET.COST_ON_SPEND');
  if (
    grossFen !== null &&
    costFen !== null &&
    netFen !== null &&
    netFen !== 'COMPUTED' &&
    netFen !== grossFen - costFen
  )
    row.fault('net', 'INCOME_SHEET.NET_MISMATCH', { expected: yuanText(grossFen - costFen) });
  if (category === null || date === null || grossFen === null || costFen === null) return [];

  const rest = {
    date,
    counterparty: row.prose('counterparty'),
    contractNo: textOrNull(row, 'contractNo'),
    voucherNo: textOrNull(row, 'voucherNo'),
    voucherIds: [],
    decisionNo: textOrNull(row, 'decisionNo'),
    note: isDash(row.text('note')) ? '' : row.prose('note'),
  };
  return category.dir === 'INCOME'
    ? [
        {
          ...rest,
          dir: 'INCOME',
          category: category.code,
          grossFen,
          costFen,
          netFen: grossFen - costFen,
          justification: null,
        },
      ]
    : [{ ...rest, dir: 'SPEND', category: category.code, amountFen: grossFen }];
}

type ReadCategory =
  | { readonly dir: 'INCOME'; readonly code: IncomeCategory }
  | { readonly dir: 'SPEND'; readonly code: SpendCategory };

function readCategory(row: Reader, dir: 'INCOME' | 'SPEND'): ReadCategory | null {
  const word = row.text('category');
  const [income, spend] = [incomeCategoryOf(word), spendCategoryOf(word)];
  if (isDash(word)) row.fault('category', 'INCOME_SHEET.CATEGORY_MISSING');
  else if (dir === 'INCOME' && isForeignToIncome(word))
    row.fault('category', 'INCOME_SHEET.CATEGORY_FOREIGN');
  else if (dir === 'INCOME' && income !== null) return { dir, code: income };
  else if (dir === 'SPEND' && spend !== null) return { dir, code: spend };
  else if (income !== null || spend !== null)
    row.fault('category', 'INCOME_SHEET.CATEGORY_WRONG_SIDE', { right: dir === 'INCOME' ? '支出' : '收入' });
  else row.fault('category', 'INCOME_SHEET.CATEGORY_UNKNOWN');
  return null;
}

/** Only a sheet without any other fault can be expected to add up. */
function checkBalances(
  table: Table,
  draft: StatementDraft,
  balances: ReadonlyMap<Balance, { readonly amountFen: Fen; readonly row: Reader }>,
): void {
  if (table.header === null) return;
  for (const [balance, code] of [
    ['opening', 'INCOME_SHEET.OPENING_MISSING'],
    ['closing', 'INCOME_SHEET.CLOSING_MISSING'],
  ] as const) {
    const seen = balances.has(balance) || table.faults.some(({ row }) => isBalanceRow(table, row, balance));
    if (seen) continue;
    table.fault({ row: table.header.row, column: BALANCES[balance].label, found: '没有这一行' }, code);
  }
  const closing = balances.get('closing');
  const expected = sumStatement(draft).closingFen;
  if (table.faults.length > 0 || closing === undefined || closing.amountFen === expected) return;
  closing.row.fault(closing.row.text('net') === '' ? 'amount' : 'net', 'INCOME_SHEET.IDENTITY', {
    expected: yuanText(expected),
    found: yuanText(closing.amountFen),
    difference: yuanText(Math.abs(expected - closing.amountFen)),
  });
}

function isBalanceRow(table: Table, row: number, balance: Balance): boolean {
  const reader = table.rows.find((candidate) => candidate.row === row);
  return reader !== undefined && balanceOfRow(reader) === balance;
}

function parseDirection(text: string): 'INCOME' | 'SPEND' | null {
  const word = tidyText(text).replace(/\s/g, '');
  if (/^(收入?|收款|进账|入账|\+)$/.test(word)) return 'INCOME';
  return /^(支出?|付款|支付|出账|-)$/.test(word) ? 'SPEND' : null;
}

function textOrNull(row: Reader, key: Column): string | null {
  return isDash(row.text(key)) ? null : row.text(key);
}
