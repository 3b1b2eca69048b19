import { Inject, Injectable } from '@nestjs/common';
import { shanghaiDate } from '@linli/shared/kernel';
import {
  type FileTicketRequest,
  type FileTicketResponse,
  type TicketProgress,
  accusedIn,
  advanceTicket,
  departmentName,
  firstStop,
  hideComplainant,
  liveDeadline,
  routeTicket,
  ticketCategory,
} from '@linli/shared/tickets';
import { type Caller, RESIDENTS } from '../../../kernel/access/index.ts';
import { Audit } from '../../../kernel/audit/audit.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database, type Transaction, violates } from '../../../kernel/database/index.ts';
import { Refused, refuse } from '../../../kernel/errors/refused.ts';
import { Idempotency } from '../../../kernel/idempotency/idempotency.ts';
import { Ids } from '../../../kernel/ids/ids.ts';
import { ContentCheck } from '../../../wechat/content-check.ts';
import { AttachPhotos } from './attach-photos.ts';
import { type Body, bodyName, bodyOfDepartment, bodyOfLevel, staffedLevel } from '../bodies.ts';
import { ComplainantsRepository } from '../complainants.repository.ts';
import { refuseStep } from '../steps/refuse-step.ts';
import { type TicketEstate, TicketEstates } from '../ticket-estates.ts';
import { TicketNotices } from '../ticket-notices.ts';
import { type Ticket, deadlineContext } from '../ticket.ts';
import { type NewEntry, TicketsRepository } from '../tickets.repository.ts';

const NEW: TicketProgress = { state: 'DRAFT', deadlines: [], reopens: 0, followers: 0 };
/** Two first complaints of a day, on two replicas, meet at the day's counter once. */
const MAX_ATTEMPTS = 3;

