import { type StateMachine, type Transition, defineStateMachine } from '../kernel/index.ts';

/** Where a complaint stands 办理状态. */
export const TICKET_STATES = [
  'DRAFT',
  'SUBMITTED',
  'ACCEPTED',
  'REJECTED',
  'ASSIGNED',
  'IN_PROGRESS',
  'WAIT_RESIDENT',
  'RESOLVED',
  'CONFIRMED',
  'REOPENED',
  'CLOSED',
  'ESCALATED',
  'TRANSFERRED',
  'MEDIATION',
  'SUSPENDED',
  'MERGED',
  'WITHDRAWN',
] as const;
export type TicketState = (typeof TICKET_STATES)[number];

export const TICKET_STATE_LABELS: Readonly<Record<TicketState, string>> = {
  DRAFT: '草稿',
  SUBMITTED: '等待受理',
  ACCEPTED: '已受理',
  REJECTED: '不予受理',
  ASSIGNED: '已派单',
  IN_PROGRESS: '处理中',
  WAIT_RESIDENT: '等您补充',
  RESOLVED: '等您确认',
  CONFIRMED: '已确认',
  REOPENED: '重新办理',
  CLOSED: '已销号',
  ESCALATED: '提级办理',
  TRANSFERRED: '转部门',
  MEDIATION: '调解中',
  SUSPENDED: '已挂起',
  MERGED: '已合并',
  WITHDRAWN: '已撤回',
};

/** The same for those who handle it: 等您 is the complainant there. */
export const TICKET_STATE_STAFF_LABELS: Readonly<Record<TicketState, string>> = {
  ...TICKET_STATE_LABELS,
  WAIT_RESIDENT: '等居民补充',
  RESOLVED: '等居民确认',
};

/**
 * HANDLER is whoever the complaint is with now (company, committee, community, street, department); SUPERVISOR is any
 * body above it; SYSTEM is the clock.
 */
export type TicketActor = 'COMPLAINANT' | 'HANDLER' | 'SUPERVISOR' | 'SYSTEM';

/** What a step cannot do without. The caller names what is present; the machine says what is missing. */
export type TicketRequirement =
  | 'CONTENT'
  | 'REASON'
  | 'OTHER_CHANNEL'
  | 'ASSIGNEE'
  | 'REPLY'
  | 'QUESTION'
  | 'EVIDENCE'
  | 'RATING'
  | 'DEPARTMENT'
  | 'MEDIATOR'
  | 'UNTIL'
  | 'NEW_DATE'
  | 'MASTER_TICKET'
  | 'CLOCK_RUN_OUT'
  | 'WITHIN_REOPEN_WINDOW'
  | 'REOPENS_LEFT'
  | 'REOPENS_USED_UP'
  | 'EXTENSIONS_LEFT'
  | 'NO_FOLLOWERS'
  | 'NOT_ACCUSED';

/** The periods that run on a complaint; each is a stored instant (`deadlines.ts`). */
const TICKET_CLOCKS = [
  'ACCEPT',
  'FIRST_REPLY',
  'ON_SITE',
  'FINISH',
  'URGED',
  'RESIDENT_ANSWER',
  'MEDIATION',
  'SUSPENSION',
  'AUTO_CONFIRM',
  'REOPEN_WINDOW',
] as const;
export type TicketClock = (typeof TICKET_CLOCKS)[number];

/** What is said of a period on the screen: 受理期限 … */
export const TICKET_CLOCK_LABELS: Readonly<Record<TicketClock, string>> = {
  ACCEPT: '受理期限',
  FIRST_REPLY: '首次答复期限',
  ON_SITE: '到场期限',
  FINISH: '办结期限',
  URGED: '催办期限',
  RESIDENT_ANSWER: '补充期限',
  MEDIATION: '调解期限',
  SUSPENSION: '挂起到期',
  AUTO_CONFIRM: '自动确认时间',
  REOPEN_WINDOW: '可要求重办的期限',
};

