import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Reader } from '../../kernel/database/index.ts';
import { PersonalData } from '../../kernel/privacy/personal-data.ts';

const MOST_ROWS = 1000;

/** What this feature keeps about a person, for the export of one's own data. Receipts are statutory: none is erased. */
@Injectable()
export class PaymentRecords implements OnModuleInit {
  constructor(@Inject(PersonalData) private readonly data: PersonalData) {}

  onModuleInit(): void {
    this.data.register({
      title: '缴费记录',
      purpose: '对账、开收据；会计法规定的年限',
      rows: (reader, personId) => this.orders(reader, personId),
    });
    this.data.register({
      title: '退款和多付的钱',
      purpose: '对账、退还；会计法规定的年限',
      rows: (reader, personId) => this.owedBack(reader, personId),
    });
  }

  private orders(reader: Reader, personId: string): Promise<object[]> {
    return reader.rows(
      `SELECT order_no AS orderNo, description, amount_fen AS amountFen, state, created_at AS createdAt, paid_at AS paidAt
       FROM pay_orders WHERE person_id = ? ORDER BY id DESC LIMIT ${MOST_ROWS}`,
      [personId],
    );
  }

  private owedBack(reader: Reader, personId: string): Promise<object[]> {
    return reader.rows(
      `SELECT '退款' AS kind, order_no AS orderNo, amount_fen AS amountFen, state, asked_at AS at
       FROM refunds WHERE person_id = ?
       UNION ALL
       SELECT '多付' AS kind, o.order_no AS orderNo, c.amount_fen AS amountFen, c.state, c.created_at AS at
       FROM pay_credits c JOIN pay_orders o ON o.id = c.order_id WHERE c.person_id = ?
       LIMIT ${MOST_ROWS}`,
      [personId, personId],
    );
  }
}
