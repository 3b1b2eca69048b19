import { Inject, Injectable } from '@nestjs/common';
import { type CalendarDate, formatFullDate, shanghaiDate, yuanText } from '@linli/shared/kernel';
import { basisFaults, type SpendLine, spendYearOf } from '@linli/shared/income';
import { type PaymentLineFault, paymentLineFaults, type Withdrawal } from '@linli/shared/reconcile';
import {
  CHARGED_STATES,
  type PaySpendingRequest,
  SPENDING_LIMITS,
  type SpendingEvent,
  type SpendingRefusal,
  type SpendingRequirement,
  type SpendingState,
  spendingStep,
} from '@linli/shared/spending';
import type { Caller } from '../../../kernel/access/index.ts';
import { Audit } from '../../../kernel/audit/audit.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database, type SqlRecord, type Transaction, violates } from '../../../kernel/database/index.ts';
import type { ErrorCode } from '../../../kernel/errors/catalogue.ts';
import { type Refused, refuse } from '../../../kernel/errors/refused.ts';
import { DecisionsForSpending, type SpendSourceKind } from '../../assembly/index.ts';
import { InboxService } from '../../notifications/index.ts';
import { AccountLinesRepository } from '../../reconciliation/index.ts';
import { KeepBooksService } from '../books/keep-books.service.ts';
import { type Books, EstateBooks, keepersOf } from '../estate-books.ts';
import { toPayment } from './compare-account.service.ts';
import { FILERS, positionOf, SPENDING_PAGE } from './spending-actors.ts';
import { basisRefusal, SpendingBasisService } from './spending-basis.service.ts';
import { SpendingRepository, type SpendingRow } from './spending.repository.ts';

/** Names the charge on the decision. */
const SOURCE_KIND = 'SPENDING_REQUEST' satisfies SpendSourceKind;

const REFUSALS = {
  STATE: 'SPENDING.STATE',
  NOT_YOURS: 'SPENDING.NOT_YOURS',
  OTHER_PERSON: 'SPENDING.SAME_PERSON',
  REASON: 'SPENDING.REASON',
  BASIS: 'SPENDING.VOTE_REQUIRED',
  BANK_LINE: 'SPENDING.PAID_WHEN',
  BANK_MATCH: 'SPENDING.LINE_UNKNOWN',
} as const satisfies Readonly<Record<SpendingRefusal, ErrorCode>>;

type Met = readonly Exclude<SpendingRequirement, 'OTHER_PERSON'>[];

interface Step {
  readonly caller: Caller;
  readonly books: Books;
  readonly row: SpendingRow;
  readonly to: SpendingState;
}

