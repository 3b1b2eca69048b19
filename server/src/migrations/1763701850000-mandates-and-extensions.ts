import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  EXTENSION_STATES,
  GUARDIANSHIP_KINDS,
  GUARDIANSHIP_STATES,
  MANDATE_ENDS,
  MANDATE_STATES,
  MANDATE_WAYS,
  PROXY_ROLES,
} from '@linli/shared/assembly';
import {
  ascii,
  createTables,
  date,
  dropTables,
  id,
  instant,
  integer,
  longText,
  oneOf,
  table,
  text,
} from '../kernel/database/ddl.ts';

const agencyTables = [
  table({
    /** Whom an owner sends in one meeting 委托. Never changed but ended. */
    name: 'assembly_mandates',
    columns: [
      id(),
      id('assembly_id'),
      id('estate_id'),
      /** Of the frozen roll; without a key, as an upheld objection may take it off again. */
      id('principal_id'),
      id('owner_id'),
      id('agent_person_id'),
      oneOf('agent_role', PROXY_ROLES),
      /** Null for all motions of the meeting. */
      longText('motions_json').orNull(),
      /** Motion → choice, sealed: it says how somebody will vote. */
      longText('instructions_sealed'),
      oneOf('way', MANDATE_WAYS),
      id('scan_file_id').orNull(),
      oneOf('state', MANDATE_STATES),
      instant('granted_at'),
      /** Who signed in the app, or who entered the paper. */
      id('entered_by'),
      id('confirmed_by').orNull(),
      instant('confirmed_at').orNull(),
      instant('ended_at').orNull(),
      oneOf('end_reason', MANDATE_ENDS).orNull(),
      id('ended_by').orNull(),
      /** Ballots cast under it; counting them is what a cast and a revocation meet in. */
      integer('casts'),
      /** The principal while it stands: one vote has one agent. */
      id('principal_key').orNull(),
      /** Meeting, agent and a number up to the cap, while the place is taken. */
      ascii('slot_key', 64).orNull(),
    ],
    unique: {
      uq_assembly_mandates_principal: ['principal_key'],
      uq_assembly_mandates_slot: ['slot_key'],
    },
    indexes: {
      ix_assembly_mandates_agent: ['agent_person_id', 'assembly_id', 'id'],
      ix_assembly_mandates_assembly: ['assembly_id', 'way', 'id'],
      ix_assembly_mandates_principal: ['principal_id', 'id'],
    },
    checks: {
      ck_assembly_mandates_end: "(state = 'ENDED') = (ended_at IS NOT NULL AND end_reason IS NOT NULL)",
      ck_assembly_mandates_paper: "way = 'IN_APP' OR scan_file_id IS NOT NULL",
      ck_assembly_mandates_two: "way = 'IN_APP' OR confirmed_by IS NULL OR confirmed_by <> entered_by",
      ck_assembly_mandates_taken: "state = 'ENDED' OR (principal_key IS NOT NULL AND slot_key IS NOT NULL)",
    },
    references: { assembly_id: 'assemblies', owner_id: 'owners', agent_person_id: 'persons' },
  }),
  table({
    /** Which mandate a ballot was cast under; the ballot itself never changes. */
    name: 'ballot_mandates',
    primaryKey: ['ballot_id'],
    columns: [id('ballot_id'), id('mandate_id'), id('assembly_id')],
    indexes: { ix_ballot_mandates_mandate: ['mandate_id', 'ballot_id'] },
    references: { ballot_id: 'ballots', mandate_id: 'assembly_mandates' },
  }),
  table({
    /** Who votes for an owner that cannot act alone 监护人, in every meeting until it ends. */
    name: 'guardianships',
    columns: [
      id(),
      id('estate_id'),
      id('owner_id'),
      id('guardian_person_id'),
      oneOf('kind', GUARDIANSHIP_KINDS),
      date('ends_on').orNull(),
      id('document_file_id'),
      oneOf('state', GUARDIANSHIP_STATES),
      instant('asked_at'),
      id('decided_by').orNull(),
      instant('decided_at').orNull(),
      text('note', 200).orNull(),
      /** The ward while it is asked for or in force. */
      id('ward_key').orNull(),
    ],
    unique: { uq_guardianships_ward: ['ward_key'] },
    indexes: {
      ix_guardianships_estate: ['estate_id', 'state', 'id'],
      ix_guardianships_guardian: ['guardian_person_id', 'estate_id'],
    },
    checks: {
      ck_guardianships_two: 'decided_by IS NULL OR decided_by <> guardian_person_id',
      ck_guardianships_minor: "kind <> 'MINOR' OR ends_on IS NOT NULL",
    },
    references: { estate_id: 'estates', owner_id: 'owners', guardian_person_id: 'persons' },
  }),
];

const deadlineTables = [
  table({
    /** Each time that a deadline was to be moved 延长投票, with the old one and why. */
    name: 'assembly_extensions',
    columns: [
      id(),
      id('assembly_id'),
      id('estate_id'),
      instant('from_at'),
      instant('to_at'),
      text('reason', 500),
      oneOf('state', EXTENSION_STATES),
      id('proposed_by'),
      instant('proposed_at'),
      id('decided_by').orNull(),
      instant('decided_at').orNull(),
      text('refusal', 500).orNull(),
      /** Meeting and the deadline in question, while nobody has decided. */
      ascii('open_key', 48).orNull(),
    ],
    unique: { uq_assembly_extensions_open: ['open_key'] },
    indexes: { ix_assembly_extensions_assembly: ['assembly_id', 'id'] },
    checks: {
      ck_assembly_extensions_later: 'to_at > from_at',
      ck_assembly_extensions_two: 'decided_by IS NULL OR decided_by <> proposed_by',
    },
    references: { assembly_id: 'assemblies' },
  }),
  table({
    /** What owners say against a published result 对结果的异议. */
    name: 'result_objections',
    columns: [
      id(),
      id('assembly_id'),
      id('estate_id'),
      id('person_id'),
      text('objection_text', 500),
      instant('raised_at'),
      text('answer', 500).orNull(),
      id('answered_by').orNull(),
      instant('answered_at').orNull(),
      /** Meeting and person while it has no answer. */
      ascii('open_key', 60).orNull(),
    ],
    unique: { uq_result_objections_open: ['open_key'] },
    indexes: { ix_result_objections_assembly: ['assembly_id', 'id'] },
    references: { assembly_id: 'assemblies', person_id: 'persons' },
  }),
];

const tables = [...agencyTables, ...deadlineTables];

/** Proxies, guardians, extensions of a vote and objections to its result. */
export class MandatesAndExtensions1763701850000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, tables);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropTables(runner, tables);
  }
}
