export const DECISION_STATUSES = ['PENDING', 'IN_FORCE', 'REFUSED', 'ANNULLED'] as const;
/** 待复核, 有效, 未通过复核, 已被撤销. Only what is IN_FORCE can authorise anything. */
export type DecisionStatus = (typeof DECISION_STATUSES)[number];

export const DECISION_STATUS_LABELS: Readonly<Record<DecisionStatus, string>> = {
  PENDING: '待复核',
  IN_FORCE: '有效',
  REFUSED: '未通过复核',
  ANNULLED: '已被撤销',
};
