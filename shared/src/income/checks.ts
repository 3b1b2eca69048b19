import { leftOf, type SpendableDecision } from '../assembly/index.ts';
import { type Refusal, refuse } from '../errors/index.ts';
import {
  type CalendarDate,
  type Fen,
  type Quarter,
  atLeast,
  formatFullDate,
  formatQuarter,
  leastReaching,
  moreThan,
  nextQuarter,
  quarterEnd,
  quarterOf,
  quarterStart,
  yuanText,
} from '../kernel/index.ts';
import { bookChanges, type BookLine, categoryLabelOf } from './books.ts';
import { INCOME_CATEGORIES, isBusiness, SPEND_CATEGORIES } from './categories.ts';
import { lineCharges } from './charges.ts';
import { collectedGaps, isCollected } from './collected.ts';
import {
  type DecisionContext,
  type DecisionGap,
  businessGap,
  findDecision,
  type LineCharge,
  spendGap,
  UNCHARGED,
} from './decisions.ts';
import { STATEMENT_FAULTS, type StatementFaultCode } from './errors.ts';
import type { IncomeRules } from './rules.ts';
import {
  type IncomeLine,
  type SpendLine,
  type StatementContent,
  type StatementLine,
  sumStatement,
} from './statement.ts';

/** One reason against publication; `path` names the field as in the request: 'lines[3].netFen'. */
export interface StatementFault {
  readonly path: string;
  readonly code: StatementFaultCode;
  readonly message: string;
}

/** What one line is checked against. */
export interface LineContext extends DecisionContext {
  readonly rules: Pick<IncomeRules, 'fundMinShare' | 'mayOffsetFees' | 'spendYearStartsMonth'>;
}

export interface StatementContext extends LineContext {
  /** What stands in the books of the quarter. */
  readonly booked: readonly BookLine[];
  /** The lines that the quarter's entries of WeChat make. */
  readonly collected: readonly StatementLine[];
  /** The quarter before in its newest published version; null for the first quarter ever. */
  readonly previous: { readonly quarter: Quarter; readonly closingFen: Fen } | null;
}

/** Everything that stands against publishing a statement; empty when it may be published. Never only the first thing. */
export function statementFaults(content: StatementContent, context: StatementContext): StatementFault[] {
  const charges = lineCharges(content.lines, context.booked, context);
  return [
    ...identityFaults(content),
    ...openingFaults(content, context.previous),
    ...bankFaults(content),
    ...holderFaults(content),
    ...content.lines.flatMap((line, index) =>
      lineFaults({ line, index, charge: charges[index] }, content, context),
    ),
    ...duplicateFaults(content.lines),
    ...bookedFaults(content, context.booked),
    ...collectedFaults(content, context.collected),
    ...fundFaults(content, context),
  ];
}

/**
 * What whoever publishes has to look at and the books cannot tell: 北京 asks for the top-up only while the maintenance
 * fund is low. Shown with the statement, never against it.
 */
export function statementWarnings(
  content: StatementContent,
  { rules }: Pick<StatementContext, 'rules'>,
): StatementFault[] {
  const below = rules.fundMinShare?.whileFundBelow ?? null;
  const missing = missingTopup(content, rules);
  if (below === null || missing === null) return [];
  const params = { ...missing, below: `${below[0]}/${below[1]}` };
  return [fault('lines', refuse(STATEMENT_FAULTS, 'INCOME.FUND_SHARE_WHILE_LOW', { params }))];
}

/** What stands against booking a line alone; its quarter is its own. `path` begins with 'line.'. */
export function bookingFaults(line: StatementLine, context: LineContext): StatementFault[] {
  if (isCollected(line)) return [changedFault('line', line, null)];
  const [charge] = lineCharges([line], [], context);
  const place = { quarter: quarterOf(line.date) };
  return lineFaults({ line, index: 0, charge }, place, context).map(({ path, ...rest }) => ({
    path: path.replace('lines[0]', 'line'),
    ...rest,
  }));
}

/** What was booked by itself, or paid out of the joint account, may not be left out. */
function bookedFaults({ lines }: StatementContent, booked: readonly BookLine[]): StatementFault[] {
  return bookChanges(booked, lines).missing.map(({ line }) => {
    const params = {
      date: formatFullDate(line.date),
      category: categoryLabelOf(line),
      counterparty: line.counterparty,
      amount: yuanText(amountOf(line)),
    };
    return fault('lines', refuse(STATEMENT_FAULTS, 'INCOME.BOOKED_MISSING', { params }));
  });
}

