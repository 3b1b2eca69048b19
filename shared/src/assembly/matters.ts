/**
 * What the owners decide together (业主共同决定事项), 民法典 278. The matter fixes the majority: whoever convenes an
 * assembly picks the matter and never the class.
 */

export const MATTER_NUMBERS = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;
/** The item of 民法典 278, first paragraph. */
export type MatterNumber = (typeof MATTER_NUMBERS)[number];

export const VOTE_CLASSES = ['ORDINARY', 'SPECIAL'] as const;
/** ORDINARY 普通事项 (双过半), SPECIAL 特别事项 (双四分之三). */
export type VoteClass = (typeof VOTE_CLASSES)[number];

export interface Matter {
  readonly number: MatterNumber;
  /** The law's own words. */
  readonly text: string;
  /** What it means for the people who convene, in plain words. */
  readonly examples: string;
}

export const MATTERS: readonly Matter[] = [
  { number: 1, text: '制定和修改业主大会议事规则', examples: '怎样开会、怎样投票、谁来计票' },
  { number: 2, text: '制定和修改管理规约', examples: '养犬、停车、装修等大家共同遵守的约定' },
  { number: 3, text: '选举业主委员会或者更换业主委员会成员', examples: '换届、补选、罢免' },
  { number: 4, text: '选聘和解聘物业服务企业或者其他管理人', examples: '续聘、换物业' },
  { number: 5, text: '使用建筑物及其附属设施的维修资金', examples: '动用维修资金修电梯、修屋面' },
  { number: 6, text: '筹集建筑物及其附属设施的维修资金', examples: '业主续交、补交维修资金' },
  { number: 7, text: '改建、重建建筑物及其附属设施', examples: '加装电梯、改建大门、拆建车棚' },
  {
    number: 8,
    text: '改变共有部分的用途或者利用共有部分从事经营活动',
    examples: '出租场地、电梯广告、绿地改车位',
  },
  {
    number: 9,
    text: '有关共有和共同管理权利的其他重大事项',
    examples: '调整物业费、支出公共收益、业委会经费',
  },
];

export function isMatterNumber(value: unknown): value is MatterNumber {
  return (MATTER_NUMBERS as readonly unknown[]).includes(value);
}

/** The class follows from the matter; which matters are special is region data (民法典 278: 6, 7 and 8). */
export function voteClassOf(matter: MatterNumber, specialMatters: readonly MatterNumber[]): VoteClass {
  return specialMatters.includes(matter) ? 'SPECIAL' : 'ORDINARY';
}

/** What the class asks for, as an owner reads it on the ballot. */
export const VOTE_CLASS_LABELS: Readonly<Record<VoteClass, string>> = {
  ORDINARY: '普通事项：双过半',
  SPECIAL: '特别事项：双四分之三',
};
