import { Inject, Injectable } from '@nestjs/common';
import type { Instant } from '@linli/shared/kernel';
import { TICKET_MACHINE, isOpen, nextLookAt, queueDueAt } from '@linli/shared/tickets';
import { type Reader, type SqlRecord, type Transaction, update } from '../../kernel/database/index.ts';
import { refuse } from '../../kernel/errors/refused.ts';
import { Ids } from '../../kernel/ids/ids.ts';
import type { Body } from './bodies.ts';
import { dueStep } from './steps/due-step.ts';
import { NO_DUE, TICKET_COLUMNS, type Ticket, type TicketRow, ticketOf } from './ticket.ts';
import type { TicketEstate } from './ticket-estates.ts';

/** Reads and writes complaints. A write names the version it was decided on, so that two deciders cannot both win. */
@Injectable()
export class TicketsRepository {
  constructor(@Inject(Ids) private readonly ids: Ids) {}

  async find(reader: Reader, estateId: string, ticketId: string): Promise<Ticket | null> {
    const row = await reader.row<TicketRow>(
      `SELECT ${TICKET_COLUMNS} FROM tickets t WHERE t.estate_id = ? AND t.id = ?`,
      [estateId, ticketId],
    );
    return row === null ? null : ticketOf(row);
  }

  async bodiesOf(reader: Reader, ticketId: string): Promise<Body[]> {
    const rows = await reader.rows<{ body: string }>('SELECT body FROM ticket_bodies WHERE ticket_id = ?', [
      ticketId,
    ]);
    return rows.map(({ body }) => body as Body);
  }

  /** The next number of the day. The row's own lock makes callers of one estate take turns. */
  async nextNumber(tx: Transaction, estateId: string, filedOn: string): Promise<string> {
    const counted = await tx.run(
      'UPDATE ticket_numbers SET latest = latest + 1 WHERE estate_id = ? AND filed_on = ?',
      [estateId, filedOn],
    );
    if (counted === 0)
      await tx.insert('ticket_numbers', { estate_id: estateId, filed_on: filedOn, latest: 1 });
    const row = await tx.row<{ latest: number }>(
      'SELECT latest FROM ticket_numbers WHERE estate_id = ? AND filed_on = ?',
      [estateId, filedOn],
    );
    return `${filedOn.replaceAll('-', '')}-${String(row?.latest ?? 1).padStart(4, '0')}`;
  }

  async add(tx: Transaction, ticket: Ticket, estate: TicketEstate, now: Instant): Promise<void> {
    await tx.insert('tickets', {
      id: ticket.id,
      estate_id: ticket.estateId,
      ticket_number: ticket.number,
      kind: ticket.kind,
      source: ticket.source,
      title: ticket.title,
      content: ticket.text,
      place: ticket.place,
      shown_title: ticket.shownTitle,
      shown_place: ticket.shownPlace,
      photo_ids_json: JSON.stringify(ticket.photoIds),
      photo_count: ticket.photoIds.length,
      danger: ticket.danger ? 1 : 0,
      anonymous: ticket.anonymous ? 1 : 0,
      complainant_id: ticket.complainantId,
      unit_id: ticket.unitId,
      version: ticket.version,
      filed_at: ticket.filedAt,
      ...changing(ticket, estate, now),
    });
  }

  /** Writes what changed; refuses where somebody else was faster. Answers the complaint as it now is. */
  async save(
    tx: Transaction,
    before: Ticket,
    after: Omit<Ticket, 'version'>,
    estate: TicketEstate,
    now: Instant,
  ): Promise<Ticket> {
    const saved: Ticket = { ...after, version: before.version + 1 };
    const touched = await update(
      tx,
      'tickets',
      { ...changing(saved, estate, now), version: saved.version },
      { id: before.id, version: before.version },
    );
    if (touched === 0) throw refuse('CONFLICT');
    return saved;
  }

  /** Sets when the clock looks again, where there was nothing to do; no change of the complaint itself. */
  async lookLater(tx: Transaction, ticket: Ticket, estate: TicketEstate, now: Instant): Promise<void> {
    await tx.run('UPDATE tickets SET look_at = ? WHERE id = ? AND version = ?', [
      lookAt(ticket, estate, now),
      ticket.id,
      ticket.version,
    ]);
  }

  async addBodies(tx: Transaction, ticketId: string, bodies: readonly Body[], now: Instant): Promise<void> {
    const known = new Set(await this.bodiesOf(tx, ticketId));
    const fresh = [...new Set(bodies)].filter((body) => !known.has(body));
    await tx.insert('ticket_bodies', ...fresh.map((body) => ({ ticket_id: ticketId, body, since: now })));
  }

  /** Adds to the timeline 办理经过. Nothing there is ever changed. */
  async tell(tx: Transaction, ticket: Ticket, now: Instant, entries: readonly NewEntry[]): Promise<void> {
    await tx.insert(
      'ticket_events',
      ...entries.map((entry, index) => ({
        id: this.ids.next(),
        ticket_id: ticket.id,
        version: ticket.version,
        place_no: index,
        kind: entry.kind,
        actor: entry.actor,
        person_id: entry.personId ?? null,
        organisation_id: entry.organisationId ?? null,
        content: entry.text,
        photo_ids_json: JSON.stringify(entry.photoIds ?? []),
        state: ticket.state,
        level: ticket.level,
        handler_body: ticket.handlerBody,
        at: now,
      })),
    );
  }
}

/** One line for the timeline. */
export interface NewEntry {
  readonly kind: string;
  readonly actor: 'COMPLAINANT' | 'NEIGHBOUR' | 'HANDLER' | 'SUPERVISOR' | 'SYSTEM';
  readonly personId?: string | null;
  readonly organisationId?: string | null;
  readonly text: string;
  readonly photoIds?: readonly string[];
}

/** The columns that a step may change, with what is derived from the clocks. */
function changing(ticket: Ticket, estate: TicketEstate, now: Instant): SqlRecord {
  return {
    category: ticket.category,
    accused: ticket.accused.join(','),
    state: ticket.state,
    live: isOver(ticket) ? 0 : 1,
    sla_class: ticket.slaClass,
    unsafe: ticket.unsafe ? 1 : 0,
    level: ticket.level,
    level_since: ticket.levelSince,
    handler_body: ticket.handlerBody,
    assignee_id: ticket.assigneeId,
    deadlines_json: JSON.stringify(ticket.deadlines),
    urged_json: JSON.stringify(ticket.urgedAt),
    reopens: ticket.reopens,
    followers: ticket.followers,
    merged_into_id: ticket.mergedIntoId,
    due_at: isOpen(ticket.state) ? (queueDueAt(ticket.deadlines) ?? NO_DUE) : NO_DUE,
    look_at: lookAt(ticket, estate, now),
    changed_at: now,
  };
}

/** Nothing happens to it by itself any more; of a merged one the complainant may still say that it is another matter. */
function isOver({ state }: Ticket): boolean {
  return TICKET_MACHINE.isFinal(state) || state === 'MERGED';
}

/** At once where something is due already (a clock that ran on from a pause), otherwise at the next deadline. */
function lookAt(ticket: Ticket, estate: TicketEstate, now: Instant): Instant | null {
  if (isOver(ticket)) return null;
  return dueStep(ticket, estate, now) === null ? nextLookAt(ticket.deadlines, now) : now;
}
