import type { RegionRules } from './rules.ts';

type RuleKey = {
  [Group in keyof RegionRules]: `${Group}.${keyof RegionRules[Group] & string}`;
}[keyof RegionRules];

/**
 * What the regions say already and no feature reads yet, with the feature that will. Everything else in a profile is in
 * force; whoever builds one of these takes its keys off.
 */
export const FOR_LATER = {
  'meeting.petition': '业主联名要求召开临时会议',
  'meeting.delegableMatters': '业主大会授权业委会',
  'committee.min': '业委会选举',
  'committee.max': '业委会选举',
  'committee.odd': '业委会选举',
  'committee.smallEstate': '业委会选举',
  'committee.termYears': '业委会选举',
  'committee.alternatesMax': '业委会选举',
  'committee.differential': '业委会选举',
  'committee.renewalLead': '业委会换届',
  'committee.partyMajorityAdvised': '业委会选举',
  'filing.kinds': '备案',
  'filing.committeeDays': '备案',
  'filing.contractDays': '备案',
  'filing.contractInWorkingDays': '备案',
  'income.auditYearly': '公共收益审计',
  'income.auditPostDays': '公共收益审计',
  'fees.debtorDisclosure': '不公布欠费名单，任何地区都不打开',
  'supervision.reviewPeriod': '物业考评',
  'supervision.inspectionCoverage': '合同履约检查',
  'supervision.blacklistBanYears': '红黑榜',
  'supervision.satisfactionFloor': '退出机制',
  'supervision.exitStarsTwice': '退出机制',
  'supervision.exitScoreTwice': '退出机制',
  'supervision.exitBottomThreeYears': '退出机制',
  'supervision.emergencyServiceMonths': '应急物业服务',
} as const satisfies Partial<Record<RuleKey, string>>;
