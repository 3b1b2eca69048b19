import { type CalendarDate, type Fen, type Instant, addDays } from '../kernel/index.ts';
import type { FileRef } from '../files/index.ts';
import type { DecisionStatus } from './decision-status.ts';
import type { MatterNumber } from './matters.ts';

/** What becomes of a decision once it is passed 决定的落实: who sees to it, by when, what was done, what it cost. */

export const DECISION_BODIES = ['COMMITTEE', 'COMPANY', 'COMMUNITY', 'STREET'] as const;
/** 业委会, 物业企业, 社区, 街道. */
export type DecisionBody = (typeof DECISION_BODIES)[number];

export const DECISION_BODY_LABELS: Readonly<Record<DecisionBody, string>> = {
  COMMITTEE: '业主委员会',
  COMPANY: '物业企业',
  COMMUNITY: '社区居委会',
  STREET: '街道办事处',
};

/**
 * A decision is to be carried out within so many days until somebody says otherwise: from the day on which the assembly took
 * it, or on which one from before the estate joined was confirmed.
 */
const DEFAULT_DUE_DAYS = 90;

export const defaultDueOn = (from: CalendarDate): CalendarDate => addDays(from, DEFAULT_DUE_DAYS);

export const DECISION_EVENT_KINDS = [
  'PLANNED',
  'STARTED',
  'PROGRESS',
  'DONE',
  'STOPPED',
  'SPENT',
  'RELEASED',
  'ANNULLED',
] as const;
export type DecisionEventKind = (typeof DECISION_EVENT_KINDS)[number];

export const DECISION_STEPS = ['STARTED', 'PROGRESS', 'DONE', 'STOPPED'] as const;
/** 开始办理, 进展, 办结, 停止办理: what who carries it out reports. The last two are the end of it. */
export type DecisionStep = (typeof DECISION_STEPS)[number];

export const DECISION_EVENT_LABELS: Readonly<Record<DecisionEventKind, string>> = {
  PLANNED: '安排落实',
  STARTED: '开始办理',
  PROGRESS: '办理进展',
  DONE: '办结',
  STOPPED: '停止办理',
  SPENT: '支出',
  RELEASED: '支出退回',
  ANNULLED: '决定被撤销',
};

const FOLLOW_UP_STATES = ['UNPLANNED', 'OPEN', 'OVERDUE', 'DONE', 'STOPPED', 'ANNULLED'] as const;
/** 未安排, 办理中, 逾期, 已办结, 已停止, 已撤销. */
export type FollowUpState = (typeof FOLLOW_UP_STATES)[number];

export const FOLLOW_UP_LABELS: Readonly<Record<FollowUpState, string>> = {
  UNPLANNED: '还没有安排落实',
  OPEN: '办理中',
  OVERDUE: '逾期未办结',
  DONE: '已办结',
  STOPPED: '已停止办理',
  ANNULLED: '已被撤销',
};

/** Where it stands today; the due day itself is still in time. */
export function followUpState(
  decision: {
    readonly status: DecisionStatus;
    readonly dueOn: CalendarDate | null;
    readonly finish: 'DONE' | 'STOPPED' | null;
  },
  today: CalendarDate,
): FollowUpState {
  if (decision.status === 'ANNULLED') return 'ANNULLED';
  if (decision.finish !== null) return decision.finish;
  if (decision.dueOn === null) return 'UNPLANNED';
  return today > decision.dueOn ? 'OVERDUE' : 'OPEN';
}

/** What money may be spent on; the categories of the public income, the maintenance fund and the joint account. */
export const SPEND_PURPOSES = {
  FUND_TOPUP: '补充维修资金',
  REPAIR_COMMON: '公共设施维修',
  FACILITY_UPGRADE: '设施更新改造',
  GREENING: '绿化',
  COMMITTEE_EXPENSE: '业委会经费',
  COMMITTEE_ALLOWANCE: '业委会成员补贴',
  AUDIT_FEE: '审计费',
  FEE_OFFSET: '弥补物业费',
  PUBLIC_WELFARE: '公益活动',
  DISTRIBUTION: '分配业主',
  OPERATING_COST: '经营成本',
  TAX: '税费',
  OTHER_VOTED: '其他（经业主决定）',
  MAINTENANCE_FUND: '动用维修资金',
  SERVICE_FUND: '物业服务资金（共管账户）',
} as const;
export type SpendPurpose = keyof typeof SPEND_PURPOSES;
export const SPEND_PURPOSE_CODES = Object.keys(SPEND_PURPOSES) as readonly SpendPurpose[];

/** The maintenance fund is used by a decision on its use (民法典 278(5)), and such a decision allows nothing else. */
export function purposesFor(matter: MatterNumber): readonly SpendPurpose[] {
  return matter === 5
    ? ['MAINTENANCE_FUND']
    : SPEND_PURPOSE_CODES.filter((purpose) => purpose !== 'MAINTENANCE_FUND');
}

/** A spend that looks for the decision that allows it. */
export interface SpendNeed {
  readonly purpose: SpendPurpose;
  readonly amountFen: Fen;
  /** The day of the spend. */
  readonly on: CalendarDate;
  /** The year of budgets 预算年度 in which that day lies. */
  readonly budgetYear: number;
}

/** What a spend needs to know of a decision. */
export interface SpendableDecision {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly status: DecisionStatus;
  readonly decidedOn: CalendarDate;
  readonly expiresOn: CalendarDate | null;
  /** 年度预算: the year for which it is a budget; null where it decides on one thing. */
  readonly budgetYear: number | null;
  readonly purposes: readonly SpendPurpose[];
  readonly amountLimitFen: Fen | null;
  readonly spentFen: Fen;
}