export type TicketEvent =
  | 'SUBMIT'
  | 'ACCEPT'
  | 'REJECT'
  | 'ASSIGN'
  | 'START'
  | 'REPLY'
  | 'ASK_RESIDENT'
  | 'RESIDENT_ANSWERS'
  | 'ANSWER_TIMEOUT'
  | 'RESOLVE'
  | 'CONFIRM'
  | 'AUTO_CONFIRM'
  | 'REOPEN'
  | 'APPEAL'
  | 'CLOSE'
  | 'URGE'
  | 'ESCALATE'
  | 'TAKE_OVER'
  | 'TRANSFER'
  | 'RETURN'
  | 'MEDIATE'
  | 'MEDIATION_FAILS'
  | 'REQUEST_EXTENSION'
  | 'GRANT_EXTENSION'
  | 'SUSPEND'
  | 'RESUME'
  | 'MERGE'
  | 'WITHDRAW';

/** What a complaint may no longer change. Nothing said by anyone is ever edited; it is added to. */
export type TicketField = 'CONTENT' | 'CATEGORY' | 'LEVEL' | 'RESULT' | 'RATING';

/**
 * A step and what it does to the clocks, in this order: stops, resumes, starts, pauses. A clock that still runs is not
 * started again (passing a complaint on buys no time); one that was stopped begins anew.
 */
export interface TicketTransition extends Transition<
  TicketState,
  TicketEvent,
  TicketActor,
  TicketRequirement
> {
  readonly stops: readonly TicketClock[];
  readonly resumes: readonly TicketClock[];
  readonly starts: readonly TicketClock[];
  readonly pauses: readonly TicketClock[];
}

type Step = Omit<TicketTransition, 'starts' | 'stops' | 'pauses' | 'resumes'> &
  Partial<Pick<TicketTransition, 'starts' | 'stops' | 'pauses' | 'resumes'>>;

const step = (row: Step): TicketTransition => ({ starts: [], stops: [], pauses: [], resumes: [], ...row });

/** A step that leaves the state as it is, once for every state in which it is allowed. */
const staying = (states: readonly TicketState[], row: Omit<Step, 'from' | 'to'>): TicketTransition[] =>
  states.map((state) => step({ ...row, from: [state], to: state }));

const ALL_CLOCKS = TICKET_CLOCKS;
const WORK_CLOCKS = ['FIRST_REPLY', 'ON_SITE', 'FINISH', 'URGED'] as const;
/** Somebody is at it, or ought to be. */
const OPEN_STATES = [
  'SUBMITTED',
  'ACCEPTED',
  'ASSIGNED',
  'IN_PROGRESS',
  'WAIT_RESIDENT',
  'REOPENED',
  'ESCALATED',
  'TRANSFERRED',
  'MEDIATION',
  'SUSPENDED',
] as const satisfies readonly TicketState[];

