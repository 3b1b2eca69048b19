import { Inject, Injectable } from '@nestjs/common';
import {
  receiptNumber,
  type BillLine,
  type Ledger,
  type ReceiptList,
  type ReceiptState,
  type ReceiptSummary,
} from '@linli/shared/fees';
import type { RefundedReceipt } from '@linli/shared/refunds';
import { shanghaiDate } from '@linli/shared/kernel';
import type { Caller } from '../../kernel/access/index.ts';
import { Clock } from '../../kernel/clock/clock.ts';
import { FieldCipher } from '../../kernel/crypto/index.ts';
import { Database, type Transaction } from '../../kernel/database/index.ts';
import { refuse } from '../../kernel/errors/refused.ts';
import { toPage } from '../../kernel/http/paging.ts';
import { Ids } from '../../kernel/ids/ids.ts';
import { BillsRepository } from '../fees/index.ts';
import { PersonsRepository } from '../identity/index.ts';
import type { StoredOrder } from './orders.repository.ts';
import { PayeesService } from './payees.service.ts';
import { RefundsRepository } from './refunds/refunds.repository.ts';

interface ReceiptRow {
  id: string;
  order_id: string;
  for_year: number;
  receipt_number: number;
  state: ReceiptState;
  issuer_name: string;
  unit_name: string;
  payer_name_sealed: string;
  ledger: Ledger;
  amount_fen: number;
  order_no: string;
  transaction_id: string;
  paid_at: number;
  issued_at: number;
}

/** What a receipt is made out for. */
export interface Received {
  readonly order: StoredOrder;
  readonly unitName: string;
  readonly amountFen: number;
  readonly transactionId: string;
  readonly paidAt: number;
}

/** Receipts 收据, numbered without a gap for each issuer and year. */
@Injectable()
export class ReceiptsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(FieldCipher) private readonly cipher: FieldCipher,
    @Inject(PersonsRepository) private readonly persons: PersonsRepository,
    @Inject(BillsRepository) private readonly bills: BillsRepository,
    @Inject(PayeesService) private readonly payees: PayeesService,
    @Inject(RefundsRepository) private readonly refunds: RefundsRepository,
  ) {}

  /** The counter must be there before the transaction that takes a number from it. */
  async openCounter(payeeId: string): Promise<void> {
    const key = [payeeId, this.year()];
    const find = () =>
      this.database.row('SELECT 1 AS found FROM receipt_counters WHERE payee_id = ? AND for_year = ?', key);
    if ((await find()) !== null) return;
    try {
      await this.database.transaction((tx) =>
        tx.insert('receipt_counters', { payee_id: payeeId, for_year: this.year(), last_number: 0 }),
      );
    } catch (error) {
      if ((await find()) === null) throw error;
    }
  }

  /** Makes out the next receipt in the transaction that settles: rolled back with it, so that no number is lost. */
  async issue(
    tx: Transaction,
    { order, unitName, amountFen, transactionId, paidAt }: Received,
  ): Promise<string> {
    const id = this.ids.next();
    const year = this.year();
    await tx.run(
      'UPDATE receipt_counters SET last_number = last_number + 1 WHERE payee_id = ? AND for_year = ?',
      [order.payeeId, year],
    );
    const counter = await tx.row<{ last_number: number }>(
      'SELECT last_number FROM receipt_counters WHERE payee_id = ? AND for_year = ?',
      [order.payeeId, year],
    );
    if (counter === null) throw new Error(`No receipt counter for ${order.payeeId} in ${year}`);
    const names = await this.persons.names(tx, [order.personId]);
    const place = { table: 'receipts', column: 'payer_name_sealed', rowId: id };
    await tx.insert('receipts', {
      id,
      estate_id: order.estateId,
      payee_id: order.payeeId,
      order_id: order.id,
      person_id: order.personId,
      unit_id: order.unitId,
      for_year: year,
      receipt_number: counter.last_number,
      state: 'ISSUED',
      issuer_name: await this.payees.holderName(tx, order.payeeId),
      unit_name: unitName,
      payer_name_sealed: this.cipher.seal(names.get(order.personId) ?? '', place),
      ledger: order.ledger,
      amount_fen: amountFen,
      order_no: order.orderNo,
      transaction_id: transactionId,
      paid_at: paidAt,
      issued_at: this.clock.now(),
    });
    return id;
  }

  async list(caller: Caller, after: string | undefined, limit: number): Promise<ReceiptList> {
    const rows = await this.database.rows<ReceiptRow>(
      `SELECT * FROM receipts WHERE person_id = ? AND id < ? ORDER BY id DESC LIMIT ${limit + 1}`,
      [caller.personId, after ?? '~'],
    );
    return toPage(rows, limit, ({ id }) => id, toSummary);
  }

  async read(caller: Caller, receiptId: string): Promise<RefundedReceipt> {
    const row = await this.database.row<ReceiptRow>('SELECT * FROM receipts WHERE person_id = ? AND id = ?', [
      caller.personId,
      receiptId,
    ]);
    if (row === null) throw refuse('NOT_FOUND');
    const settled = await this.database.rows<{ bill_id: string; month: string; late_fee_fen: number }>(
      `SELECT s.bill_id, b.month, s.late_fee_fen FROM bill_settlements s JOIN bills b ON b.id = s.bill_id
       WHERE s.order_id = ?
       UNION ALL
       SELECT s.bill_id, b.month, s.late_fee_fen FROM refunded_settlements s JOIN bills b ON b.id = s.bill_id
       WHERE s.order_id = ? ORDER BY 2, 1`,
      [row.order_id, row.order_id],
    );
    const refunds = await this.refunds.ofTransaction(this.database, row.transaction_id);
    const lines = await this.bills.linesOf(
      this.database,
      settled.map((bill) => bill.bill_id),
    );
    const place = { table: 'receipts', column: 'payer_name_sealed', rowId: row.id };
    return {
      ...toSummary(row),
      ledger: row.ledger,
      payerName: this.cipher.open(row.payer_name_sealed, place),
      orderNo: row.order_no,
      transactionId: row.transaction_id,
      paidAt: row.paid_at,
      refunds: refunds.map(({ amountFen, state, askedAt, endedAt }) => ({
        amountFen,
        state,
        askedAt,
        endedAt,
      })),
      lines: settled.flatMap((bill) => receiptLines(bill, lines.get(bill.bill_id) ?? [])),
    };
  }

  private year(): number {
    return Number(shanghaiDate(this.clock.now()).slice(0, 4));
  }
}

function receiptLines(
  bill: { readonly month: string; readonly late_fee_fen: number },
  lines: readonly BillLine[],
): RefundedReceipt['lines'] {
  const late = {
    month: bill.month,
    itemName: '违约金',
    amountFen: bill.late_fee_fen,
    formula: '按合同约定计算',
  };
  return [
    ...lines.map(({ itemName, amountFen, formula }) => ({ month: bill.month, itemName, amountFen, formula })),
    ...(bill.late_fee_fen > 0 ? [late] : []),
  ];
}

function toSummary(row: ReceiptRow): ReceiptSummary {
  return {
    id: row.id,
    number: receiptNumber(row.for_year, row.receipt_number),
    state: row.state,
    issuedAt: row.issued_at,
    issuerName: row.issuer_name,
    unitName: row.unit_name,
    amountFen: row.amount_fen,
  };
}
