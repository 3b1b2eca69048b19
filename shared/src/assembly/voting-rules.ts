import type { Fraction } from '../kernel/index.ts';
import type { MatterNumber, VoteClass } from './matters.ts';

/**
 * Everything that decides a vote and may differ by region or by an estate's own 议事规则. The tally holds no number of
 * its own: it is given these.
 */
export interface VotingRules {
  /** 参与表决: share of the WHOLE electorate that must take part, in area and in heads (民法典 278: 2/3). */
  readonly quorum: Fraction;
  /** Approval of ordinary matters: share of the PARTICIPANTS (民法典 278: more than 1/2). */
  readonly ordinary: ApprovalThreshold;
  /** Approval of special matters: share of the PARTICIPANTS (民法典 278: 3/4 or more). */
  readonly special: ApprovalThreshold;
  readonly specialMatters: readonly MatterNumber[];
  /** Whether registrable parking spaces (车位) have area and heads. Only where the 议事规则 says so. */
  readonly countParking: boolean;
  /** Whether {A, B} and {A} are two heads (法释〔2009〕7号 9, literally) or one. */
  readonly headMerge: 'EXACT_OWNER_SET' | 'SHARED_ANY';
  /** Whether owners who were served and did not vote follow the majority. Legally risky after 民法典 278. */
  readonly nonVoter: 'NOT_COUNTED' | 'FOLLOW_MAJORITY';
  /** Which ballot of one voter counts. */
  readonly revote: 'LAST' | 'FIRST';
  /** Which channel wins where one voter used both. */
  readonly channelPriority: 'LAST' | 'PAPER' | 'ONLINE';
  /** Whether a signed ballot that is blank or spoiled for a motion takes part in it. */
  readonly blank: 'PARTICIPATES' | 'EXCLUDED';
  /** Whether 弃权 takes part. */
  readonly abstain: 'PARTICIPATES' | 'EXCLUDED';
  /** An owner of several units who splits them: the vote is void, or the area follows each unit. */
  readonly multiUnitSplit: 'INVALID' | 'AREA_SPLIT';
  /** Co-owners who disagree without a representative: the vote is void, or the latest ballot counts. */
  readonly coOwnerConflict: 'INVALID' | 'LAST';
  /** How many owners one proxy (代理人) may represent; null for no limit. */
  readonly proxyCap: number | null;
  /** Roles that may not be proxies, e.g. the property company's staff. */
  readonly proxyBarredRoles: readonly string[];
}

export interface ApprovalThreshold {
  readonly share: Fraction;
  /** True for 过半数 (exactly the share is not enough), false for 以上 (the share itself is enough). */
  readonly strict: boolean;
}

export function approvalThreshold(rules: VotingRules, voteClass: VoteClass): ApprovalThreshold {
  return voteClass === 'SPECIAL' ? rules.special : rules.ordinary;
}