const SPEND_FAULTS = [
  'NOT_PASSED',
  'DECIDED_LATER',
  'EXPIRED',
  'OTHER_YEAR',
  'OTHER_PURPOSE',
  'NO_AMOUNT',
  'NOT_ENOUGH',
] as const;
/** Why a decision does not carry a spend. */
export type SpendFault = (typeof SPEND_FAULTS)[number];

/** Everything that stands between a decision and a spend; empty means that it carries it. */
export function spendFaults(decision: SpendableDecision, need: SpendNeed): SpendFault[] {
  const faults: SpendFault[] = [];
  if (decision.status !== 'IN_FORCE') faults.push('NOT_PASSED');
  if (decision.decidedOn > need.on) faults.push('DECIDED_LATER');
  if (decision.expiresOn !== null && need.on > decision.expiresOn) faults.push('EXPIRED');
  if (decision.budgetYear !== null && decision.budgetYear !== need.budgetYear) faults.push('OTHER_YEAR');
  if (!decision.purposes.includes(need.purpose)) faults.push('OTHER_PURPOSE');
  if (decision.amountLimitFen === null) faults.push('NO_AMOUNT');
  else if (need.amountFen > leftOf(decision)) faults.push('NOT_ENOUGH');
  return faults;
}

/** What may still be spent; 0 where no amount was decided. */
export function leftOf({
  amountLimitFen,
  spentFen,
}: Pick<SpendableDecision, 'amountLimitFen' | 'spentFen'>): Fen {
  return amountLimitFen === null ? 0 : Math.max(0, amountLimitFen - spentFen);
}

// --- over HTTP, under /api/estates/:estateId/decisions ------------------------------------------------------------

/** In every row of the list. */
export interface FollowUpSummary {
  readonly state: FollowUpState;
  readonly body: DecisionBody;
  readonly dueOn: CalendarDate | null;
  readonly spentFen: Fen;
}

export interface DecisionEvent {
  readonly id: string;
  readonly kind: DecisionEventKind;
  readonly at: Instant;
  /** Null where the count itself did it. */
  readonly by: string | null;
  readonly text: string;
  readonly files: readonly FileRef[];
  /** Of PLANNED: what the due day was, and what it became. */
  readonly dueFrom: CalendarDate | null;
  readonly dueTo: CalendarDate | null;
  /** Of SPENT and RELEASED. */
  readonly amountFen: Fen | null;
}

export interface Annulment {
  readonly kind: AnnulmentKind;
  readonly documentNo: string;
  readonly documentOn: CalendarDate;
  readonly reason: string;
  readonly file: FileRef | null;
  readonly recordedAt: Instant;
}

export const ANNULMENT_KINDS = ['COURT', 'AUTHORITY'] as const;
/** 法院判决撤销 (民法典 280), 主管部门或街道责令撤销 (物业管理条例 19). */
export type AnnulmentKind = (typeof ANNULMENT_KINDS)[number];

export const ANNULMENT_LABELS: Readonly<Record<AnnulmentKind, string>> = {
  COURT: '法院判决撤销',
  AUTHORITY: '主管部门或街道依法撤销',
};

/** GET /:decisionId/follow-up */
export interface FollowUp extends FollowUpSummary {
  readonly decisionId: string;
  readonly bodyName: string;
  /** The first due day that was ever set: a later one does not hide it. */
  readonly firstDueOn: CalendarDate | null;
  readonly expiresOn: CalendarDate | null;
  readonly budgetYear: number | null;
  readonly purposes: readonly SpendPurpose[];
  readonly amountLimitFen: Fen | null;
  readonly leftFen: Fen;
  /** Oldest first. */
  readonly events: readonly DecisionEvent[];
  readonly annulment: Annulment | null;
  readonly canPlan: boolean;
  /** Purposes are named once: what was decided does not change with what is to be bought. */
  readonly canNamePurposes: boolean;
  readonly canReport: boolean;
  readonly canAnnul: boolean;
}

/** POST /:decisionId/plan (committee); a due day that is moved needs a reason, and the old one stays. */
export interface PlanDecisionRequest {
  readonly body: DecisionBody;
  /** The person or office there. */
  readonly bodyName: string;
  readonly dueOn: CalendarDate;
  readonly expiresOn: CalendarDate | null;
  readonly purposes: readonly SpendPurpose[];
  /** 年度预算: named together with the purposes, once; null for a decision on one thing. */
  readonly budgetYear: number | null;
  readonly reason: string;
}

/** POST /:decisionId/steps with an Idempotency-Key (who carries it out). */
export interface ReportStepRequest {
  readonly kind: DecisionStep;
  readonly text: string;
  /** Uploaded as MATERIAL. */
  readonly fileIds: readonly string[];
}

/** POST /:decisionId/annul (street), on the document of the court or the authority. */
export interface AnnulDecisionRequest {
  readonly kind: AnnulmentKind;
  readonly documentNo: string;
  readonly documentOn: CalendarDate;
  readonly reason: string;
  /** Uploaded as DECISION_SCAN. */
  readonly fileId: string;
}

export const FOLLOW_UP_LIMITS = {
  bodyNameLength: { min: 2, max: 60 },
  textLength: { min: 4, max: 500 },
  documentNoLength: { min: 2, max: 80 },
  files: { max: 9 },
} as const;
