import { Inject, Injectable } from '@nestjs/common';
import { ROLE_NAMES } from '@linli/shared/identity';
import { type Page, endOfDay, shanghaiDate } from '@linli/shared/kernel';
import {
  CATEGORY_GROUPS,
  DEPARTMENT_CODES,
  type ResponsibleAnswer,
  type ResponsibleBody,
  TICKET_CATEGORIES,
  type TicketAssignee,
  type TicketCatalogue,
  type TicketCategoryCode,
  type TicketCategoryView,
  type TicketCounts,
  type TicketQueueQuery,
  type TicketRules,
  type TicketState,
  type TicketSummary,
  departmentName,
  isOpen,
  promiseText,
  routeTicket,
} from '@linli/shared/tickets';
import type { Caller } from '../../../kernel/access/index.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database, type SqlValue } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { toPage } from '../../../kernel/http/paging.ts';
import { PersonsRepository } from '../../identity/index.ts';
import { type Body, bodyName, bodyOfLevel, staffedLevel, supervisesFrom } from '../bodies.ts';
import { ResponsiblePhones } from '../filing/responsible-phones.ts';
import { TICKET_COLUMNS } from '../ticket.ts';
import { type TicketEstate, TicketEstates, type TicketScene } from '../ticket-estates.ts';
import { type ListedRow, TicketSummaries } from './ticket-summaries.ts';

/** `?after=` of a list that is ordered by deadline: instant and id. */
const DUE_CURSOR = /^(\d{1,15})~([0-9A-HJKMNP-TV-Z]{26})$/;

interface PageRequest {
  readonly after?: string;
  readonly limit: number;
}

