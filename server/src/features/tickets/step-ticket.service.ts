import { Inject, Injectable } from '@nestjs/common';
import { DAY_MS, type Instant, maskName, shanghaiDate } from '@linli/shared/kernel';
import {
  SATISFACTION_LABELS,
  TICKET_LIMITS,
  TICKET_TRANSITIONS,
  type TicketActor,
  type TicketEvent,
  advanceTicket,
  appealLevel,
  isOpen,
  ratingFaults,
  routeTicket,
  ticketCategory,
  ticketTransition,
} from '@linli/shared/tickets';
import type { Caller } from '../../kernel/access/index.ts';
import { Audit } from '../../kernel/audit/audit.ts';
import { Clock } from '../../kernel/clock/clock.ts';
import { Database, type Transaction, violates } from '../../kernel/database/index.ts';
import { refuse } from '../../kernel/errors/refused.ts';
import { Idempotency } from '../../kernel/idempotency/idempotency.ts';
import { Ids } from '../../kernel/ids/ids.ts';
import { ContentCheck } from '../../wechat/content-check.ts';
import { PersonsRepository } from '../identity/index.ts';
import { bodyName, bodyOfDepartment, bodyOfLevel, staffedLevel, staffedRules } from './bodies.ts';
import { AttachPhotos } from './attach-photos.ts';
import { refuseStep } from './refuse-step.ts';
import { type StepInput, givenBy, textsOf } from './step-input.ts';
import { actorsFor, sightOf } from './ticket-actors.ts';
import { TicketEstates, type TicketScene } from './ticket-estates.ts';
import { StepNotices } from './step-notices.ts';
import { type Ticket, deadlineContext } from './ticket.ts';
import { TicketsRepository } from './tickets.repository.ts';

/** A step on its way: who takes it, on what, with what. */
interface Move {
  readonly tx: Transaction;
  readonly caller: Caller;
  readonly scene: TicketScene;
  readonly ticket: Ticket;
  readonly event: TicketEvent;
  readonly input: StepInput;
  readonly now: Instant;
}

/** What a step changes beside state and clocks, and what the timeline says of it. */
interface Effect {
  readonly change: Partial<Omit<Ticket, 'id' | 'version'>>;
  readonly text: string;
}

/** In these a pending extension may still be granted; a step out of them lets it lapse. */
const EXTENDABLE = new Set(
  TICKET_TRANSITIONS.filter(({ event }) => event === 'GRANT_EXTENSION').flatMap(({ from }) => from),
);

