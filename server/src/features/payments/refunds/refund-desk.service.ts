import { Inject, Injectable } from '@nestjs/common';
import type { BillPayments, RefundList, RefundState } from '@linli/shared/refunds';
import type { Caller } from '../../../kernel/access/index.ts';
import { Database } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { toPage } from '../../../kernel/http/paging.ts';
import { BillsRepository } from '../../fees/index.ts';
import { homeNames } from './home-names.ts';
import { PeopleAtDesk } from './people-at-desk.ts';
import { RefundsRepository } from './refunds.repository.ts';

/** What the desk sees of refunds, and of what can be refunded. */
@Injectable()
export class RefundDeskService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(BillsRepository) private readonly bills: BillsRepository,
    @Inject(RefundsRepository) private readonly refunds: RefundsRepository,
    @Inject(PeopleAtDesk) private readonly people: PeopleAtDesk,
  ) {}

  async list(
    caller: Caller,
    estateId: string,
    filter: { state: RefundState | undefined; after: string | undefined; limit: number },
  ): Promise<RefundList> {
    const rows = await this.refunds.page(this.database, estateId, filter.state, filter.after, filter.limit);
    const personOf = await this.people.named(
      this.database,
      rows.flatMap(({ askedBy, decidedBy }) => [askedBy, decidedBy]),
    );
    const homeOf = await homeNames(
      this.database,
      rows.map(({ unitId }) => unitId),
    );
    return toPage(
      rows,
      filter.limit,
      ({ id }) => id,
      (refund) => ({
        id: refund.id,
        refundNo: refund.refundNo,
        subject: refund.subject,
        effect: refund.effect,
        orderNo: refund.orderNo,
        unitName: homeOf(refund.unitId),
        amountFen: refund.amountFen,
        reason: refund.reason,
        state: refund.state,
        askedBy: personOf(refund.askedBy),
        mine: refund.askedBy === caller.personId,
        askedAt: refund.askedAt,
        decidedBy: refund.decidedAt === null ? null : personOf(refund.decidedBy),
        decidedAt: refund.decidedAt,
        note: refund.note,
        endedAt: refund.endedAt,
        hint: refund.hint,
      }),
    );
  }

  /** What was paid of a bill by which order, the orders undone since included. */
  async paymentsOf(estateId: string, billId: string): Promise<BillPayments> {
    if ((await this.bills.ofEstate(this.database, estateId, billId)) === null) throw refuse('NOT_FOUND');
    const rows = await this.database.rows<{ id: string; order_no: string; paid_at: number; fen: number }>(
      `SELECT o.id, o.order_no, o.paid_at, s.principal_fen + s.late_fee_fen AS fen
       FROM bill_settlements s JOIN pay_orders o ON o.id = s.order_id WHERE s.bill_id = ?
       UNION ALL
       SELECT o.id, o.order_no, o.paid_at, s.principal_fen + s.late_fee_fen AS fen
       FROM refunded_settlements s JOIN pay_orders o ON o.id = s.order_id WHERE s.bill_id = ?`,
      [billId, billId],
    );
    const items = await Promise.all(
      rows.map(async (row) => {
        const { heldFen } = await this.refunds.ofBillPart(this.database, row.id, billId);
        const refundableFen = row.fen - heldFen;
        return {
          orderId: row.id,
          orderNo: row.order_no,
          paidAt: row.paid_at,
          paidFen: row.fen,
          refundableFen,
        };
      }),
    );
    const used = await this.database.row<{ fen: number | string | null }>(
      'SELECT SUM(amount_fen) AS fen FROM credit_uses WHERE bill_id = ?',
      [billId],
    );
    return { items, fromCreditsFen: Number(used?.fen ?? 0) };
  }
}
