import { NATIONAL } from './national.ts';
import {
  type RegionCode,
  type RegionProfile,
  RULE_GROUPS,
  mergeProfile,
  nationalProfile,
} from './profile.ts';
import { BEIJING } from './profiles/beijing.ts';
import { DISTRICT_TEMPLATE } from './profiles/district-template.ts';
import { QITAI } from './profiles/qitai.ts';
import { SHANGHAI } from './profiles/shanghai.ts';
import { SHENZHEN } from './profiles/shenzhen.ts';
import { SHUANGLIAO } from './profiles/shuangliao.ts';
import { SISHUI } from './profiles/sishui.ts';
import { WEIFANG } from './profiles/weifang.ts';
import { ZHOUKOU } from './profiles/zhoukou.ts';

export const NATIONAL_PROFILE: RegionProfile = nationalProfile(NATIONAL);

export const REGION_PROFILES: Readonly<Record<RegionCode, RegionProfile>> = {
  national: NATIONAL_PROFILE,
  shuangliao: mergeProfile(NATIONAL, 'shuangliao', SHUANGLIAO),
  qitai: mergeProfile(NATIONAL, 'qitai', QITAI),
  'district-template': mergeProfile(NATIONAL, 'district-template', DISTRICT_TEMPLATE),
  zhoukou: mergeProfile(NATIONAL, 'zhoukou', ZHOUKOU),
  sishui: mergeProfile(NATIONAL, 'sishui', SISHUI),
  beijing: mergeProfile(NATIONAL, 'beijing', BEIJING),
  shanghai: mergeProfile(NATIONAL, 'shanghai', SHANGHAI),
  weifang: mergeProfile(NATIONAL, 'weifang', WEIFANG),
  shenzhen: mergeProfile(NATIONAL, 'shenzhen', SHENZHEN),
};

export function regionProfile(code: RegionCode): RegionProfile {
  return REGION_PROFILES[code];
}

export function isRegionCode(text: string): text is RegionCode {
  return Object.keys(REGION_PROFILES).includes(text);
}

/** The names of all groups and keys, for tools that read profiles written by hand. */
export const RULE_KEYS: readonly string[] = [
  'region',
  ...RULE_GROUPS,
  ...RULE_GROUPS.flatMap((group) => Object.keys(NATIONAL_PROFILE[group])),
];
