import { Inject, Injectable } from '@nestjs/common';
import { ROLE_NAMES } from '@linli/shared/identity';
import { maskName } from '@linli/shared/kernel';
import {
  type ComplainantVisibility,
  DEPARTMENT_CODES,
  type PendingExtension,
  type Satisfaction,
  type ShownComplainant,
  type TicketDeadline,
  type TicketDetail,
  type TicketEvent,
  type TicketPicture,
  type TicketRating,
  type TimelineEntry,
  type TimelineKind,
  type UnseenPictures,
  hideComplainant,
  openSteps,
  showComplainant,
} from '@linli/shared/tickets';
import type { Caller } from '../../../kernel/access/index.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { FilesService } from '../../../kernel/files/index.ts';
import { PictureCheck, type PictureDoubt } from '../../../wechat/picture-check.ts';
import { PersonsRepository } from '../../identity/index.ts';
import { type Complainant, ComplainantsRepository } from '../complainants.repository.ts';
import { ExtensionsService } from '../steps/extensions.service.ts';
import { categoryView } from './read-tickets.service.ts';
import { ResponsiblePhones } from '../filing/responsible-phones.ts';
import {
  type Sight,
  actorsFor,
  actorsOf,
  isAccused,
  mayUrgeOnly,
  sightOf,
  visibilityOf,
} from '../ticket-actors.ts';
import { type Ticket, deadlineContext } from '../ticket.ts';
import { type TicketEstate, TicketEstates, type TicketScene } from '../ticket-estates.ts';
import { TicketSummaries, assigneeName } from './ticket-summaries.ts';
import { TicketsRepository } from '../tickets.repository.ts';

interface EventRow {
  id: string;
  kind: string;
  actor: 'COMPLAINANT' | 'NEIGHBOUR' | 'HANDLER' | 'SUPERVISOR' | 'SYSTEM';
  person_id: string | null;
  organisation_id: string | null;
  content: string;
  photo_ids_json: string;
  at: number;
}

interface Pictures {
  readonly pictures: TicketPicture[];
  readonly unseenPictures: UnseenPictures;
}

/** Everything that decides how much of a complaint the caller is shown. */
interface View {
  readonly ticket: Ticket;
  readonly caller: Caller;
  readonly scene: TicketScene;
  readonly sight: Exclude<Sight, 'NONE'>;
  readonly visibility: ComplainantVisibility;
  readonly complainant: Complainant;
}

