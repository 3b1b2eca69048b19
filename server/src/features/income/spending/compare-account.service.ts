import { Inject, Injectable } from '@nestjs/common';
import {
  categoryLabelOf,
  isCollected,
  pairLines,
  type SpendLine,
  type StatementLine,
} from '@linli/shared/income';
import {
  addDays,
  type CalendarDate,
  type Month,
  monthEnd,
  monthsOfQuarter,
  monthStart,
  type Quarter,
  quarterOf,
} from '@linli/shared/kernel';
import { matchPayments, PAYMENT_LINE_DAYS, type RegisteredPayment } from '@linli/shared/reconcile';
import type { BankState, BankSubject, OpenOfMonth } from '@linli/shared/spending';
import { isOpen } from '@linli/shared/spending';
import type { Reader } from '../../../kernel/database/index.ts';
import { AccountLinesRepository, type AccountWithdrawal } from '../../reconciliation/index.ts';
import { BookLinesRepository, toBookLine } from '../books/book-lines.repository.ts';
import { type ExplanationRow, JointAccountRepository } from './joint-account.repository.ts';
import { SpendingRepository, type SpendingRow } from './spending.repository.ts';

export interface ComparedPayment {
  readonly row: SpendingRow;
  readonly state: BankState;
  readonly line: AccountWithdrawal | null;
  readonly explanation: ExplanationRow | null;
}

export interface ComparedWithdrawal {
  readonly line: AccountWithdrawal;
  readonly state: BankState;
  readonly row: SpendingRow | null;
  /** What the books call it, where it is a line of theirs. */
  readonly bookedAs: string | null;
  readonly explanation: ExplanationRow | null;
}

interface Compared {
  readonly payments: readonly ComparedPayment[];
  readonly withdrawals: readonly ComparedWithdrawal[];
}

export interface ComparedMonth extends Compared {
  readonly open: OpenOfMonth;
}

/** So far beyond the month a payment's line may be, or a line's payment. */
const EDGE_DAYS = PAYMENT_LINE_DAYS.before + PAYMENT_LINE_DAYS.after;

/** The payments of the joint account beside the bank's lines 月度对账: what is matched, what fits, what nobody explains. */
@Injectable()
export class CompareAccountService {
  constructor(
    @Inject(SpendingRepository) private readonly requests: SpendingRepository,
    @Inject(AccountLinesRepository) private readonly lines: AccountLinesRepository,
    @Inject(JointAccountRepository) private readonly account: JointAccountRepository,
    @Inject(BookLinesRepository) private readonly bookLines: BookLinesRepository,
  ) {}

  async month(reader: Reader, estateId: string, month: Month): Promise<ComparedMonth> {
    return inMonth(month, await this.compare(reader, estateId, [month, month], []));
  }

  /** The months of a quarter; the lines of its statement count as booked, also before they are. */
  async ofQuarter(
    reader: Reader,
    estateId: string,
    quarter: Quarter,
    content: readonly StatementLine[],
  ): Promise<ReadonlyMap<Month, ComparedMonth>> {
    const months = monthsOfQuarter(quarter);
    const compared = await this.compare(reader, estateId, [months[0], months[2]], content);
    return new Map(months.map((month) => [month, inMonth(month, compared)]));
  }

