import { Inject, Injectable } from '@nestjs/common';
import {
  type SimilarTicketsRequest,
  type SimilarTicketsResponse,
  TICKET_LIMITS,
  type TicketCategoryCode,
  type TicketState,
  isOpen,
  similarTickets,
} from '@linli/shared/tickets';
import { type Caller, RESIDENTS } from '../../../kernel/access/index.ts';
import { Audit } from '../../../kernel/audit/audit.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database, violates } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { Idempotency } from '../../../kernel/idempotency/idempotency.ts';
import { againOnConflict } from '../steps/again-on-conflict.ts';
import { Ids } from '../../../kernel/ids/ids.ts';
import { ReadableTickets } from '../reading/readable-tickets.ts';
import { TicketEstates } from '../ticket-estates.ts';
import { TicketsRepository } from '../tickets.repository.ts';

interface OpenRow {
  id: string;
  category: string;
  place: string;
  title: string;
  content: string;
  shown_title: string;
  shown_place: string;
  state: string;
  followers: number;
  filed_at: number;
  complainant_id: string;
  followed: number;
}

/** "Somebody has reported this": what is open and alike, and joining it instead of filing it again 我也遇到. */
@Injectable()
export class SimilarTicketsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(TicketsRepository) private readonly tickets: TicketsRepository,
    @Inject(TicketEstates) private readonly estates: TicketEstates,
    @Inject(ReadableTickets) private readonly readable: ReadableTickets,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  async find(
    caller: Caller,
    estateId: string,
    request: SimilarTicketsRequest,
  ): Promise<SimilarTicketsResponse> {
    const rows = await this.database.rows<OpenRow>(
      `SELECT t.id, t.category, t.place, t.title, t.content, t.shown_title, t.shown_place, t.state, t.followers, t.filed_at, t.complainant_id,
              EXISTS (SELECT 1 FROM ticket_follows f WHERE f.ticket_id = t.id AND f.person_id = ?) AS followed
       FROM tickets t WHERE t.estate_id = ? AND t.live = 1 ORDER BY t.id DESC LIMIT ${TICKET_LIMITS.similarOver}`,
      [caller.personId, estateId],
    );
    const open = rows
      .filter(({ state }) => isOpen(state as TicketState))
      .map((row) => ({
        row,
        category: row.category as TicketCategoryCode,
        place: row.place,
        text: `${row.title} ${row.content}`,
      }));
    const found = similarTickets(request, open);
    return {
      items: found.map(({ ticket: { row }, reasons }) => ({
        id: row.id,
        title: row.shown_title,
        place: row.shown_place,
        state: row.state as TicketState,
        followers: row.followers,
        filedAt: row.filed_at,
        reasons,
        isMine: row.complainant_id === caller.personId,
        followed: row.followed === 1,
      })),
    };
  }

  /** Joins once; a second time, from another tap or another phone, is told so and counts nothing. */
  async follow(caller: Caller, estateId: string, ticketId: string, note: string, key: string): Promise<void> {
    if (!caller.has(estateId, RESIDENTS)) throw refuse('TICKET.NOT_A_RESIDENT');
    const scene = await this.estates.scene(this.database, caller, estateId);
    const action = {
      personId: caller.personId,
      key,
      useCase: 'ticket.FOLLOW',
      body: { estateId, ticketId, note },
    };
    try {
      // Neighbours who join at the same moment count one another's change as none of theirs.
      await againOnConflict(() =>
        this.idempotency.once(action, async (tx) => {
          const now = this.clock.now();
          const ticket = await this.readable.find(tx, caller, scene, ticketId);
          if (ticket.complainantId === caller.personId) throw refuse('TICKET.FOLLOW_OWN');
          if (!isOpen(ticket.state)) throw refuse('TICKET.FOLLOW_CLOSED');
          await tx.insert('ticket_follows', {
            id: this.ids.next(),
            ticket_id: ticketId,
            person_id: caller.personId,
            note,
            created_at: now,
          });
          const after = await this.tickets.save(
            tx,
            ticket,
            { ...ticket, followers: ticket.followers + 1 },
            scene.estate,
            now,
          );
          await this.tickets.tell(tx, after, now, [
            { kind: 'FOLLOW', actor: 'NEIGHBOUR', personId: caller.personId, text: note },
          ]);
          await this.audit.record(tx, caller, {
            action: 'TICKET.FOLLOW',
            estateId,
            subjectType: 'ticket',
            subjectId: ticketId,
            after: { followers: after.followers },
          });
          return { ticketId };
        }),
      );
    } catch (error) {
      throw violates(error, 'uq_ticket_follows_person') ? refuse('TICKET.ALREADY_FOLLOWED') : error;
    }
  }
}