/** The lifecycle of a complaint: the only place that says who may do what, when, and which period it starts or ends. */
export const TICKET_TRANSITIONS: readonly TicketTransition[] = [
  step({
    event: 'SUBMIT',
    from: ['DRAFT'],
    to: 'SUBMITTED',
    by: ['COMPLAINANT'],
    requires: ['CONTENT'],
    starts: ['ACCEPT', 'FIRST_REPLY', 'ON_SITE', 'FINISH'],
  }),

  // 受理 ------------------------------------------------------------------------------------------------------------
  step({
    event: 'ACCEPT',
    from: ['SUBMITTED'],
    to: 'ACCEPTED',
    by: ['HANDLER', 'SUPERVISOR'],
    stops: ['ACCEPT', 'URGED'],
    starts: ['FINISH'],
  }),
  step({
    event: 'REJECT',
    from: ['SUBMITTED'],
    to: 'REJECTED',
    by: ['HANDLER', 'SUPERVISOR'],
    requires: ['REASON', 'OTHER_CHANNEL', 'NOT_ACCUSED'],
    stops: ALL_CLOCKS,
    starts: ['REOPEN_WINDOW'],
  }),
  step({
    event: 'MERGE',
    from: ['SUBMITTED', 'ACCEPTED', 'ASSIGNED', 'IN_PROGRESS'],
    to: 'MERGED',
    by: ['HANDLER', 'SUPERVISOR'],
    requires: ['MASTER_TICKET', 'NOT_ACCUSED'],
    stops: ALL_CLOCKS,
    starts: ['REOPEN_WINDOW'],
  }),
  step({
    event: 'WITHDRAW',
    from: OPEN_STATES,
    to: 'WITHDRAWN',
    by: ['COMPLAINANT'],
    requires: ['NO_FOLLOWERS'],
    stops: ALL_CLOCKS,
  }),

  // 办理 ------------------------------------------------------------------------------------------------------------
  step({
    event: 'ASSIGN',
    from: ['ACCEPTED', 'ASSIGNED', 'IN_PROGRESS', 'REOPENED'],
    to: 'ASSIGNED',
    by: ['HANDLER', 'SUPERVISOR'],
    requires: ['ASSIGNEE'],
  }),
  step({
    event: 'START',
    from: ['ACCEPTED', 'ASSIGNED', 'REOPENED'],
    to: 'IN_PROGRESS',
    by: ['HANDLER'],
    stops: ['ON_SITE'],
  }),
  step({
    event: 'REPLY',
    from: ['ACCEPTED', 'ASSIGNED', 'REOPENED'],
    to: 'IN_PROGRESS',
    by: ['HANDLER'],
    requires: ['REPLY'],
    stops: ['FIRST_REPLY'],
  }),
  ...staying(['IN_PROGRESS', 'WAIT_RESIDENT', 'MEDIATION', 'SUSPENDED'], {
    event: 'REPLY',
    by: ['HANDLER'],
    requires: ['REPLY'],
    stops: ['FIRST_REPLY'],
  }),
  step({
    event: 'ASK_RESIDENT',
    from: ['IN_PROGRESS'],
    to: 'WAIT_RESIDENT',
    by: ['HANDLER'],
    requires: ['QUESTION'],
    stops: ['FIRST_REPLY'],
    pauses: ['FINISH', 'URGED'],
    starts: ['RESIDENT_ANSWER'],
  }),
  step({
    event: 'RESIDENT_ANSWERS',
    from: ['WAIT_RESIDENT'],
    to: 'IN_PROGRESS',
    by: ['COMPLAINANT'],
    requires: ['REPLY'],
    stops: ['RESIDENT_ANSWER'],
    resumes: ['FINISH', 'URGED'],
  }),
  step({
    event: 'ANSWER_TIMEOUT',
    from: ['WAIT_RESIDENT'],
    to: 'IN_PROGRESS',
    by: ['SYSTEM'],
    requires: ['CLOCK_RUN_OUT'],
    stops: ['RESIDENT_ANSWER'],
    resumes: ['FINISH', 'URGED'],
  }),
  step({
    event: 'TRANSFER',
    from: ['ACCEPTED', 'ASSIGNED', 'IN_PROGRESS', 'REOPENED', 'ESCALATED'],
    to: 'TRANSFERRED',
    by: ['HANDLER', 'SUPERVISOR'],
    requires: ['DEPARTMENT', 'REASON'],
    stops: ['ACCEPT'],
    starts: ['ACCEPT'],
  }),
  step({
    event: 'RETURN',
    from: ['TRANSFERRED'],
    to: 'ASSIGNED',
    by: ['HANDLER'],
    requires: ['REASON'],
    stops: ['ACCEPT'],
    starts: ['FINISH'],
  }),
  step({
    event: 'TAKE_OVER',
    from: ['TRANSFERRED'],
    to: 'IN_PROGRESS',
    by: ['HANDLER'],
    stops: ['ACCEPT'],
    starts: ['FINISH'],
  }),
  step({
    event: 'MEDIATE',
    from: ['IN_PROGRESS', 'REOPENED', 'ESCALATED'],
    to: 'MEDIATION',
    by: ['HANDLER', 'SUPERVISOR'],
    requires: ['MEDIATOR', 'REASON', 'NOT_ACCUSED'],
    stops: ['ACCEPT'],
    pauses: ['FINISH', 'URGED'],
    starts: ['MEDIATION'],
  }),
  step({
    event: 'MEDIATION_FAILS',
    from: ['MEDIATION'],
    to: 'IN_PROGRESS',
    by: ['HANDLER'],
    requires: ['REASON'],
    stops: ['MEDIATION'],
    resumes: ['FINISH', 'URGED'],
    starts: ['FINISH'],
  }),
  step({
    event: 'MEDIATION_FAILS',
    from: ['MEDIATION'],
    to: 'IN_PROGRESS',
    by: ['SYSTEM'],
    requires: ['CLOCK_RUN_OUT'],
    stops: ['MEDIATION'],
    resumes: ['FINISH', 'URGED'],
    starts: ['FINISH'],
  }),
  step({
    event: 'SUSPEND',
    from: ['ASSIGNED', 'IN_PROGRESS'],
    to: 'SUSPENDED',
    by: ['SUPERVISOR'],
    requires: ['REASON', 'UNTIL'],
    pauses: ['FINISH', 'URGED'],
    starts: ['SUSPENSION'],
  }),
  step({
    event: 'RESUME',
    from: ['SUSPENDED'],
    to: 'IN_PROGRESS',
    by: ['HANDLER', 'SUPERVISOR'],
    stops: ['SUSPENSION'],
    resumes: ['FINISH', 'URGED'],
  }),
  step({
    event: 'RESUME',
    from: ['SUSPENDED'],
    to: 'IN_PROGRESS',
    by: ['SYSTEM'],
    requires: ['CLOCK_RUN_OUT'],
    stops: ['SUSPENSION'],
    resumes: ['FINISH', 'URGED'],
  }),
  ...staying(['ACCEPTED', 'ASSIGNED', 'IN_PROGRESS', 'TRANSFERRED', 'REOPENED'], {
    event: 'REQUEST_EXTENSION',
    by: ['HANDLER'],
    requires: ['REASON', 'NEW_DATE', 'EXTENSIONS_LEFT'],
  }),
  ...staying(['ACCEPTED', 'ASSIGNED', 'IN_PROGRESS', 'TRANSFERRED', 'REOPENED'], {
    event: 'GRANT_EXTENSION',
    by: ['SUPERVISOR'],
    requires: ['REASON', 'NEW_DATE', 'EXTENSIONS_LEFT'],
  }),

  // 催办、督办、提级 ---------------------------------------------------------------------------------------------------
  ...staying(['SUBMITTED', 'ACCEPTED', 'ASSIGNED', 'IN_PROGRESS', 'REOPENED', 'ESCALATED', 'TRANSFERRED'], {
    event: 'URGE',
    by: ['SYSTEM', 'SUPERVISOR'],
    requires: ['REASON'],
    stops: ['URGED'],
    starts: ['URGED'],
  }),
  step({
    event: 'ESCALATE',
    from: ['SUBMITTED', 'ACCEPTED', 'ASSIGNED', 'IN_PROGRESS', 'REOPENED', 'TRANSFERRED', 'ESCALATED'],
    to: 'ESCALATED',
    by: ['SYSTEM', 'SUPERVISOR'],
    requires: ['REASON'],
    stops: ['ACCEPT', ...WORK_CLOCKS],
    starts: ['ACCEPT'],
  }),
  step({
    event: 'TAKE_OVER',
    from: ['ESCALATED'],
    to: 'IN_PROGRESS',
    by: ['HANDLER'],
    stops: ['ACCEPT', 'URGED'],
    starts: ['FINISH'],
  }),
  step({
    event: 'ASSIGN',
    from: ['ESCALATED'],
    to: 'ASSIGNED',
    by: ['HANDLER', 'SUPERVISOR'],
    requires: ['ASSIGNEE'],
    stops: ['ACCEPT', 'URGED'],
    starts: ['FINISH'],
  }),

  // 办结、确认、重办、销号 ----------------------------------------------------------------------------------------------
  step({
    event: 'RESOLVE',
    from: ['IN_PROGRESS', 'MEDIATION'],
    to: 'RESOLVED',
    by: ['HANDLER'],
    requires: ['REPLY', 'EVIDENCE'],
    stops: [...WORK_CLOCKS, 'MEDIATION'],
    starts: ['AUTO_CONFIRM', 'REOPEN_WINDOW'],
  }),
  step({
    event: 'CONFIRM',
    from: ['RESOLVED'],
    to: 'CONFIRMED',
    by: ['COMPLAINANT'],
    requires: ['RATING'],
    stops: ['AUTO_CONFIRM'],
  }),
  step({
    event: 'AUTO_CONFIRM',
    from: ['RESOLVED'],
    to: 'CONFIRMED',
    by: ['SYSTEM'],
    requires: ['CLOCK_RUN_OUT'],
    stops: ['AUTO_CONFIRM'],
  }),
  step({
    event: 'REOPEN',
    from: ['RESOLVED', 'CONFIRMED'],
    to: 'REOPENED',
    by: ['COMPLAINANT'],
    requires: ['REASON', 'WITHIN_REOPEN_WINDOW', 'REOPENS_LEFT'],
    stops: ['AUTO_CONFIRM', 'REOPEN_WINDOW'],
    starts: ['FIRST_REPLY', 'FINISH'],
  }),
  step({
    event: 'APPEAL',
    from: ['RESOLVED', 'CONFIRMED'],
    to: 'ESCALATED',
    by: ['COMPLAINANT'],
    requires: ['REASON', 'WITHIN_REOPEN_WINDOW', 'REOPENS_USED_UP'],
    stops: ['AUTO_CONFIRM', 'REOPEN_WINDOW'],
    starts: ['ACCEPT'],
  }),
  step({
    event: 'APPEAL',
    from: ['REJECTED', 'MERGED'],
    to: 'ESCALATED',
    by: ['COMPLAINANT'],
    requires: ['REASON', 'WITHIN_REOPEN_WINDOW'],
    stops: ['REOPEN_WINDOW'],
    starts: ['ACCEPT'],
  }),
  step({
    event: 'CLOSE',
    from: ['CONFIRMED', 'REJECTED'],
    to: 'CLOSED',
    by: ['SYSTEM'],
    requires: ['CLOCK_RUN_OUT'],
    stops: ALL_CLOCKS,
  }),
];

