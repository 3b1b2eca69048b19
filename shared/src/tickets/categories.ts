/**
 * What can be complained about 投诉类别, in the words of the five policy documents. The tree is the same everywhere;
 * who answers for a category in a region is `TicketRules.routes`.
 */

/** The picker's grid: seven words to choose from before the exact kind. */
export const CATEGORY_GROUPS = [
  { code: 'SAFETY', label: '安全隐患' },
  { code: 'OCCUPATION', label: '违建占用' },
  { code: 'ENVIRONMENT', label: '卫生环境' },
  { code: 'VEHICLES', label: '车辆停放' },
  { code: 'SERVICE', label: '物业服务' },
  { code: 'MONEY', label: '收费和账目' },
  { code: 'ORGANISATION', label: '业委会和开发商' },
  { code: 'OTHER', label: '其他' },
] as const;
export type CategoryGroup = (typeof CATEGORY_GROUPS)[number]['code'];

/** 办理时限等级: how fast; the periods are region data (`TicketTerms`). */
export const SLA_CLASSES = ['URGENT', 'SIMPLE', 'NORMAL', 'ENFORCEMENT'] as const;
export type SlaClass = (typeof SLA_CLASSES)[number];

export const SLA_CLASS_LABELS: Readonly<Record<SlaClass, string>> = {
  URGENT: '紧急',
  SIMPLE: '简单',
  NORMAL: '一般',
  ENFORCEMENT: '需要执法',
};

/** Against whom a complaint may be directed, beside neighbours: these bodies never learn who complained. */
export const ACCUSED_BODIES = ['COMPANY', 'COMMITTEE'] as const;
export type AccusedBody = (typeof ACCUSED_BODIES)[number];

/** ALWAYS dangerous, dangerous IF the complainant SAYS so (somebody trapped, about to fall), or not at all. */
export type Danger = 'ALWAYS' | 'IF_SAID' | 'NO';

interface CategoryShape {
  readonly code: string;
  readonly label: string;
  /** What belongs here, in a line under the label. */
  readonly hint: string;
  readonly group: CategoryGroup;
  readonly slaClass: SlaClass;
  readonly danger: Danger;
  readonly accused: readonly AccusedBody[];
  /** Who handles it first: 0 物业, 2 社区, 3 街道 … A body complained about is skipped. */
  readonly firstLevel: number;
}

export const TICKET_CATEGORIES = [
  category(
    'FIRE_LANE',
    '占用堵塞消防通道',
    '疏散通道、安全出口、消防车通道被占、被堵、被锁',
    'SAFETY',
    'URGENT',
    { danger: 'ALWAYS' },
  ),
  category('GAS', '燃气安全', '闻到煤气味、管道漏气、违规改管', 'SAFETY', 'URGENT', { danger: 'ALWAYS' }),
  category('ELEVATOR', '电梯', '困人、急停、异响、没有维保', 'SAFETY', 'NORMAL', { danger: 'IF_SAID' }),
  category('EV_CHARGING', '飞线充电', '私拉电线、电动车上楼、违规停放充电', 'SAFETY', 'NORMAL', {
    danger: 'IF_SAID',
  }),
  category('FIRE_FACILITY', '消防设施', '消防栓没水、报警停用、灭火器过期、没有维保', 'SAFETY', 'NORMAL', {
    danger: 'IF_SAID',
  }),
  category('FACILITY', '公共设施', '道路、外墙、水管、门禁、监控、照明等坏了没人修', 'SAFETY', 'NORMAL', {
    danger: 'IF_SAID',
  }),
  category('PUBLIC_ORDER', '治安纠纷', '打架、偷盗、扰乱秩序、威胁他人', 'SAFETY', 'ENFORCEMENT', {
    danger: 'IF_SAID',
    firstLevel: 2,
  }),

  category('ILLEGAL_BUILD', '违章搭建', '私搭乱建、封露台、搭棚、破墙开店', 'OCCUPATION', 'ENFORCEMENT'),
  category('SPACE_OCCUPY', '侵占公共区域', '圈占、挖掘公共道路和场地，楼道堆物', 'OCCUPATION', 'ENFORCEMENT'),
  category('GREEN_DAMAGE', '毁绿占绿', '绿化带种菜、砍树、绿化没人养护', 'OCCUPATION', 'NORMAL'),
  category('DECORATION', '违规装修', '拆承重墙、改管线、超时施工', 'OCCUPATION', 'ENFORCEMENT', {
    danger: 'IF_SAID',
  }),

  category('LITTER', '垃圾脏乱', '乱扔垃圾、不及时清运、楼道脏', 'ENVIRONMENT', 'SIMPLE'),
  category('WASTE_SORTING', '垃圾分类', '不按分类投放、混装混运', 'ENVIRONMENT', 'SIMPLE'),
  category('SMALL_ADS', '小广告', '乱贴乱画、乱拉乱挂', 'ENVIRONMENT', 'SIMPLE'),
  category('NOISE_FUME', '噪声油烟', '噪声、粉尘、油烟、排污', 'ENVIRONMENT', 'ENFORCEMENT'),
  category('PET_DOG', '违规养犬', '不拴绳、扰民、伤人、养禁养犬', 'ENVIRONMENT', 'ENFORCEMENT'),
  category('LIVESTOCK', '饲养家禽', '养鸡鸭鹅、违规养殖', 'ENVIRONMENT', 'ENFORCEMENT'),

  category('PARKING', '乱停乱放', '占道停车、堵门、堵出入口', 'VEHICLES', 'SIMPLE'),
  category('ZOMBIE_CAR', '僵尸车', '长期不动、破损、报废的车', 'VEHICLES', 'ENFORCEMENT'),

  category('SERVICE_QUALITY', '服务不到位', '不达标、投诉没人管、态度差', 'SERVICE', 'NORMAL', {
    accused: ['COMPANY'],
  }),
  category('UTILITY_CUT', '停水停电催费', '以欠费为由停水、停电、停暖、不给充值', 'SERVICE', 'URGENT', {
    accused: ['COMPANY'],
    firstLevel: 3,
  }),
  category('CONTRACT_FILING', '合同和备案', '没签物业合同、没备案', 'SERVICE', 'NORMAL', {
    accused: ['COMPANY'],
    firstLevel: 3,
  }),
  category('HANDOVER', '物业交接', '拒不移交、擅自撤离、交接纠纷', 'SERVICE', 'ENFORCEMENT', {
    accused: ['COMPANY'],
    firstLevel: 3,
  }),
  category('PERSONAL_DATA', '泄露业主信息', '电话、住址、名单被泄露或公开', 'SERVICE', 'ENFORCEMENT', {
    accused: ['COMPANY', 'COMMITTEE'],
    firstLevel: 3,
  }),

  category('FEE', '违规收费', '乱收费、擅自涨价、不公示、捆绑、押金不退', 'MONEY', 'NORMAL', {
    accused: ['COMPANY'],
    firstLevel: 3,
  }),
  category('PUBLIC_INCOME', '公共收益', '账目不公开、被侵占、去向不明', 'MONEY', 'NORMAL', {
    accused: ['COMPANY', 'COMMITTEE'],
    firstLevel: 3,
  }),
  category('MAINT_FUND', '维修资金', '使用、分摊、续筹的问题', 'MONEY', 'NORMAL', {
    accused: ['COMPANY', 'COMMITTEE'],
    firstLevel: 3,
  }),

  category('COMMITTEE', '业委会', '不履职、不换届、违反议事规则、索要财物', 'ORGANISATION', 'NORMAL', {
    accused: ['COMMITTEE'],
    firstLevel: 3,
  }),
  category(
    'DEVELOPER',
    '开发商',
    '不保修、配套不到位、没查验就交房、车位只售不租',
    'ORGANISATION',
    'ENFORCEMENT',
    { firstLevel: 3 },
  ),

  // Whom it concerns is not known yet, so the street routes it, and neither body learns who wrote.
  category('OTHER', '其他', '上面没有的事', 'OTHER', 'NORMAL', {
    accused: ['COMPANY', 'COMMITTEE'],
    firstLevel: 3,
  }),
] as const;

