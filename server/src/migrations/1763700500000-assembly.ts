import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  ASSEMBLY_STATES,
  BALLOT_CHANNELS,
  DECISION_ORIGINS,
  DECISION_STATUSES,
  MOTION_STATES,
  ONLINE_BALLOT_MODES,
  OPINION_STANCES,
  ROLL_OBJECTION_KINDS,
  ROLL_OBJECTION_STATES,
  VOTE_CLASSES,
} from '@linli/shared/assembly';
import { AREA_SOURCES, UNIT_STATUSES, UNIT_USES } from '@linli/shared/estate';
import {
  ascii,
  createTables,
  date,
  dropTables,
  fen,
  flag,
  id,
  instant,
  integer,
  longText,
  oneOf,
  table,
  text,
} from '../kernel/database/ddl.ts';

const MATTER_RANGE = 'matter BETWEEN 1 AND 9';

const meetingTables = [
  table({
    name: 'assemblies',
    columns: [
      id(),
      id('estate_id'),
      oneOf('state', ASSEMBLY_STATES),
      /** "the 2nd meeting of 2026"; given with the notice. */
      integer('meeting_year').orNull(),
      integer('meeting_of_year').orNull(),
      text('title', 60),
      longText('summary'),
      text('convener', 60),
      oneOf('ballot_mode', ONLINE_BALLOT_MODES),
      date('opinions_asked_on').orNull(),
      instant('opinions_until').orNull(),
      instant('objections_until').orNull(),
      instant('opens_at').orNull(),
      instant('closes_at').orNull(),
      date('informed_on').orNull(),
      date('noticed_on').orNull(),
      /** The region's voting rules as they were when the notice went out. */
      longText('rules_json').orNull(),
      ascii('rules_hash', 64).orNull(),
      instant('frozen_at').orNull(),
      ascii('roll_hash', 64).orNull(),
      ascii('ballots_hash', 64).orNull(),
      instant('counted_at').orNull(),
      instant('published_at').orNull(),
      instant('cancelled_at').orNull(),
      text('cancel_reason', 500).orNull(),
      integer('version'),
      id('created_by'),
      instant('created_at'),
    ],
    unique: { uq_assemblies_meeting: ['estate_id', 'meeting_year', 'meeting_of_year'] },
    indexes: { ix_assemblies_estate: ['estate_id', 'state', 'id'] },
    checks: {
      ck_assemblies_schedule:
        'noticed_on IS NULL OR (closes_at IS NOT NULL AND opens_at IS NOT NULL AND closes_at > opens_at)',
    },
    references: { estate_id: 'estates', created_by: 'persons' },
  }),
  table({
    name: 'assembly_motions',
    columns: [
      id(),
      id('assembly_id'),
      id('estate_id'),
      integer('position'),
      integer('matter'),
      oneOf('vote_class', VOTE_CLASSES),
      text('title', 80),
      longText('motion_text'),
      /** A MotionScope. */
      longText('scope_json'),
      fen('amount_limit_fen').orNull(),
      oneOf('state', MOTION_STATES),
      instant('withdrawn_at').orNull(),
      text('withdrawn_reason', 500).orNull(),
      /** The motions of one election, one for each candidate, share it. */
      id('election_id').orNull(),
      /** The count: a TallyResult without its lists of ballots. */
      longText('result_json').orNull(),
      text('decision_number', 40).orNull(),
    ],
    indexes: { ix_assembly_motions_order: ['assembly_id', 'position', 'id'] },
    checks: { ck_assembly_motions_matter: MATTER_RANGE },
    references: { assembly_id: 'assemblies' },
  }),
  table({
    name: 'assembly_materials',
    primaryKey: ['assembly_id', 'file_id'],
    columns: [id('assembly_id'), id('file_id'), integer('position')],
    references: { assembly_id: 'assemblies', file_id: 'files' },
  }),
  table({
    name: 'assembly_opinions',
    columns: [
      id(),
      id('assembly_id'),
      id('motion_id'),
      id('person_id'),
      oneOf('stance', OPINION_STANCES),
      text('opinion_text', 500),
      instant('given_at'),
    ],
    unique: { uq_assembly_opinions_person: ['motion_id', 'person_id'] },
    indexes: { ix_assembly_opinions_assembly: ['assembly_id', 'id'] },
    references: { assembly_id: 'assemblies', person_id: 'persons' },
  }),
];

