import type { SlaClass } from './categories.ts';
import type { Term, TicketTerms } from './rules.ts';

const UNITS: Readonly<Record<Term['unit'], string>> = {
  MINUTE: '分钟',
  HOUR: '小时',
  DAY: '天',
  WORKING_DAY: '个工作日',
};

/** "24 小时", "5 个工作日". */
function termText({ unit, count }: Term): string {
  return `${count} ${UNITS[unit]}`;
}

/** What a complainant is promised before sending: 24 小时内受理，1 个工作日内答复，5 个工作日内办结. */
export function promiseText(terms: TicketTerms, slaClass: SlaClass): string {
  const { firstReply, onSite, finish, finishFrom } = terms.sla[slaClass];
  const parts = [
    ...(onSite === null ? [] : [`${termText(onSite)}内到场`]),
    `${termText(terms.accept)}内受理`,
    `${termText(firstReply)}内答复`,
    `${finishFrom === 'ACCEPTED' ? '受理后 ' : ''}${termText(finish)}内办结`,
  ];
  return parts.join('，');
}
