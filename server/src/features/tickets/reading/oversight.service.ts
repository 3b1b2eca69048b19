import { Inject, Injectable } from '@nestjs/common';
import type { Page } from '@linli/shared/kernel';
import {
  type OversightCounts,
  type OversightExtension,
  type OversightFilter,
  type OversightTicket,
} from '@linli/shared/tickets';
import { type Caller, STREET } from '../../../kernel/access/index.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database, type SqlValue } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { toPage } from '../../../kernel/http/paging.ts';
import { staffOf } from '../bodies.ts';
import { type ExtensionRow, ExtensionsService } from '../steps/extensions.service.ts';
import { afterOf } from './read-tickets.service.ts';
import { TICKET_COLUMNS, ticketOf } from '../ticket.ts';
import { type TicketEstate, TicketEstates } from '../ticket-estates.ts';
import { type ListedRow, TicketSummaries } from './ticket-summaries.ts';

const IS_OPEN = "t.state NOT IN ('RESOLVED', 'CONFIRMED', 'REJECTED', 'CLOSED', 'MERGED', 'WITHDRAWN')";

interface PageRequest {
  readonly after?: string;
  readonly limit: number;
}

/** 社区 and 街道 look across their estates: what is overdue, and who asks for more time. */
@Injectable()
export class OversightService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(TicketEstates) private readonly estates: TicketEstates,
    @Inject(TicketSummaries) private readonly summaries: TicketSummaries,
    @Inject(ExtensionsService) private readonly extensions: ExtensionsService,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async list(
    caller: Caller,
    filter: OversightFilter,
    { after, limit }: PageRequest,
  ): Promise<Page<OversightTicket>> {
    const { places, estateIds } = scopeOf(caller);
    const page = afterOf(after, false);
    const overdue = filter === 'OVERDUE';
    const rows = await this.database.rows<ListedRow>(
      `SELECT ${TICKET_COLUMNS}, t.photo_count, 0 AS followed FROM tickets t
       WHERE t.estate_id IN (${places}) AND t.live = 1 AND ${overdue ? 't.due_at < ?' : IS_OPEN}
       ${page.sql === '' ? '' : `AND ${page.sql}`} ORDER BY t.due_at, t.id LIMIT ${limit + 1}`,
      [...estateIds, ...(overdue ? [this.clock.now()] : []), ...page.values],
    );
    const items = await this.oversightTickets(caller, rows.slice(0, limit));
    return toPage(
      rows,
      limit,
      (row) => `${row.due_at}~${row.id}`,
      (row) => found(items, row.id),
    );
  }

  async counts(caller: Caller): Promise<OversightCounts> {
    const { places, estateIds } = scopeOf(caller);
    const tickets = await this.database.row<{ open_count: number; overdue: number }>(
      `SELECT SUM(CASE WHEN ${IS_OPEN} THEN 1 ELSE 0 END) AS open_count, SUM(CASE WHEN t.due_at < ? THEN 1 ELSE 0 END) AS overdue
       FROM tickets t WHERE t.estate_id IN (${places}) AND t.live = 1`,
      [this.clock.now(), ...estateIds],
    );
    const waiting = await this.database.row<{ total: number }>(
      `SELECT COUNT(*) AS total FROM ticket_extensions x WHERE x.estate_id IN (${places}) AND x.state = 'PENDING'`,
      estateIds,
    );
    return {
      open: Number(tickets?.open_count ?? 0),
      overdue: Number(tickets?.overdue ?? 0),
      extensions: Number(waiting?.total ?? 0),
    };
  }

  /** Requests that wait, the oldest first. */
  async pendingExtensions(caller: Caller, { after, limit }: PageRequest): Promise<Page<OversightExtension>> {
    const { places, estateIds } = scopeOf(caller);
    const values: readonly SqlValue[] = [...estateIds, ...(after === undefined ? [] : [after])];
    const asked = await this.database.rows<ExtensionRow>(
      `SELECT x.id, x.ticket_id, x.requested_by, x.organisation_id, x.reason, x.from_due_at, x.to_due_at, x.requested_at
       FROM ticket_extensions x WHERE x.estate_id IN (${places}) AND x.state = 'PENDING'
       ${after === undefined ? '' : 'AND x.id > ?'} ORDER BY x.id LIMIT ${limit + 1}`,
      values,
    );
    const shown = asked.slice(0, limit);
    if (shown.length === 0) return { items: [], next: null };
    const rows = await this.database.rows<ListedRow>(
      `SELECT ${TICKET_COLUMNS}, t.photo_count, 0 AS followed FROM tickets t
       WHERE t.id IN (${shown.map(() => '?').join(', ')})`,
      shown.map((row) => row.ticket_id),
    );
    const estates = await this.estatesOf(rows);
    const items = await this.oversightTickets(caller, rows);
    return toPage(
      asked,
      limit,
      (row) => row.id,
      (row): OversightExtension => {
        const ticketRow = rows.find(({ id }) => id === row.ticket_id);
        const estate = estates.find(({ id }) => id === ticketRow?.estate_id);
        if (ticketRow === undefined || estate === undefined) throw new Error('an extension of no complaint');
        const staff = staffOf(caller, estate.id, estate.rules, estate.organisations);
        return {
          id: row.id,
          requestedBy: estate.organisations.find(({ id }) => id === row.organisation_id)?.name ?? '',
          requestedAt: row.requested_at,
          reason: row.reason,
          fromDueAt: row.from_due_at,
          toDueAt: row.to_due_at,
          ticket: found(items, row.ticket_id),
          mayDecide: this.extensions.mayDecide({ estate, staff }, ticketOf(ticketRow), caller),
        };
      },
    );
  }

  private async oversightTickets(caller: Caller, rows: readonly ListedRow[]): Promise<OversightTicket[]> {
    const estates = await this.estatesOf(rows);
    const names = new Map(estates.map(({ id, name }) => [id, name]));
    const summaries = await this.summaries.of(this.database, caller, rows, estates);
    return summaries.map((summary) => ({ ...summary, estateName: names.get(summary.estateId) ?? '' }));
  }

  private estatesOf(rows: readonly ListedRow[]): Promise<TicketEstate[]> {
    const estateIds = [...new Set(rows.map((row) => row.estate_id))];
    return Promise.all(estateIds.map((id) => this.estates.byId(this.database, id)));
  }
}

/** The estates that the caller supervises: in the statement itself, so that nothing else is ever read. */
function scopeOf(caller: Caller): { readonly places: string; readonly estateIds: readonly string[] } {
  const roles: readonly string[] = STREET;
  const supervised = caller.grants.filter(({ role }) => roles.includes(role));
  const estateIds = [...new Set(supervised.map(({ estateId }) => estateId))];
  if (estateIds.length === 0) throw refuse('ACCESS.DENIED');
  return { places: estateIds.map(() => '?').join(', '), estateIds };
}

function found(items: readonly OversightTicket[], id: string): OversightTicket {
  const item = items.find((candidate) => candidate.id === id);
  if (item === undefined) throw new Error('a listed complaint has no summary');
  return item;
}
