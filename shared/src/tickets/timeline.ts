import type { TicketEvent } from './status.ts';

/** Everything that can stand in a complaint's timeline 办理经过: its steps, and what happens beside them. */
export type TimelineKind =
  TicketEvent | 'FOLLOW' | 'RATE' | 'EXTENSION_REFUSED' | 'NOTIFY_DEPARTMENT' | 'NOTE';

/** What is said of an entry; who did it and when stands beside it. */
export const TIMELINE_LABELS: Readonly<Record<TimelineKind, string>> = {
  SUBMIT: '提交投诉',
  ACCEPT: '受理',
  REJECT: '不予受理',
  ASSIGN: '派单',
  START: '开始处理',
  REPLY: '答复',
  ASK_RESIDENT: '请投诉人补充',
  RESIDENT_ANSWERS: '投诉人补充',
  ANSWER_TIMEOUT: '未收到补充，继续办理',
  RESOLVE: '办结，等待确认',
  CONFIRM: '投诉人确认',
  AUTO_CONFIRM: '到期自动确认',
  REOPEN: '要求重新办理',
  APPEAL: '申诉',
  CLOSE: '销号',
  URGE: '催办',
  ESCALATE: '提级督办',
  TAKE_OVER: '接手办理',
  TRANSFER: '转交部门',
  RETURN: '退回',
  MEDIATE: '转入调解',
  MEDIATION_FAILS: '调解未成，继续办理',
  REQUEST_EXTENSION: '申请延期',
  GRANT_EXTENSION: '批准延期',
  SUSPEND: '挂起',
  RESUME: '恢复办理',
  MERGE: '合并',
  WITHDRAW: '撤回',
  FOLLOW: '有邻居也遇到',
  RATE: '评价',
  EXTENSION_REFUSED: '不同意延期',
  NOTIFY_DEPARTMENT: '同时通知部门',
  NOTE: '备注',
};
