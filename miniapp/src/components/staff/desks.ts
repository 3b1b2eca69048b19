import { type Me, type Membership, type MembershipRole } from '@linli/shared/identity';
import type { RouteName } from '@/routes';
import type { IconName } from '../icon';

/** A place of the workbench, and who works there. */
export interface Desk {
  /** Of `DESK_KEYS` where something can wait there. */
  readonly key: string;
  readonly label: string;
  readonly icon: IconName;
  readonly roles: readonly MembershipRole[];
  /** Who works there in some regions, or at times: it is theirs where the server says that something may wait for them. */
  readonly inSomeRegions?: readonly MembershipRole[];
  /** Its page; absent until the feature is there, and then the place is shown but cannot be entered. */
  readonly route?: RouteName;
}

const COMMITTEE = ['COMMITTEE_CHAIR', 'COMMITTEE_TREASURER', 'COMMITTEE_MEMBER'] as const;
const COMPANY = ['COMPANY_MANAGER', 'COMPANY_CLERK'] as const;
const GOVERNMENT = ['COMMUNITY_OFFICER', 'STREET_OFFICER'] as const;

const DESKS: readonly Desk[] = [
  {
    key: 'income',
    label: '本季收支',
    icon: 'wallet',
    roles: COMMITTEE,
    inSomeRegions: [...COMPANY, 'COMMUNITY_OFFICER'],
    route: 'incomeDesk',
  },
  {
    key: 'assemblies',
    label: '业主大会',
    icon: 'assembly',
    roles: [...COMMITTEE, 'STREET_OFFICER'],
    route: 'assembliesDesk',
  },
  {
    key: 'decisions',
    label: '决定落实',
    icon: 'done',
    roles: [],
    inSomeRegions: ['COMPANY_MANAGER', 'COMMUNITY_OFFICER'],
    route: 'decisionsDesk',
  },
  {
    key: 'papers',
    label: '纸质票',
    icon: 'ballot',
    roles: [...COMMITTEE, ...GOVERNMENT],
    route: 'papersDesk',
  },
  {
    key: 'elections',
    label: '选举和联名',
    icon: 'ballot',
    roles: [...COMMITTEE, ...GOVERNMENT],
    route: 'electionsDesk',
  },
  {
    key: 'witness',
    label: '收支见证',
    icon: 'wallet',
    roles: ['COMMUNITY_OFFICER'],
    route: 'witnessDesk',
  },
  {
    key: 'spending',
    label: '支出审批',
    icon: 'wallet',
    roles: [...COMMITTEE, ...COMPANY, 'STREET_OFFICER'],
    inSomeRegions: ['COMMUNITY_OFFICER'],
    route: 'spendingDesk',
  },
  {
    key: 'audits',
    label: '年度审计',
    icon: 'search',
    roles: [...COMMITTEE, ...COMPANY, ...GOVERNMENT],
    route: 'auditDesk',
  },
  {
    key: 'delegates',
    label: '建设单位代表',
    icon: 'ballot',
    roles: GOVERNMENT,
    route: 'delegatesDesk',
  },
  { key: 'guardians', label: '监护人', icon: 'people', roles: GOVERNMENT, route: 'guardiansDesk' },
  {
    key: 'log-witnesses',
    label: '表决见证',
    icon: 'shield',
    roles: GOVERNMENT,
    route: 'logWitnessesDesk',
  },
  { key: 'complaints', label: '小区投诉', icon: 'complaint', roles: COMMITTEE, route: 'complaintsDesk' },
  {
    key: 'tickets',
    label: '工单',
    icon: 'list',
    roles: [...COMPANY, ...GOVERNMENT, 'DEPARTMENT_OFFICER', 'BUREAU_OFFICER'],
    route: 'ticketsDesk',
  },
  { key: 'fees', label: '收费公示', icon: 'document', roles: COMPANY, route: 'feesDesk' },
  { key: 'bills', label: '账单', icon: 'edit', roles: COMPANY, route: 'billsDesk' },
  { key: 'payments', label: '缴费情况', icon: 'wallet', roles: COMPANY, route: 'paymentsDesk' },
  { key: 'dunning', label: '催缴', icon: 'bell', roles: [...COMPANY, ...COMMITTEE], route: 'dunningDesk' },
  { key: 'refunds', label: '退款和待核对', icon: 'done', roles: COMPANY, route: 'refundsDesk' },
  { key: 'reconcile', label: '对账', icon: 'list', roles: COMPANY, route: 'reconcileDesk' },
  {
    key: 'ledger',
    label: '总账',
    icon: 'list',
    roles: ['COMPANY_MANAGER', 'COMMITTEE_TREASURER', ...GOVERNMENT],
    route: 'ledgerDesk',
  },
  { key: 'boards', label: '公告牌', icon: 'board', roles: ['STREET_OFFICER'], route: 'boardsDesk' },
  { key: 'overdue', label: '逾期工单', icon: 'clock', roles: GOVERNMENT, route: 'overdueDesk' },
  { key: 'extensions', label: '延期审批', icon: 'done', roles: GOVERNMENT, route: 'extensionsDesk' },
  {
    key: 'radar',
    label: '公示雷达',
    icon: 'search',
    roles: [...COMMITTEE, ...COMPANY, ...GOVERNMENT, 'BUREAU_OFFICER'],
    route: 'radarDesk',
  },
  {
    key: 'notices',
    label: '通知',
    icon: 'bell',
    roles: [...COMMITTEE, ...COMPANY, ...GOVERNMENT],
    route: 'noticesDesk',
  },
  { key: 'roll', label: '业主名册', icon: 'people', roles: [...COMMITTEE, 'COMPANY_MANAGER'], route: 'roll' },
  { key: 'relief', label: '减免缓缴', icon: 'wallet', roles: GOVERNMENT, route: 'reliefDesk' },
  {
    key: 'claims',
    label: '房屋认领',
    icon: 'home',
    roles: [...COMMITTEE, 'COMPANY_MANAGER', ...GOVERNMENT],
    route: 'claimsDesk',
  },
];

export interface DeskGroup {
  /** The organisation that the person works for. */
  readonly title: string;
  readonly desks: readonly Desk[];
}

/** The places of a person in an estate: a group for each organisation they work for. `counted` has a count there. */
export function desksOf(
  memberships: readonly Membership[],
  counted: (key: string) => boolean,
): readonly DeskGroup[] {
  const groups = new Map<string, { title: string; roles: Set<MembershipRole> }>();
  for (const { organisationId, organisationName, role } of memberships) {
    const group = groups.get(organisationId) ?? { title: organisationName, roles: new Set() };
    groups.set(organisationId, { ...group, roles: group.roles.add(role) });
  }
  return Array.from(groups.values(), ({ title, roles }) => ({
    title,
    desks: DESKS.filter(
      ({ key, roles: always, inSomeRegions = [] }) =>
        always.some((role) => roles.has(role)) ||
        (inSomeRegions.some((role) => roles.has(role)) && counted(key)),
    ),
  })).filter(({ desks }) => desks.length > 0);
}

/** The estates that a person works for, without those where they only live. */
export function workEstates(me: Me | null): readonly { readonly id: string; readonly name: string }[] {
  const estates = new Map<string, string>();
  for (const { estates: served } of me?.memberships ?? [])
    for (const { id, name } of served) estates.set(id, name);
  return Array.from(estates, ([id, name]) => ({ id, name }));
}
