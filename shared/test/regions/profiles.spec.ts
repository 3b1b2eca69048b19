import { describe, expect, it } from '@jest/globals';
import { MATTER_NUMBERS } from '../../src/assembly/index.ts';
import { type Fraction } from '../../src/kernel/index.ts';
import {
  NATIONAL_PROFILE,
  REGION_CODES,
  REGION_PROFILES,
  RULE_GROUPS,
  RULE_KEYS,
  type RegionDefinition,
  type RegionProfile,
  SOURCE_BASES,
  type Source,
  cited,
  isRegionCode,
  law,
  mergeProfile,
  regionProfile,
} from '../../src/regions/index.ts';
import { NATIONAL } from '../../src/regions/national.ts';
import { ticketRulesFaults } from '../../src/tickets/index.ts';

const PROFILES = REGION_CODES.map((code): [string, RegionProfile] => [code, REGION_PROFILES[code]]);

function sourcesOf(profile: RegionProfile): [string, Source][] {
  return RULE_GROUPS.flatMap((group) =>
    Object.entries<Source>(profile.sources[group]).map(([key, source]): [string, Source] => [
      `${group}.${key}`,
      source,
    ]),
  );
}

describe.each(PROFILES)('the profile of %s', (code, profile) => {
  it('is complete: every key of the national profile, each with its source', () => {
    for (const group of RULE_GROUPS) {
      const keys = Object.keys(NATIONAL_PROFILE[group]).sort();
      expect(Object.keys(profile[group]).sort()).toEqual(keys);
      expect(Object.keys(profile.sources[group]).sort()).toEqual(keys);
    }
    expect(profile.code).toBe(code);
    expect(profile.name).not.toBe('');
  });

  it('every source can be cited', () => {
    for (const [key, { basis, citation }] of sourcesOf(profile)) {
      expect([key, citation.length > 3]).toEqual([key, true]);
      expect(SOURCE_BASES).toContain(basis);
    }
  });

  it('what differs from the national profile names a source of its own', () => {
    for (const group of RULE_GROUPS) {
      const nationalValues = new Map(Object.entries(NATIONAL_PROFILE[group]));
      const nationalSources = new Map(Object.entries(NATIONAL_PROFILE.sources[group]));
      const sources = new Map(Object.entries(profile.sources[group]));
      for (const [key, value] of Object.entries(profile[group])) {
        if (value === nationalValues.get(key)) continue;
        expect([key, sources.get(key)]).not.toEqual([key, nationalSources.get(key)]);
      }
    }
  });

  it('keeps the shares of the Civil Code: no older local share slips in', () => {
    const { quorum, ordinary, special, specialMatters } = profile.voting;
    expect({ quorum, ordinary, special, specialMatters }).toEqual({
      quorum: [2, 3],
      ordinary: { share: [1, 2], strict: true },
      special: { share: [3, 4], strict: false },
      specialMatters: [6, 7, 8],
    });
  });

  it('is consistent with itself', () => {
    const { committee, meeting, income, filing, boards } = profile;
    expect(committee.max ?? committee.min).toBeGreaterThanOrEqual(committee.min);
    expect(committee.smallEstate?.min ?? 0).toBeLessThan(committee.min);
    expect(committee.termYears.min ?? 0).toBeLessThanOrEqual(committee.termYears.max);
    expect(meeting.rollObjectionDays).toBeLessThan(meeting.noticeDays);
    expect(meeting.delegableMatters.every((matter) => MATTER_NUMBERS.includes(matter))).toBe(true);
    expect(income.auditYearly || income.auditPostDays === 0).toBe(true);
    expect(new Set(filing.kinds).size).toBe(filing.kinds.length);
    expect(new Set(boards.requiredDepartments).size).toBe(boards.requiredDepartments.length);
  });

  it('has proper fractions', () => {
    const { voting, meeting, income, supervision } = profile;
    const fractions: (Fraction | null | undefined)[] = [
      voting.quorum,
      voting.ordinary.share,
      voting.special.share,
      meeting.petition.heads,
      meeting.petition.area,
      income.fundMinShare?.share,
      income.fundMinShare?.whileFundBelow,
      supervision.inspectionCoverage,
      supervision.satisfactionFloor,
    ];
    for (const fraction of fractions) {
      if (fraction === null || fraction === undefined) continue;
      const [n, d] = fraction;
      expect([n > 0, n <= d, Number.isInteger(n), Number.isInteger(d)]).toEqual([true, true, true, true]);
    }
  });

  it('routes complaints soundly', () => expect(ticketRulesFaults(profile.tickets)).toEqual([]));

  it('asks for postings, each once and with its source', () => {
    const codes = profile.radar.map((item) => item.code);
    expect(codes.length).toBeGreaterThan(0);
    expect(new Set(codes).size).toBe(codes.length);
    expect(profile.radar.filter((item) => item.source.trim() === '')).toEqual([]);
  });

  it('never publishes a list of debtors', () => expect(profile.fees.debtorDisclosure).toBe('OFF'));
});

