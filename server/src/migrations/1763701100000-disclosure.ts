import type { MigrationInterface, QueryRunner } from 'typeorm';
import { DISCLOSURE_LIMITS, DUTY_HOLDERS, NOTICE_KINDS } from '@linli/shared/disclosure';
import {
  ascii,
  createTables,
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
    name: 'notices',
    columns: [
      id(),
      id('estate_id'),
      /** The first version; all versions of a notice share it. */
      id('root_id'),
      integer('version'),
      oneOf('kind', NOTICE_KINDS),
      text('title', DISCLOSURE_LIMITS.noticeTitleMax),
      longText('body'),
      longText('file_ids_json'),
      oneOf('state', ['PUBLISHED', 'SUPERSEDED', 'WITHDRAWN']),
      /** 0 once a newer version has taken its place: lists leave it out. */
      flag('listed'),
      text('reason', DISCLOSURE_LIMITS.reasonMax),
      instant('pinned_until').orNull(),
      id('organisation_id'),
      text('publisher_name', 60),
      id('published_by'),
      instant('published_at'),
    ],
    unique: { uq_notices_version: ['root_id', 'version'] },
    indexes: { ix_notices_listed: ['estate_id', 'listed', 'id'] },
    references: { estate_id: 'estates', organisation_id: 'organisations', published_by: 'persons' },
  }),
  table({
    name: 'notice_reads',
    columns: [id(), id('notice_id'), id('person_id'), instant('read_at')],
    unique: { uq_notice_reads_person: ['notice_id', 'person_id'] },
    references: { notice_id: 'notices', person_id: 'persons' },
  }),
  table({
    name: 'postings',
    columns: [
      id(),
      id('estate_id'),
      ascii('code', 30),
      ascii('period', 7).orNull(),
      id('root_id'),
      integer('version'),
      text('title', DISCLOSURE_LIMITS.noticeTitleMax),
      longText('body'),
      longText('file_ids_json'),
      text('reason', DISCLOSURE_LIMITS.reasonMax),
      text('publisher_name', 60),
      id('published_by'),
      instant('published_at'),
      /** When somebody last looked at it again and found it right. */
      instant('checked_at').orNull(),
      /** code:period while this is the version in force. */
      ascii('current_key', 40).orNull(),
    ],
    unique: {
      uq_postings_version: ['root_id', 'version'],
      uq_postings_current: ['estate_id', 'current_key'],
    },
    indexes: { ix_postings_item: ['estate_id', 'code', 'id'] },
    references: { estate_id: 'estates', published_by: 'persons' },
  }),
  table({
    name: 'posting_questions',
    columns: [
      id(),
      id('estate_id'),
      ascii('code', 30),
      oneOf('duty_holder', Object.keys(DUTY_HOLDERS)),
      text('question', DISCLOSURE_LIMITS.questionMax),
      id('asked_by'),
      instant('asked_at'),
      instant('answer_by'),
      instant('answered_at').orNull(),
      id('answered_by').orNull(),
      text('answerer_name', 60).orNull(),
      text('answer', DISCLOSURE_LIMITS.answerMax).orNull(),
      /** code:person while it waits, so that one person asks once at a time. */
      ascii('open_key', 60).orNull(),
    ],
    unique: { uq_posting_questions_open: ['estate_id', 'open_key'] },
    indexes: { ix_posting_questions_item: ['estate_id', 'code', 'id'] },
    checks: { ck_posting_questions_answer: '(answered_at IS NULL) = (answer IS NULL)' },
    references: { estate_id: 'estates', asked_by: 'persons' },
  }),
  table({
    name: 'posting_question_follows',
    columns: [id(), id('question_id'), id('person_id'), instant('followed_at')],
    unique: { uq_posting_question_follows_person: ['question_id', 'person_id'] },
    references: { question_id: 'posting_questions', person_id: 'persons' },
  }),
];

/** Notices, simple postings, and owners' questions about what is not posted. */
export class Disclosure1763701100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, tables);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropTables(runner, tables);
  }
}
