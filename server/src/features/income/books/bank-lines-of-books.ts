import { Injectable } from '@nestjs/common';
import { addDays } from '@linli/shared/kernel';
import type { BankLineView } from '@linli/shared/income';
import type { Reader } from '../../../kernel/database/index.ts';
import { type BookLineRow, toBookLine } from './book-lines.repository.ts';

/** A bank may write a payment down some days after it was booked. */
const WITHIN_DAYS = 7;

interface BankLineRow {
  serial: string;
  on_date: string;
  amount_fen: number;
  counterparty: string;
}

/** The line of the bank's statement behind a line of the books 银行流水. */
@Injectable()
export class BankLinesOfBooks {
  /** By the number that was entered with the payment; otherwise the only one of that amount around that day. */
  async of(reader: Reader, estateId: string, row: BookLineRow): Promise<BankLineView | null> {
    const known = row.source === 'SPENDING' ? await this.byNumber(reader, estateId, row.id) : null;
    if (known !== null) return toView(known);
    const { line } = toBookLine(row);
    const amountFen = line.dir === 'INCOME' ? line.netFen : -line.amountFen;
    const alike = await reader.rows<BankLineRow>(
      `SELECT b.serial, b.on_date, b.amount_fen, b.counterparty FROM bank_lines b
       JOIN payees p ON p.mch_id = b.mch_id
       WHERE p.estate_id = ? AND p.ledger = 'PUBLIC_INCOME' AND b.on_date BETWEEN ? AND ? AND b.amount_fen = ? LIMIT 2`,
      [estateId, addDays(line.date, -WITHIN_DAYS), addDays(line.date, WITHIN_DAYS), amountFen],
    );
    const [only, another] = alike;
    return only === undefined || another !== undefined ? null : toView(only);
  }

  private byNumber(reader: Reader, estateId: string, spendingId: string): Promise<BankLineRow | null> {
    return reader.row<BankLineRow>(
      `SELECT b.serial, b.on_date, b.amount_fen, b.counterparty FROM spending_requests s
       JOIN payees p ON p.estate_id = s.estate_id AND p.ledger = 'PUBLIC_INCOME'
       JOIN bank_lines b ON b.mch_id = p.mch_id AND b.serial = s.bank_line_no
       WHERE s.estate_id = ? AND s.id = ?`,
      [estateId, spendingId],
    );
  }
}

function toView(row: BankLineRow): BankLineView {
  return {
    serial: row.serial,
    onDate: row.on_date,
    amountFen: row.amount_fen,
    counterparty: row.counterparty,
  };
}
