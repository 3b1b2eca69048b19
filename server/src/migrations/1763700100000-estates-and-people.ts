import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  AREA_SOURCES,
  BUILDING_KINDS,
  ROLL_IMPORT_STATES,
  ROLL_LIMITS,
  UNIT_STATUSES,
  UNIT_USES,
} from '@linli/shared/estate';
import { ORGANISATION_KINDS, RESIDENCY_KINDS, CLAIM_STATUSES } from '@linli/shared/identity';
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

const estateTables = [
  table({
    name: 'estates',
    columns: [
      id(),
      text('name', 60),
      ascii('region_code', 30),
      text('address', 120),
      fen('spend_vote_threshold_fen').orNull(),
      /** Counts the imports that were applied. */
      integer('roll_version'),
      instant('created_at'),
    ],
  }),
  table({
    name: 'buildings',
    columns: [
      id(),
      id('estate_id'),
      text('name', 40),
      integer('sort_order'),
      /** 高层 has a lift; the fee schedule asks. */
      oneOf('kind', BUILDING_KINDS),
      integer('storeys').orNull(),
    ],
    unique: { uq_buildings_name: ['estate_id', 'name'] },
    references: { estate_id: 'estates' },
  }),
  table({
    name: 'units',
    columns: [
      id(),
      id('estate_id'),
      id('building_id'),
      /** Building, entrance and room in one spelling; the same in every import. */
      text('unit_key', 130),
      text('entrance', 40),
      text('room', 40),
      integer('sort_order'),
      oneOf('unit_use', UNIT_USES),
      integer('area_centi_sqm'),
      integer('gross_area_centi_sqm').orNull(),
      oneOf('area_source', AREA_SOURCES),
      oneOf('status', UNIT_STATUSES),
      longText('developer').orNull(),
      text('certificate_no', 80).orNull(),
      /** Canonical owner set, or the developer: equal keys are one head (JQ 9). */
      ascii('principal_key', 64),
      text('note', 200).orNull(),
      /** 0: the latest roll no longer has it; kept for what refers to it. */
      flag('active'),
      instant('updated_at'),
    ],
    unique: { uq_units_key: ['estate_id', 'unit_key'] },
    indexes: {
      ix_units_estate: ['estate_id', 'active', 'sort_order', 'id'],
      ix_units_principal: ['estate_id', 'principal_key'],
    },
    checks: { ck_units_area: 'area_centi_sqm > 0' },
    references: { estate_id: 'estates', building_id: 'buildings' },
  }),
  table({
    name: 'persons',
    columns: [
      id(),
      longText('name_sealed').orNull(),
      longText('phone_sealed').orNull(),
      ascii('phone_index', 43).orNull(),
      ascii('openid_index', 43).orNull(),
      longText('openid_sealed').orNull(),
      ascii('privacy_version', 20).orNull(),
      instant('privacy_accepted_at').orNull(),
      instant('created_at'),
      instant('closed_at').orNull(),
    ],
    unique: { uq_persons_phone: ['phone_index'], uq_persons_openid: ['openid_index'] },
  }),
  table({
    name: 'owners',
    columns: [
      id(),
      id('estate_id'),
      longText('name_sealed'),
      ascii('identity_index', 43),
      ascii('id_last4', 4).orNull(),
      /** JSON array of numbers, sealed. */
      longText('phones_sealed').orNull(),
      id('person_id').orNull(),
      instant('created_at'),
    ],
    unique: { uq_owners_identity: ['estate_id', 'identity_index'] },
    indexes: { ix_owners_person: ['person_id'] },
    references: { estate_id: 'estates', person_id: 'persons' },
  }),
  table({
    name: 'owner_phones',
    primaryKey: ['phone_index', 'owner_id'],
    columns: [ascii('phone_index', 43), id('owner_id')],
    indexes: { ix_owner_phones_owner: ['owner_id'] },
    references: { owner_id: 'owners' },
  }),
  table({
    name: 'ownerships',
    primaryKey: ['unit_id', 'owner_id'],
    columns: [id('unit_id'), id('owner_id'), id('estate_id'), integer('position')],
    indexes: { ix_ownerships_owner: ['owner_id', 'unit_id'] },
    references: { unit_id: 'units', owner_id: 'owners', estate_id: 'estates' },
  }),
  table({
    name: 'roll_imports',
    columns: [
      id(),
      id('estate_id'),
      id('created_by'),
      text('file_name', ROLL_LIMITS.fileNameChars),
      ascii('storage_key', 80),
      oneOf('state', ROLL_IMPORT_STATES),
      oneOf('step', ['READING', 'COMPARING', 'APPLYING', 'DONE']),
      integer('percent'),
      integer('rows_read'),
      integer('faults_found'),
      longText('refusal_json').orNull(),
      longText('counts_json').orNull(),
      longText('preview_json').orNull(),
      /** Both name people, so they are sealed. */
      longText('report_sealed').orNull(),
      longText('changes_sealed').orNull(),
      /** The estate while the import moves by itself, so that one at a time does. */
      id('running_key').orNull(),
      instant('created_at'),
      instant('applied_at').orNull(),
    ],
    unique: { uq_roll_imports_running: ['running_key'] },
    indexes: { ix_roll_imports_estate: ['estate_id', 'id'] },
    references: { estate_id: 'estates' },
  }),
];

