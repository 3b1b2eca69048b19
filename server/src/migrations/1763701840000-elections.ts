import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  CANDIDATE_RESULTS,
  CANDIDATE_STATES,
  ELECTION_KINDS,
  ELECTION_OUTCOMES,
  ELECTION_STATES,
  HANDOVER_KINDS,
  HANDOVER_STATES,
  PETITION_KINDS,
  PETITION_STATES,
} from '@linli/shared/assembly';
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

const electionTables = [
  table({
    name: 'elections',
    columns: [
      id(),
      id('estate_id'),
      oneOf('kind', ELECTION_KINDS),
      oneOf('state', ELECTION_STATES),
      /** To be filled now; in office already; of the whole committee. */
      integer('seats'),
      integer('sitting'),
      integer('committee_seats'),
      /** ElectionTerms as the meeting's agenda commits to them; null before there is a meeting. */
      longText('terms_json').orNull(),
      integer('term_years'),
      date('starts_on'),
      date('ends_on'),
      longText('conditions'),
      instant('nominations_until'),
      instant('objections_until'),
      id('assembly_id').orNull(),
      oneOf('outcome', ELECTION_OUTCOMES).orNull(),
      /** The ElectionResult. */
      longText('result_json').orNull(),
      /** The election whose last seats were tied. */
      id('run_off_of').orNull(),
      /** The estate while the election is under way, so that there is one at a time. */
      id('running_key').orNull(),
      instant('offices_proposed_at').orNull(),
      id('created_by'),
      instant('created_at'),
    ],
    unique: { uq_elections_running: ['running_key'], uq_elections_run_off: ['run_off_of'] },
    indexes: { ix_elections_estate: ['estate_id', 'id'], ix_elections_assembly: ['assembly_id'] },
    checks: {
      ck_elections_seats: 'seats > 0 AND sitting >= 0 AND committee_seats >= seats',
      ck_elections_term: 'ends_on > starts_on',
    },
    references: { estate_id: 'estates', assembly_id: 'assemblies', created_by: 'persons' },
  }),
  table({
    name: 'election_candidates',
    columns: [
      id(),
      id('election_id'),
      id('estate_id'),
      id('person_id'),
      longText('statement'),
      oneOf('state', CANDIDATE_STATES),
      id('nominated_by').orNull(),
      instant('nominated_at'),
      text('refusal', 300).orNull(),
      id('motion_id').orNull(),
      oneOf('result', CANDIDATE_RESULTS).orNull(),
    ],
    unique: { uq_election_candidates_person: ['election_id', 'person_id'] },
    indexes: {
      ix_election_candidates_motion: ['motion_id'],
      ix_election_candidates_of: ['person_id', 'id'],
    },
    references: { election_id: 'elections', person_id: 'persons' },
  }),
  table({
    name: 'candidate_objections',
    columns: [
      id(),
      id('election_id'),
      id('candidate_id'),
      id('estate_id'),
      id('person_id'),
      text('objection_text', 300),
      instant('raised_at'),
      flag('upheld').orNull(),
      text('answer', 300).orNull(),
      id('answered_by').orNull(),
      instant('answered_at').orNull(),
    ],
    unique: { uq_candidate_objections_person: ['candidate_id', 'person_id'] },
    indexes: { ix_candidate_objections_election: ['election_id', 'id'] },
    references: { election_id: 'elections', candidate_id: 'election_candidates', person_id: 'persons' },
  }),
];

