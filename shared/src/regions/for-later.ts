import type { RegionRules } from './rules.ts';

type RuleKey = {
  [Group in keyof RegionRules]: `${Group}.${keyof RegionRules[Group] & string}`;
}[keyof RegionRules];

/**
 * What the regions say already and no feature reads yet, with the feature that will. Everything else in a profile is in
 * force; whoever builds one of these takes its keys off.
 */
export const FOR_LATER = {
  'meeting.delegableMatters': '业主大会授权业委会',
  'filing.kinds': '备案',
  'filing.contractDays': '备案',
  'filing.contractInWorkingDays': '备案',
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
