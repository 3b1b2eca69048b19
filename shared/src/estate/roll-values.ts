import { tidyText } from '../kernel/index.ts';
import {
  AREA_SOURCE_NAMES,
  type AreaSource,
  UNIT_STATUS_NAMES,
  type UnitStatus,
  UNIT_USE_NAMES,
  type UnitUse,
} from './estate.ts';

type Synonyms<Value extends string> = Readonly<Record<Value, readonly string[]>>;

/** What sheets write for each value. A word that could mean two of them is in no list and is asked about. */
const USE_SYNONYMS: Synonyms<UnitUse> = {
  HOME: [
    '住房',
    '居住',
    '成套住宅',
    '普通住宅',
    '商品住宅',
    '多层住宅',
    '高层住宅',
    '小高层住宅',
    '别墅',
    '洋房',
  ],
  SHOP: [
    '商铺',
    '商业用房',
    '商业服务',
    '商服',
    '商业网点',
    '网点',
    '门面',
    '门面房',
    '店面',
    '店铺',
    '底商',
    '门市',
    '门市房',
  ],
  PARKING: [
    '停车位',
    '机动车位',
    '机动车停车位',
    '地下车位',
    '地上车位',
    '产权车位',
    '车库',
    '地下车库',
    '车位(库)',
    '车库(位)',
  ],
};

const AREA_SOURCE_SYNONYMS: Synonyms<AreaSource> = {
  REGISTER: [
    '不动产登记簿',
    '不动产登记',
    '登记',
    '登记面积',
    '不动产权证',
    '不动产权证书',
    '房产证',
    '产权证',
    '权证',
  ],
  SURVEY: ['测绘', '实测绘', '测绘实测', '实测面积', '实测报告', '测绘报告', '房产测绘'],
  CONTRACT: ['买卖合同', '购房合同', '商品房买卖合同', '房屋买卖合同', '合同面积'],
};

/** 已入住, 已售 and 未交付 are not here: none of them tells whether the unit is sold and delivered. */
const STATUS_SYNONYMS: Synonyms<UnitStatus> = {
  UNSOLD: ['未出售', '未销售', '待售', '未售出'],
  SOLD_UNDELIVERED: ['已售未交', '已售未交房', '已售待交付', '已售待交房', '已售尚未交付', '已售(未交付)'],
  DELIVERED: ['交付', '已交房', '已交', '交房', '已售已交付', '已售已交房'],
};

export const parseUnitUse = parserOf(UNIT_USE_NAMES, USE_SYNONYMS);
export const parseAreaSource = parserOf(AREA_SOURCE_NAMES, AREA_SOURCE_SYNONYMS);
export const parseUnitStatus = parserOf(UNIT_STATUS_NAMES, STATUS_SYNONYMS);

/** 住宅、商业、车位: what a fault says is expected. */
export function choiceText(names: Readonly<Record<string, string>>): string {
  return Object.values(names).join('、');
}

function parserOf<Value extends string>(
  names: Readonly<Record<Value, string>>,
  synonyms: Synonyms<Value>,
): (text: string) => Value | null {
  const values = new Map<string, Value>();
  for (const value of Object.keys(names) as Value[]) {
    for (const word of [names[value], ...synonyms[value]]) values.set(fold(word), value);
  }
  return (text) => values.get(fold(text)) ?? null;
}

function fold(text: string): string {
  return tidyText(text).replace(/\s/g, '');
}
