import { Inject, Injectable } from '@nestjs/common';
import type { Instant } from '@linli/shared/kernel';
import { SATISFACTION_LABELS, type TicketRating, ratingFaults } from '@linli/shared/tickets';
import type { Caller } from '../../../kernel/access/index.ts';
import { Audit } from '../../../kernel/audit/audit.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database, type Transaction, violates } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { Idempotency } from '../../../kernel/idempotency/idempotency.ts';
import { Ids } from '../../../kernel/ids/ids.ts';
import { ContentCheck } from '../../../wechat/content-check.ts';
import { auditStep } from './audit-step.ts';
import { ReadableTickets } from '../reading/readable-tickets.ts';
import { TicketEstates } from '../ticket-estates.ts';
import type { Ticket } from '../ticket.ts';
import { TicketsRepository } from '../tickets.repository.ts';

/** What a complainant thinks of the result 评价: with the confirmation, or once after it. */
@Injectable()
export class RateTicketService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(TicketsRepository) private readonly tickets: TicketsRepository,
    @Inject(ReadableTickets) private readonly readable: ReadableTickets,
    @Inject(TicketEstates) private readonly estates: TicketEstates,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(ContentCheck) private readonly contentCheck: ContentCheck,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /** After an automatic confirmation the complainant may still rate, once, until it is closed. */
  async rate(
    caller: Caller,
    estateId: string,
    ticketId: string,
    rating: TicketRating,
    key: string,
  ): Promise<void> {
    const scene = await this.estates.scene(this.database, caller, estateId);
    await this.contentCheck.check(caller, { estateId, where: 'TICKET.RATE', texts: [rating.comment] });
    const action = {
      personId: caller.personId,
      key,
      useCase: 'ticket.RATE',
      body: { ...rating, estateId, ticketId },
    };
    try {
      await this.idempotency.once(action, async (tx) => {
        const now = this.clock.now();
        const ticket = await this.readable.find(tx, caller, scene, ticketId);
        if (ticket.complainantId !== caller.personId) throw refuse('STATE.NOT_YOURS');
        if (ticket.state !== 'CONFIRMED') throw refuse('STATE.NOT_ALLOWED');
        await this.keep(tx, ticket, rating, now);
        const after = await this.tickets.save(tx, ticket, ticket, scene.estate, now);
        await this.tickets.tell(tx, after, now, [
          { kind: 'RATE', actor: 'COMPLAINANT', personId: caller.personId, text: ratingText(rating) },
        ]);
        await auditStep(this.audit, tx, caller, 'TICKET.RATED', ticket, after);
        return { ticketId };
      });
    } catch (error) {
      throw violates(error, 'uq_ticket_ratings_ticket') ? refuse('TICKET.RATED') : error;
    }
  }

  async keep(tx: Transaction, ticket: Ticket, rating: TicketRating, now: Instant): Promise<void> {
    const [fault] = ratingFaults(rating);
    if (fault !== undefined) throw refuse(fault);
    const row = {
      stars: rating.stars,
      solved: rating.solved ? 1 : 0,
      satisfaction: rating.satisfaction,
      remark: rating.comment,
      rated_at: now,
    };
    const again = await tx.row<{ id: string }>('SELECT id FROM ticket_ratings WHERE ticket_id = ?', [
      ticket.id,
    ]);
    // A complaint that was reopened and confirmed anew is rated anew; the earlier rating stays in the timeline.
    if (again !== null && ticket.state === 'RESOLVED') {
      await tx.run(
        'UPDATE ticket_ratings SET stars = ?, solved = ?, satisfaction = ?, remark = ?, rated_at = ? WHERE id = ?',
        [row.stars, row.solved, row.satisfaction, row.remark, now, again.id],
      );
      return;
    }
    if (again !== null) throw refuse('TICKET.RATED');
    await tx.insert('ticket_ratings', { id: this.ids.next(), ticket_id: ticket.id, ...row });
  }
}

export function ratingText({ stars, solved, satisfaction, comment }: TicketRating): string {
  const words = `${stars} 星 · ${solved ? '已解决' : '未解决'} · ${SATISFACTION_LABELS[satisfaction]}`;
  return comment === '' ? words : `${words}：${comment}`;
}
