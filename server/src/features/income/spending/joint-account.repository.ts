import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '@linli/shared/kernel';
import type { BankSubject } from '@linli/shared/spending';
import type { Reader } from '../../../kernel/database/index.ts';

export interface MatchRow {
  spending_id: string;
  account: string;
  serial: string;
}

export interface ExplanationRow {
  kind: BankSubject;
  subject: string;
  reason: string;
  explained_by: string;
  explained_at: number;
}

/** Which payments and lines belong together, and what was said of those that do not. */
@Injectable()
export class JointAccountRepository {
  /** Of payments and lines of these days: an estate has a handful a month. */
  matches(reader: Reader, estateId: string, from: CalendarDate, until: CalendarDate): Promise<MatchRow[]> {
    return reader.rows<MatchRow>(
      `SELECT m.spending_id, m.account, m.serial FROM spending_requests s
       JOIN spending_matches m ON m.spending_id = s.id
       WHERE s.estate_id = ? AND s.paid_on BETWEEN ? AND ?`,
      [estateId, from, until],
    );
  }

  async isMatched(
    reader: Reader,
    { account, serial }: Pick<MatchRow, 'account' | 'serial'>,
  ): Promise<boolean> {
    const row = await reader.row(
      'SELECT spending_id FROM spending_matches WHERE account = ? AND serial = ?',
      [account, serial],
    );
    return row !== null;
  }

  explanations(reader: Reader, estateId: string): Promise<ExplanationRow[]> {
    return reader.rows<ExplanationRow>(
      'SELECT kind, subject, reason, explained_by, explained_at FROM bank_explanations WHERE estate_id = ?',
      [estateId],
    );
  }
}
