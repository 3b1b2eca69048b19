import { Inject, Injectable } from '@nestjs/common';
import { DAY_MS, formatInstant } from '@linli/shared/kernel';
import {
  type DecideExtensionRequest,
  type RequestExtensionRequest,
  TICKET_LIMITS,
  type TicketActor,
  type TicketProgress,
  advanceTicket,
  extendFinish,
  liveDeadline,
  ticketTransition,
} from '@linli/shared/tickets';
import type { Caller } from '../../../kernel/access/index.ts';
import { Audit } from '../../../kernel/audit/audit.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database, type Reader, type Transaction, violates } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { Idempotency } from '../../../kernel/idempotency/idempotency.ts';
import { Ids } from '../../../kernel/ids/ids.ts';
import { ContentCheck } from '../../../wechat/content-check.ts';
import { bodyOfLevel } from '../bodies.ts';
import { ReadableTickets } from '../reading/readable-tickets.ts';
import { refuseStep } from './refuse-step.ts';
import { actingFor, actorsOf } from '../ticket-actors.ts';
import { TicketEstates, type TicketScene } from '../ticket-estates.ts';
import { TicketNotices } from '../ticket-notices.ts';
import { type Ticket, deadlineContext } from '../ticket.ts';
import { TicketsRepository } from '../tickets.repository.ts';

export interface ExtensionRow {
  id: string;
  ticket_id: string;
  requested_by: string;
  organisation_id: string | null;
  reason: string;
  from_due_at: number;
  to_due_at: number;
  requested_at: number;
}