const peopleTables = [
  table({
    name: 'organisations',
    columns: [
      id(),
      oneOf('kind', ORGANISATION_KINDS),
      text('name', 60),
      text('phone', 20).orNull(),
      instant('created_at'),
    ],
  }),
  table({
    name: 'organisation_estates',
    primaryKey: ['organisation_id', 'estate_id'],
    columns: [id('organisation_id'), id('estate_id')],
    indexes: { ix_organisation_estates_estate: ['estate_id', 'organisation_id'] },
    references: { organisation_id: 'organisations', estate_id: 'estates' },
  }),
  table({
    name: 'memberships',
    columns: [
      id(),
      id('person_id'),
      id('organisation_id'),
      ascii('role', 30),
      date('starts_on'),
      date('ends_on').orNull(),
      id('granted_by').orNull(),
      /** A power role counts from the second person's confirmation. */
      id('confirmed_by').orNull(),
      instant('confirmed_at').orNull(),
      instant('created_at'),
    ],
    unique: { uq_memberships_role: ['person_id', 'organisation_id', 'role', 'starts_on'] },
    indexes: { ix_memberships_organisation: ['organisation_id', 'person_id'] },
    references: { person_id: 'persons', organisation_id: 'organisations' },
  }),
  table({
    name: 'residencies',
    columns: [
      id(),
      id('person_id'),
      id('unit_id'),
      id('estate_id'),
      oneOf('kind', RESIDENCY_KINDS),
      instant('starts_at'),
      instant('ends_at').orNull(),
      id('invited_by').orNull(),
    ],
    unique: { uq_residencies_home: ['person_id', 'unit_id', 'kind'] },
    indexes: { ix_residencies_unit: ['unit_id', 'person_id'] },
    references: { person_id: 'persons', unit_id: 'units', estate_id: 'estates' },
  }),
  table({
    name: 'sessions',
    columns: [
      id(),
      id('person_id'),
      ascii('token_hash', 43),
      text('device', 60),
      instant('created_at'),
      instant('last_seen_at'),
      instant('expires_at'),
      instant('revoked_at').orNull(),
    ],
    unique: { uq_sessions_token: ['token_hash'] },
    indexes: { ix_sessions_person: ['person_id', 'id'] },
    references: { person_id: 'persons' },
  }),
  table({
    name: 'sms_codes',
    columns: [
      ascii('phone_index', 43),
      ascii('code_hash', 43),
      instant('sent_at'),
      instant('expires_at'),
      integer('wrong_tries'),
      instant('locked_until'),
    ],
    primaryKey: ['phone_index'],
  }),
  table({
    name: 'claims',
    columns: [
      id(),
      id('estate_id'),
      id('unit_id'),
      id('person_id'),
      oneOf('kind', RESIDENCY_KINDS),
      longText('name_sealed'),
      text('note', 200),
      longText('evidence_file_ids'),
      oneOf('status', CLAIM_STATUSES),
      text('reason', 200).orNull(),
      id('decided_by').orNull(),
      instant('decided_at').orNull(),
      instant('created_at'),
      /** Set while pending, so that one person has one pending claim a unit. */
      ascii('pending_key', 60).orNull(),
    ],
    unique: { uq_claims_pending: ['pending_key'] },
    indexes: { ix_claims_estate: ['estate_id', 'status', 'id'], ix_claims_person: ['person_id', 'id'] },
    references: { estate_id: 'estates', unit_id: 'units', person_id: 'persons' },
  }),
  table({
    name: 'invitations',
    columns: [
      id(),
      id('unit_id'),
      id('estate_id'),
      id('invited_by'),
      oneOf('kind', ['FAMILY', 'TENANT']),
      ascii('code_hash', 43),
      instant('residency_ends_at').orNull(),
      instant('expires_at'),
      id('accepted_by').orNull(),
      instant('accepted_at').orNull(),
    ],
    unique: { uq_invitations_code: ['code_hash'] },
    references: { unit_id: 'units', estate_id: 'estates', invited_by: 'persons' },
  }),
];

const tables = [...estateTables, ...peopleTables];

/** Estates with their homes and owners; people with their sessions, homes and offices. */
export class EstatesAndPeople1763700100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, tables);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropTables(runner, tables);
  }
}
