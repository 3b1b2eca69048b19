import { Inject, Injectable } from '@nestjs/common';
import { addDays, type CalendarDate, type Month, monthEnd, monthStart } from '@linli/shared/kernel';
import { matchPayments, PAYMENT_LINE_DAYS, type RegisteredPayment } from '@linli/shared/reconcile';
import type { BankState, BankSubject, OpenOfMonth } from '@linli/shared/spending';
import { isOpen } from '@linli/shared/spending';
import type { Reader } from '../../../kernel/database/index.ts';
import { AccountLinesRepository, type AccountWithdrawal } from '../../reconciliation/index.ts';
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
  readonly explanation: ExplanationRow | null;
}

export interface ComparedMonth {
  readonly payments: readonly ComparedPayment[];
  readonly withdrawals: readonly ComparedWithdrawal[];
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
  ) {}

  async month(reader: Reader, estateId: string, month: Month): Promise<ComparedMonth> {
    const [from, until] = [addDays(monthStart(month), -EDGE_DAYS), addDays(monthEnd(month), EDGE_DAYS)];
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
    const withdrawals = lines.map((line): ComparedWithdrawal => {
      const row = paymentOf.get(line.serial)?.row ?? null;
      const explanation = explained('WITHDRAWAL', line.serial);
      return { line, row, explanation, state: stateOf(taken.has(line.serial), row !== null, explanation) };
    });
    return inMonth(month, payments, withdrawals);
  }
}

function stateOf(isMatched: boolean, fits: boolean, explanation: ExplanationRow | null): BankState {
  if (isMatched) return 'MATCHED';
  if (explanation !== null) return 'EXPLAINED';
  return fits ? 'PROPOSED' : 'OPEN';
}

function inMonth(
  month: Month,
  payments: readonly ComparedPayment[],
  withdrawals: readonly ComparedWithdrawal[],
): ComparedMonth {
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
