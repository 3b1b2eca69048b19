import { Inject, Injectable } from '@nestjs/common';
import { addDays } from '@linli/shared/kernel';
import type { BankLineView } from '@linli/shared/income';
import type { Reader } from '../../../kernel/database/index.ts';
import { type AccountLine, AccountLinesRepository } from '../../reconciliation/index.ts';
import { type BookLineRow, toBookLine } from './book-lines.repository.ts';

/** A bank may write a payment down some days after it was booked. */
const WITHIN_DAYS = 7;

/** The line of the bank's statement behind a line of the books 银行流水. */
@Injectable()
export class BankLinesOfBooks {
  constructor(@Inject(AccountLinesRepository) private readonly lines: AccountLinesRepository) {}

  /** The one that a second person confirmed; otherwise the only one of that amount around that day. */
  async of(reader: Reader, estateId: string, row: BookLineRow): Promise<BankLineView | null> {
    if (row.source === 'SPENDING') return this.confirmed(reader, estateId, row.id);
    const { line } = toBookLine(row);
    const { date } = line;
    const around = await this.lines.between(
      reader,
      estateId,
      addDays(date, -WITHIN_DAYS),
      addDays(date, WITHIN_DAYS),
    );
    // Whoever pays may keep the cost back: then the net arrives.
    const amounts = line.dir === 'INCOME' ? [line.grossFen, line.netFen] : [-line.amountFen];
    for (const amountFen of amounts) {
      const [only, another] = around.filter((each) => each.amountFen === amountFen);
      if (only !== undefined && another === undefined) return toView(only);
    }
    return null;
  }

  private async confirmed(
    reader: Reader,
    estateId: string,
    spendingId: string,
  ): Promise<BankLineView | null> {
    const match = await reader.row<{ serial: string }>(
      'SELECT serial FROM spending_matches WHERE spending_id = ?',
      [spendingId],
    );
    const line = match === null ? null : await this.lines.withdrawal(reader, estateId, match.serial);
    return line === null ? null : toView({ ...line, amountFen: -line.amountFen });
  }
}

function toView({ serial, onDate, amountFen, counterparty }: AccountLine): BankLineView {
  return { serial, onDate, amountFen, counterparty };
}