/** The steps of the joint account 三方共管: the committee confirms, the street files, the bank pays, another compares. */
@Injectable()
export class SpendingStepsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(SpendingRepository) private readonly requests: SpendingRepository,
    @Inject(EstateBooks) private readonly books: EstateBooks,
    @Inject(SpendingBasisService) private readonly basis: SpendingBasisService,
    @Inject(DecisionsForSpending) private readonly decisions: DecisionsForSpending,
    @Inject(KeepBooksService) private readonly keeping: KeepBooksService,
    @Inject(AccountLinesRepository) private readonly lines: AccountLinesRepository,
    @Inject(InboxService) private readonly inbox: InboxService,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Approved: from here on the decision is charged. */
  async confirm(caller: Caller, estateId: string, id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const step = await this.step(tx, caller, estateId, id, 'CONFIRM', ['BASIS']);
      const { row, books } = step;
      const on = this.books.today();
      const { category, amount_fen: amountFen, decision_id: decisionId } = row;
      const thresholdFen = books.spendThresholdFen;
      if (decisionId === null) await this.requireSmall(tx, step);
      await this.move(tx, step, 'CONFIRMED', {
        confirmed_by: caller.personId,
        confirmed_at: this.clock.now(),
        threshold_fen: decisionId === null ? thresholdFen : null,
      });
      if (decisionId !== null)
        await this.decisions.charge(tx, {
          estateId,
          decisionId,
          purpose: category,
          amountFen,
          on,
          budgetYear: spendYearOf(on, books.rules),
          source: { kind: SOURCE_KIND, id },
          text: `${row.request_text}（付给${row.payee}）`,
          personId: caller.personId,
        });
      await this.tell(tx, step, await this.inbox.staffOf(tx, estateId, FILERS), '有一笔支出等待备案');
    });
  }

  /** Asked again: the threshold may be another since, and nobody knows better than the sums of the year. */
  private async requireSmall(tx: Transaction, { row, books }: Step): Promise<void> {
    const { id, category, payee, amount_fen: amountFen, applied_at: appliedAt } = row;
    const today = this.books.today();
    const { spendThresholdFen: thresholdFen, rules } = books;
    const need = { category, amountFen, on: today, budgetYear: spendYearOf(today, rules), thresholdFen };
    const [fault] = basisFaults(need, null);
    if (fault !== undefined) throw basisRefusal(fault);
    const on = shanghaiDate(appliedAt);
    await this.basis.requireWhole(tx, books, { category, payee, amountFen, on }, id);
  }

  /** The last approval: the decision must still be in force, or the spend ends here. */
  async file(caller: Caller, estateId: string, id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const step = await this.step(tx, caller, estateId, id, 'FILE', ['BASIS']);
      const { row, books } = step;
      if (row.decision_number !== null) {
        // Its amount is charged already; only the rest is asked again.
        const on = this.books.today();
        const budgetYear = spendYearOf(on, books.rules);
        const need = { purpose: row.category, amountFen: 0, on, budgetYear };
        const { faults } = await this.decisions.check(tx, estateId, row.decision_number, need);
        // A budget was charged in its year, and may be filed in the next.
        const fault = faults.find((each) => each !== 'OTHER_YEAR');
        if (fault === 'UNKNOWN') throw refuse('SPENDING.DECISION_UNKNOWN');
        if (fault !== undefined) throw basisRefusal(fault);
      }
      await this.move(tx, step, 'FILED', { filed_by: caller.personId, filed_at: this.clock.now() });
      const keepers = await this.inbox.staffOf(tx, estateId, keepersOf(books));
      await this.tell(tx, step, keepers, '支出已经备案，可以付款');
    });
  }

  /** The bank's line is there: the ledger shows it from now on. */
  async pay(caller: Caller, estateId: string, id: string, request: PaySpendingRequest): Promise<void> {
    const { paidOn, bankLineNo, receiptFileId } = request;
    try {
      await this.database.transaction(async (tx) => {
        const step = await this.step(tx, caller, estateId, id, 'PAY', ['BANK_LINE']);
        const { row } = step;
        if (paidOn > this.books.today() || paidOn < shanghaiDate(row.filed_at ?? 0))
          throw refuse('SPENDING.PAID_WHEN');
        await this.move(tx, step, 'PAID', {
          paid_by: caller.personId,
          paid_at: this.clock.now(),
          paid_on: paidOn,
          bank_line_no: bankLineNo,
          receipt_file_id: receiptFileId,
        });
        await this.keeping.bookSpending(tx, caller, step.books, {
          id,
          line: lineOf(row, paidOn, receiptFileId),
        });
      });
    } catch (error) {
      if (await this.isPaidSo(caller, estateId, id, bankLineNo)) return;
      throw violates(error, 'uq_spending_requests_bank_line') ? refuse('SPENDING.BANK_LINE_USED') : error;
    }
  }

  /** The second tap of the same person, or one whose answer was lost, is answered as the first. */
  private async isPaidSo(caller: Caller, estateId: string, id: string, bankLineNo: string): Promise<boolean> {
    const row = await this.requests.byId(this.database, estateId, id);
    return row?.state === 'PAID' && row.paid_by === caller.personId && row.bank_line_no === bankLineNo;
  }

  /** Found among the bank's lines by another person than the one who paid. */
  async reconcile(caller: Caller, estateId: string, id: string, serial: string): Promise<void> {
    try {
      await this.database.transaction(async (tx) => {
        const line = await this.lines.withdrawal(tx, estateId, serial);
        const step = await this.step(
          tx,
          caller,
          estateId,
          id,
          'RECONCILE',
          line === null ? [] : ['BANK_MATCH'],
        );
        if (line === null) throw refuse('SPENDING.LINE_UNKNOWN');
        const [fault] = paymentLineFaults(toPayment(step.row), line);
        if (fault !== undefined) throw lineRefusal(fault, line);
        const now = this.clock.now();
        await this.move(tx, step, 'RECONCILED', { reconciled_by: caller.personId, reconciled_at: now });
        await tx.insert('spending_matches', {
          spending_id: id,
          account: line.account,
          serial: line.serial,
          line_on: line.onDate,
          counterparty: line.counterparty,
          confirmed_by: caller.personId,
          confirmed_at: now,
        });
      });
    } catch (error) {
      throw violates(error, 'uq_spending_matches_line') ? refuse('SPENDING.LINE_MATCHED') : error;
    }
  }

  async reject(caller: Caller, estateId: string, id: string, reason: string): Promise<void> {
    const met: Met = reason.trim().length < SPENDING_LIMITS.reasonLength.min ? [] : ['REASON'];
    await this.database.transaction(async (tx) => {
      const step = await this.step(tx, caller, estateId, id, 'REJECT', met);
      await this.close(tx, step, reason.trim());
      await this.tell(tx, step, [step.row.applied_by], `支出申请没有通过：${reason.trim()}`.slice(0, 60));
    });
  }

  async withdraw(caller: Caller, estateId: string, id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const step = await this.step(tx, caller, estateId, id, 'WITHDRAW', []);
      await this.close(tx, step, '');
    });
  }

  /** What was charged is left again. */
  private async close(tx: Transaction, step: Step, reason: string): Promise<void> {
    const { row, caller, to } = step;
    await this.move(tx, step, to, {
      closed_by: caller.personId,
      closed_at: this.clock.now(),
      closed_reason: reason,
    });
    const charged: readonly SpendingState[] = CHARGED_STATES;
    if (row.decision_id === null || !charged.includes(row.state)) return;
    const text = to === 'REJECTED' ? `支出没有通过：${row.request_text}` : `支出撤回：${row.request_text}`;
    await this.decisions.release(
      tx,
      { kind: SOURCE_KIND, id: row.id },
      { text: text.slice(0, 400), personId: caller.personId },
    );
  }

  private async step(
    tx: Transaction,
    caller: Caller,
    estateId: string,
    id: string,
    event: SpendingEvent,
    met: Met,
  ): Promise<Step> {
    const row = await this.requests.byId(tx, estateId, id);
    if (row === null) throw refuse('NOT_FOUND');
    const books = await this.books.of(tx, estateId);
    const next = spendingStep(positionOf(caller, books, row), event, met);
    if ('refused' in next) throw refuse(REFUSALS[next.refused]);
    return { caller, books, row, to: next.to };
  }

  private async move(
    tx: Transaction,
    { caller, row, to }: Step,
    action: string,
    facts: SqlRecord,
  ): Promise<void> {
    if (!(await this.requests.move(tx, row, to, facts))) throw refuse('SPENDING.STATE');
    await this.audit.record(tx, caller, {
      action: `SPENDING.${action}`,
      estateId: row.estate_id,
      subjectType: 'spending_request',
      subjectId: row.id,
      before: { state: row.state },
      after: { state: to },
    });
  }

  private tell(
    tx: Transaction,
    { caller, row }: Step,
    people: readonly string[],
    title: string,
  ): Promise<void> {
    return this.inbox.post(tx, {
      to: people.filter((personId) => personId !== caller.personId),
      estateId: row.estate_id,
      kind: 'INCOME',
      title,
      body: `${row.request_text}，${yuanText(row.amount_fen)} 元，付给${row.payee}。`.slice(0, 300),
      link: SPENDING_PAGE,
    });
  }
}

/** As the books and the quarter's statement have it. */
function lineOf(row: SpendingRow, date: CalendarDate, receiptFileId: string): SpendLine {
  return {
    dir: 'SPEND',
    category: row.category,
    date,
    counterparty: row.payee,
    contractNo: null,
    amountFen: row.amount_fen,
    voucherNo: null,
    voucherIds: [receiptFileId],
    decisionNo: row.decision_number,
    note: row.request_text,
  };
}

function lineRefusal(fault: PaymentLineFault, { amountFen, onDate, counterparty }: Withdrawal): Refused {
  if (fault === 'AMOUNT') return refuse('SPENDING.LINE_AMOUNT', { params: { found: yuanText(amountFen) } });
  if (fault === 'DATE') return refuse('SPENDING.LINE_DATE', { params: { found: formatFullDate(onDate) } });
  return refuse('SPENDING.LINE_COUNTERPARTY', { params: { found: counterparty } });
}
