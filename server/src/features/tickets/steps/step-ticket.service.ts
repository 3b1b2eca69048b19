import { Inject, Injectable } from '@nestjs/common';
import {
  TICKET_TRANSITIONS,
  type TicketActor,
  type TicketEvent,
  advanceTicket,
  routeTicket,
  ticketTransition,
} from '@linli/shared/tickets';
import type { Caller } from '../../../kernel/access/index.ts';
import { Audit } from '../../../kernel/audit/audit.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database, type Transaction } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { Idempotency } from '../../../kernel/idempotency/idempotency.ts';
import { ContentCheck } from '../../../wechat/content-check.ts';
import { AttachPhotos } from '../filing/attach-photos.ts';
import { auditStep } from './audit-step.ts';
import { ReadableTickets } from '../reading/readable-tickets.ts';
import { refuseStep } from './refuse-step.ts';
import { StepEffects } from './step-effects.ts';
import { type StepInput, givenBy, textsOf } from './step-input.ts';
import type { ActedMove, Move } from './step-move.ts';
import { StepNotices } from './step-notices.ts';
import { actingFor, actorsFor, isAccused } from '../ticket-actors.ts';
import { TicketEstates } from '../ticket-estates.ts';
import { type Ticket, deadlineContext } from '../ticket.ts';
import { TicketsRepository } from '../tickets.repository.ts';

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
    @Inject(ReadableTickets) private readonly readable: ReadableTickets,
    @Inject(StepEffects) private readonly effects: StepEffects,
    @Inject(AttachPhotos) private readonly photos: AttachPhotos,
    @Inject(StepNotices) private readonly stepNotices: StepNotices,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(ContentCheck) private readonly contentCheck: ContentCheck,
    @Inject(Clock) private readonly clock: Clock,
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
      const ticket = await this.readable.find(tx, caller, scene, ticketId);
      if (input.version !== undefined && input.version !== ticket.version) throw refuse('CONFLICT');
      await this.take({ tx, caller, scene, ticket, event, input, now: this.clock.now() });
      return { ticketId };
    });
  }

  private async take(move: Move): Promise<void> {
    const { tx, caller, scene, ticket, event, input, now } = move;
    const actor = actorOf(move);
    const acted: ActedMove = { ...move, actor, standing: actingFor(ticket, actor, scene) };
    const progress = advanced(acted);
    const effect = await this.effects.of(acted);
    const after = await this.tickets.save(
      tx,
      ticket,
      { ...ticket, ...progress, ...effect.change },
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
        organisationId: acted.standing?.organisation.id ?? null,
        text: effect.text,
        photoIds,
      },
    ]);
    if (!EXTENDABLE.has(after.state)) await lapseExtensions(tx, ticket);
    await auditStep(this.audit, tx, caller, `TICKET.${event}`, ticket, after);
    await this.stepNotices.tell(tx, event, after, scene.estate);
  }
}

function actorOf({ ticket, event, caller, scene }: Move): TicketActor {
  const actors = actorsFor(event, ticket, caller, scene);
  const able = actors.find((actor) => ticketTransition(ticket.state, event, actor) !== undefined);
  const [first] = actors;
  if (able !== undefined) return able;
  if (first === undefined) throw refuse('STATE.NOT_YOURS');
  return first;
}

/** State and clocks as the lifecycle moves them, or its refusal. */
function advanced(move: ActedMove) {
  const { ticket, event, actor, input, scene, now } = move;
  const next = advanceTicket(
    ticket,
    {
      event,
      actor,
      given: givenBy(event, input),
      at: now,
      accused: isAccused(ticket, scene),
      ...(input.until === undefined ? {} : { until: input.until }),
    },
    deadlineContext(scene.estate.rules, classAfter(move)),
  );
  if (!next.ok) throw refuseStep(next.error);
  return next.value;
}

/** A category that is put right while accepting brings its own periods. */
function classAfter({ event, input, ticket, scene }: Move) {
  if (event !== 'ACCEPT' || input.category === undefined) return ticket.slaClass;
  return routeTicket(scene.estate.rules, input.category, ticket.danger).slaClass;
}

async function lapseExtensions(tx: Transaction, { id }: Ticket): Promise<void> {
  await tx.run("UPDATE ticket_extensions SET state = 'LAPSED', pending_key = NULL WHERE pending_key = ?", [
    id,
  ]);
}
