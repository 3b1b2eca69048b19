import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { CreditReason } from '@linli/shared/fees';
import { unitName } from '@linli/shared/estate';
import { groupTakenBack, paymentQuarantined, suspenseCleared } from '@linli/shared/ledger';
import {
  isCreditable,
  isOurMoney,
  type CreditedMoney,
  type CreditState,
  type OpenProposal,
  type QuarantinedMoney,
  type UnmatchedMoney,
} from '@linli/shared/refunds';
import type { Caller } from '../../kernel/access/index.ts';
import { Clock } from '../../kernel/clock/clock.ts';
import { Database, type Reader, type Transaction } from '../../kernel/database/index.ts';
import { refuse } from '../../kernel/errors/refused.ts';
import { Ids } from '../../kernel/ids/ids.ts';
import { Ledger } from '../ledger/index.ts';
import { OrdersRepository } from './orders.repository.ts';
import { CreditsRepository } from './refunds/credits.repository.ts';
import { ProposalsService, type AgreedProposal } from './refunds/proposals.service.ts';

const SHOWN = 100;

type Quarantined = Omit<QuarantinedMoney, 'proposal'>;
type Credited = Omit<CreditedMoney, 'proposal'>;

/** Money that arrived and fits no open bill: it stays on this list until two people have settled it. */
@Injectable()
export class UnmatchedService implements OnModuleInit {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(OrdersRepository) private readonly orders: OrdersRepository,
    @Inject(CreditsRepository) private readonly credits: CreditsRepository,
    @Inject(ProposalsService) private readonly proposals: ProposalsService,
    @Inject(Ledger) private readonly ledger: Ledger,
  ) {}

  onModuleInit(): void {
    this.proposals.handle('QUARANTINE', {
      check: async (tx, estateId, id, outcome) => {
        const money = await this.credits.quarantine(tx, estateId, id);
        if (money === null) throw refuse('NOT_FOUND');
        if (money.state !== 'OPEN') throw refuse('REFUND.DECIDED');
        if (outcome === 'DISMISS' && isOurMoney(money.reason)) throw refuse('REFUND.OUTCOME');
        if (outcome === 'CREDIT' && !isOurMoney(money.reason)) throw refuse('REFUND.NOT_OURS');
        if (outcome === 'CREDIT' && !isCreditable(money.reason)) throw refuse('REFUND.OUTCOME');
        if (outcome === 'CREDIT' && money.orderId === null) throw refuse('REFUND.NO_HOME');
      },
      carryOut: (tx, proposal) =>
        proposal.outcome === 'CREDIT' ? this.toCredit(tx, proposal) : this.dismiss(tx, proposal),
    });
  }

  async list(caller: Caller, estateId: string): Promise<UnmatchedMoney> {
    const [quarantined, credits] = await Promise.all([
      this.quarantined(this.database, estateId),
      this.credited(this.database, estateId),
    ]);
    const open = await this.proposals.openFor(
      this.database,
      caller,
      [...quarantined, ...credits].map(({ id }) => id),
    );
    const withProposal = <Row extends { readonly id: string }>(
      row: Row,
    ): Row & { proposal: OpenProposal | null } => ({
      ...row,
      proposal: open.get(row.id) ?? null,
    });
    return { quarantined: quarantined.map(withProposal), credits: credits.map(withProposal) };
  }

  private async toCredit(tx: Transaction, { estateId, subjectId }: AgreedProposal): Promise<void> {
    const money = await this.credits.quarantine(tx, estateId, subjectId);
    if (money === null || !(await this.credits.moveQuarantine(tx, subjectId, 'OPEN', 'CREDITED')))
      throw refuse('REFUND.DECIDED');
    const order = money.orderId === null ? null : await this.orders.ofEstate(tx, estateId, money.orderId);
    if (order === null) throw refuse('REFUND.NO_HOME');
    await tx.insert('pay_credits', {
      id: this.ids.next(),
      estate_id: estateId,
      unit_id: order.unitId,
      person_id: order.personId,
      order_id: order.id,
      ledger: order.ledger,
      transaction_id: money.transactionId,
      reason: 'LATE_SUCCESS' satisfies CreditReason,
      amount_fen: money.receivedFen,
      created_at: this.clock.now(),
      state: 'OPEN' satisfies CreditState,
      left_fen: money.receivedFen,
      paid_at: money.paidAt,
      from_quarantine_id: money.id,
    });
    await this.ledger.post(
      tx,
      suspenseCleared({
        quarantineId: money.id,
        estateId,
        orderId: order.id,
        unitId: order.unitId,
        book: order.ledger,
        settled: [],
        creditFen: money.receivedFen,
        occurredAt: this.clock.now(),
      }),
    );
  }

  /** It never came to us: what was written down on WeChat's word is taken back. */
  private async dismiss(tx: Transaction, { estateId, subjectId }: AgreedProposal): Promise<void> {
    const money = await this.credits.quarantine(tx, estateId, subjectId);
    if (money === null || !(await this.credits.moveQuarantine(tx, subjectId, 'OPEN', 'DISMISSED')))
      throw refuse('REFUND.DECIDED');
    const order = money.orderId === null ? null : await this.orders.ofEstate(tx, estateId, money.orderId);
    const booked = paymentQuarantined({
      quarantineId: money.id,
      estateId: money.estateId,
      book: order?.ledger ?? (await this.credits.bookOf(tx, money.id)),
      orderId: money.orderId,
      orderNo: money.orderNo,
      transactionId: money.transactionId,
      receivedFen: money.receivedFen,
      occurredAt: money.paidAt,
    });
    await this.ledger.post(tx, groupTakenBack(booked, this.clock.now()));
  }

  private async quarantined(reader: Reader, estateId: string): Promise<Quarantined[]> {
    const rows = await this.credits.openQuarantines(reader, estateId, SHOWN);
    return rows.map((money) => ({
      id: money.id,
      orderNo: money.orderNo,
      transactionId: money.transactionId,
      reason: money.reason,
      expectedFen: money.expectedFen,
      receivedFen: money.receivedFen,
      at: money.createdAt,
      state: money.state,
      refundable: isOurMoney(money.reason),
      creditable: isCreditable(money.reason) && money.orderId !== null,
    }));
  }

  private async credited(reader: Reader, estateId: string): Promise<Credited[]> {
    const rows = await reader.rows<{
      id: string;
      order_no: string;
      building: string;
      entrance: string;
      room: string;
      reason: CreditReason;
      from_quarantine_id: string | null;
      amount_fen: number;
      left_fen: number;
      state: CreditState;
      created_at: number;
    }>(
      `SELECT c.id, o.order_no, b.name AS building, u.entrance, u.room, c.reason, c.from_quarantine_id, c.amount_fen,
         c.left_fen, c.state, c.created_at
       FROM pay_credits c JOIN pay_orders o ON o.id = c.order_id JOIN units u ON u.id = c.unit_id
       JOIN buildings b ON b.id = u.building_id
       WHERE c.estate_id = ? AND c.left_fen > 0 ORDER BY c.id DESC LIMIT ${SHOWN}`,
      [estateId],
    );
    return rows.map((row) => ({
      id: row.id,
      orderNo: row.order_no,
      unitName: unitName(row),
      reason: row.from_quarantine_id === null ? row.reason : 'QUARANTINE_CLEARED',
      amountFen: row.amount_fen,
      leftFen: row.left_fen,
      state: row.state,
      at: row.created_at,
    }));
  }
}
