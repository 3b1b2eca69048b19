import type { RegionDefinition } from '../profile.ts';
import { SHANGHAI_RADAR } from '../radar/index.ts';
import { POLICIES, SHANGHAI_TICKET_RULES } from '../routing/index.ts';
import { cited, localLaw } from '../source.ts';

const rule = (articles: string) => localLaw(`${POLICIES.shanghai}${articles}`);
const COMPOSITION = rule('关于业主委员会组成的规定');

export const SHANGHAI: RegionDefinition = {
  name: '上海市',
  tickets: SHANGHAI_TICKET_RULES,
  radar: SHANGHAI_RADAR,

  meeting: {
    petition: cited({ heads: [1, 5], area: null }, rule('25')),
    // Consent to business on common parts, e.g. advertisements.
    delegableMatters: cited([8], rule('51')),
    proxyPowers: cited('INSTRUCTED', rule('18')),
  },
  committee: {
    min: cited(5, COMPOSITION),
    max: cited(null, COMPOSITION),
    odd: cited(true, COMPOSITION),
    smallEstate: cited({ min: 3, atMost: { areaSqm: 10_000 } }, COMPOSITION),
    termYears: cited({ min: 3, max: 5 }, COMPOSITION),
    renewalLead: cited({ count: 5, unit: 'MONTH' }, rule('关于业主委员会换届的规定')),
  },
  filing: {
    committeeDays: cited(30, rule('23')),
    contractDays: cited(30, rule('关于物业服务合同备案的规定')),
  },
  income: {
    publishPeriod: cited('QUARTER', rule('66')),
    fundMinShare: cited({ share: [1, 2], strict: true, whileFundBelow: null }, rule('51')),
    auditYearly: cited(true, rule('67')),
    auditPostDays: cited(30, rule('67')),
  },
};
