import type { RegionDefinition } from '../profile.ts';
import { NATIONAL_RADAR } from '../radar/index.ts';
import { NATIONAL_TICKET_RULES } from '../routing/index.ts';
import { cited, localLaw } from '../source.ts';

const rule = (articles: string) => localLaw(`《潍坊市物业管理条例》${articles}`);
const COMPOSITION = rule('关于业主委员会组成的规定');

/** Only what its rules say of the assembly; complaints and postings go by the national profile. */
export const WEIFANG: RegionDefinition = {
  name: '潍坊市',
  tickets: NATIONAL_TICKET_RULES,
  radar: NATIONAL_RADAR,

  voting: {
    proxyCap: cited(3, rule('32')),
  },
  meeting: {
    noticeDays: cited(15, rule('32')),
    onlineBallotMode: cited('OFFICIAL_PLATFORM_ONLY', rule('32')),
  },
  committee: {
    min: cited(5, COMPOSITION),
    max: cited(11, COMPOSITION),
    odd: cited(true, COMPOSITION),
  },
};
