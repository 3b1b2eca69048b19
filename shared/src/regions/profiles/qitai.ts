import type { RegionDefinition } from '../profile.ts';
import { QITAI_RADAR } from '../radar/index.ts';
import { POLICIES, QITAI_TICKET_RULES } from '../routing/index.ts';
import { cited, policy } from '../source.ts';

const plan = (part: string) => policy(`${POLICIES.qitai}${part}`);

/** 奇台（新疆）: the region of the sample estate. */
export const QITAI: RegionDefinition = {
  name: '新疆奇台县',
  tickets: QITAI_TICKET_RULES,
  radar: QITAI_RADAR,

  filing: {
    kinds: cited(
      ['SERVICE_AREA', 'COMMITTEE', 'SERVICE_CONTRACT', 'PROJECT_MANAGER', 'HANDOVER_INSPECTION'],
      plan('三（一）3'),
    ),
  },
  income: {
    publishPeriod: cited('QUARTER', plan('三（二）11')),
    accountHolder: cited('COMMITTEE', plan('三（二）11：业委会单独开户建账')),
    mayOffsetFees: cited(true, plan('三（二）6：老旧小区')),
  },
  boards: {
    minPlaces: cited(2, plan('三（一）4')),
    requiredDepartments: cited(
      [
        'STREET',
        'HOUSING',
        'POLICE',
        'FIRE',
        'PRICE',
        'PLANNING',
        'ENVIRONMENT',
        'MARKET',
        'EMERGENCY',
        'HOTLINE',
      ],
      plan('三（一）3、4'),
    ),
  },
  supervision: {
    reviewPeriod: cited('HALF_YEAR', plan('四（二）')),
  },
};