/** What came by WeChat stands in the ledger: the statement says all of it, and nothing else of it. */
function collectedFaults({ lines }: StatementContent, collected: readonly StatementLine[]): StatementFault[] {
  const { missing, changed } = collectedGaps(lines, collected);
  return [
    ...missing.map((line) => {
      const params = { note: line.note, amount: yuanText(amountOf(line)) };
      return fault('lines', refuse(STATEMENT_FAULTS, 'INCOME.COLLECTED_MISSING', { params }));
    }),
    ...changed.flatMap(({ index, now }) => {
      const line = lines[index];
      return line === undefined ? [] : [changedFault(`lines[${index}]`, line, now)];
    }),
  ];
}

function changedFault(path: string, line: StatementLine, now: StatementLine | null): StatementFault {
  const params = {
    expected: yuanText(now === null ? 0 : amountOf(now)),
    found: yuanText(amountOf(line)),
  };
  return fault(path, refuse(STATEMENT_FAULTS, 'INCOME.COLLECTED_CHANGED', { params }));
}

/** Closing = opening + net income − spending. */
function identityFaults(content: StatementContent): StatementFault[] {
  const { closingFen: expected } = sumStatement(content);
  if (content.closingFen === expected) return [];
  return [
    fault(
      'closingFen',
      refuse(STATEMENT_FAULTS, 'INCOME.IDENTITY', { params: gap(expected, content.closingFen) }),
    ),
  ];
}

/** Opening = closing of the newest published version of the quarter before; no quarter may be left out. */
function openingFaults(
  { quarter, openingFen }: StatementContent,
  previous: StatementContext['previous'],
): StatementFault[] {
  if (previous === null) return [];
  const due = nextQuarter(previous.quarter);
  if (quarter > due) {
    const params = { missing: formatQuarter(due) };
    return [fault('quarter', refuse(STATEMENT_FAULTS, 'INCOME.QUARTER_GAP', { params }))];
  }
  if (openingFen === previous.closingFen) return [];
  const params = { quarter: formatQuarter(previous.quarter), ...gap(previous.closingFen, openingFen) };
  return [fault('openingFen', refuse(STATEMENT_FAULTS, 'INCOME.OPENING_MISMATCH', { params }))];
}

/** Bank balance + reconciling items = closing. */
function bankFaults({ bankBalanceFen, reconciling, closingFen }: StatementContent): StatementFault[] {
  if (bankBalanceFen === null)
    return [fault('bankBalanceFen', refuse(STATEMENT_FAULTS, 'INCOME.BANK_MISSING'))];
  const unsaid = reconciling.flatMap(({ description, amountFen }, index) => {
    if (description.trim() !== '') return [];
    const params = { amount: yuanText(amountFen) };
    return fault(
      `reconciling[${index}].description`,
      refuse(STATEMENT_FAULTS, 'INCOME.RECONCILING_UNSAID', { params }),
    );
  });
  const found = bankBalanceFen + reconciling.reduce((sum, { amountFen }) => sum + amountFen, 0);
  if (found === closingFen) return unsaid;
  const mismatch = refuse(STATEMENT_FAULTS, 'INCOME.BANK_MISMATCH', { params: gap(closingFen, found) });
  return [...unsaid, fault('bankBalanceFen', mismatch)];
}

/** Two to four characters and no word of an organisation: a person's name. */
const PERSON = /^[\u4e00-\u9fff·]{2,4}$/;
const ORGANISATION = /(委员会|业委会|物管会|公司|物业|业主大会|中心|社区|街道)/;

function holderFaults({ accountHolder }: StatementContent): StatementFault[] {
  const holder = accountHolder.trim();
  if (holder === '') return [fault('accountHolder', refuse(STATEMENT_FAULTS, 'INCOME.HOLDER_MISSING'))];
  if (!PERSON.test(holder) || ORGANISATION.test(holder)) return [];
  return [fault('accountHolder', refuse(STATEMENT_FAULTS, 'INCOME.HOLDER_PERSON', { params: { holder } }))];
}

interface PlacedLine {
  readonly line: StatementLine;
  readonly index: number;
  readonly charge: LineCharge | undefined;
}

