import type {
  ConveningRules,
  MatterNumber,
  OnlineBallotMode,
  PaperRules,
  ProxyRules,
  ResultRules,
  CommitteeRules,
  VotingRules,
} from '../assembly/index.ts';
import type { ContactBoardRules } from '../contacts/index.ts';
import type { Instalment } from '../fees/index.ts';
import type { Fraction } from '../kernel/index.ts';
import type { AuditRules } from '../income-audit/index.ts';
import type { IncomeRules } from '../income/index.ts';

/**
 * Everything that the law, a region or a policy may set differently, in groups. A feature is given its group and knows
 * of no region.
 */
export interface RegionRules {
  readonly voting: VotingRules;
  readonly meeting: MeetingRules;
  readonly committee: CommitteeRules;
  readonly filing: FilingRules;
  readonly income: IncomeRegionRules;
  readonly fees: FeeRegionRules;
  readonly boards: ContactBoardRules;
  readonly supervision: SupervisionRules;
}

/** 业主大会会议: convening, notice, results. */
export interface MeetingRules extends ConveningRules, ProxyRules, ResultRules, PaperRules {
  /** Owners who together can demand a temporary meeting, by heads and, where asked for, also by area. */
  readonly petition: { readonly heads: Fraction; readonly area: Fraction | null };
  /** Signatures are gathered for so many days. */
  readonly petitionSigningDays: number;
  /** Once enough have signed, the committee sends the notice within so many days; then the street, within as many. */
  readonly conveneDays: number;
  readonly onlineBallotMode: OnlineBallotMode;
  /** 定期会议: the assembly meets at least once in so many months; null where its own rules say when. */
  readonly regularMeetingMonths: number | null;
  /** Matters that the assembly may leave to its committee. */
  readonly delegableMatters: readonly MatterNumber[];
  /** A vote that lacks its quorum may be prolonged by so many days in all. */
  readonly extensionMaxDays: number;
  /** A motion that lacked its quorum may come back only after so many days. */
  readonly repeatCooldownDays: number;
}

const FILING_KINDS = [
  'SERVICE_AREA',
  'COMMITTEE',
  'SERVICE_CONTRACT',
  'PROJECT_MANAGER',
  'HANDOVER_INSPECTION',
  'COMPANY',
  'MANAGEMENT_RULES',
] as const;
/** 物业管理区域, 业主委员会, 物业服务合同, 项目负责人, 承接查验, 物业企业, 管理规约. */
export type FilingKind = (typeof FILING_KINDS)[number];

/** 备案. */
export interface FilingRules {
  readonly kinds: readonly FilingKind[];
  /** The committee is filed within so many days of its election. */
  readonly committeeDays: number;
  /** The service contract is filed within so many days of its signing. */
  readonly contractDays: number;
  /** Whether `contractDays` are working days. */
  readonly contractInWorkingDays: boolean;
}

/** 公共收益. The threshold for spending is set by each estate and is not here. */
export interface IncomeRegionRules extends IncomeRules, AuditRules {}

/** 物业费. What a contract fixes (due day, late fee) belongs to the estate and is not here. */
export interface FeeRegionRules {
  readonly instalments: readonly Instalment[];
  /** 参考价: whether the region publishes reference prices to be shown beside the rate. */
  readonly referencePrices: boolean;
  /** A public list of debtors is not built, whatever a region allows: 个人信息保护法 25. */
  readonly debtorDisclosure: 'OFF';
}

/** 考评、红黑榜和退出; null where the region sets nothing. */
export interface SupervisionRules {
  readonly reviewPeriod: 'YEAR' | 'HALF_YEAR' | 'QUARTER' | null;
  /** 合同履约检查覆盖率, at least. */
  readonly inspectionCoverage: Fraction | null;
  /** A blacklisted company takes on no new project for so many years. */
  readonly blacklistBanYears: number | null;
  /** 年度满意度 below this share opens an exit case; exactly the share does not. */
  readonly satisfactionFloor: Fraction | null;
  /** 信用星级 at or below this twice running opens an exit case. */
  readonly exitStarsTwice: number | null;
  /** 考评得分 below this twice running opens an exit case. */
  readonly exitScoreTwice: number | null;
  /** Among the last three for so many years running opens an exit case. */
  readonly exitBottomThreeYears: number | null;
  /** 应急物业服务 lasts at most so many months. */
  readonly emergencyServiceMonths: number | null;
}
