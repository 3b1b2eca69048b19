import { tidyText } from '../kernel/index.ts';
import { type TicketCategoryCode, TICKET_CATEGORIES } from '../tickets/index.ts';

/**
 * The words that stand under 受理事项 on boards, and the complaint categories they mean. The categories' own labels are
 * known without being listed.
 */
const HANDLED_WORDS: readonly (readonly [word: string, categories: readonly TicketCategoryCode[]])[] = [
  ['违章搭建', ['ILLEGAL_BUILD']],
  ['违法建设', ['ILLEGAL_BUILD']],
  ['私搭乱建', ['ILLEGAL_BUILD']],
  ['违建', ['ILLEGAL_BUILD']],
  ['毁绿', ['GREEN_DAMAGE']],
  ['绿化', ['GREEN_DAMAGE']],
  ['侵占公共区域', ['SPACE_OCCUPY']],
  ['占用公共场地', ['SPACE_OCCUPY']],
  ['装修', ['DECORATION']],
  ['环境卫生', ['LITTER']],
  ['垃圾', ['LITTER']],
  ['垃圾分类', ['WASTE_SORTING']],
  ['乱贴乱画', ['SMALL_ADS']],
  ['乱拉乱挂', ['SMALL_ADS']],
  ['噪声', ['NOISE_FUME']],
  ['噪音', ['NOISE_FUME']],
  ['油烟', ['NOISE_FUME']],
  ['污染', ['NOISE_FUME']],
  ['养犬', ['PET_DOG']],
  ['犬只', ['PET_DOG']],
  ['违规养殖', ['LIVESTOCK']],
  ['养殖', ['LIVESTOCK']],
  ['家禽', ['LIVESTOCK']],
  ['停车', ['PARKING']],
  ['车辆', ['PARKING']],
  ['堵门', ['PARKING']],
  ['消防', ['FIRE_FACILITY', 'FIRE_LANE']],
  ['消防通道', ['FIRE_LANE']],
  ['占用消防通道', ['FIRE_LANE']],
  ['生命通道', ['FIRE_LANE']],
  ['飞线', ['EV_CHARGING']],
  ['电动车', ['EV_CHARGING']],
  ['私拉电线', ['EV_CHARGING']],
  ['燃气', ['GAS']],
  ['特种设备', ['ELEVATOR']],
  ['设施维修', ['FACILITY']],
  ['设施设备', ['FACILITY']],
  ['安全隐患', ['FACILITY', 'FIRE_FACILITY', 'GAS']],
  ['安全生产', ['FACILITY', 'GAS']],
  ['治安', ['PUBLIC_ORDER']],
  ['物业服务', ['SERVICE_QUALITY']],
  ['服务质量', ['SERVICE_QUALITY']],
  ['停水停电', ['UTILITY_CUT']],
  ['备案', ['CONTRACT_FILING']],
  ['交接', ['HANDOVER']],
  ['交接纠纷', ['HANDOVER']],
  ['个人信息', ['PERSONAL_DATA']],
  ['收费标准', ['FEE']],
  ['收费', ['FEE']],
  ['价格', ['FEE']],
  ['维修基金', ['MAINT_FUND']],
  ['业主委员会', ['COMMITTEE']],
  ['业主大会', ['COMMITTEE']],
  ['换届', ['COMMITTEE']],
  ['开发建设', ['DEVELOPER']],
  ['保修', ['DEVELOPER']],
  ['承接查验', ['DEVELOPER']],
  ['其它', ['OTHER']],
];

const KNOWN = new Map<string, readonly TicketCategoryCode[]>([
  ...TICKET_CATEGORIES.map(({ label, code }) => [label, [code]] as const),
  ...HANDLED_WORDS,
]);

export interface HandledMatters {
  /** As the board writes them. */
  readonly words: readonly string[];
  readonly categories: readonly TicketCategoryCode[];
  /** Words that stay text, as no category is known for them. */
  readonly unmatched: readonly string[];
}

/** 违章搭建,业委会,其他 → the words and the categories that a complaint can be filed under. */
export function handledMatters(text: string): HandledMatters {
  const words = tidyText(text)
    .split(/[,;、/。\s]+/)
    .filter((word) => word !== '');
  const matches = words.map((word) => ({ word, categories: categoriesOf(word) }));
  return {
    words,
    categories: [...new Set(matches.flatMap(({ categories }) => categories))],
    unmatched: matches.filter(({ categories }) => categories.length === 0).map(({ word }) => word),
  };
}

/** The word itself, otherwise the longest known word in it: 小区违规养犬扰民 is about dogs. */
function categoriesOf(word: string): readonly TicketCategoryCode[] {
  const whole = KNOWN.get(word);
  if (whole !== undefined) return whole;
  const inside = [...KNOWN.keys()].filter((known) => word.includes(known));
  const longest = inside.sort((a, b) => b.length - a.length)[0];
  return longest === undefined ? [] : (KNOWN.get(longest) ?? []);
}