function lineFaults(
  { line, index, charge = UNCHARGED }: PlacedLine,
  { quarter }: Pick<StatementContent, 'quarter'>,
  context: LineContext,
): StatementFault[] {
  if (isCollected(line)) return [];
  const at = (field: string, refusal: Refusal<StatementFaultCode>) =>
    fault(`lines[${index}].${field}`, refusal);
  const faults: StatementFault[] = [];
  if (line.date < quarterStart(quarter) || line.date > quarterEnd(quarter)) {
    const params = { date: line.date, quarter: formatQuarter(quarter) };
    faults.push(at('date', refuse(STATEMENT_FAULTS, 'INCOME.DATE_OUTSIDE', { params })));
  }
  if (line.counterparty.trim() === '')
    faults.push(at('counterparty', refuse(STATEMENT_FAULTS, 'INCOME.COUNTERPARTY_MISSING')));
  if (!hasVoucher(line)) faults.push(at('voucherIds', refuse(STATEMENT_FAULTS, 'INCOME.VOUCHER_MISSING')));
  const own =
    line.dir === 'INCOME' ? incomeLineFaults(line, context) : spendLineFaults(line, charge, context);
  return [...faults, ...own.map(({ field, refusal }) => at(field, refusal))];
}

interface FieldRefusal {
  readonly field: string;
  readonly refusal: Refusal<StatementFaultCode>;
}

function incomeLineFaults(line: IncomeLine, context: LineContext): FieldRefusal[] {
  const { grossFen, costFen, netFen, justification, contractNo } = line;
  const faults: FieldRefusal[] = [];
  const add = (field: string, refusal: Refusal<StatementFaultCode>) => faults.push({ field, refusal });
  const cost = yuanText(costFen);
  if (grossFen <= 0)
    add(
      'grossFen',
      refuse(STATEMENT_FAULTS, 'INCOME.AMOUNT_NOT_POSITIVE', { params: { found: yuanText(grossFen) } }),
    );
  if (netFen !== grossFen - costFen) {
    const params = { expected: yuanText(grossFen - costFen), found: yuanText(netFen) };
    add('netFen', refuse(STATEMENT_FAULTS, 'INCOME.LINE_NET', { params }));
  }
  if (costFen < 0)
    add('costFen', refuse(STATEMENT_FAULTS, 'INCOME.COST_NEGATIVE', { params: { found: cost } }));
  if (costFen > grossFen && (justification ?? '').trim() === '') {
    const params = { cost, gross: yuanText(grossFen) };
    add('costFen', refuse(STATEMENT_FAULTS, 'INCOME.COST_ABOVE_GROSS', { params }));
  }
  if (costFen > 0 && (contractNo === null || !hasVoucher(line))) {
    add('costFen', refuse(STATEMENT_FAULTS, 'INCOME.COST_UNPROVEN', { params: { cost } }));
  }
  const missing = businessGap(line, isBusiness(line.category), context);
  if (missing !== null)
    add('decisionNo', decisionRefusal(missing, line, INCOME_CATEGORIES[line.category].label, context));
  return faults;
}

function spendLineFaults(line: SpendLine, charge: LineCharge, context: LineContext): FieldRefusal[] {
  const faults: FieldRefusal[] = [];
  if (line.amountFen <= 0) {
    const params = { found: yuanText(line.amountFen) };
    faults.push({
      field: 'amountFen',
      refusal: refuse(STATEMENT_FAULTS, 'INCOME.AMOUNT_NOT_POSITIVE', { params }),
    });
  }
  if (line.category === 'FEE_OFFSET' && !context.rules.mayOffsetFees)
    faults.push({ field: 'category', refusal: refuse(STATEMENT_FAULTS, 'INCOME.OFFSET_NOT_ALLOWED') });
  const missing = spendGap(line, charge, context);
  if (missing !== null) {
    const { label } = SPEND_CATEGORIES[line.category];
    const refusal = decisionRefusal(missing, line, label, context, charge.decision);
    faults.push({ field: 'decisionNo', refusal });
  }
  return faults;
}

