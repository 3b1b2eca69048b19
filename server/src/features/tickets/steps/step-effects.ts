import { Inject, Injectable } from '@nestjs/common';
import { DAY_MS, maskName, shanghaiDate } from '@linli/shared/kernel';
import {
  TICKET_LIMITS,
  accusedIn,
  addAccused,
  appealLevel,
  routeTicket,
  ticketCategory,
} from '@linli/shared/tickets';
import { refuse } from '../../../kernel/errors/refused.ts';
import { PersonsRepository } from '../../identity/index.ts';
import { bodyName, bodyOfDepartment, bodyOfLevel, staffedLevel, staffedRules } from '../bodies.ts';
import { MergeTickets } from './merge-tickets.ts';
import { RateTicketService, ratingText } from './rate-ticket.service.ts';
import type { ActedMove, Effect, Move } from './step-move.ts';
import { isAccused } from '../ticket-actors.ts';
import type { Ticket } from '../ticket.ts';

/** What each step changes beside state and clocks. */
@Injectable()
export class StepEffects {
  constructor(
    @Inject(PersonsRepository) private readonly persons: PersonsRepository,
    @Inject(MergeTickets) private readonly merging: MergeTickets,
    @Inject(RateTicketService) private readonly ratings: RateTicketService,
  ) {}

  of(move: ActedMove): Effect | Promise<Effect> {
    const { event, input, ticket } = move;
    const reason = input.reason ?? '';
    switch (event) {
      case 'ACCEPT':
        return accepted(move);
      case 'REJECT':
        return { change: {}, text: `${reason}。可以找：${input.otherChannel ?? ''}` };
      case 'ASSIGN':
        return this.assigned(move);
      case 'TRANSFER':
        return transferred(move);
      case 'RETURN':
        return returned(move);
      case 'TAKE_OVER':
        return { change: { assigneeId: move.caller.personId }, text: '' };
      case 'ESCALATE':
      case 'APPEAL':
        return raised(move);
      case 'URGE':
        return { change: { urgedAt: [...ticket.urgedAt, move.now] }, text: reason };
      case 'SUSPEND':
        return suspended(move);
      case 'MERGE':
        return this.merging.merge(move);
      case 'CONFIRM':
        return this.rated(move);
      default:
        return { change: {}, text: input.text ?? reason };
    }
  }

  private async assigned({ tx, input, ticket, standing, scene, now }: ActedMove): Promise<Effect> {
    const assigneeId = input.assigneeId ?? '';
    const today = shanghaiDate(now);
    const member = await tx.row(
      `SELECT 1 AS found FROM memberships WHERE person_id = ? AND organisation_id = ? AND (estate_id IS NULL OR estate_id = ?)
         AND confirmed_at IS NOT NULL AND starts_on <= ? AND (ends_on IS NULL OR ends_on >= ?)`,
      [assigneeId, standing?.organisation.id ?? '', ticket.estateId, today, today],
    );
    if (member === null || standing === null) throw refuse('TICKET.ASSIGNEE_OUTSIDE');
    const names = await this.persons.names(tx, [assigneeId]);
    const ours = standing.bodies.includes(ticket.handlerBody) || standing.rung < 0;
    // A supervisor who gives out a complaint has taken it on.
    const taken: Partial<Ticket> = ours
      ? {}
      : {
          handlerBody: bodyOfLevel(scene.estate.rules, standing.rung),
          level: standing.rung,
          levelSince: now,
          urgedAt: [],
        };
    return { change: { assigneeId, ...taken }, text: `派给 ${maskName(names.get(assigneeId) ?? '')}` };
  }

  private async rated({ tx, input, ticket, now }: Move): Promise<Effect> {
    if (input.rating === undefined) throw refuse('STATE.INCOMPLETE');
    await this.ratings.keep(tx, ticket, input.rating, now);
    return { change: {}, text: ratingText(input.rating) };
  }
}

/** A category that is put right adds whom it is about, and takes nobody away; who is complained about changes none. */
function accepted({ input, ticket, scene }: Move): Effect {
  const { category } = input;
  if (category === undefined || category === ticket.category) return { change: {}, text: '' };
  if (isAccused(ticket, scene)) throw refuse('TICKET.ACCUSED');
  const route = routeTicket(scene.estate.rules, category, ticket.danger);
  return {
    change: {
      category,
      accused: addAccused(ticket.accused, accusedIn(category)),
      slaClass: route.slaClass,
      unsafe: route.unsafe,
    },
    text: `类别由“${ticketCategory(ticket.category).label}”更正为“${ticketCategory(category).label}”`,
  };
}

function returned({ input, ticket, scene, now }: Move): Effect {
  const { rules, organisations } = scene.estate;
  const handlerBody = bodyOfLevel(rules, staffedLevel(ticket.level, rules, organisations));
  return {
    change: { handlerBody, assigneeId: null, levelSince: now, urgedAt: [] },
    text: input.reason ?? '',
  };
}

function transferred({ input, ticket, scene, now }: Move): Effect {
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
function raised({ event, actor, standing, input, ticket, scene, now }: ActedMove): Effect {
  const { rules, organisations } = scene.estate;
  const ladder = staffedRules(rules, organisations);
  const up = staffedLevel(appealLevel(ticket.level, ladder), ladder, organisations);
  const raises = actor === 'SUPERVISOR' && event === 'ESCALATE';
  const level = raises ? Math.max(up, standing?.rung ?? -1) : up;
  const handlerBody = bodyOfLevel(rules, level);
  return {
    change: { level, handlerBody, assigneeId: null, levelSince: now, urgedAt: [], mergedIntoId: null },
    text: `${input.reason ?? ''}（由${bodyName(handlerBody, rules, organisations)}办理）`,
  };
}

function suspended({ input, now }: Move): Effect {
  const { until = 0, reason = '' } = input;
  if (until <= now || until > now + TICKET_LIMITS.aheadDaysMax * DAY_MS) throw refuse('TICKET.UNTIL_DATE');
  return { change: {}, text: reason };
}