/** More time 延期: asked for by the handler, given by the rung that the region names, the old date kept. */
@Injectable()
export class ExtensionsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(TicketsRepository) private readonly tickets: TicketsRepository,
    @Inject(TicketEstates) private readonly estates: TicketEstates,
    @Inject(ReadableTickets) private readonly readable: ReadableTickets,
    @Inject(TicketNotices) private readonly notices: TicketNotices,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(ContentCheck) private readonly contentCheck: ContentCheck,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  pendingOf(reader: Reader, ticketId: string): Promise<ExtensionRow | null> {
    return reader.row<ExtensionRow>(
      `SELECT id, ticket_id, requested_by, organisation_id, reason, from_due_at, to_due_at, requested_at
       FROM ticket_extensions WHERE pending_key = ?`,
      [ticketId],
    );
  }

  async request(
    caller: Caller,
    estateId: string,
    ticketId: string,
    request: RequestExtensionRequest,
    key: string,
  ): Promise<void> {
    const scene = await this.estates.scene(this.database, caller, estateId);
    await this.contentCheck.check(caller, {
      estateId,
      where: 'TICKET.REQUEST_EXTENSION',
      texts: [request.reason],
    });
    const body = { ...request, estateId, ticketId };
    const action = { personId: caller.personId, key, useCase: 'ticket.REQUEST_EXTENSION', body };
    try {
      await this.idempotency.once(action, (tx) => this.ask(tx, caller, scene, ticketId, request));
    } catch (error) {
      throw violates(error, 'uq_ticket_extensions_pending') ? refuse('TICKET.EXTENSION_PENDING') : error;
    }
  }

  private async ask(
    tx: Transaction,
    caller: Caller,
    scene: TicketScene,
    ticketId: string,
    { reason, dueAt, version }: RequestExtensionRequest,
  ) {
    const now = this.clock.now();
    const ticket = await this.readable.find(tx, caller, scene, ticketId);
    if (version !== undefined && version !== ticket.version) throw refuse('CONFLICT');
    const actor = this.able(ticket, caller, scene, 'REQUEST_EXTENSION');
    const asked = askedFor(ticket, actor, scene, { reason, dueAt }, now);
    const fromDueAt = liveDeadline(ticket.deadlines, 'FINISH')?.dueAt ?? now;
    const id = this.ids.next();
    const organisationId = actingFor(ticket, actor, scene)?.organisation.id ?? null;
    await tx.insert('ticket_extensions', {
      id,
      ticket_id: ticketId,
      estate_id: ticket.estateId,
      requested_by: caller.personId,
      organisation_id: organisationId,
      reason,
      from_due_at: fromDueAt,
      to_due_at: dueAt,
      state: 'PENDING',
      decided_by: null,
      decision: null,
      decided_at: null,
      requested_at: now,
      pending_key: ticketId,
    });
    const after = await this.tickets.save(tx, ticket, { ...ticket, ...asked }, scene.estate, now);
    await this.tickets.tell(tx, after, now, [
      {
        kind: 'REQUEST_EXTENSION',
        actor,
        personId: caller.personId,
        organisationId,
        text: `申请把办结期限由 ${formatInstant(fromDueAt, now)} 延到 ${formatInstant(dueAt, now)}：${reason}`,
      },
    ]);
    await this.audit.record(tx, caller, {
      action: 'TICKET.REQUEST_EXTENSION',
      estateId: ticket.estateId,
      subjectType: 'ticket',
      subjectId: ticketId,
      before: { dueAt: fromDueAt },
      after: { dueAt },
    });
    const { rules } = scene.estate;
    const approver = bodyOfLevel(rules, rules.terms.extension.approverLevel);
    await this.notices.tellBody(tx, after, scene.estate, approver, '延期申请', '承办单位申请延期，请审批。');
    return { id };
  }

  async decide(
    caller: Caller,
    estateId: string,
    ticketId: string,
    extensionId: string,
    decision: DecideExtensionRequest,
    key: string,
  ): Promise<void> {
    const scene = await this.estates.scene(this.database, caller, estateId);
    await this.contentCheck.check(caller, {
      estateId,
      where: 'TICKET.DECIDE_EXTENSION',
      texts: [decision.reason],
    });
    const body = { ...decision, estateId, ticketId, extensionId };
    const action = { personId: caller.personId, key, useCase: 'ticket.DECIDE_EXTENSION', body };
    await this.idempotency.once(action, (tx) =>
      this.settle(tx, caller, scene, { ticketId, extensionId }, decision),
    );
  }

  /** Whether somebody on that rung may say yes or no. */
  mayDecide(scene: TicketScene, ticket: Ticket, caller: Caller): boolean {
    const { rules } = scene.estate;
    return (
      scene.staff.rung >= rules.terms.extension.approverLevel &&
      actorsOf(ticket, caller, scene).includes('SUPERVISOR')
    );
  }

  private async settle(
    tx: Transaction,
    caller: Caller,
    scene: TicketScene,
    ids: { readonly ticketId: string; readonly extensionId: string },
    { approve, reason }: DecideExtensionRequest,
  ) {
    const now = this.clock.now();
    const ticket = await this.readable.find(tx, caller, scene, ids.ticketId);
    const asked = await tx.row<ExtensionRow & { state: string }>(
      `SELECT id, ticket_id, requested_by, organisation_id, reason, from_due_at, to_due_at, requested_at, state
       FROM ticket_extensions WHERE ticket_id = ? AND id = ?`,
      [ids.ticketId, ids.extensionId],
    );
    if (asked === null) throw refuse('NOT_FOUND');
    if (asked.state !== 'PENDING') throw refuse('TICKET.EXTENSION_DECIDED');
    if (scene.staff.rung < scene.estate.rules.terms.extension.approverLevel)
      throw refuse('TICKET.EXTENSION_LEVEL');
    if (!this.mayDecide(scene, ticket, caller)) throw refuse('STATE.NOT_YOURS');
    const decided = await tx.run(
      `UPDATE ticket_extensions SET state = ?, decided_by = ?, decision = ?, decided_at = ?, pending_key = NULL
       WHERE id = ? AND state = 'PENDING'`,
      [approve ? 'APPROVED' : 'REFUSED', caller.personId, reason, now, asked.id],
    );
    if (decided === 0) throw refuse('TICKET.EXTENSION_DECIDED');
    const changed = approve ? this.granted(ticket, caller, scene, asked, reason, now) : ticket;
    const after = await this.tickets.save(tx, ticket, changed, scene.estate, now);
    await this.tickets.tell(tx, after, now, [
      {
        kind: approve ? 'GRANT_EXTENSION' : 'EXTENSION_REFUSED',
        actor: 'SUPERVISOR',
        personId: caller.personId,
        organisationId: actingFor(ticket, 'SUPERVISOR', scene)?.organisation.id ?? null,
        text: approve
          ? `办结期限由 ${formatInstant(asked.from_due_at, now)} 延到 ${formatInstant(asked.to_due_at, now)}。${reason}`
          : reason,
      },
    ]);
    await this.audit.record(tx, caller, {
      action: approve ? 'TICKET.GRANT_EXTENSION' : 'TICKET.REFUSE_EXTENSION',
      estateId: ticket.estateId,
      subjectType: 'ticket',
      subjectId: ticket.id,
      before: { dueAt: asked.from_due_at },
      after: { dueAt: approve ? asked.to_due_at : asked.from_due_at },
    });
    const said = approve ? '已同意延期。' : '没有同意延期，请按原期限办结。';
    await this.notices.tellPerson(tx, after, asked.requested_by, '延期审批结果', said);
    if (approve)
      await this.notices.tellComplainant(
        tx,
        after,
        '投诉办结期限有变化',
        '街道同意延期，请打开查看新的期限。',
      );
    return { id: asked.id };
  }

  private granted(
    ticket: Ticket,
    caller: Caller,
    scene: TicketScene,
    asked: ExtensionRow,
    reason: string,
    now: number,
  ): Ticket {
    const context = deadlineContext(scene.estate.rules, ticket.slaClass);
    const actor = this.able(ticket, caller, scene, 'GRANT_EXTENSION');
    const given = reason.trim() === '' ? (['NEW_DATE'] as const) : (['REASON', 'NEW_DATE'] as const);
    const step = advanceTicket(ticket, { event: 'GRANT_EXTENSION', actor, given, at: now }, context);
    if (!step.ok) throw refuseStep(step.error);
    const extended = extendFinish(
      ticket.deadlines,
      {
        dueAt: asked.to_due_at,
        reason: asked.reason,
        requestedBy: asked.requested_by,
        approvedBy: caller.personId,
        at: now,
      },
      context,
    );
    if (!extended.ok) throw refuse(extended.error);
    return { ...ticket, ...step.value, deadlines: extended.value };
  }

  private able(
    ticket: Ticket,
    caller: Caller,
    scene: TicketScene,
    event: 'REQUEST_EXTENSION' | 'GRANT_EXTENSION',
  ): TicketActor {
    const actors = actorsOf(ticket, caller, scene);
    const [first] = actors;
    const able = actors.find((actor) => ticketTransition(ticket.state, event, actor) !== undefined);
    if (able !== undefined) return able;
    if (first === undefined) throw refuse('STATE.NOT_YOURS');
    return first;
  }
}

/** The ticket as it stands once more time is asked for; refused where none could be given. */
function askedFor(
  ticket: Ticket,
  actor: TicketActor,
  scene: TicketScene,
  { reason, dueAt }: Pick<RequestExtensionRequest, 'reason' | 'dueAt'>,
  at: number,
): TicketProgress {
  const context = deadlineContext(scene.estate.rules, ticket.slaClass);
  const step = advanceTicket(
    ticket,
    { event: 'REQUEST_EXTENSION', actor, given: ['REASON', 'NEW_DATE'], at },
    context,
  );
  if (!step.ok) throw refuseStep(step.error);
  if (dueAt > at + TICKET_LIMITS.aheadDaysMax * DAY_MS) throw refuse('TICKET.EXTENSION_DATE');
  const tried = extendFinish(
    ticket.deadlines,
    { dueAt, reason, requestedBy: '', approvedBy: '', at },
    context,
  );
  if (!tried.ok) throw refuse(tried.error);
  return step.value;
}
