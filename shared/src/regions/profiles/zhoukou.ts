import type { RegionDefinition } from '../profile.ts';
import { ZHOUKOU_RADAR } from '../radar/index.ts';
import { POLICIES, ZHOUKOU_TICKET_RULES } from '../routing/index.ts';
import { cited, draft, localLaw } from '../source.ts';

const opinion = (part: string) => draft(`${POLICIES.zhoukou}${part}`);
const henan = (articles: string) => localLaw(`《河南省物业管理条例》${articles}`);

/**
 * 周口（河南）. The opinion is a draft. The province's shares for votes (22, 26) are older than the Civil Code and do not
 * hold; the list of debtors that it allows (88) is not built.
 */
export const ZHOUKOU: RegionDefinition = {
  name: '河南省周口市',
  tickets: ZHOUKOU_TICKET_RULES,
  radar: ZHOUKOU_RADAR,

  meeting: {
    petition: cited({ heads: [1, 5], area: null }, henan('24')),
  },
  committee: {
    recall: cited({ owners: [1, 5], members: { share: [1, 3], strict: false } }, henan('31')),
    partyMajorityAdvised: cited(true, opinion('三（五）14')),
  },
  filing: {
    committeeDays: cited(30, henan('29')),
    contractDays: cited(15, opinion('三（二）4')),
    contractInWorkingDays: cited(true, opinion('三（二）4')),
  },
  income: {
    publishPeriod: cited('QUARTER', opinion('三（二）7')),
    accountHolder: cited('PM_SEPARATE', opinion('三（二）7：物业企业开设独立对公账户')),
  },
  fees: {
    referencePrices: cited(true, opinion('三（一）1')),
  },
  supervision: {
    reviewPeriod: cited('QUARTER', opinion('三（二）4')),
    inspectionCoverage: cited([1, 10], opinion('三（二）4')),
    satisfactionFloor: cited([60, 100], opinion('三（三）11')),
    exitStarsTwice: cited(1, opinion('三（三）11')),
    emergencyServiceMonths: cited(6, opinion('三（三）11')),
  },
};
