import type { RegionDefinition } from '../profile.ts';
import { NATIONAL_RADAR } from '../radar/index.ts';
import { NATIONAL_TICKET_RULES } from '../routing/index.ts';
import { cited, fromMemory, policy } from '../source.ts';

/** Of before 2020; the rules that took their place (深建规〔2020〕14号) were not at hand. */
const OLD_RULES = fromMemory(policy('深圳市业主大会和业主委员会指导规则（2020 年以前）'));

/** Only what its rules say of the assembly; complaints and postings go by the national profile. */
export const SHENZHEN: RegionDefinition = {
  name: '深圳市',
  tickets: NATIONAL_TICKET_RULES,
  radar: NATIONAL_RADAR,

  meeting: {
    extensionMaxDays: cited(90, OLD_RULES),
    repeatCooldownDays: cited(365, OLD_RULES),
  },
};