/** Files a complaint 投诉: routed by the region's rules, its clocks started, whoever handles it told. */
@Injectable()
export class FileTicketService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(TicketsRepository) private readonly tickets: TicketsRepository,
    @Inject(TicketEstates) private readonly estates: TicketEstates,
    @Inject(ComplainantsRepository) private readonly complainants: ComplainantsRepository,
    @Inject(AttachPhotos) private readonly photos: AttachPhotos,
    @Inject(TicketNotices) private readonly notices: TicketNotices,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(ContentCheck) private readonly contentCheck: ContentCheck,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  async file(
    caller: Caller,
    estateId: string,
    request: FileTicketRequest,
    key: string,
  ): Promise<FileTicketResponse> {
    if (request.anonymous && request.kind !== 'REPORT') throw refuse('TICKET.ANONYMOUS_ONLY_REPORTS');
    if (!caller.has(estateId, RESIDENTS)) throw refuse('TICKET.NOT_A_RESIDENT');
    const estate = await this.estates.byId(this.database, estateId);
    await this.contentCheck.check(caller, {
      estateId,
      where: 'TICKET.SUBMIT',
      texts: [request.title, request.text, request.place],
    });
    const action = {
      personId: caller.personId,
      key,
      useCase: 'ticket.SUBMIT',
      body: { ...request, estateId },
    };
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.idempotency.once(action, (tx) => this.store(tx, caller, estate, request));
      } catch (error) {
        if (error instanceof Refused && error.refusal.code === 'IDEMPOTENCY.MISMATCH')
          return this.firstOne(caller, estateId, key, error);
        const lostTheDay = violates(error, 'uq_ticket_numbers_day') || violates(error, 'PRIMARY');
        if (!lostTheDay || attempt === MAX_ATTEMPTS) throw error;
      }
    }
  }

  /** Changed and sent again after the first answer was lost: the first one stands, and is not filed twice. */
  private async firstOne(
    caller: Caller,
    estateId: string,
    key: string,
    mismatch: Refused,
  ): Promise<FileTicketResponse> {
    const first = await this.idempotency.firstAnswer(caller.personId, key);
    const id = typeof first === 'object' && first !== null && 'id' in first ? first.id : null;
    const ticket = typeof id === 'string' ? await this.tickets.find(this.database, estateId, id) : null;
    if (ticket === null || ticket.complainantId !== caller.personId) throw mismatch;
    return { ...(first as FileTicketResponse), state: ticket.state, earlier: true };
  }

  private async store(
    tx: Transaction,
    caller: Caller,
    estate: TicketEstate,
    request: FileTicketRequest,
  ): Promise<FileTicketResponse> {
    const now = this.clock.now();
    const number = await this.tickets.nextNumber(tx, estate.id, shanghaiDate(now));
    const photoIds = await this.photos.attach(tx, caller, estate.id, request.photoIds);
    const unitId = homeOf(caller, estate.id, request.unitId);
    const complainant = await this.complainants.byId(tx, caller.personId, unitId);
    const ticket: Ticket = {
      ...this.routed(estate, { ...request, photoIds }, now),
      number,
      complainantId: caller.personId,
      unitId,
      shownTitle: hideComplainant(request.title, complainant),
      shownPlace: hideComplainant(request.place, complainant),
    };
    await this.tickets.add(tx, ticket, estate, now);
    const notified = departmentsToTell(ticket, estate);
    await this.tickets.addBodies(tx, ticket.id, [ticket.handlerBody, ...notified], now);
    await this.tickets.tell(tx, ticket, now, entriesOf(caller, ticket, estate, notified));
    await this.audit.record(tx, caller, {
      action: 'TICKET.SUBMIT',
      estateId: estate.id,
      subjectType: 'ticket',
      subjectId: ticket.id,
      after: { number, category: ticket.category, level: ticket.level, unsafe: ticket.unsafe },
    });
    const urgent = ticket.unsafe ? '紧急投诉' : '新的投诉';
    await this.notices.tellHandler(tx, ticket, estate, urgent, '请在期限内受理。');
    for (const body of notified)
      await this.notices.tellBody(tx, ticket, estate, body, '紧急投诉', '请同时到场处置。');
    const acceptBy = liveDeadline(ticket.deadlines, 'ACCEPT')?.dueAt ?? now;
    const handlerName = bodyName(ticket.handlerBody, estate.rules, estate.organisations);
    return { id: ticket.id, number, state: ticket.state, acceptBy, handlerName };
  }

  /** The complaint as the rules route it, with its clocks running. */
  private routed(
    { id: estateId, rules, organisations }: TicketEstate,
    request: FileTicketRequest,
    now: number,
  ): Omit<Ticket, 'number' | 'complainantId' | 'unitId' | 'shownTitle' | 'shownPlace'> {
    const route = routeTicket(rules, request.category, request.danger);
    const step = advanceTicket(
      NEW,
      { event: 'SUBMIT', actor: 'COMPLAINANT', given: ['CONTENT'], at: now },
      deadlineContext(rules, route.slaClass),
    );
    if (!step.ok) throw refuseStep(step.error);
    const level = staffedLevel(firstStop(route).level, rules, organisations);
    return {
      ...step.value,
      id: this.ids.next(),
      estateId,
      category: request.category,
      kind: request.kind,
      source: 'APP',
      title: request.title,
      text: request.text,
      place: request.place,
      photoIds: request.photoIds,
      danger: request.danger,
      anonymous: request.anonymous,
      accused: accusedIn(request.category, request.aboutCompany),
      slaClass: route.slaClass,
      unsafe: route.unsafe,
      level,
      levelSince: now,
      handlerBody: bodyOfLevel(rules, level),
      assigneeId: null,
      urgedAt: [],
      mergedIntoId: null,
      version: 1,
      filedAt: now,
    };
  }
}

/** The home that it is filed for, which must be the complainant's own. */
function homeOf(caller: Caller, estateId: string, unitId: string | undefined): string | null {
  const homes = caller.unitsIn(estateId, RESIDENTS);
  if (unitId !== undefined && !homes.includes(unitId)) throw refuse('TICKET.HOME_NOT_YOURS');
  return unitId ?? homes[0] ?? null;
}

/** What is unsafe goes to the departments at once, beside the street. */
function departmentsToTell(ticket: Ticket, { rules }: TicketEstate): Body[] {
  const { departments } = firstStop(routeTicket(rules, ticket.category, ticket.danger));
  return departments.map(bodyOfDepartment).filter((body) => body !== ticket.handlerBody);
}

function entriesOf(
  caller: Caller,
  ticket: Ticket,
  { rules, organisations }: TicketEstate,
  notified: readonly Body[],
): NewEntry[] {
  const { lead } = routeTicket(rules, ticket.category, ticket.danger);
  const handler = bodyName(ticket.handlerBody, rules, organisations);
  const submitted: NewEntry = {
    kind: 'SUBMIT',
    actor: 'COMPLAINANT',
    personId: caller.personId,
    text: `${ticketCategory(ticket.category).label}，由${handler}受理；职责部门：${departmentName(rules, lead)}`,
  };
  if (notified.length === 0) return [submitted];
  const names = notified.map((body) => bodyName(body, rules, organisations)).join('、');
  return [submitted, { kind: 'NOTIFY_DEPARTMENT', actor: 'SYSTEM', text: `有危险，已同时通知${names}` }];
}
