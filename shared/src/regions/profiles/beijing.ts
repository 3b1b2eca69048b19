import type { RegionDefinition } from '../profile.ts';
import { BEIJING_RADAR } from '../radar/index.ts';
import { BEIJING_TICKET_RULES, POLICIES } from '../routing/index.ts';
import { cited, localLaw, product } from '../source.ts';

const rule = (articles: string) => localLaw(`${POLICIES.beijing}${articles}`);
const COMPOSITION = rule('关于业主委员会组成的规定');

export const BEIJING: RegionDefinition = {
  name: '北京市',
  tickets: BEIJING_TICKET_RULES,
  radar: BEIJING_RADAR,

  meeting: {
    noticeDays: cited(15, rule('35')),
    petition: cited({ heads: [1, 5], area: null }, rule('35')),
    onlineBallotMode: cited('OFFICIAL_PLATFORM_ONLY', rule('35：使用住房和城乡建设部门的电子投票系统')),
    delegableMatters: cited([], rule('44')),
    resultPostDays: cited(3, rule('37')),
  },
  committee: {
    min: cited(5, COMPOSITION),
    max: cited(null, COMPOSITION),
    odd: cited(true, COMPOSITION),
    smallEstate: cited({ min: 3, below: { households: 100 } }, COMPOSITION),
    termYears: cited({ min: null, max: 5 }, COMPOSITION),
    alternatesMax: cited('AS_MANY_AS_MEMBERS', COMPOSITION),
    renewalLead: cited({ count: 6, unit: 'MONTH' }, rule('关于业主委员会换届的规定')),
  },
  filing: {
    committeeDays: cited(30, rule('43')),
    contractDays: cited(15, rule('关于物业服务合同备案的规定')),
  },
  income: {
    publishPeriod: cited('YEAR', rule('70：至少每年公布')),
    publishWithinDays: cited(90, product('年度结束后 90 日内，条例没有规定天数')),
    fundMinShare: cited({ share: [1, 2], strict: false, whileFundBelow: [3, 10] }, rule('74')),
  },
};