describe('what the regions decide differently', () => {
  it('北京 and 潍坊 leave the vote to the official platform, nobody else', () => {
    const official = PROFILES.filter(
      ([, { meeting }]) => meeting.onlineBallotMode === 'OFFICIAL_PLATFORM_ONLY',
    );
    expect(official.map(([code]) => code)).toEqual(['beijing', 'weifang']);
  });

  it('in 奇台 the committee holds the income account, in 周口 the company a separate one', () => {
    expect(regionProfile('qitai').income).toMatchObject({ accountHolder: 'COMMITTEE', mayOffsetFees: true });
    expect(regionProfile('zhoukou').income.accountHolder).toBe('PM_SEPARATE');
  });

  it('周口 counts working days for the filing of contracts', () => {
    expect(regionProfile('zhoukou').filing).toMatchObject({ contractDays: 15, contractInWorkingDays: true });
    expect(regionProfile('sishui').filing).toMatchObject({ contractDays: 10, contractInWorkingDays: false });
    expect(regionProfile('shanghai').filing.contractDays).toBe(30);
  });

  it('上海 asks for more than half of the income, 北京 for half while the fund is low', () => {
    expect(regionProfile('shanghai').income.fundMinShare).toEqual({
      share: [1, 2],
      strict: true,
      whileFundBelow: null,
    });
    expect(regionProfile('beijing').income.fundMinShare).toEqual({
      share: [1, 2],
      strict: false,
      whileFundBelow: [3, 10],
    });
  });

  it.each(REGION_CODES)('%s has one clock for public income: the statement’s and the radar’s', (code) => {
    const { income, radar } = regionProfile(code);
    expect(radar.find((item) => item.code === 'PUBLIC_INCOME')?.recency).toEqual({
      kind: 'PERIODIC',
      period: income.publishPeriod,
      withinDays: income.publishWithinDays,
    });
  });

  it('北京 lets an estate of exactly a hundred households do with three members: 以下 includes the number', () => {
    const { committee, sources } = regionProfile('beijing');
    expect(committee.smallEstate).toEqual({ min: 3, atMost: { households: 100 } });
    expect(sources.committee.smallEstate.citation).toContain('39');
  });

  it('a draft is cited as a draft', () => {
    for (const code of ['shuangliao', 'zhoukou'] as const) {
      const own = sourcesOf(regionProfile(code)).filter(([, { citation }]) =>
        citation.includes('征求意见稿'),
      );
      expect(own.length).toBeGreaterThan(0);
      expect(own.filter(([, { basis }]) => basis !== 'DRAFT')).toEqual([]);
    }
  });

  it('the outdated shares of 物业管理条例 12 are cited nowhere', () => {
    const outdated = PROFILES.flatMap(([, profile]) => sourcesOf(profile)).filter(([, { citation }]) =>
      /物业管理条例》(12|22|26)(?!\d)/.test(citation),
    );
    expect(outdated.filter(([key]) => key.startsWith('voting.'))).toEqual([]);
  });
});

describe('a region that forgets its source', () => {
  it('does not compile, nor does one that overrides a key that nobody knows', () => {
    const { name, tickets, radar } = NATIONAL_PROFILE;
    // @ts-expect-error a bare value has no source
    const bare: RegionDefinition = { name, tickets, radar, meeting: { noticeDays: 20 } };
    // @ts-expect-error no such key
    const unknown: RegionDefinition = { name, tickets, radar, meeting: { noticeDayz: cited(20, law('…')) } };
    // @ts-expect-error the value is of another kind
    const wrong: RegionDefinition = { name, tickets, radar, meeting: { noticeDays: cited('20', law('…')) } };
    expect([bare, unknown, wrong]).toHaveLength(3);
  });

  it('and one that cites keeps the value, the source, and the rest of the nation', () => {
    const { name, tickets, radar } = NATIONAL_PROFILE;
    const own = mergeProfile(NATIONAL, 'qitai', {
      name,
      tickets,
      radar,
      meeting: { noticeDays: cited(20, law('某法 1')) },
    });
    expect(own.meeting).toEqual({ ...NATIONAL_PROFILE.meeting, noticeDays: 20 });
    expect(own.sources.meeting.noticeDays.citation).toBe('某法 1');
    expect(own.sources.meeting.petition).toEqual(NATIONAL_PROFILE.sources.meeting.petition);
    expect(own.voting).toEqual(NATIONAL_PROFILE.voting);
  });
});

describe('the registry', () => {
  it('knows its codes', () => {
    expect(isRegionCode('qitai')).toBe(true);
    expect(isRegionCode('atlantis')).toBe(false);
    expect(isRegionCode('toString')).toBe(false);
  });

  it('lists the keys that a profile written by hand may have', () => {
    expect(RULE_KEYS).toEqual(
      expect.arrayContaining(['region', 'quorum', 'noticeDays', 'committee', 'onlineBallotMode']),
    );
    expect(RULE_KEYS).not.toContain('quorumm');
  });
});
