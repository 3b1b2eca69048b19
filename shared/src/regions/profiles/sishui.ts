import type { RegionDefinition } from '../profile.ts';
import { SISHUI_RADAR } from '../radar/index.ts';
import { POLICIES, SISHUI_TICKET_RULES } from '../routing/index.ts';
import { cited, localLaw, policy } from '../source.ts';

const plan = (part: string) => policy(`${POLICIES.sishui}附件 ${part}`);
const shandong = (articles: string) => localLaw(`《山东省物业管理条例》${articles}`);

/**
 * 泗水（山东）. The province lets the assembly agree on its own counting (25) and allows lists of debtors (48), which
 * are not built.
 */
export const SISHUI: RegionDefinition = {
  name: '山东省泗水县',
  tickets: SISHUI_TICKET_RULES,
  radar: SISHUI_RADAR,

  meeting: {
    petition: cited({ heads: [1, 5], area: null }, shandong('28')),
    regularMeetingMonths: cited(12, shandong('28')),
    onlineBallotMode: cited('NATIVE', shandong('26')),
    resultPostDays: cited(3, shandong('32')),
  },
  committee: {
    min: cited(5, shandong('关于业主委员会组成的规定')),
    max: cited(null, shandong('关于业主委员会组成的规定：没有上限')),
    odd: cited(true, shandong('关于业主委员会组成的规定')),
    termYears: cited({ min: null, max: 5 }, shandong('关于业主委员会组成的规定')),
    firstMeetingDays: cited(7, shandong('30')),
    recall: cited({ owners: [1, 5], members: { share: [1, 2], strict: true } }, shandong('34')),
    renewalLead: cited({ count: 90, unit: 'DAY' }, shandong('关于业主委员会换届的规定')),
  },
  filing: {
    committeeDays: cited(30, shandong('31')),
    contractDays: cited(10, shandong('关于物业服务合同备案的规定')),
  },
  boards: {
    requiredDepartments: cited(
      ['STREET', 'URBAN', 'POLICE', 'HOUSING', 'ENVIRONMENT', 'PRICE', 'MARKET', 'EMERGENCY', 'PLANNING'],
      plan('3'),
    ),
  },
  supervision: {
    reviewPeriod: cited('QUARTER', policy(`${POLICIES.sishui}三（二）`)),
    exitScoreTwice: cited(60, plan('8')),
    exitBottomThreeYears: cited(3, plan('8')),
  },
};
