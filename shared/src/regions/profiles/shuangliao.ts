import type { RegionDefinition } from '../profile.ts';
import { SHUANGLIAO_RADAR } from '../radar/index.ts';
import { POLICIES, SHUANGLIAO_TICKET_RULES } from '../routing/index.ts';
import { cited, draft } from '../source.ts';

const plan = (part: string) => draft(`${POLICIES.shuangliao}${part}`);

/**
 * 双辽（吉林）. The plan is a draft. The text of 《吉林省物业管理条例》, which it cites, was not at hand: votes, committee
 * and results stay national.
 */
export const SHUANGLIAO: RegionDefinition = {
  name: '吉林省双辽市',
  tickets: SHUANGLIAO_TICKET_RULES,
  radar: SHUANGLIAO_RADAR,

  filing: {
    kinds: cited(
      ['COMPANY', 'PROJECT_MANAGER', 'COMMITTEE', 'SERVICE_CONTRACT', 'MANAGEMENT_RULES'],
      plan('清单 5'),
    ),
  },
  supervision: {
    reviewPeriod: cited('YEAR', plan('清单 9')),
    blacklistBanYears: cited(1, plan('清单 9')),
  },
};
