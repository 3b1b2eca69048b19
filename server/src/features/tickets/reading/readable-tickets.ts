import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '../../../kernel/access/index.ts';
import type { Transaction } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { sightOf } from '../ticket-actors.ts';
import type { TicketScene } from '../ticket-estates.ts';
import type { Ticket } from '../ticket.ts';
import { TicketsRepository } from '../tickets.repository.ts';

/** Complaints that a caller may read, for a step on them. */
@Injectable()
export class ReadableTickets {
  constructor(@Inject(TicketsRepository) private readonly tickets: TicketsRepository) {}

  /** The complaint if the caller may read it; another estate's id, or one out of sight, is not found. */
  async find(tx: Transaction, caller: Caller, scene: TicketScene, ticketId: string): Promise<Ticket> {
    const ticket = await this.tickets.find(tx, scene.estate.id, ticketId);
    if (ticket === null) throw refuse('NOT_FOUND');
    const bodies = await this.tickets.bodiesOf(tx, ticketId);
    if (sightOf(ticket, bodies, caller, scene) === 'NONE') throw refuse('NOT_FOUND');
    return ticket;
  }
}
