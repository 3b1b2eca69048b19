import { Inject, Injectable } from '@nestjs/common';
import { shanghaiDate } from '@linli/shared/kernel';
import { ticketCategory } from '@linli/shared/tickets';
import { Clock } from '../../kernel/clock/clock.ts';
import type { Transaction } from '../../kernel/database/index.ts';
import { InboxService } from '../notifications/index.ts';
import { type Body, departmentOfBody, departmentOfOrganisation, isRung, rolesOfRung } from './bodies.ts';
import type { TicketEstate } from './ticket-estates.ts';
import type { Ticket } from './ticket.ts';

/** Tells people what happened to a complaint. Nothing of what was written, and nobody's name, is in a message. */
@Injectable()
export class TicketNotices {
  constructor(
    @Inject(InboxService) private readonly inbox: InboxService,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async tellComplainant(tx: Transaction, ticket: Ticket, title: string, body: string): Promise<void> {
    await this.post(tx, ticket, [ticket.complainantId], title, body, residentLink(ticket));
  }

  /** Everybody who said 我也遇到. */
  async tellFollowers(tx: Transaction, ticket: Ticket, title: string, body: string): Promise<void> {
    if (ticket.followers === 0) return;
    const rows = await tx.rows<{ person_id: string }>(
      'SELECT person_id FROM ticket_follows WHERE ticket_id = ?',
      [ticket.id],
    );
    const people = rows.map(({ person_id: personId }) => personId);
    await this.post(tx, ticket, people, title, body, residentLink(ticket));
  }

  async tellPerson(
    tx: Transaction,
    ticket: Ticket,
    personId: string,
    title: string,
    body: string,
  ): Promise<void> {
    await this.post(tx, ticket, [personId], title, body, staffLink(ticket));
  }

  /** Those who handle it now: whom it was given to, otherwise everybody of the body; `head` only the one in charge. */
  async tellHandler(
    tx: Transaction,
    ticket: Ticket,
    estate: TicketEstate,
    title: string,
    body: string,
    head = false,
  ): Promise<void> {
    const people =
      ticket.assigneeId !== null && !head
        ? [ticket.assigneeId]
        : await this.peopleOf(tx, ticket.handlerBody, estate, head);
    await this.post(tx, ticket, people, title, body, staffLink(ticket));
  }

  async tellBody(
    tx: Transaction,
    ticket: Ticket,
    estate: TicketEstate,
    to: Body,
    title: string,
    body: string,
  ): Promise<void> {
    await this.post(tx, ticket, await this.peopleOf(tx, to, estate, false), title, body, staffLink(ticket));
  }

  private async peopleOf(
    tx: Transaction,
    body: Body,
    estate: TicketEstate,
    head: boolean,
  ): Promise<string[]> {
    if (isRung(body)) return this.inbox.staffOf(tx, estate.id, rolesOfRung(body, head));
    const department = departmentOfBody(body);
    const ids = estate.organisations
      .filter((organisation) => departmentOfOrganisation(organisation) === department)
      .map(({ id }) => id);
    if (ids.length === 0) return this.inbox.staffOf(tx, estate.id, rolesOfRung('STREET', false));
    const today = shanghaiDate(this.clock.now());
    const rows = await tx.rows<{ person_id: string }>(
      `SELECT DISTINCT person_id FROM memberships WHERE (estate_id IS NULL OR estate_id = ?)
         AND confirmed_at IS NOT NULL AND starts_on <= ?
         AND (ends_on IS NULL OR ends_on >= ?) AND organisation_id IN (${ids.map(() => '?').join(', ')})`,
      [estate.id, today, today, ...ids],
    );
    return rows.map(({ person_id: personId }) => personId);
  }

  private async post(
    tx: Transaction,
    ticket: Ticket,
    to: readonly string[],
    title: string,
    body: string,
    link: string,
  ): Promise<void> {
    await this.inbox.post(tx, {
      to,
      estateId: ticket.estateId,
      kind: 'TICKET',
      title,
      body: `${ticketCategory(ticket.category).label}（${ticket.number}）：${body}`.slice(0, 300),
      link,
    });
  }
}

function residentLink({ estateId, id }: Ticket): string {
  return `/packages/tickets/pages/detail/index?estateId=${estateId}&id=${id}`;
}

function staffLink({ estateId, id }: Ticket): string {
  return `/packages/workbench-tickets/pages/handle/index?estateId=${estateId}&id=${id}`;
}
