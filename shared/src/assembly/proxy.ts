import type { CalendarDate } from '../kernel/index.ts';
import type { Choice, Mark } from './ballot.ts';

/**
 * Who may vote for an owner, and how far 委托: rules over plain data. An owner authorises another person in writing (民法典
 * 165: agent, matter, powers, term, signature) for one meeting; the mandate ends with it (173).
 */

export const PROXY_ROLES = ['OWNER', 'RESIDENT', 'OTHER', 'PM_STAFF'] as const;
/** What the agent is in the estate: 业主, 家人或租户, 其他人, 物业企业工作人员. The last one is what regions bar. */
export type ProxyRole = (typeof PROXY_ROLES)[number];

export const MANDATE_WAYS = ['IN_APP', 'PAPER'] as const;
/** Signed by a confirmation in the app with a code sent to the owner's phone, or on paper and entered by two persons. */
export type MandateWay = (typeof MANDATE_WAYS)[number];

export const MANDATE_STATES = ['PENDING', 'ACTIVE', 'ENDED'] as const;
/** PENDING: entered from paper and not confirmed by a second person yet. */
export type MandateState = (typeof MANDATE_STATES)[number];

export const MANDATE_ENDS = ['REVOKED', 'RESIGNED', 'SOLD', 'DIED', 'REFUSED'] as const;
/**
 * 撤销 by the owner, 辞去 by the agent, 房屋出售, 一方去世, and 未通过复核 for one from paper. That the task is done needs no
 * entry: no mandate reaches beyond the deadline.
 */
export type MandateEnd = (typeof MANDATE_ENDS)[number];

export const MANDATE_END_LABELS: Readonly<Record<MandateEnd, string>> = {
  REVOKED: '业主撤销',
  RESIGNED: '代理人辞去',
  SOLD: '房屋已出售',
  DIED: '一方去世',
  REFUSED: '未通过复核',
};

export const GUARDIANSHIP_KINDS = ['MINOR', 'INCAPABLE'] as const;
/** 未成年人, 无民事行为能力或限制民事行为能力的成年人 (民法典 23, 27, 28). */
export type GuardianshipKind = (typeof GUARDIANSHIP_KINDS)[number];

export const GUARDIANSHIP_LABELS: Readonly<Record<GuardianshipKind, string>> = {
  MINOR: '未成年业主',
  INCAPABLE: '自己不能办事的业主',
};

export const GUARDIANSHIP_STATES = ['PENDING', 'IN_FORCE', 'REFUSED', 'ENDED'] as const;
export type GuardianshipState = (typeof GUARDIANSHIP_STATES)[number];

export const GUARDIANSHIP_STATE_LABELS: Readonly<Record<GuardianshipState, string>> = {
  PENDING: '待社区核对',
  IN_FORCE: '已生效',
  REFUSED: '未通过',
  ENDED: '已结束',
};

/**
 * Whether a guardianship is over by its date, whatever job has or has not run: from the day named the ward acts alone.
 */
export function guardianshipOver(
  { state, endsOn }: { readonly state: GuardianshipState; readonly endsOn: CalendarDate | null },
  today: CalendarDate,
): boolean {
  return state === 'IN_FORCE' && endsOn !== null && endsOn <= today;
}

/** What the region says of proxies, beside the cap and the barred roles of the count. */
export interface ProxyRules {
  /** INSTRUCTED: the owner states a choice for every motion (上海 18); FREE: may leave some to the agent's judgement. */
  readonly proxyPowers: 'INSTRUCTED' | 'FREE';
  /** Who votes for a home that is sold while the vote runs: the owner of the roll as it was frozen. */
  readonly saleDuringVote: 'FROZEN_ROLL';
}

export const SALE_DURING_VOTE: Readonly<Record<ProxyRules['saleDuringVote'], string>> = {
  FROZEN_ROLL:
    '名册在通知时定下来。投票期间房屋卖出或过户的，这次会议仍由名册上的业主投票，买方从下次会议开始投；卖方写的委托随之终止，本人仍可投票。',
};

/** The owner's word on a motion; a motion that is missing is left to the agent. */
export type Instructions = Readonly<Record<string, Choice>>;

export interface MandateTerms {
  /** Motions that the agent may vote on; null for all of the meeting. */
  readonly motionIds: readonly string[] | null;
  readonly instructions: Instructions;
}

const MANDATE_FAULTS = ['MOTION_UNKNOWN', 'SAID_OUTSIDE', 'MUST_SAY_ALL'] as const;
export type MandateFault = (typeof MANDATE_FAULTS)[number];

/** What stands against these terms; empty means they may be signed. */
export function mandateFaults(
  { motionIds, instructions }: MandateTerms,
  onAgenda: readonly string[],
  { proxyPowers }: Pick<ProxyRules, 'proxyPowers'>,
): MandateFault[] {
  const faults: MandateFault[] = [];
  const reach = motionIds ?? onAgenda;
  if (reach.length === 0 || reach.some((id) => !onAgenda.includes(id))) faults.push('MOTION_UNKNOWN');
  if (Object.keys(instructions).some((id) => !reach.includes(id))) faults.push('SAID_OUTSIDE');
  if (proxyPowers === 'INSTRUCTED' && reach.some((id) => !(id in instructions))) faults.push('MUST_SAY_ALL');
  return faults;
}

export type AgentFault = 'OUTSIDE_MANDATE' | 'AGAINST_INSTRUCTION';

/** Why an agent's ballot is not what the owner authorised; null where it is. */
export function agentFault(
  votes: Readonly<Record<string, Mark>>,
  { motionIds, instructions }: MandateTerms,
): AgentFault | null {
  for (const [motionId, mark] of Object.entries(votes)) {
    if (motionIds !== null && !motionIds.includes(motionId)) return 'OUTSIDE_MANDATE';
    const said = instructions[motionId];
    if (said !== undefined && said !== mark) return 'AGAINST_INSTRUCTION';
  }
  return null;
}

/** An agent's paper asks about more than the mandate may hold: what is left blank on it was not voted on. */
export function markedOnly(marks: Readonly<Record<string, Mark>>): Record<string, Mark> {
  return Object.fromEntries(Object.entries(marks).filter(([, mark]) => mark !== 'BLANK'));
}

/**
 * Whether a ballot that an agent cast still stands. The owner's revocation takes it back: until the deadline nothing is
 * final. After any other end what was cast before it stands (民法典 173, 174), and nothing after it.
 */
export function standsUnder(
  receivedAt: number,
  end: { readonly reason: MandateEnd; readonly at: number } | null,
): boolean {
  return end === null || (end.reason !== 'REVOKED' && receivedAt <= end.at);
}
