import type { TicketRules } from '../../tickets/index.ts';
import { NATIONAL_TICKET_RULES } from './national.ts';
import { POLICIES } from './policies.ts';
import { overNational, route } from './route-rows.ts';

const article = (text: string) => `${POLICIES.shanghai}第${text}条`;

/** 上海: only the articles that were read are overridden. */
export const SHANGHAI_TICKET_RULES: TicketRules = {
  ...NATIONAL_TICKET_RULES,
  departmentNames: { STREET: '街道办事处、乡镇人民政府', HOUSING: '区房屋行政管理部门' },
  routes: overNational(NATIONAL_TICKET_RULES.routes, {
    PUBLIC_INCOME: route(
      'HOUSING',
      ['STREET'],
      '房管部门责令退还并处罚',
      `${article('66')}；${article('82')}`,
    ),
    COMMITTEE: route('STREET', ['HOUSING'], '街道指导监督业主委员会', article('25')),
    MAINT_FUND: route('HOUSING', ['STREET'], '房管部门监管', `${article('65')}；${article('68')}`),
  }),
};
