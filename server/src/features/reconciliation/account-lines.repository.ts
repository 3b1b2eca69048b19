import { Inject, Injectable } from '@nestjs/common';
import type { CalendarDate, Fen } from '@linli/shared/kernel';
import type { Withdrawal } from '@linli/shared/reconcile';
import type { Reader } from '../../kernel/database/index.ts';
import { PayeesService } from '../payments/index.ts';

/** A line that took money out, and whose statement it is of. */
export interface AccountWithdrawal extends Withdrawal {
  readonly account: string;
  readonly summary: string;
}

/** A line of the account's statement, money out below 0. */
export interface AccountLine {
  readonly serial: string;
  readonly onDate: CalendarDate;
  readonly amountFen: Fen;
  readonly counterparty: string;
}

interface LineRow {
  mch_id: string;
  serial: string;
  on_date: string;
  amount_fen: number;
  counterparty: string;
  summary: string;
}

const SELECT = 'SELECT mch_id, serial, on_date, amount_fen, counterparty, summary FROM bank_lines';

/** The bank's lines of an estate's public income 共管账户. */
@Injectable()
export class AccountLinesRepository {
  constructor(@Inject(PayeesService) private readonly payees: PayeesService) {}

  /**
   * Where an import goes: with the merchant whose settlements come to the same account, or under the estate where it has
   * none of its own. Of a merchant that serves several estates nobody can tell whose money a line moved.
   */
  async ownMerchant(reader: Reader, estateId: string): Promise<string | null> {
    const payee = await this.payees.of(reader, estateId, 'PUBLIC_INCOME');
    return payee !== null && (await this.payees.isAlone(reader, payee.mchId)) ? payee.mchId : null;
  }

  /** What went out between these days, the oldest first. */
  async withdrawals(
    reader: Reader,
    estateId: string,
    from: CalendarDate,
    until: CalendarDate,
  ): Promise<AccountWithdrawal[]> {
    const found = new Map<string, AccountWithdrawal>();
    for (const account of await this.accounts(reader, estateId)) {
      const rows = await reader.rows<LineRow>(
        `${SELECT} WHERE mch_id = ? AND on_date BETWEEN ? AND ? AND amount_fen < 0 ORDER BY on_date, serial`,
        [account, from, until],
      );
      for (const row of rows) found.set(row.serial, toWithdrawal(row));
    }
    return [...found.values()];
  }

  /** In and out, the oldest first. */
  async between(
    reader: Reader,
    estateId: string,
    from: CalendarDate,
    until: CalendarDate,
  ): Promise<AccountLine[]> {
    const found = new Map<string, AccountLine>();
    for (const account of await this.accounts(reader, estateId)) {
      const rows = await reader.rows<LineRow>(
        `${SELECT} WHERE mch_id = ? AND on_date BETWEEN ? AND ? ORDER BY on_date, serial`,
        [account, from, until],
      );
      for (const { serial, on_date: onDate, amount_fen: amountFen, counterparty } of rows)
        found.set(serial, { serial, onDate, amountFen, counterparty });
    }
    return [...found.values()];
  }

  async withdrawal(reader: Reader, estateId: string, serial: string): Promise<AccountWithdrawal | null> {
    let found: AccountWithdrawal | null = null;
    for (const account of await this.accounts(reader, estateId)) {
      const row = await reader.row<LineRow>(`${SELECT} WHERE mch_id = ? AND serial = ? AND amount_fen < 0`, [
        account,
        serial,
      ]);
      if (row !== null) found = toWithdrawal(row);
    }
    return found;
  }

  /** The last day that the statement tells of. */
  async until(reader: Reader, estateId: string): Promise<CalendarDate | null> {
    let last: CalendarDate | null = null;
    for (const account of await this.accounts(reader, estateId)) {
      const row = await reader.row<{ last: string | null }>(
        'SELECT MAX(on_date) AS last FROM bank_lines WHERE mch_id = ?',
        [account],
      );
      const day = row?.last ?? null;
      if (day !== null && (last === null || day > last)) last = day;
    }
    return last;
  }

  /** The later names where a line is of both: imported before the estate had a merchant, and again since. */
  private async accounts(reader: Reader, estateId: string): Promise<readonly string[]> {
    const merchant = await this.ownMerchant(reader, estateId);
    const own = estateAccount(estateId);
    return merchant === null ? [own] : [own, merchant];
  }
}

/** Names an account that no merchant settles to. */
export const estateAccount = (estateId: string) => `E-${estateId}`;

function toWithdrawal(row: LineRow): AccountWithdrawal {
  const { mch_id: account, serial, on_date: onDate, amount_fen: amountFen, counterparty, summary } = row;
  return { account, serial, onDate, amountFen: -amountFen, counterparty, summary };
}
