import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  AUDIT_LIMITS,
  AUDIT_OPINIONS,
  AUDIT_PARTIES,
  AUDIT_REPORT_STATES,
  FINDING_EVENTS,
  FINDING_STATES,
  RESPONSIBLE_BODIES,
} from '@linli/shared/income-audit';
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

const tables = [
  table({
    /** The owners' own decision that there is an audit every year, one of an estate. */
    name: 'audit_commitments',
    columns: [
      id(),
      id('estate_id'),
      integer('since_year'),
      text('decision_number', AUDIT_LIMITS.decisionNumberMax),
      date('decided_on'),
      id('registered_by'),
      instant('registered_at'),
    ],
    unique: { uq_audit_commitments_estate: ['estate_id'] },
    references: { estate_id: 'estates' },
  }),
  table({
    /** A year's report in versions; what is published never changes. */
    name: 'audit_reports',
    columns: [
      id(),
      id('estate_id'),
      integer('audit_year'),
      integer('version'),
      oneOf('state', AUDIT_REPORT_STATES),
      /** Counts the saves, so that two people cannot overwrite each other. */
      integer('revision'),
      text('auditor', AUDIT_LIMITS.auditorLength.max),
      text('report_no', AUDIT_LIMITS.reportNoLength.max),
      date('signed_on'),
      oneOf('opinion', AUDIT_OPINIONS),
      text('summary', AUDIT_LIMITS.summaryLength.max),
      id('scan_file_id'),
      /** The books and the findings as this version has them: read and written whole, frozen with it. */
      longText('content_json'),
      id('amends').orNull(),
      text('reason', AUDIT_LIMITS.reasonLength.max),
      id('recorded_by'),
      id('published_by').orNull(),
      instant('published_at').orNull(),
      /** The version once it is published, so that there is one of each. */
      integer('published_version').orNull(),
      /** The year while this is being worked on, so that one version at a time is. */
      integer('open_key').orNull(),
      /** The year while this is the version in force. */
      integer('current_key').orNull(),
      instant('created_at'),
      instant('updated_at'),
    ],
    unique: {
      uq_audit_reports_version: ['estate_id', 'audit_year', 'published_version'],
      uq_audit_reports_open: ['estate_id', 'open_key'],
      uq_audit_reports_current: ['estate_id', 'current_key'],
    },
    checks: {
      ck_audit_reports_published:
        "state NOT IN ('PUBLISHED', 'SUPERSEDED') OR (published_by IS NOT NULL AND published_by <> recorded_by)",
    },
    references: { estate_id: 'estates', scan_file_id: 'files' },
  }),
  table({
    /** A finding from its publication until its answer is accepted, across the versions of its report. */
    name: 'audit_findings',
    columns: [
      id(),
      id('estate_id'),
      /** The version in force, which says what was found. */
      id('report_id'),
      integer('audit_year'),
      integer('finding_no'),
      oneOf('responsible', RESPONSIBLE_BODIES),
      oneOf('state', FINDING_STATES),
      /** How many events there are; who takes a step names the last that was read. */
      integer('seq'),
      date('step_due_on').orNull(),
      /** The day of the next reminder. */
      date('remind_on').orNull(),
      id('statement_id').orNull(),
      integer('line_index').orNull(),
      id('answered_by').orNull(),
      oneOf('answered_as', AUDIT_PARTIES).orNull(),
      id('accepted_by').orNull(),
    ],
    unique: { uq_audit_findings_no: ['estate_id', 'audit_year', 'finding_no'] },
    indexes: {
      ix_audit_findings_state: ['estate_id', 'state', 'step_due_on'],
      ix_audit_findings_statement: ['statement_id'],
      ix_audit_findings_remind: ['remind_on', 'id'],
    },
    checks: {
      ck_audit_findings_due: "(state = 'ACCEPTED') = (step_due_on IS NULL)",
      ck_audit_findings_accepted:
        "state <> 'ACCEPTED' OR (accepted_by IS NOT NULL AND accepted_by <> answered_by)",
    },
    references: { estate_id: 'estates', report_id: 'audit_reports', statement_id: 'income_statements' },
  }),
  table({
    /** Answers, and what was said of them. */
    name: 'audit_finding_events',
    columns: [
      id(),
      id('finding_id'),
      integer('seq'),
      oneOf('event', FINDING_EVENTS),
      text('event_text', AUDIT_LIMITS.answerLength.max),
      /** string[] */
      longText('file_ids'),
      id('person_id'),
      oneOf('party', AUDIT_PARTIES),
      instant('at'),
    ],
    unique: { uq_audit_finding_events_seq: ['finding_id', 'seq'] },
    references: { finding_id: 'audit_findings' },
    appendOnly: true,
  }),
  table({
    /** Which reminder of a year's report was sent. */
    name: 'audit_reminders',
    columns: [id(), ascii('reminder_key', 60), id('estate_id'), instant('sent_at')],
    unique: { uq_audit_reminders_key: ['reminder_key'] },
    references: { estate_id: 'estates' },
  }),
];

/** The yearly audit of the public income, its findings and their answers. */
export class AuditReports1763701890000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, tables);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropTables(runner, tables);
  }
}