/** The lists: what neighbours see, one's own, a handler's queue, and the catalogue that complaints start from. */
@Injectable()
export class ReadTicketsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(TicketEstates) private readonly estates: TicketEstates,
    @Inject(TicketSummaries) private readonly summaries: TicketSummaries,
    @Inject(ResponsiblePhones) private readonly phones: ResponsiblePhones,
    @Inject(PersonsRepository) private readonly persons: PersonsRepository,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async catalogue(estateId: string): Promise<TicketCatalogue> {
    const estate = await this.estates.byId(this.database, estateId);
    const phones = await this.phonesOf(estate, null);
    return {
      groups: CATEGORY_GROUPS,
      categories: TICKET_CATEGORIES.map(({ code }) => categoryView(estate.rules, code, phones)),
    };
  }

  /** Who answers for it, while it is being written. */
  async responsible(
    estateId: string,
    category: TicketCategoryCode,
    danger: boolean,
  ): Promise<ResponsibleAnswer> {
    const estate = await this.estates.byId(this.database, estateId);
    const { rules, organisations } = estate;
    const route = routeTicket(rules, category, danger);
    const phones = await this.phonesOf(estate, category);
    const level = staffedLevel(route.firstLevel, rules, organisations);
    return {
      ...categoryView(rules, category, phones, danger),
      handlerName: bodyName(bodyOfLevel(rules, level), rules, organisations),
      slaClass: route.slaClass,
      unsafe: route.unsafe,
    };
  }

  async departments(estateId: string): Promise<ResponsibleBody[]> {
    const estate = await this.estates.byId(this.database, estateId);
    const phones = await this.phonesOf(estate, null);
    return DEPARTMENT_CODES.filter((code) => code !== 'HOTLINE').map((code) => ({
      code,
      name: departmentName(estate.rules, code),
      phone: phones.get(code) ?? null,
    }));
  }

  async assignees(caller: Caller, estateId: string): Promise<TicketAssignee[]> {
    const { staff } = await this.estates.scene(this.database, caller, estateId);
    const ours = staff.standings.map(({ organisation }) => organisation.id);
    if (ours.length === 0) return [];
    const rows = await this.database.rows<{ person_id: string; role: keyof typeof ROLE_NAMES }>(
      `SELECT person_id, role FROM memberships
       WHERE organisation_id IN (${ours.map(() => '?').join(', ')}) AND (estate_id IS NULL OR estate_id = ?) AND confirmed_at IS NOT NULL
         AND (ends_on IS NULL OR ends_on >= ?) ORDER BY role, id`,
      [...ours, estateId, shanghaiDate(this.clock.now())],
    );
    const names = await this.persons.names(
      this.database,
      rows.map(({ person_id: personId }) => personId),
    );
    return rows.map(({ person_id: id, role }) => ({ id, name: names.get(id) ?? '', role: ROLE_NAMES[role] }));
  }

  /** What the estate's residents have reported, newest first; withdrawn ones are nobody's business. */
  async neighbours(
    caller: Caller,
    estateId: string,
    { after, limit }: PageRequest,
  ): Promise<Page<TicketSummary>> {
    const estate = await this.estates.byId(this.database, estateId);
    const rows = await this.database.rows<ListedRow>(
      `SELECT ${TICKET_COLUMNS}, t.photo_count, ${FOLLOWED} FROM tickets t
       WHERE t.estate_id = ? AND t.state <> 'WITHDRAWN' ${after === undefined ? '' : 'AND t.id < ?'}
       ORDER BY t.id DESC LIMIT ${limit + 1}`,
      [caller.personId, estateId, ...(after === undefined ? [] : [after])],
    );
    return this.page(caller, rows, limit, [estate], (row) => row.id);
  }

  /** One's own, of every estate. */
  async mine(caller: Caller, { after, limit }: PageRequest): Promise<Page<TicketSummary>> {
    const rows = await this.database.rows<ListedRow>(
      `SELECT ${TICKET_COLUMNS}, t.photo_count, 0 AS followed FROM tickets t
       WHERE t.complainant_id = ? ${after === undefined ? '' : 'AND t.id < ?'}
       ORDER BY t.id DESC LIMIT ${limit + 1}`,
      [caller.personId, ...(after === undefined ? [] : [after])],
    );
    const estateIds = [...new Set(rows.map((row) => row.estate_id))];
    const estates = await Promise.all(estateIds.map((id) => this.estates.byId(this.database, id)));
    return this.page(caller, rows, limit, estates, (row) => row.id);
  }

  /** Staff's queue 工单, the soonest deadline first. */
  async queue(
    caller: Caller,
    estateId: string,
    query: TicketQueueQuery & { readonly limit: number },
  ): Promise<Page<TicketSummary>> {
    const scene = await this.estates.scene(this.database, caller, estateId);
    const scope = scopeOf(scene, query.scope ?? 'OURS');
    const filter = filterOf(query, caller, this.clock.now());
    const ended = query.filter === 'ENDED';
    const page = afterOf(query.after, ended);
    // What has ended has no deadline: the newest first.
    const order = ended ? 't.id DESC' : 't.due_at, t.id';
    const rows = await this.database.rows<ListedRow>(
      `SELECT ${TICKET_COLUMNS}, t.photo_count, 0 AS followed FROM tickets t
       WHERE t.estate_id = ? AND ${[scope.sql, filter.sql, page.sql].filter((part) => part !== '').join(' AND ')}
       ORDER BY ${order} LIMIT ${query.limit + 1}`,
      [estateId, ...scope.values, ...filter.values, ...page.values],
    );
    const cursor = (row: ListedRow) => (ended ? row.id : `${row.due_at}~${row.id}`);
    return this.page(caller, rows, query.limit, [scene.estate], cursor);
  }

  async counts(caller: Caller, estateId: string): Promise<TicketCounts> {
    const now = this.clock.now();
    const scene = await this.estates.scene(this.database, caller, estateId);
    const scope = scopeOf(scene, 'OURS');
    const rows = await this.database.rows<CountRow>(
      `SELECT t.state, COUNT(*) AS total, SUM(CASE WHEN t.assignee_id = ? AND ${IS_OPEN} THEN 1 ELSE 0 END) AS mine,
              SUM(CASE WHEN t.assignee_id IS NULL AND ${IS_OPEN} THEN 1 ELSE 0 END) AS unassigned,
              SUM(CASE WHEN t.due_at < ? THEN 1 ELSE 0 END) AS overdue,
              SUM(CASE WHEN t.due_at >= ? AND t.due_at <= ? THEN 1 ELSE 0 END) AS due_today
       FROM tickets t WHERE t.estate_id = ? AND ${scope.sql} AND t.live = 1 GROUP BY t.state`,
      [caller.personId, now, now, endOfDay(shanghaiDate(now)), estateId, ...scope.values],
    );
    const sum = (key: 'mine' | 'unassigned' | 'overdue' | 'due_today') =>
      rows.reduce((total, row) => total + Number(row[key]), 0);
    const openRows = rows.filter((row) => isOpen(row.state as TicketState));
    return {
      open: openRows.reduce((total, row) => total + Number(row.total), 0),
      mine: sum('mine'),
      dueToday: sum('due_today'),
      overdue: sum('overdue'),
      unassigned: sum('unassigned'),
      byState: Object.fromEntries(rows.map((row) => [row.state as TicketState, Number(row.total)])),
    };
  }

  private async page(
    caller: Caller,
    rows: readonly ListedRow[],
    limit: number,
    estates: readonly TicketEstate[],
    cursor: (row: ListedRow) => string,
  ): Promise<Page<TicketSummary>> {
    const items = await this.summaries.of(this.database, caller, rows.slice(0, limit), estates);
    const byId = new Map(items.map((item) => [item.id, item]));
    return toPage(rows, limit, cursor, (row) => {
      const item = byId.get(row.id);
      if (item === undefined) throw new Error('a listed complaint has no summary');
      return item;
    });
  }

  private phonesOf({ id, organisations }: TicketEstate, category: TicketCategoryCode | null) {
    return this.phones.phonesOf(
      this.database,
      { estateId: id, category, departments: DEPARTMENT_CODES },
      organisations,
    );
  }
}

