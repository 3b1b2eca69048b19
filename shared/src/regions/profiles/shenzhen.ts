import type { RegionDefinition } from '../profile.ts';
import { NATIONAL_RADAR } from '../radar/index.ts';
import { NATIONAL_TICKET_RULES } from '../routing/index.ts';
import { cited, fromMemory, localLaw, policy } from '../source.ts';

/** Of before 2020; the rules that took their place (深建规〔2020〕14号) were not at hand. */
const OLD_RULES = fromMemory(policy('深圳市业主大会和业主委员会指导规则（2020 年以前）'));
/** Its text was not at hand. */
const REGULATION = fromMemory(localLaw('《深圳经济特区物业管理条例》关于业主委员会组成的规定'));

/** Only what its rules say of the assembly; complaints and postings go by the national profile. */
export const SHENZHEN: RegionDefinition = {
  name: '深圳市',
  tickets: NATIONAL_TICKET_RULES,
  radar: NATIONAL_RADAR,

  meeting: {
    extensionMaxDays: cited(90, OLD_RULES),
    repeatCooldownDays: cited(365, OLD_RULES),
  },
  committee: {
    min: cited(5, REGULATION),
    max: cited(17, REGULATION),
    odd: cited(true, REGULATION),
    termYears: cited({ min: null, max: 5 }, REGULATION),
  },
};