export type TicketCategoryCode = (typeof TICKET_CATEGORIES)[number]['code'];

/** A category with its code typed. */
export interface TicketCategory extends CategoryShape {
  readonly code: TicketCategoryCode;
}

const BY_CODE = new Map<string, TicketCategory>(TICKET_CATEGORIES.map((entry) => [entry.code, entry]));

export const TICKET_CATEGORY_CODES: readonly TicketCategoryCode[] = TICKET_CATEGORIES.map(({ code }) => code);

export function isTicketCategory(code: string): code is TicketCategoryCode {
  return BY_CODE.has(code);
}

export function ticketCategory(code: TicketCategoryCode): TicketCategory {
  const found = BY_CODE.get(code);
  if (found === undefined) throw new Error(`no such complaint category: ${code}`);
  return found;
}

/** The bodies that a complaint is about: those of its category, and the company where the complainant says so. */
export function accusedIn(code: TicketCategoryCode, aboutCompany = false): readonly AccusedBody[] {
  return addAccused(ticketCategory(code).accused, aboutCompany ? ['COMPANY'] : []);
}

/** Who is complained about is only ever added to: what was hidden from a body stays hidden from it. */
export function addAccused(known: readonly AccusedBody[], more: readonly AccusedBody[]): AccusedBody[] {
  return ACCUSED_BODIES.filter((body) => known.includes(body) || more.includes(body));
}

/** Where the complainant is asked 是不是关于物业公司的: the category leaves it open. */
export function asksAboutCompany(code: TicketCategoryCode): boolean {
  const { accused, group } = ticketCategory(code);
  return accused.length === 0 && group !== 'ORGANISATION';
}

/** Whether lives are at stake: such a complaint goes straight to the street and the department. */
export function isUnsafe(code: TicketCategoryCode, dangerSaid: boolean): boolean {
  const { danger } = ticketCategory(code);
  return danger === 'ALWAYS' || (danger === 'IF_SAID' && dangerSaid);
}

interface CategoryTraits {
  readonly danger?: Danger;
  readonly accused?: readonly AccusedBody[];
  readonly firstLevel?: number;
}

function category<const Code extends string>(
  code: Code,
  label: string,
  hint: string,
  group: CategoryGroup,
  slaClass: SlaClass,
  { danger = 'NO', accused = [], firstLevel = 0 }: CategoryTraits = {},
): CategoryShape & { readonly code: Code } {
  return { code, label, hint, group, slaClass, danger, accused, firstLevel };
}