interface CountRow {
  state: string;
  total: number;
  mine: number;
  unassigned: number;
  overdue: number;
  due_today: number;
}

const FOLLOWED =
  'EXISTS (SELECT 1 FROM ticket_follows f WHERE f.ticket_id = t.id AND f.person_id = ?) AS followed';
const IS_OPEN = "t.state NOT IN ('RESOLVED', 'CONFIRMED', 'REJECTED', 'CLOSED', 'MERGED', 'WITHDRAWN')";

interface Condition {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** Which complaints an organisation may list: its own; everything for the committee and above; what it passed on. */
function scopeOf({ estate, staff }: TicketScene, scope: NonNullable<TicketQueueQuery['scope']>): Condition {
  const bodies: readonly Body[] = staff.bodies;
  if (bodies.length === 0) throw refuse('ACCESS.DENIED');
  const places = bodies.map(() => '?').join(', ');
  const ours: Condition = { sql: `t.handler_body IN (${places})`, values: bodies };
  const known = `EXISTS (SELECT 1 FROM ticket_bodies b WHERE b.ticket_id = t.id AND b.body IN (${places}))`;
  const committee = supervisesFrom(estate.rules) - 1;
  switch (scope) {
    case 'OURS':
      return ours;
    case 'ALL':
      return staff.rung >= committee ? { sql: '1 = 1', values: [] } : { sql: known, values: bodies };
    case 'PASSED_ON':
      return {
        sql: `t.handler_body NOT IN (${places}) AND ${known}`,
        values: [...bodies, ...bodies],
      };
  }
}

function filterOf(
  { filter = 'OPEN', state, category }: TicketQueueQuery,
  caller: Caller,
  now: number,
): Condition {
  const parts: Condition[] = [conditionOf(state === undefined ? filter : 'ENDED', caller, now)];
  if (state !== undefined) parts[0] = { sql: 't.state = ?', values: [state] };
  if (category !== undefined) parts.push({ sql: 't.category = ?', values: [category] });
  return { sql: parts.map(({ sql }) => sql).join(' AND '), values: parts.flatMap(({ values }) => values) };
}

function conditionOf(
  filter: NonNullable<TicketQueueQuery['filter']>,
  caller: Caller,
  now: number,
): Condition {
  const open = `t.live = 1 AND ${IS_OPEN}`;
  switch (filter) {
    case 'OPEN':
      return { sql: open, values: [] };
    case 'MINE':
      return { sql: `${open} AND t.assignee_id = ?`, values: [caller.personId] };
    case 'UNASSIGNED':
      return { sql: `${open} AND t.assignee_id IS NULL`, values: [] };
    case 'DUE_TODAY':
      return {
        sql: 't.live = 1 AND t.due_at >= ? AND t.due_at <= ?',
        values: [now, endOfDay(shanghaiDate(now))],
      };
    case 'OVERDUE':
      return { sql: 't.live = 1 AND t.due_at < ?', values: [now] };
    case 'ENDED':
      return { sql: `NOT (${IS_OPEN})`, values: [] };
  }
}

export function afterOf(after: string | undefined, byId: boolean): Condition {
  if (after === undefined) return { sql: '', values: [] };
  if (byId) return { sql: 't.id < ?', values: [after] };
  const [, dueAt, id] = DUE_CURSOR.exec(after) ?? [];
  if (dueAt === undefined || id === undefined) throw refuse('REQUEST.INVALID');
  return { sql: '(t.due_at > ? OR (t.due_at = ? AND t.id > ?))', values: [Number(dueAt), Number(dueAt), id] };
}

export function categoryView(
  rules: TicketRules,
  code: TicketCategoryCode,
  phones: ReadonlyMap<string, ResponsibleBody['phone']>,
  danger = false,
): TicketCategoryView {
  const kind = TICKET_CATEGORIES.find((candidate) => candidate.code === code);
  if (kind === undefined) throw refuse('TICKET.CATEGORY_UNKNOWN');
  const route = routeTicket(rules, code, danger);
  const body = (department: typeof route.lead): ResponsibleBody => ({
    code: department,
    name: departmentName(rules, department),
    phone: phones.get(department) ?? null,
  });
  return {
    code: kind.code,
    label: kind.label,
    hint: kind.hint,
    group: kind.group,
    asksDanger: kind.danger === 'IF_SAID',
    lead: body(route.lead),
    co: route.co.map(body),
    work: route.work,
    source: route.source,
    firstLevelLabel: rules.levels[route.firstLevel]?.label ?? '',
    promise: promiseText(rules.terms, route.slaClass),
  };
}
