import { formatYuan } from '../kernel/index.ts';
import type { SpendingRequest, SpendingStep } from './contract.ts';

export const SPENDING_STEP_LABELS: Readonly<Record<SpendingStep['event'], string>> = {
  APPLY: '申请',
  CONFIRM: '确认',
  FILE: '街道备案',
  PAY: '付款',
  RECONCILE: '对账',
  REJECT: '驳回',
  WITHDRAW: '撤回',
};

/** 准许依据, as owners read it. */
export function basisText({ basis, state }: Pick<SpendingRequest, 'basis' | 'state'>): string {
  if (basis?.kind === 'DECISION') {
    const { number, title, budgetYear } = basis;
    return `${number}《${title}》${budgetYear === null ? '' : `，${budgetYear} 年度预算`}`;
  }
  if (basis !== null) return `低于 ${formatYuan(basis.thresholdFen)}，不用表决`;
  return state === 'APPLIED' ? '没有引用决定，确认时核对金额' : '没有通过';
}
