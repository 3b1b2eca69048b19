import { Inject, Injectable } from '@nestjs/common';
import { type TicketSummary, pressingDeadline, queueState } from '@linli/shared/tickets';
import { maskName } from '@linli/shared/kernel';
import { type Caller, STAFF } from '../../../kernel/access/index.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import type { Reader } from '../../../kernel/database/index.ts';
import { PersonsRepository } from '../../identity/index.ts';
import { bodyName } from '../bodies.ts';
import { type Ticket, type TicketRow, ticketOf } from '../ticket.ts';
import type { TicketEstate } from '../ticket-estates.ts';

export interface ListedRow extends TicketRow {
  photo_count: number;
  followed: number;
}

/** A line of a list. It names no complainant: what was written is blotted where it does. */
@Injectable()
export class TicketSummaries {
  constructor(
    @Inject(PersonsRepository) private readonly persons: PersonsRepository,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async of(
    reader: Reader,
    caller: Caller,
    rows: readonly ListedRow[],
    estates: readonly TicketEstate[],
  ): Promise<TicketSummary[]> {
    const assignees = rows.flatMap((row) => (row.assignee_id === null ? [] : [row.assignee_id]));
    const names = await this.persons.names(reader, assignees);
    return rows.map((row) => {
      const estate = estates.find(({ id }) => id === row.estate_id);
      if (estate === undefined) throw new Error('a complaint of an estate that was not read');
      const ticket = ticketOf(row);
      const summary = this.summary(ticket, estate, caller, row.followed === 1);
      return {
        ...summary,
        photos: row.photo_count,
        assigneeName: assigneeName(ticket, names, caller, estate),
      };
    });
  }

  summary(ticket: Ticket, estate: TicketEstate, caller: Caller, followed: boolean): TicketSummary {
    const now = this.clock.now();
    const isMine = ticket.complainantId === caller.personId;
    return {
      id: ticket.id,
      estateId: ticket.estateId,
      number: ticket.number,
      category: ticket.category,
      title: isMine ? ticket.title : ticket.shownTitle,
      place: isMine ? ticket.place : ticket.shownPlace,
      state: ticket.state,
      level: ticket.level,
      handlerName: bodyName(ticket.handlerBody, estate.rules, estate.organisations),
      assigneeName: null,
      slaClass: ticket.slaClass,
      unsafe: ticket.unsafe,
      filedAt: ticket.filedAt,
      followers: ticket.followers,
      photos: ticket.photoIds.length,
      dueState: queueState(ticket.state, ticket.deadlines, now),
      pressing: pressingDeadline(ticket.deadlines, now),
      isMine,
      followed,
    };
  }
}

/** In full to colleagues and supervisors, masked to residents. */
export function assigneeName(
  { assigneeId }: Ticket,
  names: ReadonlyMap<string, string>,
  caller: Caller,
  estate: TicketEstate,
): string | null {
  const name = assigneeId === null ? undefined : names.get(assigneeId);
  if (name === undefined) return null;
  return caller.has(estate.id, STAFF) ? name : maskName(name);
}