/** One complaint as the caller may see it: handlers all of it, the accused without a name, neighbours the outline. */
@Injectable()
export class TicketDetailService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(TicketsRepository) private readonly tickets: TicketsRepository,
    @Inject(TicketEstates) private readonly estates: TicketEstates,
    @Inject(TicketSummaries) private readonly summaries: TicketSummaries,
    @Inject(ComplainantsRepository) private readonly complainants: ComplainantsRepository,
    @Inject(ExtensionsService) private readonly extensions: ExtensionsService,
    @Inject(ResponsiblePhones) private readonly phones: ResponsiblePhones,
    @Inject(PersonsRepository) private readonly persons: PersonsRepository,
    @Inject(FilesService) private readonly files: FilesService,
    @Inject(PictureCheck) private readonly pictureCheck: PictureCheck,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async read(caller: Caller, estateId: string, ticketId: string): Promise<TicketDetail> {
    const view = await this.viewOf(caller, estateId, ticketId);
    const { ticket, scene } = view;
    const [followed, timeline, rating, mergedInto, pending, names, route] = await Promise.all([
      this.follows(caller, ticketId),
      this.timeline(view),
      this.ratingOf(view),
      this.mergedInto(ticket),
      this.pendingExtension(view),
      this.persons.names(this.database, ticket.assigneeId === null ? [] : [ticket.assigneeId]),
      this.routeOf(ticket, scene.estate),
    ]);
    const summary = this.summaries.summary(ticket, scene.estate, caller, followed);
    const named = view.visibility === 'REAL';
    return {
      ...summary,
      title: named ? ticket.title : ticket.shownTitle,
      place: named ? ticket.place : ticket.shownPlace,
      assigneeName: assigneeName(ticket, names, caller, scene.estate),
      kind: ticket.kind,
      source: ticket.source,
      text: told(view, ticket.text),
      ...(await this.pictures(view, ticket.photoIds)),
      danger: ticket.danger,
      anonymous: ticket.anonymous,
      complainant: shown(view),
      accusesCaller: isAccused(ticket, scene),
      lead: route.lead,
      co: route.co,
      routeSource: route.source,
      deadlines: deadlinesOf(view),
      reopens: ticket.reopens,
      reopensLeft: Math.max(0, scene.estate.rules.terms.reopen.max - ticket.reopens),
      rating,
      mergedInto,
      version: ticket.version,
      pendingExtension: pending,
      mayDecideExtension: pending !== null && this.extensions.mayDecide(scene, ticket, caller),
      timeline,
      steps: this.stepsOf(view),
    };
  }

  private async viewOf(caller: Caller, estateId: string, ticketId: string): Promise<View> {
    const scene = await this.estates.scene(this.database, caller, estateId);
    const ticket = await this.tickets.find(this.database, estateId, ticketId);
    if (ticket === null) throw refuse('NOT_FOUND');
    const bodies = await this.tickets.bodiesOf(this.database, ticketId);
    const sight = sightOf(ticket, bodies, caller, scene);
    if (sight === 'NONE') throw refuse('NOT_FOUND');
    const visibility = visibilityOf(ticket, bodies, caller, scene);
    const complainant = await this.complainants.byId(this.database, ticket.complainantId, ticket.unitId);
    return { ticket, caller, scene, sight, visibility, complainant };
  }

  private stepsOf({ ticket, caller, scene }: View): TicketEvent[] {
    const context = deadlineContext(scene.estate.rules, ticket.slaClass);
    const now = this.clock.now();
    const accused = isAccused(ticket, scene);
    const steps = actorsOf(ticket, caller, scene).flatMap((actor) =>
      openSteps(ticket, actor, now, context, accused),
    );
    if (!mayUrgeOnly(scene, ticket)) return [...new Set(steps)];
    const urges = actorsFor('URGE', ticket, caller, scene).flatMap((actor) =>
      openSteps(ticket, actor, now, context).filter((event) => event === 'URGE'),
    );
    return [...new Set([...steps, ...urges])];
  }

  private async timeline(view: View): Promise<TimelineEntry[]> {
    const rows = await this.database.rows<EventRow>(
      `SELECT id, kind, actor, person_id, organisation_id, content, photo_ids_json, at FROM ticket_events
       WHERE ticket_id = ? ORDER BY version, place_no`,
      [view.ticket.id],
    );
    const staff = rows.flatMap((row) =>
      row.organisation_id === null || row.person_id === null ? [] : [row.person_id],
    );
    const names = await this.persons.names(this.database, staff);
    return Promise.all(
      rows.map(async (row): Promise<TimelineEntry> => ({
        id: row.id,
        kind: row.kind as TimelineKind,
        at: row.at,
        by: byLine(row, view.scene.estate, names),
        text: told(view, row.content),
        ...(await this.pictures(view, JSON.parse(row.photo_ids_json) as string[])),
      })),
    );
  }

  /** For the complainant and whoever handles it; those that WeChat has not passed yet for their sender. */
  private async pictures({ sight, caller }: View, photoIds: readonly string[]): Promise<Pictures> {
    if (sight !== 'ALL') return { pictures: [], unseenPictures: { checking: 0, withheld: 0 } };
    const doubts = await this.pictureCheck.doubts(this.database, caller.personId, photoIds);
    const inDoubt = (doubt: PictureDoubt) => photoIds.filter((id) => doubts.get(id) === doubt).length;
    const shown = photoIds.filter((id) => !doubts.has(id) || doubts.get(id) === 'OWN_CHECKING');
    const refs = await this.files.refs(this.database, shown);
    return {
      pictures: refs.map(({ id, url, thumbUrl }) => ({
        url,
        thumbUrl: thumbUrl ?? url,
        checking: doubts.has(id),
      })),
      unseenPictures: { checking: inDoubt('CHECKING'), withheld: inDoubt('RISKY') },
    };
  }

  private async follows(caller: Caller, ticketId: string): Promise<boolean> {
    const row = await this.database.row(
      'SELECT 1 AS found FROM ticket_follows WHERE ticket_id = ? AND person_id = ?',
      [ticketId, caller.personId],
    );
    return row !== null;
  }

  private async ratingOf(view: View): Promise<TicketRating | null> {
    if (view.sight !== 'ALL') return null;
    const row = await this.database.row<{
      stars: number;
      solved: number;
      satisfaction: string;
      remark: string;
    }>('SELECT stars, solved, satisfaction, remark FROM ticket_ratings WHERE ticket_id = ?', [
      view.ticket.id,
    ]);
    if (row === null) return null;
    return {
      stars: row.stars,
      solved: row.solved === 1,
      satisfaction: row.satisfaction as Satisfaction,
      comment: told(view, row.remark),
    };
  }

  private async mergedInto({ estateId, mergedIntoId }: Ticket): Promise<TicketDetail['mergedInto']> {
    if (mergedIntoId === null) return null;
    const row = await this.database.row<{ id: string; ticket_number: string }>(
      'SELECT id, ticket_number FROM tickets WHERE estate_id = ? AND id = ?',
      [estateId, mergedIntoId],
    );
    return row === null ? null : { id: row.id, number: row.ticket_number };
  }

  private async pendingExtension(view: View): Promise<PendingExtension | null> {
    if (view.sight !== 'ALL') return null;
    const row = await this.extensions.pendingOf(this.database, view.ticket.id);
    if (row === null) return null;
    const organisation = view.scene.estate.organisations.find(({ id }) => id === row.organisation_id);
    return {
      id: row.id,
      requestedBy: organisation?.name ?? '',
      requestedAt: row.requested_at,
      reason: row.reason,
      fromDueAt: row.from_due_at,
      toDueAt: row.to_due_at,
    };
  }

  private async routeOf(ticket: Ticket, { id, rules, organisations }: TicketEstate) {
    const query = { estateId: id, category: ticket.category, departments: DEPARTMENT_CODES };
    const phones = await this.phones.phonesOf(this.database, query, organisations);
    return categoryView(rules, ticket.category, phones, ticket.danger);
  }
}