const rollTables = [
  table({
    name: 'assembly_principals',
    columns: [
      id(),
      id('assembly_id'),
      /** SHA-256 of the canonical owner set, or of the developer: one head each (法释〔2009〕7号 9). */
      ascii('principal_hash', 64),
      oneOf('kind', ['OWNERS', 'DEVELOPER']),
      /** Of the units that count; 0 where only parking spaces are held that do not. */
      integer('area_centi_sqm'),
      /** 1, or 0 where nothing of it counts. */
      integer('heads'),
      /** Who casts the developer's one vote, once the developer has named them. */
      id('delegate_person_id').orNull(),
    ],
    unique: { uq_assembly_principals_set: ['assembly_id', 'principal_hash'] },
    indexes: { ix_assembly_principals_delegate: ['delegate_person_id', 'assembly_id'] },
    checks: { ck_assembly_principals_counts: 'area_centi_sqm >= 0 AND heads IN (0, 1)' },
    references: { assembly_id: 'assemblies' },
  }),
  table({
    name: 'assembly_roll_units',
    primaryKey: ['assembly_id', 'unit_id'],
    columns: [
      id('assembly_id'),
      id('unit_id'),
      id('principal_id'),
      text('label', 130),
      integer('sort_order'),
      oneOf('unit_use', UNIT_USES),
      oneOf('status', UNIT_STATUSES),
      text('building', 40),
      text('developer', 60).orNull(),
      integer('area_centi_sqm'),
      oneOf('area_source', AREA_SOURCES),
      flag('counted'),
      /** The area before an objection was upheld. */
      integer('objected_area_centi_sqm').orNull(),
    ],
    indexes: {
      ix_assembly_roll_units_order: ['assembly_id', 'sort_order', 'unit_id'],
      ix_assembly_roll_units_principal: ['principal_id', 'sort_order', 'unit_id'],
    },
    checks: { ck_assembly_roll_units_area: 'area_centi_sqm > 0' },
    references: { assembly_id: 'assemblies', unit_id: 'units', principal_id: 'assembly_principals' },
  }),
  table({
    name: 'assembly_roll_owners',
    primaryKey: ['assembly_id', 'unit_id', 'owner_id'],
    columns: [id('assembly_id'), id('unit_id'), id('owner_id'), id('principal_id')],
    indexes: {
      ix_assembly_roll_owners_owner: ['owner_id', 'assembly_id', 'principal_id'],
      ix_assembly_roll_owners_principal: ['principal_id', 'owner_id'],
    },
    references: { assembly_id: 'assemblies', owner_id: 'owners', principal_id: 'assembly_principals' },
  }),
  table({
    name: 'assembly_representations',
    primaryKey: ['principal_id', 'owner_id'],
    columns: [
      id('principal_id'),
      id('owner_id'),
      /** The co-owner whom this one wants to vote for all. In force when all name the same. */
      id('chosen_owner_id'),
      id('assembly_id'),
      id('person_id'),
      instant('chosen_at'),
    ],
    indexes: { ix_assembly_representations_assembly: ['assembly_id', 'principal_id'] },
    references: { principal_id: 'assembly_principals', owner_id: 'owners' },
  }),
  table({
    name: 'assembly_objections',
    columns: [
      id(),
      id('assembly_id'),
      id('estate_id'),
      id('unit_id'),
      id('person_id'),
      oneOf('kind', ROLL_OBJECTION_KINDS),
      text('objection_text', 500),
      longText('file_ids'),
      oneOf('state', ROLL_OBJECTION_STATES),
      /** Set while open, so that a unit has one open objection. */
      ascii('open_key', 60).orNull(),
      instant('raised_at'),
      text('answer', 500).orNull(),
      instant('answered_at').orNull(),
      id('answered_by').orNull(),
    ],
    unique: { uq_assembly_objections_open: ['open_key'] },
    indexes: {
      ix_assembly_objections_assembly: ['assembly_id', 'state', 'id'],
      ix_assembly_objections_open: ['estate_id', 'state', 'id'],
      ix_assembly_objections_unit: ['assembly_id', 'unit_id', 'id'],
    },
    references: { assembly_id: 'assemblies', unit_id: 'units', person_id: 'persons' },
  }),
];

