import type { Fraction } from '../../kernel/index.ts';
import type { ApprovalThreshold } from '../voting-rules.ts';

/** 业主委员会: composition, term, election and recall. Region data. */
export interface CommitteeRules {
  readonly min: number;
  /** null where no upper bound is set. */
  readonly max: number | null;
  /** An odd number of members. */
  readonly odd: boolean;
  /** Small estates may do with fewer. */
  readonly smallEstate: { readonly min: number; readonly atMost: SmallEstateBound } | null;
  readonly termYears: { readonly min: number | null; readonly max: number };
  /** Alternates (候补委员), at most; null where nothing is said. */
  readonly alternatesMax: 'AS_MANY_AS_MEMBERS' | null;
  /** 差额选举: more candidates than seats. */
  readonly differential: boolean;
  /** A committee stands where more than this share of its seats is filled. */
  readonly minElected: ApprovalThreshold;
  /** The renewal must begin so long before the term ends; null where nothing is said. */
  readonly renewalLead: LeadTime | null;
  /** The elected committee holds its first meeting within so many days. */
  readonly firstMeetingDays: number;
  /** The old committee hands over seals, books and files within so many days after its term. */
  readonly handoverDays: number;
  /** Who may demand a recall: owners, by share of heads, and members, by share of the committee. */
  readonly recall: { readonly owners: Fraction; readonly members: ApprovalThreshold };
  /** A recall takes effect so many whole days after its result is published; 0: with the publication. */
  readonly recallEffectDays: number;
  /** A seat that a recall leaves empty is filled within so many days. */
  readonly byElectionDays: number;
  /** 党员过半: told to those who nominate, never a rule of the count. */
  readonly partyMajorityAdvised: boolean;
}

export interface LeadTime {
  readonly count: number;
  readonly unit: 'DAY' | 'MONTH';
}

/** 以下 includes the number itself (民法典 1259). */
export type SmallEstateBound = { readonly households: number } | { readonly areaSqm: number };
