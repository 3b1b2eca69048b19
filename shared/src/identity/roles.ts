/**
 * What a person may be in an estate: 业主 · 家属 · 租户 · 业委会主任/财务/委员 · 物业经理/客服 · 社区 · 街道 · 部门 · 住建.
 * Residents come from a home, the others from a membership with a term.
 */
export const ESTATE_ROLES = [
  'OWNER',
  'FAMILY',
  'TENANT',
  'COMMITTEE_CHAIR',
  'COMMITTEE_TREASURER',
  'COMMITTEE_MEMBER',
  'COMPANY_MANAGER',
  'COMPANY_CLERK',
  'COMMUNITY_OFFICER',
  'STREET_OFFICER',
  'DEPARTMENT_OFFICER',
  'BUREAU_OFFICER',
] as const;
export type EstateRole = (typeof ESTATE_ROLES)[number];

/** Bound to a home. A tenant or a family member reads and complains, and never votes. */
export type ResidencyKind = Extract<EstateRole, 'OWNER' | 'FAMILY' | 'TENANT'>;
export const RESIDENCY_KINDS = ['OWNER', 'FAMILY', 'TENANT'] as const satisfies readonly ResidencyKind[];

/** Held by membership of an organisation, for a term. */
export type MembershipRole = Exclude<EstateRole, ResidencyKind> | 'OPERATOR';

/** 业委会 · 物业 · 社区 · 街道 · 部门 · 住建 · 运维 */
export const ORGANISATION_KINDS = [
  'COMMITTEE',
  'COMPANY',
  'COMMUNITY',
  'STREET',
  'DEPARTMENT',
  'BUREAU',
  'OPERATOR',
] as const;
export type OrganisationKind = (typeof ORGANISATION_KINDS)[number];

/** Which roles an organisation of each kind can give. */
export const ROLES_OF_ORGANISATION: Readonly<Record<OrganisationKind, readonly MembershipRole[]>> = {
  COMMITTEE: ['COMMITTEE_CHAIR', 'COMMITTEE_TREASURER', 'COMMITTEE_MEMBER'],
  COMPANY: ['COMPANY_MANAGER', 'COMPANY_CLERK'],
  COMMUNITY: ['COMMUNITY_OFFICER'],
  STREET: ['STREET_OFFICER'],
  DEPARTMENT: ['DEPARTMENT_OFFICER'],
  BUREAU: ['BUREAU_OFFICER'],
  OPERATOR: ['OPERATOR'],
};

/** How a role is called on the screen. */
export const ROLE_NAMES: Readonly<Record<MembershipRole | ResidencyKind, string>> = {
  OWNER: '业主',
  FAMILY: '家属',
  TENANT: '租户',
  COMMITTEE_CHAIR: '业委会主任',
  COMMITTEE_TREASURER: '业委会财务',
  COMMITTEE_MEMBER: '业委会委员',
  COMPANY_MANAGER: '物业经理',
  COMPANY_CLERK: '物业客服',
  COMMUNITY_OFFICER: '社区工作人员',
  STREET_OFFICER: '街道工作人员',
  DEPARTMENT_OFFICER: '部门工作人员',
  BUREAU_OFFICER: '住建工作人员',
  OPERATOR: '平台运维',
};