const SUBMITTED_FREEZE = { freezes: ['CONTENT'] } as const;
const HANDLED_FREEZE = { freezes: ['CONTENT', 'CATEGORY'] } as const;

export const TICKET_MACHINE: StateMachine<
  TicketState,
  TicketEvent,
  TicketActor,
  TicketRequirement,
  TicketField
> = defineStateMachine<TicketState, TicketEvent, TicketActor, TicketRequirement, TicketField>({
  name: 'ticket',
  initial: 'DRAFT',
  states: {
    DRAFT: {},
    // The handler may still correct a wrong category while accepting; what the complainant wrote stays.
    SUBMITTED: SUBMITTED_FREEZE,
    ACCEPTED: HANDLED_FREEZE,
    REJECTED: HANDLED_FREEZE,
    ASSIGNED: HANDLED_FREEZE,
    IN_PROGRESS: HANDLED_FREEZE,
    WAIT_RESIDENT: HANDLED_FREEZE,
    RESOLVED: { freezes: ['CONTENT', 'CATEGORY', 'RESULT'] },
    CONFIRMED: { freezes: ['CONTENT', 'CATEGORY', 'RESULT', 'LEVEL'] },
    REOPENED: HANDLED_FREEZE,
    ESCALATED: HANDLED_FREEZE,
    TRANSFERRED: HANDLED_FREEZE,
    MEDIATION: HANDLED_FREEZE,
    SUSPENDED: HANDLED_FREEZE,
    CLOSED: { final: true, freezes: ['CONTENT', 'CATEGORY', 'RESULT', 'LEVEL', 'RATING'] },
    // Goes on as another complaint, unless its complainant says that it is none of that.
    MERGED: { freezes: ['CONTENT', 'CATEGORY', 'RESULT', 'RATING'] },
    WITHDRAWN: { final: true, freezes: ['CONTENT', 'CATEGORY', 'RESULT', 'LEVEL', 'RATING'] },
  },
  transitions: TICKET_TRANSITIONS,
});

/** The row of a step, for its clocks; undefined where the step does not exist. */
export function ticketTransition(
  state: TicketState,
  event: TicketEvent,
  actor: TicketActor,
): TicketTransition | undefined {
  return TICKET_TRANSITIONS.find(
    (row) => row.event === event && row.from.includes(state) && row.by.includes(actor),
  );
}

export function isOpen(state: TicketState): boolean {
  return (OPEN_STATES as readonly TicketState[]).includes(state);
}