function decisionRefusal(
  code: DecisionGap,
  line: StatementLine,
  category: string,
  context: LineContext,
  decision: SpendableDecision | null = null,
): Refusal<StatementFaultCode> {
  const number = line.decisionNo ?? '';
  const amount = yuanText(line.dir === 'SPEND' ? line.amountFen : line.netFen);
  const date = dateText(line.date);
  switch (code) {
    case 'INCOME.VOTE_REQUIRED': {
      const rule = thresholdText(context.spendThresholdFen);
      return refuse(STATEMENT_FAULTS, code, { params: { amount, rule } });
    }
    case 'INCOME.DECISION_TOO_LATE': {
      const decidedOn = dateText(findDecision(number, context)?.decidedOn);
      return refuse(STATEMENT_FAULTS, code, { params: { number, decidedOn, date } });
    }
    case 'INCOME.DECISION_EXPIRED': {
      const until = dateText(decision?.expiresOn ?? undefined);
      return refuse(STATEMENT_FAULTS, code, { params: { number, until, date } });
    }
    case 'INCOME.BUDGET_OTHER_YEAR': {
      const year = decision?.budgetYear ?? '';
      return refuse(STATEMENT_FAULTS, code, { params: { number, year, date } });
    }
    case 'INCOME.DECISION_NOT_ENOUGH': {
      const left = yuanText(decision === null ? 0 : leftOf(decision));
      return refuse(STATEMENT_FAULTS, code, { params: { number, left, amount } });
    }
    case 'INCOME.DECISION_OTHER_PURPOSE':
      return refuse(STATEMENT_FAULTS, code, { params: { number, category } });
    case 'INCOME.BUSINESS_NOT_AUTHORISED':
      return refuse(STATEMENT_FAULTS, code, { params: { category } });
    case 'INCOME.DECISION_UNKNOWN':
    case 'INCOME.DECISION_NOT_PASSED':
    case 'INCOME.DECISION_NO_AMOUNT':
    case 'INCOME.BUDGET_SMALL_ONLY':
    case 'INCOME.DECISION_NOT_SPECIAL':
      return refuse(STATEMENT_FAULTS, code, { params: { number } });
  }
}

/** 本小区 5,000.00 元以上的支出要经业主表决 / 本小区没有定限额，每笔支出都要经业主表决. */
export function thresholdText(spendThresholdFen: Fen | null): string {
  return spendThresholdFen === null
    ? '本小区没有定限额，每笔支出都要经业主表决'
    : `本小区 ${yuanText(spendThresholdFen)} 元以上的支出要经业主表决`;
}

/** Two lines alike in everything are one payment booked twice, or need a word that they are not. */
function duplicateFaults(lines: readonly StatementLine[]): StatementFault[] {
  const seen = new Map<string, number>();
  return lines.flatMap((line, index) => {
    if (isCollected(line)) return [];
    const key = JSON.stringify([
      line.dir,
      line.category,
      line.date,
      line.counterparty,
      amountOf(line),
      line.voucherNo,
      line.voucherIds,
      line.note,
    ]);
    const other = seen.get(key);
    if (other === undefined) {
      seen.set(key, index);
      return [];
    }
    return fault(
      `lines[${index}]`,
      refuse(STATEMENT_FAULTS, 'INCOME.LINE_DUPLICATE', { params: { other: other + 1 } }),
    );
  });
}

/** 补充维修资金 where the region sets its least share of the net income. */
function fundFaults(content: StatementContent, { rules }: StatementContext): StatementFault[] {
  const params = missingTopup(content, rules);
  if (params === null || rules.fundMinShare?.whileFundBelow !== null) return [];
  return [fault('lines', refuse(STATEMENT_FAULTS, 'INCOME.FUND_SHARE', { params }))];
}

/** What the top-up is short of its share; null where it is enough, or no share is set. */
function missingTopup(
  content: StatementContent,
  { fundMinShare }: StatementContext['rules'],
): { readonly share: string; readonly expected: string; readonly found: string } | null {
  const { incomeNetFen, fundTopupFen } = sumStatement(content);
  if (fundMinShare === null || incomeNetFen <= 0) return null;
  const { share, strict } = fundMinShare;
  const enough = strict
    ? moreThan(fundTopupFen, incomeNetFen, share)
    : atLeast(fundTopupFen, incomeNetFen, share);
  if (enough) return null;
  return {
    share: `${share[0]}/${share[1]}`,
    expected: yuanText(leastReaching(incomeNetFen, share, strict)),
    found: yuanText(fundTopupFen),
  };
}

/** Named by its number in the books or attached. */
function hasVoucher({ voucherNo, voucherIds }: StatementLine): boolean {
  return voucherNo !== null || voucherIds.length > 0;
}

function amountOf(line: StatementLine): Fen {
  return line.dir === 'INCOME' ? line.grossFen : line.amountFen;
}

function gap(
  expected: Fen,
  found: Fen,
): { readonly expected: string; readonly found: string; readonly difference: string } {
  return {
    expected: yuanText(expected),
    found: yuanText(found),
    difference: yuanText(Math.abs(expected - found)),
  };
}

function dateText(date: CalendarDate | undefined): string {
  return date === undefined ? '' : formatFullDate(date);
}

function fault(path: string, { code, message }: Refusal<StatementFaultCode>): StatementFault {
  return { path, code, message };
}
