import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  ANNULMENT_KINDS,
  DECISION_BODIES,
  DECISION_EVENT_KINDS,
  SPEND_PURPOSE_CODES,
} from '@linli/shared/assembly';
import {
  ascii,
  createTables,
  date,
  dropTables,
  fen,
  id,
  instant,
  longText,
  oneOf,
  table,
  text,
} from '../kernel/database/ddl.ts';

const tables = [
  table({
    /** Where a decision stands: who sees to it, by when, what it may be spent on and what was. One row for each. */
    name: 'decision_follow_ups',
    primaryKey: ['decision_id'],
    columns: [
      id('decision_id'),
      id('estate_id'),
      oneOf('body', DECISION_BODIES),
      text('body_name', 60),
      date('due_on').orNull(),
      /** The first that was ever set. */
      date('first_due_on').orNull(),
      date('expires_on').orNull(),
      /** SpendPurpose[]; null until they are named, once. */
      longText('purposes_json').orNull(),
      /** Conditionally added to, so that two spends at once cannot both take what is left. */
      fen('spent_fen'),
      oneOf('finish', ['DONE', 'STOPPED']).orNull(),
      instant('finished_at').orNull(),
    ],
    indexes: { ix_decision_follow_ups_due: ['estate_id', 'due_on', 'decision_id'] },
    checks: {
      ck_decision_follow_ups_spent: 'spent_fen >= 0',
      ck_decision_follow_ups_finish: '(finish IS NULL) = (finished_at IS NULL)',
    },
    references: { decision_id: 'decisions' },
  }),
  table({
    /** Everything that happened to a decision, in order; never changed. */
    name: 'decision_events',
    columns: [
      id(),
      id('decision_id'),
      id('estate_id'),
      oneOf('kind', DECISION_EVENT_KINDS),
      text('event_text', 500),
      longText('file_ids'),
      date('due_from').orNull(),
      date('due_to').orNull(),
      fen('amount_fen').orNull(),
      /** Null where the count itself did it. */
      id('person_id').orNull(),
      instant('at'),
    ],
    indexes: { ix_decision_events_decision: ['decision_id', 'id'] },
    references: { decision_id: 'decisions' },
  }),
  table({
    /** What was spent under a decision: each spend once. */
    name: 'decision_spends',
    columns: [
      id(),
      id('decision_id'),
      id('estate_id'),
      oneOf('purpose', SPEND_PURPOSE_CODES),
      fen('amount_fen'),
      /** What spends: an income line, a request of the joint account. */
      ascii('source_kind', 30),
      id('source_id'),
      date('spent_on'),
      instant('charged_at'),
      instant('released_at').orNull(),
    ],
    unique: { uq_decision_spends_source: ['source_kind', 'source_id'] },
    indexes: { ix_decision_spends_decision: ['decision_id', 'id'] },
    checks: { ck_decision_spends_amount: 'amount_fen > 0' },
    references: { decision_id: 'decisions' },
  }),
  table({
    /** A court or an authority took the decision back; the decision itself stays as it was. */
    name: 'decision_annulments',
    primaryKey: ['decision_id'],
    columns: [
      id('decision_id'),
      id('estate_id'),
      oneOf('kind', ANNULMENT_KINDS),
      text('document_no', 80),
      date('document_on'),
      text('reason', 500),
      id('file_id'),
      id('person_id'),
      instant('recorded_at'),
    ],
    references: { decision_id: 'decisions' },
  }),
];

/** What becomes of the owners' decisions. */
export class DecisionFollowUp1763701850001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, tables);
    await runner.query(
      `INSERT INTO decision_follow_ups (decision_id, estate_id, body, body_name, due_on, first_due_on, expires_on,
         purposes_json, spent_fen, finish, finished_at)
       SELECT id, estate_id, 'COMMITTEE', '业主委员会', NULL, NULL, NULL, NULL, 0, NULL, NULL FROM decisions`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropTables(runner, tables);
  }
}