  private async compare(
    reader: Reader,
    estateId: string,
    [first, last]: readonly [first: Month, last: Month],
    content: readonly StatementLine[],
  ): Promise<Compared> {
    const [from, until] = [addDays(monthStart(first), -EDGE_DAYS), addDays(monthEnd(last), EDGE_DAYS)];
    const rows = await this.requests.paidBetween(reader, estateId, from, until);
    const lines = await this.lines.withdrawals(reader, estateId, from, until);
    const matches = await this.account.matches(reader, estateId, from, until);
    const explained = explanationsBySubject(await this.account.explanations(reader, estateId));
    const serialOf = new Map(matches.map(({ spending_id: id, serial }) => [id, serial]));
    const taken = new Set(serialOf.values());
    const free = lines.filter(({ serial }) => !taken.has(serial) && explained('WITHDRAWAL', serial) === null);
    const proposed = matchPayments(rows.filter(({ state }) => state === 'PAID').map(toPayment), free);
    const bySerial = new Map(lines.map((line) => [line.serial, line]));
    const payments = rows.map((row): ComparedPayment => {
      const explanation = explained('PAYMENT', row.id);
      const serial = serialOf.get(row.id) ?? proposed.get(row.id)?.serial ?? null;
      const line = serial === null ? null : (bySerial.get(serial) ?? null);
      return { row, line, explanation, state: stateOf(serialOf.has(row.id), serial !== null, explanation) };
    });
    const paymentOf = new Map(payments.map((payment) => [payment.line?.serial, payment]));
    const unproposed = free.filter((line) => !paymentOf.has(line.serial));
    const quarters = new Set([from, monthStart(first), until].map(quarterOf));
    const booked = await this.bookedSpends(reader, estateId, quarters, content);
    const bookedAs = namesBySerial(booked, unproposed);
    const withdrawals = lines.map((line): ComparedWithdrawal => {
      const row = paymentOf.get(line.serial)?.row ?? null;
      const explanation = explained('WITHDRAWAL', line.serial);
      const name = bookedAs.get(line.serial) ?? null;
      const state = name === null ? stateOf(taken.has(line.serial), row !== null, explanation) : 'BOOKED';
      return { line, row, explanation, bookedAs: name, state };
    });
    return { payments, withdrawals };
  }

  /** Spending in the books that is no payment of the joint account; that one is compared by itself. */
  private async bookedSpends(
    reader: Reader,
    estateId: string,
    quarters: ReadonlySet<Quarter>,
    content: readonly StatementLine[],
  ): Promise<SpendLine[]> {
    const found: StatementLine[] = [];
    for (const quarter of quarters) {
      const rows = (await this.bookLines.ofQuarter(reader, estateId, quarter)).map(toBookLine);
      const standing = rows.filter(({ takenBackAt }) => takenBackAt === null);
      found.push(...standing.filter(({ source }) => source !== 'SPENDING').map(({ line }) => line));
      const ofQuarter = content.filter(({ date }) => quarterOf(date) === quarter);
      const known = pairLines(ofQuarter, standing);
      // The gateway keeps its fee back: that is no withdrawal.
      found.push(...ofQuarter.filter((line, index) => known[index] === null && !isCollected(line)));
    }
    return found.filter((line): line is SpendLine => line.dir === 'SPEND');
  }
}

/** Which free lines of the bank the books have, and as what. */
function namesBySerial(
  booked: readonly SpendLine[],
  free: readonly AccountWithdrawal[],
): ReadonlyMap<string, string> {
  const payments = booked.map((line, index) => ({
    id: String(index),
    amountFen: line.amountFen,
    payee: line.counterparty,
    paidOn: line.date,
    bankLineNo: '',
  }));
  const names = new Map<string, string>();
  for (const [id, { serial }] of matchPayments(payments, free)) {
    const line = booked[Number(id)];
    if (line !== undefined) names.set(serial, line.note === '' ? categoryLabelOf(line) : line.note);
  }
  return names;
}

function stateOf(isMatched: boolean, fits: boolean, explanation: ExplanationRow | null): BankState {
  if (isMatched) return 'MATCHED';
  if (explanation !== null) return 'EXPLAINED';
  return fits ? 'PROPOSED' : 'OPEN';
}

function inMonth(month: Month, { payments, withdrawals }: Compared): ComparedMonth {
  const within = (day: CalendarDate | null) => day?.startsWith(month) === true;
  const ours = payments.filter(({ row }) => within(row.paid_on));
  const theirs = withdrawals.filter(({ line }) => within(line.onDate));
  const openOf = (items: readonly { readonly state: BankState }[]) =>
    items.filter(({ state }) => isOpen(state)).length;
  return {
    payments: ours,
    withdrawals: theirs,
    open: { payments: openOf(ours), withdrawals: openOf(theirs) },
  };
}

type Explained = (kind: BankSubject, subject: string) => ExplanationRow | null;

function explanationsBySubject(rows: readonly ExplanationRow[]): Explained {
  const known = new Map(rows.map((row) => [`${row.kind} ${row.subject}`, row]));
  return (kind, subject) => known.get(`${kind} ${subject}`) ?? null;
}

export function toPayment(row: SpendingRow): RegisteredPayment {
  const { id, amount_fen: amountFen, payee } = row;
  return { id, amountFen, payee, paidOn: row.paid_on ?? '', bankLineNo: row.bank_line_no ?? '' };
}
