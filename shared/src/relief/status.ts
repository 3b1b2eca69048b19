import { type StateMachine, defineStateMachine } from '../kernel/index.ts';

export const RELIEF_KINDS = ['REDUCTION', 'DEFERRAL'] as const;
export type ReliefKind = (typeof RELIEF_KINDS)[number];
export const RELIEF_KIND_LABELS: Readonly<Record<ReliefKind, string>> = {
  REDUCTION: '减免',
  DEFERRAL: '缓缴',
};

export const CERTIFICATE_KINDS = [
  'MINIMUM_LIVING',
  'DISABILITY',
  'SPECIAL_HARDSHIP',
  'ILLNESS',
  'OTHER',
] as const;
export type CertificateKind = (typeof CERTIFICATE_KINDS)[number];
export const CERTIFICATE_LABELS: Readonly<Record<CertificateKind, string>> = {
  MINIMUM_LIVING: '低保证',
  DISABILITY: '残疾人证',
  SPECIAL_HARDSHIP: '特困人员证',
  ILLNESS: '大病诊断证明',
  OTHER: '其他证明',
};

/** Who goes without, or pays in the household's place 减免由谁承担. */
export const FUNDER_KINDS = ['COMPANY', 'STREET', 'CIVIL_AFFAIRS', 'OTHER'] as const;
export type FunderKind = (typeof FUNDER_KINDS)[number];
export const FUNDER_LABELS: Readonly<Record<FunderKind, string>> = {
  COMPANY: '物业公司少收',
  STREET: '街道补助',
  CIVIL_AFFAIRS: '民政补助',
  OTHER: '其他单位补助',
};

export const RELIEF_STATES = [
  'DRAFT',
  'SUBMITTED',
  'COMMUNITY_VERIFIED',
  'RETURNED',
  'STREET_APPROVED',
  'REJECTED',
  'APPLIED',
  'EXPIRED',
  'WITHDRAWN',
] as const;
export type ReliefState = (typeof RELIEF_STATES)[number];
export const RELIEF_STATE_LABELS: Readonly<Record<ReliefState, string>> = {
  DRAFT: '还没交',
  SUBMITTED: '等社区核实',
  COMMUNITY_VERIFIED: '社区已核实，等街道批准',
  RETURNED: '社区退回，请补正',
  STREET_APPROVED: '街道已批准，正在记账',
  REJECTED: '没有批准',
  APPLIED: '已生效',
  EXPIRED: '已到期',
  WITHDRAWN: '已撤回',
};

export type ReliefEvent =
  'SUBMIT' | 'WITHDRAW' | 'VERIFY' | 'RETURN' | 'APPROVE' | 'REJECT' | 'APPLY' | 'LAPSE' | 'EXPIRE';
export type ReliefActor = 'APPLICANT' | 'COMMUNITY' | 'STREET' | 'SYSTEM';
export type ReliefRequirement =
  | 'BILLS'
  | 'CERTIFICATE'
  | 'CONSENT'
  | 'REASON'
  /** Nobody who has had a hand in it before, and not of the household. */
  | 'OTHER_PERSON'
  /** Who bears a reduction; a deferral costs nobody. */
  | 'FUNDER'
  /** How much, or until when. */
  | 'TERMS';

/** 社区核实 → 街道审批. What was handed in no longer changes once somebody judges it. */
export const RELIEF_MACHINE: StateMachine<
  ReliefState,
  ReliefEvent,
  ReliefActor,
  ReliefRequirement,
  'BILLS' | 'PAPERS' | 'TERMS'
> = defineStateMachine<
  ReliefState,
  ReliefEvent,
  ReliefActor,
  ReliefRequirement,
  'BILLS' | 'PAPERS' | 'TERMS'
>({
  name: 'relief',
  initial: 'DRAFT',
  states: {
    DRAFT: {},
    SUBMITTED: { freezes: ['BILLS', 'PAPERS'] },
    COMMUNITY_VERIFIED: { freezes: ['BILLS', 'PAPERS'] },
    RETURNED: { freezes: ['BILLS'] },
    STREET_APPROVED: { freezes: ['BILLS', 'PAPERS', 'TERMS'] },
    REJECTED: { final: true, freezes: ['BILLS', 'PAPERS', 'TERMS'] },
    APPLIED: { freezes: ['BILLS', 'PAPERS', 'TERMS'] },
    EXPIRED: { final: true, freezes: ['BILLS', 'PAPERS', 'TERMS'] },
    WITHDRAWN: { final: true, freezes: ['BILLS', 'PAPERS', 'TERMS'] },
  },
  transitions: [
    {
      event: 'SUBMIT',
      from: ['DRAFT', 'RETURNED'],
      to: 'SUBMITTED',
      by: ['APPLICANT'],
      requires: ['BILLS', 'CERTIFICATE', 'CONSENT'],
    },
    {
      event: 'WITHDRAW',
      from: ['SUBMITTED', 'COMMUNITY_VERIFIED', 'RETURNED'],
      to: 'WITHDRAWN',
      by: ['APPLICANT'],
    },
    {
      event: 'VERIFY',
      from: ['SUBMITTED'],
      to: 'COMMUNITY_VERIFIED',
      by: ['COMMUNITY'],
      requires: ['OTHER_PERSON'],
    },
    {
      event: 'RETURN',
      from: ['SUBMITTED'],
      to: 'RETURNED',
      by: ['COMMUNITY'],
      requires: ['OTHER_PERSON', 'REASON'],
    },
    {
      event: 'APPROVE',
      from: ['COMMUNITY_VERIFIED'],
      to: 'STREET_APPROVED',
      by: ['STREET'],
      requires: ['OTHER_PERSON', 'FUNDER', 'TERMS'],
    },
    {
      event: 'REJECT',
      from: ['COMMUNITY_VERIFIED'],
      to: 'REJECTED',
      by: ['STREET'],
      requires: ['OTHER_PERSON', 'REASON'],
    },
    { event: 'APPLY', from: ['STREET_APPROVED'], to: 'APPLIED', by: ['SYSTEM'] },
    // Everything was paid or cancelled in the meantime: there is nothing left to grant.
    { event: 'LAPSE', from: ['STREET_APPROVED'], to: 'EXPIRED', by: ['SYSTEM'] },
    { event: 'EXPIRE', from: ['APPLIED'], to: 'EXPIRED', by: ['SYSTEM'] },
  ],
});

/** Somebody still has to do something: no other application may name its bills. */
export const PENDING_RELIEF: readonly ReliefState[] = [
  'SUBMITTED',
  'COMMUNITY_VERIFIED',
  'RETURNED',
  'STREET_APPROVED',
];
