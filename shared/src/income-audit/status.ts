import { type StateMachine, defineStateMachine } from '../kernel/index.ts';

/** 审计意见. */
export const AUDIT_OPINIONS = ['UNQUALIFIED', 'QUALIFIED', 'ADVERSE', 'DISCLAIMER'] as const;
export type AuditOpinion = (typeof AUDIT_OPINIONS)[number];
export const AUDIT_OPINION_LABELS: Readonly<Record<AuditOpinion, string>> = {
  UNQUALIFIED: '无保留意见',
  QUALIFIED: '保留意见',
  ADVERSE: '否定意见',
  DISCLAIMER: '无法表示意见',
};
/** What the opinion means, for owners who have never read an audit report. */
export const AUDIT_OPINION_MEANINGS: Readonly<Record<AuditOpinion, string>> = {
  UNQUALIFIED: '账目属实，审计机构没有保留。',
  QUALIFIED: '除下面列出的问题外，账目属实。',
  ADVERSE: '账目不能如实反映收支。',
  DISCLAIMER: '材料不全，审计机构无法判断账目是否属实。',
};

/** 审计范围: the three ledgers. */
export const AUDITED_BOOKS = ['PUBLIC_INCOME', 'MAINTENANCE_FUND', 'PROPERTY_FEES'] as const;
export type AuditedBook = (typeof AUDITED_BOOKS)[number];
export const AUDITED_BOOK_LABELS: Readonly<Record<AuditedBook, string>> = {
  PUBLIC_INCOME: '公共收益',
  MAINTENANCE_FUND: '维修资金',
  PROPERTY_FEES: '物业费',
};

/** One version of a year's report. What is published is never edited: a correction is a version of its own, and supersedes it. */
export const AUDIT_REPORT_STATES = ['DRAFT', 'PUBLISHED', 'SUPERSEDED', 'DISCARDED'] as const;
export type AuditReportState = (typeof AUDIT_REPORT_STATES)[number];

export const FINDING_STATES = ['OPEN', 'ANSWERED', 'SENT_BACK', 'ACCEPTED'] as const;
export type FindingState = (typeof FINDING_STATES)[number];
export const FINDING_STATE_LABELS: Readonly<Record<FindingState, string>> = {
  OPEN: '等待答复',
  ANSWERED: '已答复，等待核实',
  SENT_BACK: '已退回，等待重新答复',
  ACCEPTED: '已整改',
};

export const FINDING_EVENTS = ['ANSWER', 'ACCEPT', 'SEND_BACK'] as const;
export type FindingEvent = (typeof FINDING_EVENTS)[number];
export const FINDING_EVENT_LABELS: Readonly<Record<FindingEvent, string>> = {
  ANSWER: '答复',
  ACCEPT: '核实通过',
  SEND_BACK: '退回',
};

/** ANSWERER is of the body that has to answer; SUPERVISOR is of the body that watches over the one that answered. */
export type FindingActor = 'ANSWERER' | 'SUPERVISOR';
/** OTHER_PERSON: not who gave the answer, whatever else they are. */
export type FindingRequirement = 'REASON' | 'OTHER_PERSON';

/** One finding 审计发现, from the report until its answer is accepted; sent back as often as it takes. */
export const FINDING_MACHINE: StateMachine<
  FindingState,
  FindingEvent,
  FindingActor,
  FindingRequirement,
  'ANSWERS'
> = defineStateMachine<FindingState, FindingEvent, FindingActor, FindingRequirement, 'ANSWERS'>({
  name: 'audit finding',
  initial: 'OPEN',
  states: {
    OPEN: {},
    ANSWERED: {},
    SENT_BACK: {},
    ACCEPTED: { final: true, freezes: ['ANSWERS'] },
  },
  transitions: [
    { event: 'ANSWER', from: ['OPEN', 'SENT_BACK'], to: 'ANSWERED', by: ['ANSWERER'] },
    {
      event: 'ACCEPT',
      from: ['ANSWERED'],
      to: 'ACCEPTED',
      by: ['SUPERVISOR'],
      requires: ['OTHER_PERSON'],
    },
    {
      event: 'SEND_BACK',
      from: ['ANSWERED'],
      to: 'SENT_BACK',
      by: ['SUPERVISOR'],
      requires: ['REASON', 'OTHER_PERSON'],
    },
  ],
});