/** Takes a person's step through the lifecycle 办理. What may be done, by whom and when is in the transition table. */
@Injectable()
export class StepTicketService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(TicketsRepository) private readonly tickets: TicketsRepository,
    @Inject(TicketEstates) private readonly estates: TicketEstates,
    @Inject(PersonsRepository) private readonly persons: PersonsRepository,
    @Inject(AttachPhotos) private readonly photos: AttachPhotos,
    @Inject(StepNotices) private readonly stepNotices: StepNotices,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(ContentCheck) private readonly contentCheck: ContentCheck,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  async step(
    caller: Caller,
    estateId: string,
    ticketId: string,
    event: TicketEvent,
    input: StepInput,
    key: string,
  ): Promise<void> {
    const scene = await this.estates.scene(this.database, caller, estateId);
    await this.contentCheck.check(caller, { estateId, where: `TICKET.${event}`, texts: textsOf(input) });
    const action = {
      personId: caller.personId,
      key,
      useCase: `ticket.${event}`,
      body: { ...input, estateId, ticketId },
    };
    await this.idempotency.once(action, async (tx) => {
      const ticket = await this.readable(tx, caller, scene, ticketId);
      if (input.version !== undefined && input.version !== ticket.version) throw refuse('CONFLICT');
      await this.take({ tx, caller, scene, ticket, event, input, now: this.clock.now() });
      return { ticketId };
    });
  }

  /** The complaint if the caller may read it; another estate's id, or one out of sight, is not found. */
  async readable(tx: Transaction, caller: Caller, scene: TicketScene, ticketId: string): Promise<Ticket> {
    const ticket = await this.tickets.find(tx, scene.estate.id, ticketId);
    if (ticket === null) throw refuse('NOT_FOUND');
    const bodies = await this.tickets.bodiesOf(tx, ticketId);
    if (sightOf(ticket, bodies, caller, scene) === 'NONE') throw refuse('NOT_FOUND');
    return ticket;
  }

  private async take(move: Move): Promise<void> {
    const { tx, caller, scene, ticket, event, input, now } = move;
    const actor = this.actorOf(move);
    const next = advanceTicket(
      ticket,
      {
        event,
        actor,
        given: givenBy(event, input),
        at: now,
        ...(input.until === undefined ? {} : { until: input.until }),
      },
      deadlineContext(scene.estate.rules, this.classAfter(move)),
    );
    if (!next.ok) throw refuseStep(next.error);
    const effect = await this.effectOf(move, actor);
    const after = await this.tickets.save(
      tx,
      ticket,
      { ...ticket, ...next.value, ...effect.change },
      scene.estate,
      now,
    );
    await this.tickets.addBodies(tx, ticket.id, [after.handlerBody], now);
    const photoIds = await this.photos.attach(tx, caller, ticket.estateId, input.photoIds ?? []);
    await this.tickets.tell(tx, after, now, [
      {
        kind: event,
        actor,
        personId: caller.personId,
        organisationId: actor === 'COMPLAINANT' ? null : (scene.staff.organisation?.id ?? null),
        text: effect.text,
        photoIds,
      },
    ]);
    if (!EXTENDABLE.has(after.state)) await this.lapseExtensions(tx, ticket.id);
    await this.record(move, after);
    await this.stepNotices.tell(tx, event, after, scene.estate);
  }

  private actorOf({ ticket, event, caller, scene }: Move): TicketActor {
    const actors = actorsFor(event, ticket, caller, scene);
    const able = actors.find((actor) => ticketTransition(ticket.state, event, actor) !== undefined);
    const [first] = actors;
    if (able !== undefined) return able;
    if (first === undefined) throw refuse('STATE.NOT_YOURS');
    return first;
  }

  /** A category that is put right while accepting brings its own periods. */
  private classAfter({ event, input, ticket, scene }: Move) {
    if (event !== 'ACCEPT' || input.category === undefined) return ticket.slaClass;
    return routeTicket(scene.estate.rules, input.category, ticket.danger).slaClass;
  }

  private effectOf(move: Move, actor: TicketActor): Effect | Promise<Effect> {
    const { event, input, ticket, scene } = move;
    const { rules, organisations } = scene.estate;
    const reason = input.reason ?? '';
    switch (event) {
      case 'ACCEPT':
        return this.accepted(move);
      case 'REJECT':
        return { change: {}, text: `${reason}。可以找：${input.otherChannel ?? ''}` };
      case 'ASSIGN':
        return this.assigned(move);
      case 'TRANSFER':
        return this.transferred(move);
      case 'RETURN': {
        const handlerBody = bodyOfLevel(rules, staffedLevel(ticket.level, rules, organisations));
        return { change: { handlerBody, assigneeId: null, levelSince: move.now, urgedAt: [] }, text: reason };
      }
      case 'TAKE_OVER':
        return { change: { assigneeId: move.caller.personId }, text: '' };
      case 'ESCALATE':
      case 'APPEAL':
        return this.raised(move, actor);
      case 'URGE':
        return { change: { urgedAt: [...ticket.urgedAt, move.now] }, text: reason };
      case 'SUSPEND':
        return this.suspended(move);
      case 'MERGE':
        return this.merged(move);
      case 'CONFIRM':
        return this.rated(move);
      default:
        return { change: {}, text: input.text ?? reason };
    }
  }

  private accepted({ input, ticket, scene }: Move): Effect {
    const { category } = input;
    if (category === undefined || category === ticket.category) return { change: {}, text: '' };
    const route = routeTicket(scene.estate.rules, category, ticket.danger);
    return {
      change: { category, slaClass: route.slaClass, unsafe: route.unsafe },
      text: `类别由“${ticketCategory(ticket.category).label}”更正为“${ticketCategory(category).label}”`,
    };
  }

  private async assigned({ tx, input, ticket, scene, now }: Move): Promise<Effect> {
    const assigneeId = input.assigneeId ?? '';
    const colleagues = scene.staff.organisation === null ? [] : [scene.staff.organisation.id];
    const today = shanghaiDate(now);
    const member = await tx.row(
      `SELECT 1 AS found FROM memberships WHERE person_id = ? AND organisation_id = ? AND (estate_id IS NULL OR estate_id = ?)
         AND confirmed_at IS NOT NULL AND starts_on <= ? AND (ends_on IS NULL OR ends_on >= ?)`,
      [assigneeId, colleagues[0] ?? '', ticket.estateId, today, today],
    );
    if (member === null) throw refuse('TICKET.ASSIGNEE_OUTSIDE');
    const names = await this.persons.names(tx, [assigneeId]);
    // A supervisor who gives out a complaint has taken it on.
    const [body] = scene.staff.bodies;
    const ours = scene.staff.bodies.includes(ticket.handlerBody) || body === undefined;
    const taken = ours
      ? {}
      : { handlerBody: body, level: scene.staff.rung, levelSince: now, urgedAt: [] as number[] };
    return { change: { assigneeId, ...taken }, text: `派给 ${maskName(names.get(assigneeId) ?? '')}` };
  }

  private transferred({ input, ticket, scene, now }: Move): Effect {
    const { department = 'STREET', reason = '' } = input;
    const { rules, organisations } = scene.estate;
    const handlerBody = bodyOfDepartment(department);
    if (handlerBody === ticket.handlerBody) throw refuse('TICKET.SAME_BODY');
    const rung = rules.levels.findIndex(({ code }) => code === handlerBody);
    return {
      change: {
        handlerBody,
        assigneeId: null,
        levelSince: now,
        urgedAt: [],
        ...(rung < 0 ? {} : { level: rung }),
      },
      text: `转交 ${bodyName(handlerBody, rules, organisations)}：${reason}`,
    };
  }

  /** One rung up, past rungs that nobody stands on; a supervisor who raises it takes it to themselves at least. */
  private raised({ event, input, ticket, scene, now }: Move, actor: TicketActor): Effect {
    const { rules, organisations } = scene.estate;
    const ladder = staffedRules(rules, organisations);
    const up = staffedLevel(appealLevel(ticket.level, ladder), ladder, organisations);
    const level = actor === 'SUPERVISOR' && event === 'ESCALATE' ? Math.max(up, scene.staff.rung) : up;
    const handlerBody = bodyOfLevel(rules, level);
    return {
      change: { level, handlerBody, assigneeId: null, levelSince: now, urgedAt: [] },
      text: `${input.reason ?? ''}（由${bodyName(handlerBody, rules, organisations)}办理）`,
    };
  }

  private suspended({ input, now }: Move): Effect {
    const { until = 0, reason = '' } = input;
    if (until <= now || until > now + TICKET_LIMITS.aheadDaysMax * DAY_MS) throw refuse('TICKET.UNTIL_DATE');
    return { change: {}, text: reason };
  }

  /** The complainant of the merged one follows the other from now on. */
  private async merged({ tx, input, ticket, scene, now }: Move): Promise<Effect> {
    const found = await tx.row<{ id: string }>(
      'SELECT id FROM tickets WHERE estate_id = ? AND ticket_number = ?',
      [ticket.estateId, input.masterNumber ?? ''],
    );
    const master = found === null ? null : await this.tickets.find(tx, ticket.estateId, found.id);
    if (master === null) throw refuse('TICKET.MASTER_UNKNOWN');
    if (master.id === ticket.id) throw refuse('TICKET.MERGE_SELF');
    if (!isOpen(master.state)) throw refuse('TICKET.MASTER_CLOSED');
    const joins =
      master.complainantId !== ticket.complainantId && (await this.joins(tx, master, ticket, now));
    const after = await this.tickets.save(
      tx,
      master,
      { ...master, followers: master.followers + (joins ? 1 : 0) },
      scene.estate,
      now,
    );
    await this.tickets.tell(tx, after, now, [
      { kind: 'FOLLOW', actor: 'NEIGHBOUR', text: `${ticket.number} 合并到这一件` },
    ]);
    return {
      change: { mergedIntoId: master.id },
      text: `合并到 ${master.number}${input.reason === undefined ? '' : `：${input.reason}`}`,
    };
  }

  private async joins(tx: Transaction, master: Ticket, merged: Ticket, now: Instant): Promise<boolean> {
    const known = await tx.row(
      'SELECT 1 AS found FROM ticket_follows WHERE ticket_id = ? AND person_id = ?',
      [master.id, merged.complainantId],
    );
    if (known !== null) return false;
    await tx.insert('ticket_follows', {
      id: this.ids.next(),
      ticket_id: master.id,
      person_id: merged.complainantId,
      note: '',
      created_at: now,
    });
    return true;
  }

  private async rated({ tx, input, ticket, now }: Move): Promise<Effect> {
    if (input.rating === undefined) throw refuse('STATE.INCOMPLETE');
    await this.keepRating(tx, ticket, input.rating, now);
    return { change: {}, text: ratingText(input.rating) };
  }

  /** After an automatic confirmation the complainant may still rate, once, until it is closed. */
  async rate(
    caller: Caller,
    estateId: string,
    ticketId: string,
    rating: NonNullable<StepInput['rating']>,
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
        const ticket = await this.readable(tx, caller, scene, ticketId);
        if (ticket.complainantId !== caller.personId) throw refuse('STATE.NOT_YOURS');
        if (ticket.state !== 'CONFIRMED') throw refuse('STATE.NOT_ALLOWED');
        await this.keepRating(tx, ticket, rating, now);
        const after = await this.tickets.save(tx, ticket, ticket, scene.estate, now);
        await this.tickets.tell(tx, after, now, [
          { kind: 'RATE', actor: 'COMPLAINANT', personId: caller.personId, text: ratingText(rating) },
        ]);
        await this.record(
          { tx, caller, scene, ticket, event: 'CONFIRM', input: {}, now },
          after,
          'TICKET.RATED',
        );
        return { ticketId };
      });
    } catch (error) {
      throw violates(error, 'uq_ticket_ratings_ticket') ? refuse('TICKET.RATED') : error;
    }
  }

  private async keepRating(
    tx: Transaction,
    ticket: Ticket,
    rating: NonNullable<StepInput['rating']>,
    now: Instant,
  ): Promise<void> {
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

  private async lapseExtensions(tx: Transaction, ticketId: string): Promise<void> {
    await tx.run("UPDATE ticket_extensions SET state = 'LAPSED', pending_key = NULL WHERE pending_key = ?", [
      ticketId,
    ]);
  }

  private async record(
    { tx, caller, ticket, event }: Move,
    after: Ticket,
    action = `TICKET.${event}`,
  ): Promise<void> {
    await this.audit.record(tx, caller, {
      action,
      estateId: ticket.estateId,
      subjectType: 'ticket',
      subjectId: ticket.id,
      before: auditFacts(ticket),
      after: auditFacts(after),
    });
  }
}

/** What the audit log keeps of a complaint: nothing that was written, nobody's name. */
export function auditFacts({ state, level, handlerBody, assigneeId, category, version }: Ticket) {
  return { state, level, handlerBody, assigneeId, category, version };
}

function ratingText({ stars, solved, satisfaction, comment }: NonNullable<StepInput['rating']>): string {
  const words = `${stars} 星 · ${solved ? '已解决' : '未解决'} · ${SATISFACTION_LABELS[satisfaction]}`;
  return comment === '' ? words : `${words}：${comment}`;
}