const termTables = [
  table({
    name: 'committee_terms',
    columns: [
      id(),
      id('estate_id'),
      id('election_id').orNull(),
      integer('seats'),
      date('starts_on'),
      date('ends_on'),
      date('file_by').orNull(),
      date('filed_on').orNull(),
      date('first_meeting_by').orNull(),
      date('first_meeting_on').orNull(),
      date('hand_over_by').orNull(),
      id('registered_by').orNull(),
      instant('created_at'),
    ],
    unique: { uq_committee_terms_start: ['estate_id', 'starts_on'] },
    checks: { ck_committee_terms_dates: 'ends_on > starts_on' },
    references: { estate_id: 'estates', election_id: 'elections' },
  }),
  table({
    name: 'handover_items',
    columns: [
      id(),
      id('term_id'),
      id('estate_id'),
      oneOf('kind', HANDOVER_KINDS),
      text('name', 60),
      oneOf('state', HANDOVER_STATES),
      id('given_by').orNull(),
      instant('given_at').orNull(),
      id('received_by').orNull(),
      instant('received_at').orNull(),
      text('note', 300).orNull(),
    ],
    indexes: { ix_handover_items_term: ['term_id', 'id'] },
    checks: {
      ck_handover_items_two_people: 'received_by IS NULL OR given_by IS NULL OR received_by <> given_by',
    },
    references: { term_id: 'committee_terms' },
  }),
  table({
    /** Who was told of what is due or late, once: "term:01ABC:EXPIRED". */
    name: 'committee_reminders',
    columns: [id(), ascii('reminder_key', 80), id('estate_id'), instant('sent_at')],
    unique: { uq_committee_reminders_key: ['reminder_key'] },
    references: { estate_id: 'estates' },
  }),
];

const petitionTables = [
  table({
    name: 'petitions',
    columns: [
      id(),
      id('estate_id'),
      oneOf('kind', PETITION_KINDS),
      oneOf('state', PETITION_STATES),
      text('title', 60),
      longText('petition_text'),
      integer('matter'),
      /** PetitionThreshold and the days of convening, of the region when it began. */
      longText('rules_json'),
      id('started_by'),
      instant('started_at'),
      instant('sign_until'),
      /** The electorate and who signed, at the last signature. */
      integer('total_heads'),
      integer('total_area_centi_sqm'),
      integer('signed_heads'),
      integer('signed_area_centi_sqm'),
      instant('reached_at').orNull(),
      date('committee_until').orNull(),
      date('street_until').orNull(),
      id('assembly_id').orNull(),
      /** "estate:person" while open: a person begins one at a time. */
      ascii('open_key', 60).orNull(),
    ],
    unique: { uq_petitions_open: ['open_key'] },
    indexes: {
      ix_petitions_estate: ['estate_id', 'id'],
      ix_petitions_state: ['state', 'id'],
      ix_petitions_assembly: ['assembly_id'],
    },
    checks: { ck_petitions_matter: 'matter BETWEEN 1 AND 9' },
    references: { estate_id: 'estates', started_by: 'persons', assembly_id: 'assemblies' },
  }),
  table({
    name: 'petition_members',
    primaryKey: ['petition_id', 'membership_id'],
    columns: [id('petition_id'), id('membership_id'), id('motion_id').orNull()],
    indexes: { ix_petition_members_motion: ['motion_id'] },
    references: { petition_id: 'petitions', membership_id: 'memberships' },
  }),
  table({
    /** Signatures; one that was taken back stays on record, without its key. */
    name: 'petition_signatures',
    columns: [
      id(),
      id('petition_id'),
      id('estate_id'),
      id('person_id'),
      instant('signed_at'),
      instant('taken_back_at').orNull(),
      /** "petition:person" while in force. */
      ascii('live_key', 60).orNull(),
    ],
    unique: { uq_petition_signatures_live: ['live_key'] },
    indexes: {
      ix_petition_signatures_petition: ['petition_id', 'id'],
      ix_petition_signatures_person: ['person_id', 'petition_id'],
    },
    references: { petition_id: 'petitions', person_id: 'persons' },
  }),
];

const tables = [...electionTables, ...termTables, ...petitionTables];

/** Elections of the committee, its terms and handovers, and petitions of owners. */
export class Elections1763701840000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, tables);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropTables(runner, tables);
  }
}
