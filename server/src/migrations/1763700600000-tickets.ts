import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  SATISFACTIONS,
  SLA_CLASSES,
  TICKET_KINDS,
  TICKET_LIMITS,
  TICKET_SOURCES,
  TICKET_STATES,
} from '@linli/shared/tickets';
import {
  ascii,
  createTables,
  date,
  dropTables,
  flag,
  id,
  instant,
  integer,
  longText,
  oneOf,
  table,
  text,
} from '../kernel/database/ddl.ts';

const tables = [
  table({
    name: 'tickets',
    columns: [
      id(),
      id('estate_id'),
      /** 20261121-0007, said on the phone. */
      ascii('ticket_number', 20),
      ascii('category', 30),
      oneOf('kind', TICKET_KINDS),
      oneOf('source', TICKET_SOURCES),
      text('title', TICKET_LIMITS.titleMax),
      text('content', TICKET_LIMITS.textMax),
      text('place', TICKET_LIMITS.placeMax),
      /** The same with the complainant's name, phone and home blotted out, for everybody's lists. */
      text('shown_title', TICKET_LIMITS.titleMax),
      text('shown_place', TICKET_LIMITS.placeMax),
      longText('photo_ids_json'),
      integer('photo_count'),
      flag('danger'),
      flag('anonymous'),
      id('complainant_id'),
      id('unit_id').orNull(),
      oneOf('state', TICKET_STATES),
      /** Not ended for good: something may still happen to it. */
      flag('live'),
      oneOf('sla_class', SLA_CLASSES),
      flag('unsafe'),
      integer('level'),
      instant('level_since'),
      /** With whom it is: a rung of the ladder, or a department (`D:FIRE`). */
      ascii('handler_body', 24),
      id('assignee_id').orNull(),
      longText('deadlines_json'),
      /** Instants at which it was urged at this level. */
      longText('urged_json'),
      integer('reopens'),
      integer('followers'),
      id('merged_into_id').orNull(),
      /** The handler's next deadline; far in the future where none runs, so that a list can be ordered by it. */
      instant('due_at'),
      /** When the clock has to look at it again. */
      instant('look_at').orNull(),
      integer('version'),
      instant('filed_at'),
      instant('changed_at'),
    ],
    unique: { uq_tickets_number: ['estate_id', 'ticket_number'] },
    indexes: {
      ix_tickets_estate: ['estate_id', 'id'],
      ix_tickets_live: ['estate_id', 'live', 'id'],
      ix_tickets_due: ['estate_id', 'live', 'due_at', 'id'],
      ix_tickets_handler: ['estate_id', 'handler_body', 'live', 'due_at', 'id'],
      ix_tickets_complainant: ['complainant_id', 'id'],
      ix_tickets_look: ['look_at', 'id'],
    },
    references: { estate_id: 'estates', complainant_id: 'persons' },
  }),
  table({
    name: 'ticket_numbers',
    primaryKey: ['estate_id', 'filed_on'],
    columns: [id('estate_id'), date('filed_on'), integer('latest')],
    unique: { uq_ticket_numbers_day: ['filed_on', 'estate_id'] },
    references: { estate_id: 'estates' },
  }),
  table({
    name: 'ticket_bodies',
    /** Everybody the complaint is or was with: they may read it, and know who complained. */
    primaryKey: ['ticket_id', 'body'],
    columns: [id('ticket_id'), ascii('body', 24), instant('since')],
    references: { ticket_id: 'tickets' },
  }),
  table({
    name: 'ticket_events',
    columns: [
      id(),
      id('ticket_id'),
      /** The complaint's version that this belongs to, and its place in it. */
      integer('version'),
      integer('place_no'),
      ascii('kind', 30),
      oneOf('actor', ['COMPLAINANT', 'NEIGHBOUR', 'HANDLER', 'SUPERVISOR', 'SYSTEM']),
      id('person_id').orNull(),
      id('organisation_id').orNull(),
      text('content', 1400),
      longText('photo_ids_json'),
      oneOf('state', TICKET_STATES),
      integer('level'),
      ascii('handler_body', 24),
      instant('at'),
    ],
    unique: { uq_ticket_events_place: ['ticket_id', 'version', 'place_no'] },
    references: { ticket_id: 'tickets' },
  }),
  table({
    name: 'ticket_follows',
    columns: [
      id(),
      id('ticket_id'),
      id('person_id'),
      text('note', TICKET_LIMITS.noteMax),
      instant('created_at'),
    ],
    unique: { uq_ticket_follows_person: ['ticket_id', 'person_id'] },
    indexes: { ix_ticket_follows_person: ['person_id', 'ticket_id'] },
    references: { ticket_id: 'tickets', person_id: 'persons' },
  }),
  table({
    name: 'ticket_extensions',
    columns: [
      id(),
      id('ticket_id'),
      id('estate_id'),
      id('requested_by'),
      id('organisation_id').orNull(),
      text('reason', TICKET_LIMITS.reasonMax),
      instant('from_due_at'),
      instant('to_due_at'),
      oneOf('state', ['PENDING', 'APPROVED', 'REFUSED', 'LAPSED']),
      id('decided_by').orNull(),
      text('decision', TICKET_LIMITS.reasonMax).orNull(),
      instant('decided_at').orNull(),
      instant('requested_at'),
      /** The complaint while it waits for an answer, so that one request waits at a time. */
      id('pending_key').orNull(),
    ],
    unique: { uq_ticket_extensions_pending: ['pending_key'] },
    indexes: {
      ix_ticket_extensions_estate: ['estate_id', 'state', 'id'],
      ix_ticket_extensions_ticket: ['ticket_id', 'id'],
    },
    references: { ticket_id: 'tickets', estate_id: 'estates' },
  }),
  table({
    name: 'ticket_ratings',
    columns: [
      id(),
      id('ticket_id'),
      integer('stars'),
      flag('solved'),
      oneOf('satisfaction', SATISFACTIONS),
      text('remark', TICKET_LIMITS.commentMax),
      instant('rated_at'),
    ],
    unique: { uq_ticket_ratings_ticket: ['ticket_id'] },
    checks: { ck_ticket_ratings_stars: 'stars BETWEEN 1 AND 5' },
    references: { ticket_id: 'tickets' },
  }),
];

/** Complaints with their timeline, followers, extensions and ratings. */
export class Tickets1763700600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, tables);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropTables(runner, tables);
  }
}
