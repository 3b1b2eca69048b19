import { type StateMachine, defineStateMachine } from '../kernel/index.ts';
import type { StatementState } from './statement.ts';

export const STATEMENT_STATE_LABELS: Readonly<Record<StatementState, string>> = {
  DRAFT: '草稿',
  SUBMITTED: '等待复核',
  RETURNED: '已退回',
  PUBLISHED: '已公示',
  SUPERSEDED: '已被更正',
  DISCARDED: '已放弃',
};

/**
 * PREPARER wrote or submitted it, REVIEWER is another person and of the body that publishes, WITNESS is the community,
 * READER looks on.
 */
export type StatementActor = 'PREPARER' | 'REVIEWER' | 'WITNESS' | 'READER' | 'SYSTEM';
/**
 * 公示由谁作出: the owners' committee, whoever keeps the account; where none is in office, the community that stands in
 * for it. A company never publishes its own books.
 */
export type PublishingBody = 'COMMITTEE' | 'COMMUNITY';
export const PUBLISHING_BODY_LABELS: Readonly<Record<PublishingBody, string>> = {
  COMMITTEE: '业委会',
  COMMUNITY: '社区',
};
export type StatementEvent =
  'EDIT' | 'SUBMIT' | 'WITNESS' | 'RETURN' | 'TAKE_BACK' | 'PUBLISH' | 'SUPERSEDE' | 'DISCARD';
/** OTHER_PERSON: whoever publishes is not who submitted. NO_FAULTS: `statementFaults` is empty. */
export type StatementRequirement = 'NO_FAULTS' | 'OTHER_PERSON' | 'REASON' | 'NEWER_VERSION';

/** The lifecycle of one version. What is published is never edited; a correction is a version of its own. */
export const STATEMENT_MACHINE: StateMachine<
  StatementState,
  StatementEvent,
  StatementActor,
  StatementRequirement,
  'CONTENT'
> = defineStateMachine<StatementState, StatementEvent, StatementActor, StatementRequirement, 'CONTENT'>({
  name: 'income statement',
  initial: 'DRAFT',
  states: {
    DRAFT: {},
    SUBMITTED: { freezes: ['CONTENT'] },
    RETURNED: {},
    PUBLISHED: { freezes: ['CONTENT'] },
    SUPERSEDED: { final: true, freezes: ['CONTENT'] },
    DISCARDED: { final: true, freezes: ['CONTENT'] },
  },
  transitions: [
    { event: 'EDIT', from: ['DRAFT', 'RETURNED'], to: 'DRAFT', by: ['PREPARER', 'REVIEWER'] },
    {
      event: 'SUBMIT',
      from: ['DRAFT', 'RETURNED'],
      to: 'SUBMITTED',
      by: ['PREPARER'],
      requires: ['NO_FAULTS'],
    },
    { event: 'TAKE_BACK', from: ['SUBMITTED'], to: 'DRAFT', by: ['PREPARER'] },
    {
      event: 'RETURN',
      from: ['SUBMITTED'],
      to: 'RETURNED',
      by: ['REVIEWER'],
      requires: ['REASON', 'OTHER_PERSON'],
    },
    { event: 'WITNESS', from: ['SUBMITTED'], to: 'SUBMITTED', by: ['WITNESS'] },
    // Checked again at publication: a decision may have been withdrawn in between.
    {
      event: 'PUBLISH',
      from: ['SUBMITTED'],
      to: 'PUBLISHED',
      by: ['REVIEWER'],
      requires: ['NO_FAULTS', 'OTHER_PERSON'],
    },
    {
      event: 'SUPERSEDE',
      from: ['PUBLISHED'],
      to: 'SUPERSEDED',
      by: ['SYSTEM'],
      requires: ['NEWER_VERSION'],
    },
    { event: 'DISCARD', from: ['DRAFT', 'RETURNED'], to: 'DISCARDED', by: ['PREPARER', 'REVIEWER'] },
  ],
});
