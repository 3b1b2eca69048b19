import { Inject, Injectable } from '@nestjs/common';
import { bookChanges, type BookLine, fundLineOf, type StatementLine } from '@linli/shared/income';
import { type Quarter, quarterOf, startOfDay } from '@linli/shared/kernel';
import { fundLineBooked, fundOpened, groupTakenBack, type LedgerGroup } from '@linli/shared/ledger';
import { Clock } from '../../../kernel/clock/clock.ts';
import type { Reader, Transaction } from '../../../kernel/database/index.ts';
import { violates } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { Ids } from '../../../kernel/ids/ids.ts';
import { Ledger } from '../../ledger/index.ts';
import { BookLinesRepository, toBookLine } from './book-lines.repository.ts';
import { type Booking, LineCharges } from './line-charges.ts';

interface Origin {
  readonly source: BookLine['source'];
  readonly statementId: string | null;
  readonly again: boolean;
}

const CHANGED_BY_STATEMENT = '季报里改了这一笔';

/**
 * The books of the public income 公共收益账簿: a line is written down with its entries in the ledger, in the transaction of
 * whoever books it, and is never changed. What was wrong is taken back, and both stay.
 */
@Injectable()
export class FundBooks {
  constructor(
    @Inject(BookLinesRepository) private readonly lines: BookLinesRepository,
    @Inject(LineCharges) private readonly charges: LineCharges,
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  async ofQuarter(reader: Reader, estateId: string, quarter: Quarter): Promise<BookLine[]> {
    return (await this.lines.ofQuarter(reader, estateId, quarter)).map(toBookLine);
  }

  /** One line 记一笔; with the id of the payment that it is, where it is one. */
  async bookOne(
    tx: Transaction,
    booking: Booking,
    source: 'JOURNAL' | 'SPENDING',
    line: StatementLine,
    id = this.ids.next(),
  ): Promise<string> {
    await this.insert(tx, booking, [{ id, line }], { source, statementId: null, again: false });
    return id;
  }

  /** 冲销: once. */
  async takeBack(
    tx: Transaction,
    booking: Booking,
    booked: readonly BookLine[],
    reason: string,
  ): Promise<void> {
    const { estateId, personId } = booking;
    const now = this.clock.now();
    const corrections = booked.map(({ id }) => ({
      id: this.ids.next(),
      line_id: id,
      reason,
      taken_back_by: personId,
      taken_back_at: now,
    }));
    try {
      await tx.insert('income_book_corrections', ...corrections);
    } catch (error) {
      throw violates(error, 'uq_income_book_corrections_line') ? refuse('INCOME.LINE_TAKEN_BACK') : error;
    }
    await this.ledger.post(tx, ...booked.map((line) => groupTakenBack(groupOf(estateId, line), now)));
    await this.charges.release(tx, booking, booked, reason);
  }

  /**
   * Makes the books say what a statement says, as far as statements have booked them; `again` where that one is published
   * and was booked before.
   */
  async settle(
    tx: Transaction,
    booking: Booking,
    statement: {
      readonly id: string;
      readonly quarter: Quarter;
      readonly lines: readonly StatementLine[];
      readonly again?: boolean;
    },
  ): Promise<{ readonly booked: number; readonly takenBack: number }> {
    const standing = await this.ofQuarter(tx, booking.estateId, statement.quarter);
    const { toBook, toTakeBack } = bookChanges(standing, statement.lines);
    await this.takeBack(tx, booking, toTakeBack, CHANGED_BY_STATEMENT);
    const lines = toBook.map((line) => ({ id: this.ids.next(), line }));
    const { id: statementId, again = false } = statement;
    await this.insert(tx, booking, lines, { source: 'STATEMENT', statementId, again });
    return { booked: toBook.length, takenBack: toTakeBack.length };
  }

  /** 期初结余 of the first statement in force; another first statement, or another sum, takes the former one back. */
  async open(
    tx: Transaction,
    estateId: string,
    first: { readonly statementId: string; readonly openingFen: number },
  ): Promise<void> {
    const occurredAt = this.clock.now();
    const place = { estateId, book: 'PUBLIC_INCOME', occurredAt } as const;
    const standing = await this.openings(tx, estateId);
    if (standing.reduce((sum, { openingFen }) => sum + openingFen, 0) === first.openingFen) return;
    await this.ledger.post(
      tx,
      ...standing.map((opened) => groupTakenBack(fundOpened({ ...place, ...opened }), occurredAt)),
      fundOpened({ ...place, ...first }),
    );
  }

  /** What was posted as the opening and not taken back. */
  private async openings(
    tx: Transaction,
    estateId: string,
  ): Promise<{ readonly statementId: string; readonly openingFen: number }[]> {
    const rows = await tx.rows<{ debit_kind: string; amount_fen: number; id: string }>(
      `SELECT e.debit_kind, e.amount_fen, e.document_id AS id FROM ledger_entries e
       WHERE e.document_kind = 'STATEMENT' AND e.event = 'FUND_OPENED'
         AND e.document_id IN (SELECT s.id FROM income_statements s WHERE s.estate_id = ?)
         AND NOT EXISTS (SELECT 1 FROM ledger_entries c WHERE c.document_kind = 'STATEMENT'
           AND c.document_id = e.document_id AND c.event = 'CORRECTION')`,
      [estateId],
    );
    return rows.map(({ id, debit_kind: debitKind, amount_fen: amountFen }) => ({
      statementId: id,
      openingFen: debitKind === 'FUND_BALANCE' ? -amountFen : amountFen,
    }));
  }

  private async insert(
    tx: Transaction,
    booking: Booking,
    lines: readonly Pick<BookLine, 'id' | 'line'>[],
    { source, statementId, again }: Origin,
  ): Promise<void> {
    const { estateId, personId } = booking;
    const now = this.clock.now();
    const decided = await this.charges.decided(tx, estateId, lines);
    const records = decided.map(({ id, line, decisionId }) => ({
      id,
      estate_id: estateId,
      quarter: quarterOf(line.date),
      source,
      direction: line.dir,
      category: line.category,
      line_json: JSON.stringify(line),
      income_net_fen: line.dir === 'INCOME' ? line.netFen : 0,
      spend_fen: line.dir === 'SPEND' ? line.amountFen : 0,
      statement_id: statementId,
      decision_id: decisionId,
      booked_by: personId,
      booked_at: now,
    }));
    await tx.insert('income_book_lines', ...records);
    await this.ledger.post(tx, ...lines.map((line) => groupOf(estateId, line)));
    if (source !== 'SPENDING') await this.charges.charge(tx, booking, decided, again);
  }
}

function groupOf(estateId: string, { id, line }: Pick<BookLine, 'id' | 'line'>): LedgerGroup {
  return fundLineBooked({
    lineId: id,
    estateId,
    book: 'PUBLIC_INCOME',
    line: fundLineOf(line),
    occurredAt: startOfDay(line.date),
  });
}
