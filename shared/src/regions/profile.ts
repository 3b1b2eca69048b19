import type { RadarItem } from '../disclosure/index.ts';
import type { TicketRules } from '../tickets/index.ts';
import type { RegionRules } from './rules.ts';
import type { Cited, Source } from './source.ts';

export const REGION_CODES = [
  'national',
  'shuangliao',
  'qitai',
  'district-template',
  'zhoukou',
  'sishui',
  'beijing',
  'shanghai',
  'weifang',
  'shenzhen',
] as const;
export type RegionCode = (typeof REGION_CODES)[number];

/** The rules of one region, complete: what it does not set itself is national. */
export interface RegionProfile extends RegionRules {
  readonly code: RegionCode;
  /** 新疆奇台县. */
  readonly name: string;
  /** For each key of each group: who says so. */
  readonly sources: SourcesOf<RegionRules>;
  /** Routing, levels and deadlines of complaints; each route names its own source. */
  readonly tickets: TicketRules;
  /** What must be posted, by whom and how recent; each item names its own source. */
  readonly radar: readonly RadarItem[];
}

type Groups = keyof RegionRules;
export type SourcesOf<Rules> = {
  readonly [Group in keyof Rules]: { readonly [Key in keyof Rules[Group]]: Source };
};
/** Every key with its value and its source side by side: neither compiles without the other. */
type CitedRules = {
  readonly [Group in Groups]: {
    readonly [Key in keyof RegionRules[Group]]: Cited<RegionRules[Group][Key]>;
  };
};

export interface NationalDefinition extends CitedRules {
  readonly name: string;
  readonly tickets: TicketRules;
  readonly radar: readonly RadarItem[];
}

/** What a region says for itself. A key it does not name stays national. */
export type RegionDefinition = {
  readonly [Group in Groups]?: {
    readonly [Key in keyof RegionRules[Group]]?: Cited<RegionRules[Group][Key]>;
  };
} & {
  readonly name: string;
  readonly tickets: TicketRules;
  readonly radar: readonly RadarItem[];
};

const GROUPS = {
  voting: true,
  meeting: true,
  committee: true,
  filing: true,
  income: true,
  fees: true,
  boards: true,
  supervision: true,
} as const satisfies Record<Groups, true>;

export const RULE_GROUPS = Object.keys(GROUPS) as readonly Groups[];

/** The national profile: all keys, all sources. */
export function nationalProfile(definition: NationalDefinition): RegionProfile {
  const { name, tickets, radar } = definition;
  return { code: 'national', name, tickets, radar, ...split(definition) };
}

/** A region's profile: its own keys with their sources over the national ones. */
export function mergeProfile(
  national: NationalDefinition,
  code: Exclude<RegionCode, 'national'>,
  region: RegionDefinition,
): RegionProfile {
  const merged: Record<string, unknown> = {};
  for (const group of RULE_GROUPS) merged[group] = { ...national[group], ...region[group] };
  const { name, tickets, radar } = region;
  // Spreading a complete group under a partial one is complete; the types cannot follow it through the loop.
  return { code, name, tickets, radar, ...split(merged as CitedRules) };
}

/** Values to one side, sources to the other. */
function split(rules: CitedRules): RegionRules & { readonly sources: SourcesOf<RegionRules> } {
  const values: Record<string, Record<string, unknown>> = {};
  const sources: Record<string, Record<string, Source>> = {};
  for (const group of RULE_GROUPS) {
    const keys = Object.entries<Cited<unknown>>(rules[group]);
    values[group] = Object.fromEntries(keys.map(([key, { value }]) => [key, value]));
    sources[group] = Object.fromEntries(keys.map(([key, { source }]) => [key, source]));
  }
  // Built key by key from complete groups, which the types cannot follow.
  return { ...values, sources } as unknown as RegionRules & { sources: SourcesOf<RegionRules> };
}
