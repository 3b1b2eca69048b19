import { type Instant, defineStateMachine } from '../kernel/index.ts';
import { isInTime } from './ballot.ts';
import { COUNTING_GRACE_MS } from './limits.ts';

/**
 * The life of an assembly (业主大会会议): drafted, opinions heard, noticed with the roll frozen and open to objections,
 * voted, closed, counted, published.
 */
export const ASSEMBLY_STATES = [
  'DRAFT',
  'OPINIONS',
  'NOTICED',
  'VOTING',
  'CLOSED',
  'DECIDED',
  'PUBLISHED',
  'CANCELLED',
] as const;
export type AssemblyState = (typeof ASSEMBLY_STATES)[number];

export const ASSEMBLY_STATE_LABELS: Readonly<Record<AssemblyState, string>> = {
  DRAFT: '草稿',
  OPINIONS: '征求意见中',
  NOTICED: '已通知，待投票',
  VOTING: '投票中',
  CLOSED: '投票已截止，待计票',
  DECIDED: '已计票，待公布',
  PUBLISHED: '结果已公布',
  CANCELLED: '已取消',
};

const PLAN = ['title', 'summary', 'motions'] as const;
const NOTICE = [...PLAN, 'materials', 'schedule', 'roll', 'votingRules'] as const;

export const assemblyMachine = defineStateMachine({
  name: 'assembly',
  initial: 'DRAFT',
  states: {
    DRAFT: {},
    // What is being discussed stays what it is while people give their opinions on it.
    OPINIONS: { freezes: PLAN },
    // What was notified is what is voted on: agenda, materials, dates, roll and rules.
    NOTICED: { freezes: NOTICE },
    VOTING: { freezes: NOTICE },
    CLOSED: { freezes: [...NOTICE, 'ballots'] },
    DECIDED: { freezes: [...NOTICE, 'ballots', 'results'] },
    PUBLISHED: { freezes: [...NOTICE, 'ballots', 'results'], final: true },
    CANCELLED: { freezes: [...NOTICE, 'ballots'], final: true },
  },
  transitions: [
    { event: 'ASK_OPINIONS', from: ['DRAFT'], to: 'OPINIONS', by: ['CONVENER'], requires: ['MOTIONS'] },
    { event: 'REDRAFT', from: ['OPINIONS'], to: 'DRAFT', by: ['CONVENER'] },
    {
      event: 'NOTIFY',
      from: ['DRAFT', 'OPINIONS'],
      to: 'NOTICED',
      by: ['CONVENER'],
      requires: [
        'MOTIONS',
        'NOTICE_PERIOD',
        'OPINIONS_HEARD',
        'ROLL_FROZEN',
        // 居委会: must be told of every meeting (物业管理条例 14, 20).
        'RESIDENTS_COMMITTEE_INFORMED',
      ],
    },
    // The clock opens and closes the vote; nobody can do either early.
    { event: 'OPEN', from: ['NOTICED'], to: 'VOTING', by: ['SYSTEM'], requires: ['OPENING_TIME'] },
    { event: 'CLOSE', from: ['VOTING'], to: 'CLOSED', by: ['SYSTEM'], requires: ['DEADLINE_PASSED'] },
    { event: 'COUNT', from: ['CLOSED'], to: 'DECIDED', by: ['SYSTEM'], requires: ['GRACE_PASSED'] },
    // The count publishes what it found by itself, so that nobody sits on a result.
    { event: 'PUBLISH', from: ['DECIDED'], to: 'PUBLISHED', by: ['SYSTEM'] },
    {
      event: 'CANCEL',
      from: ['DRAFT', 'OPINIONS', 'NOTICED'],
      to: 'CANCELLED',
      by: ['CONVENER'],
      requires: ['REASON'],
    },
  ],
});

/** The instants that decide where an assembly stands. */
export interface VotingSchedule {
  readonly opensAt: Instant;
  /** The deadline; a ballot received at this very millisecond is in time. */
  readonly closesAt: Instant;
}

/**
 * Where an assembly stands now. The stored state may lag behind the clock; every decision (may I vote, may this be
 * counted) asks this function, so that nothing opens late or closes early because a job did.
 */
export function assemblyStateAt(
  stored: AssemblyState,
  schedule: VotingSchedule,
  now: Instant,
): AssemblyState {
  if (stored !== 'NOTICED' && stored !== 'VOTING') return stored;
  if (!isInTime(now, schedule.closesAt)) return 'CLOSED';
  return now >= schedule.opensAt ? 'VOTING' : 'NOTICED';
}

/** When the count may start: the deadline and the grace in which the last ballots settle. */
export function countsAt({ closesAt }: VotingSchedule): Instant {
  return closesAt + COUNTING_GRACE_MS;
}

/** The life of one motion (议题). */
export const MOTION_STATES = [
  'PROPOSED',
  'ON_AGENDA',
  'NOT_ON_AGENDA',
  'WITHDRAWN',
  'PASSED',
  'REJECTED',
  'NO_QUORUM',
  'ANNULLED',
] as const;
export type MotionState = (typeof MOTION_STATES)[number];

const TEXT = ['title', 'text', 'matter', 'scope'] as const;

export const motionMachine = defineStateMachine({
  name: 'motion',
  initial: 'PROPOSED',
  states: {
    PROPOSED: {},
    ON_AGENDA: { freezes: TEXT },
    // Raised after the notice: kept for the record and for the next assembly, never voted on (北京 35).
    NOT_ON_AGENDA: { freezes: TEXT, final: true },
    WITHDRAWN: { freezes: TEXT, final: true },
    PASSED: { freezes: [...TEXT, 'result'] },
    REJECTED: { freezes: [...TEXT, 'result'], final: true },
    NO_QUORUM: { freezes: [...TEXT, 'result'], final: true },
    ANNULLED: { freezes: [...TEXT, 'result'], final: true },
  },
  transitions: [
    { event: 'NOTIFY', from: ['PROPOSED'], to: 'ON_AGENDA', by: ['CONVENER'], requires: ['NOTICE_PERIOD'] },
    { event: 'RAISE_LATE', from: ['PROPOSED'], to: 'NOT_ON_AGENDA', by: ['CONVENER'] },
    {
      event: 'WITHDRAW',
      from: ['PROPOSED', 'ON_AGENDA'],
      to: 'WITHDRAWN',
      by: ['CONVENER'],
      requires: ['REASON', 'BEFORE_DEADLINE'],
    },
    { event: 'PASS', from: ['ON_AGENDA'], to: 'PASSED', by: ['SYSTEM'], requires: ['TALLY'] },
    { event: 'REJECT', from: ['ON_AGENDA'], to: 'REJECTED', by: ['SYSTEM'], requires: ['TALLY'] },
    { event: 'LACK_QUORUM', from: ['ON_AGENDA'], to: 'NO_QUORUM', by: ['SYSTEM'], requires: ['TALLY'] },
    { event: 'ANNUL', from: ['PASSED'], to: 'ANNULLED', by: ['AUTHORITY'], requires: ['REASON', 'DOCUMENT'] },
  ],
});
