import type { RegionDefinition } from '../profile.ts';
import { BEIJING_RADAR } from '../radar/index.ts';
import { BEIJING_TICKET_RULES, POLICIES } from '../routing/index.ts';
import { cited, localLaw, product } from '../source.ts';

const rule = (articles: string) => localLaw(`${POLICIES.beijing}${articles}`);
const COMPOSITION = rule('39');

export const BEIJING: RegionDefinition = {
  name: '北京市',
  tickets: BEIJING_TICKET_RULES,
  radar: BEIJING_RADAR,

  meeting: {
    noticeDays: cited(15, rule('35')),
    petition: cited({ heads: [1, 5], area: null }, rule('35')),
    onlineBallotMode: cited('OFFICIAL_PLATFORM_ONLY', rule('35：使用住房和城乡建设部门的电子投票系统')),
    regularMeetingMonths: cited(12, rule('35')),
    delegableMatters: cited([], rule('44')),
    resultPostDays: cited(3, rule('37')),
  },
  committee: {
    min: cited(5, COMPOSITION),
    max: cited(null, COMPOSITION),
    odd: cited(true, COMPOSITION),
    smallEstate: cited({ min: 3, atMost: { households: 100 } }, rule('39：一百户以下，含一百户')),
    termYears: cited({ min: null, max: 5 }, rule('41')),
    alternatesMax: cited('AS_MANY_AS_MEMBERS', rule('关于候补委员的规定')),
    firstMeetingDays: cited(7, rule('42')),
    renewalLead: cited({ count: 6, unit: 'MONTH' }, rule('49')),
  },
  filing: {
    committeeDays: cited(30, rule('43')),
    contractDays: cited(15, rule('63')),
  },
  income: {
    publishPeriod: cited('YEAR', rule('70：至少每年公布')),
    publishWithinDays: cited(90, product('年度结束后 90 日内，条例没有规定天数')),
    fundMinShare: cited({ share: [1, 2], strict: false, whileFundBelow: [3, 10] }, rule('74')),
  },
};
