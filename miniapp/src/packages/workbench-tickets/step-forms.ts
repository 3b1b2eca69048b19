import type { TicketEvent } from '@linli/shared/tickets';

/** What a step asks of the person who takes it. */
export type StepField =
  'text' | 'photos' | 'reason' | 'otherChannel' | 'assignee' | 'department' | 'date' | 'master' | 'category';

export interface StepForm {
  /** The last part of the step's address. */
  readonly path: string;
  readonly label: string;
  /** Reads back what will happen. */
  readonly sentence: string;
  readonly fields: readonly StepField[];
  readonly danger?: boolean;
  /** 'first' stands as a large button, the others under them. */
  readonly rank: 'first' | 'more';
}

/** How each step of the lifecycle is asked for. A step without a form is not offered to staff. */
export const STEP_FORMS: Readonly<Partial<Record<TicketEvent, StepForm>>> = {
  ACCEPT: {
    path: 'accept',
    label: '受理',
    sentence: '受理后开始计办结期限，投诉人会收到通知。类别不对可以在这里更正。',
    fields: ['category'],
    rank: 'first',
  },
  TAKE_OVER: {
    path: 'take-over',
    label: '接手办理',
    sentence: '接手后由您办理，开始计办结期限。',
    fields: [],
    rank: 'first',
  },
  REPLY: {
    path: 'reply',
    label: '答复',
    sentence: '投诉人马上能看到您写的答复。',
    fields: ['text', 'photos'],
    rank: 'first',
  },
  RESOLVE: {
    path: 'resolve',
    label: '办结',
    sentence: '说明处理结果并附照片。投诉人有 7 天时间确认，不满意可以要求重办。',
    fields: ['text', 'photos'],
    rank: 'first',
  },
  ASSIGN: {
    path: 'assign',
    label: '派单',
    sentence: '派给谁，谁会收到通知。',
    fields: ['assignee'],
    rank: 'first',
  },
  START: {
    path: 'start',
    label: '开始处理',
    sentence: '记下您已经开始处理（紧急的算到场）。',
    fields: [],
    rank: 'more',
  },
  ASK_RESIDENT: {
    path: 'ask',
    label: '请居民补充',
    sentence: '办结期限暂停，等居民回答后继续。',
    fields: ['text', 'photos'],
    rank: 'more',
  },
  TRANSFER: {
    path: 'transfer',
    label: '转交部门',
    sentence: '转交后由那个部门办理，你们仍能看到进展。',
    fields: ['department', 'reason'],
    rank: 'more',
  },
  REQUEST_EXTENSION: {
    path: 'extensions',
    label: '申请延期',
    sentence: '由街道审批。批准前仍按原期限计算。',
    fields: ['date', 'reason'],
    rank: 'more',
  },
  RETURN: {
    path: 'return',
    label: '退回',
    sentence: '退回给原来的承办单位，并写明原因。',
    fields: ['reason'],
    rank: 'more',
  },
  MERGE: {
    path: 'merge',
    label: '合并',
    sentence: '与另一件合并办理，投诉人会在那一件里收到结果，认为不是同一件事可以申诉。',
    fields: ['master', 'reason'],
    rank: 'more',
    danger: true,
  },
  REJECT: {
    path: 'reject',
    label: '不予受理',
    sentence: '投诉人会看到原因和可以找谁，并可以申诉到上一级。',
    fields: ['reason', 'otherChannel'],
    rank: 'more',
    danger: true,
  },
  MEDIATE: {
    path: 'mediate',
    label: '转入调解',
    sentence: '办结期限暂停，调解期限开始。',
    fields: ['reason'],
    rank: 'more',
  },
  MEDIATION_FAILS: {
    path: 'mediation-fails',
    label: '调解未成',
    sentence: '继续按程序办理，办结期限接着计算。',
    fields: ['reason'],
    rank: 'more',
  },
  SUSPEND: {
    path: 'suspend',
    label: '挂起',
    sentence: '到所选日期前暂停计时，到期自动恢复。',
    fields: ['date', 'reason'],
    rank: 'more',
  },
  RESUME: {
    path: 'resume',
    label: '恢复办理',
    sentence: '办结期限接着计算。',
    fields: [],
    rank: 'more',
  },
  URGE: {
    path: 'urge',
    label: '催办',
    sentence: '承办单位负责人会收到催办，记入办理经过。',
    fields: ['reason'],
    rank: 'more',
  },
  ESCALATE: {
    path: 'escalate',
    label: '提级督办',
    sentence: '由您这一级接过来督办，原承办单位不再办理。',
    fields: ['reason'],
    rank: 'more',
    danger: true,
  },
};
