import { type RadarItem, each, radarItem, standing } from '../../disclosure/index.ts';
import { POLICIES } from '../routing/policies.ts';

const CC943 = `${POLICIES.civilCode}第943条`;
const DAYS = '时限为平台约定';

/** What a property company must make known anywhere (民法典 943: regularly, in a reasonable way). */
export const NATIONAL_RADAR: readonly RadarItem[] = [
  radarItem('MANAGER', 'COMPANY', standing(180), `${CC943}：负责人员；${DAYS}`),
  radarItem('SERVICE_STANDARD', 'COMPANY', standing(), `${CC943}：服务的事项、质量要求`),
  radarItem('FEE_STANDARD', 'COMPANY', standing(), `${CC943}：收费项目、收费标准`),
  radarItem('SERVICE_PHONES', 'COMPANY', standing(180), `参照${POLICIES.qitai}三（一）3；${DAYS}`),
  radarItem('PUBLIC_INCOME', 'COMPANY', each('QUARTER', 30), `${CC943}：共有部分的经营与收益情况；${DAYS}`),
  radarItem('PERFORMANCE', 'COMPANY', each('YEAR', 90), `${CC943}：履行情况；${DAYS}`),
  radarItem(
    'MAINT_FUND',
    'COMMITTEE',
    each('YEAR', 90),
    `${POLICIES.civilCode}第281条：应当定期公布；${DAYS}`,
  ),
];
