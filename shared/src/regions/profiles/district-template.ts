import type { RegionDefinition } from '../profile.ts';
import { DISTRICT_TEMPLATE_RADAR } from '../radar/index.ts';
import { DISTRICT_TEMPLATE_TICKET_RULES, POLICIES } from '../routing/index.ts';
import { cited, policy } from '../source.ts';

const plan = (part: string) => policy(`${POLICIES.districtTemplate}${part}`);

/**
 * A district's action plan without a name: a starting point for districts that copy it. What it asks for against the
 * law (deposits of blacklisted companies, dismissal without the owners' vote, lists of debtors) is left out.
 */
export const DISTRICT_TEMPLATE: RegionDefinition = {
  name: '区级模板',
  tickets: DISTRICT_TEMPLATE_TICKET_RULES,
  radar: DISTRICT_TEMPLATE_RADAR,

  fees: {
    instalments: cited(['MONTH', 'QUARTER', 'YEAR'], plan('四（二）8：分季度、月度收费')),
  },
};
