import { Inject, Injectable } from '@nestjs/common';
import { type LedgerGroup, checkGroup } from '@linli/shared/ledger';
import { Clock } from '../../kernel/clock/clock.ts';
import { type SqlRecord, type Transaction, violates } from '../../kernel/database/index.ts';
import { Ids } from '../../kernel/ids/ids.ts';

/**
 * The ledger 总账: one append-only table of entries, each with a debit account, a credit account and an amount, so that
 * the sum of all balances is 0 whatever is written. Nothing else writes to it.
 *
 * Whoever moves money calls, in the transaction that moves it:
 *
 *     await this.ledger.post(tx, refundRequested({ refundId, orderId, estateId, unitId, book, occurredAt, parts }));
 *
 * The functions that make a {@link LedgerGroup} of a business event are in `@linli/shared/ledger` (`events.ts`). A
 * group's key names what happened, once for ever: `PAYMENT_SETTLED:<order>`, `REFUND_SUCCEEDED:<refund>`. Balances are
 * sums over the rows, and are kept nowhere else.
 */
@Injectable()
export class Ledger {
  constructor(
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /**
   * Writes the entries of these groups. A group that is there already, with the same entries, is left alone; the same
   * key with other entries is a bug, and the transaction fails with it. A group without entries leaves nothing.
   */
  async post(tx: Transaction, ...groups: readonly LedgerGroup[]): Promise<void> {
    const records = groups.map((group) => this.recordsOf(checkGroup(group)));
    try {
      await tx.insert('ledger_entries', ...records.flat());
    } catch (error) {
      if (!violates(error, 'uq_ledger_entries_group')) throw error;
      // Which of them is known? One by one; both engines have taken back the statement that failed, and only that.
      for (const group of records) await this.postOne(tx, group);
    }
  }

  private async postOne(tx: Transaction, records: readonly SqlRecord[]): Promise<void> {
    const [first] = records;
    if (first === undefined) return;
    const known = await tx.rows<SqlRecord>(
      'SELECT * FROM ledger_entries WHERE group_key = ? ORDER BY line_no',
      [first['group_key'] ?? null],
    );
    if (known.length === 0) await tx.insert('ledger_entries', ...records);
    else if (
      known.length !== records.length ||
      !records.every((record, line) => tellsTheSame(record, known[line]))
    )
      throw new Error(`Ledger group ${first['group_key']} is there already, with other entries`);
  }

  private recordsOf(group: LedgerGroup): SqlRecord[] {
    const postedAt = this.clock.now();
    return group.entries.map(({ debit, credit, amountFen, billId }, line) => ({
      id: this.ids.next(),
      group_key: group.key,
      line_no: line,
      estate_id: group.estateId,
      book: group.book,
      event: group.event,
      debit_kind: debit.kind,
      debit_subject: debit.subject,
      credit_kind: credit.kind,
      credit_subject: credit.subject,
      amount_fen: amountFen,
      bill_id: billId,
      order_id: group.orderId,
      document_kind: group.document.kind,
      document_id: group.document.id,
      occurred_at: group.occurredAt,
      posted_at: postedAt,
    }));
  }
}

/** What an entry says; who wrote it down when may differ. */
const SAID = [
  'estate_id',
  'book',
  'event',
  'debit_kind',
  'debit_subject',
  'credit_kind',
  'credit_subject',
  'amount_fen',
  'bill_id',
  'order_id',
] as const;

function tellsTheSame(record: SqlRecord, known: SqlRecord | undefined): boolean {
  return SAID.every((column) => record[column] === known?.[column]);
}