const ballotTables = [
  table({
    /** Never changed and never deleted: who thinks again sends another. */
    name: 'ballots',
    columns: [
      id(),
      id('assembly_id'),
      id('estate_id'),
      id('principal_id'),
      /** The owner who votes, or the developer's name by its hash: apart from who holds the phone or the pen. */
      ascii('cast_by', 64),
      /** Who entered it: the voter online, a scrutineer on paper. */
      id('person_id'),
      oneOf('channel', BALLOT_CHANNELS),
      flag('signed'),
      /** The role of one who votes for an owner in writing; null where the owner votes. */
      ascii('proxy_role', 30).orNull(),
      /** The server's clock when the request came in, not when it was stored. */
      instant('received_at'),
      /** Motion → mark, sealed. */
      longText('votes_sealed'),
      ascii('action_key', 64),
    ],
    unique: { uq_ballots_action: ['person_id', 'action_key'] },
    indexes: {
      ix_ballots_assembly: ['assembly_id', 'received_at', 'id'],
      ix_ballots_person: ['person_id', 'assembly_id', 'id'],
      ix_ballots_principal: ['principal_id', 'received_at', 'id'],
    },
    // Only the frozen roll: a key on the meeting would make each cast lock its row, and opening it wait for a slow one.
    references: { principal_id: 'assembly_principals' },
  }),
  table({
    /** What the count did not take, and why. Ballots themselves stay as they came in. */
    name: 'ballot_dispositions',
    primaryKey: ['ballot_id'],
    columns: [id('ballot_id'), id('assembly_id'), ascii('reason', 30)],
    indexes: { ix_ballot_dispositions_assembly: ['assembly_id', 'ballot_id'] },
    references: { ballot_id: 'ballots', assembly_id: 'assemblies' },
  }),
];

const decisionTables = [
  table({
    name: 'decisions',
    columns: [
      id(),
      id('estate_id'),
      text('decision_number', 40),
      /** The number while it is taken; null once the registration was refused, so that it may be tried again. */
      text('number_taken', 40).orNull(),
      date('decided_on'),
      integer('matter'),
      oneOf('vote_class', VOTE_CLASSES),
      text('title', 80),
      longText('purpose'),
      fen('amount_limit_fen').orNull(),
      oneOf('status', DECISION_STATUSES),
      oneOf('origin', DECISION_ORIGINS),
      id('assembly_id').orNull(),
      id('motion_id').orNull(),
      id('scan_file_id').orNull(),
      id('registered_by').orNull(),
      instant('registered_at'),
      id('reviewed_by').orNull(),
      instant('reviewed_at').orNull(),
      text('refusal', 200).orNull(),
    ],
    unique: { uq_decisions_number: ['estate_id', 'number_taken'], uq_decisions_motion: ['motion_id'] },
    indexes: {
      ix_decisions_estate: ['estate_id', 'id'],
      ix_decisions_status: ['estate_id', 'status', 'id'],
    },
    checks: {
      ck_decisions_matter: MATTER_RANGE,
      ck_decisions_amount: 'amount_limit_fen IS NULL OR amount_limit_fen > 0',
      ck_decisions_origin:
        "(origin = 'ASSEMBLY' AND motion_id IS NOT NULL) OR (origin = 'REGISTERED' AND registered_by IS NOT NULL AND scan_file_id IS NOT NULL)",
      ck_decisions_two_people: 'reviewed_by IS NULL OR registered_by IS NULL OR reviewed_by <> registered_by',
    },
    references: { estate_id: 'estates', assembly_id: 'assemblies', motion_id: 'assembly_motions' },
  }),
];

const tables = [...meetingTables, ...rollTables, ...ballotTables, ...decisionTables];

/** The owners' assembly: meetings, the frozen roll, ballots, and the register of decisions. */
export class Assembly1763700500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, tables);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropTables(runner, tables);
  }
}