/** What people wrote is for the parties alone: neighbours get none of it, those not told who complained get it blotted. */
function told({ sight, visibility, complainant }: View, text: string): string {
  if (sight !== 'ALL') return '';
  return visibility === 'REAL' ? text : hideComplainant(text, complainant);
}

function shown({ visibility, complainant, sight }: View): ShownComplainant {
  return showComplainant(complainant, sight === 'ALL' ? visibility : 'HIDDEN');
}

/** The clocks; for what reason one was put off is for the parties. */
function deadlinesOf({ ticket, sight }: View): TicketDeadline[] {
  return ticket.deadlines.map((deadline) => ({
    ...deadline,
    extensions: sight === 'ALL' ? [...deadline.extensions] : [],
  }));
}

/** 奇台县安泰物业 李*, 系统, 投诉人. */
function byLine(row: EventRow, estate: TicketEstate, names: ReadonlyMap<string, string>): string {
  if (row.actor === 'COMPLAINANT') return '投诉人';
  if (row.actor === 'NEIGHBOUR') return '邻居';
  if (row.actor === 'SYSTEM' || row.person_id === null) return '系统';
  const organisation = estate.organisations.find(({ id }) => id === row.organisation_id);
  const name = maskName(names.get(row.person_id) ?? '');
  return [organisation?.name ?? ROLE_NAMES.STREET_OFFICER, name].filter((part) => part !== '').join(' ');
}
