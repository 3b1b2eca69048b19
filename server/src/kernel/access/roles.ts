/**
 * What a person may be in an estate. Residents come from a home, the others from a membership with a term.
 * 业主 · 家属 · 租户 · 业委会主任/财务/委员 · 物业经理/客服 · 社区 · 街道 · 部门 · 住建 · 运维
 */
export { ESTATE_ROLES, type EstateRole } from '@linli/shared/identity';
import type { EstateRole } from '@linli/shared/identity';

export const RESIDENTS = ['OWNER', 'FAMILY', 'TENANT'] as const satisfies readonly EstateRole[];
export const OWNERS = ['OWNER'] as const satisfies readonly EstateRole[];
export const COMMITTEE = [
  'COMMITTEE_CHAIR',
  'COMMITTEE_TREASURER',
  'COMMITTEE_MEMBER',
] as const satisfies readonly EstateRole[];
export const COMPANY = ['COMPANY_MANAGER', 'COMPANY_CLERK'] as const satisfies readonly EstateRole[];
/** 社区 and 街道: they supervise and extend. */
export const STREET = ['COMMUNITY_OFFICER', 'STREET_OFFICER'] as const satisfies readonly EstateRole[];
/** Everyone who supervises the estate from outside. */
export const SUPERVISORS = [
  ...STREET,
  'DEPARTMENT_OFFICER',
  'BUREAU_OFFICER',
] as const satisfies readonly EstateRole[];
export const STAFF = [...COMMITTEE, ...COMPANY, ...SUPERVISORS] as const satisfies readonly EstateRole[];
/** Whoever has anything to do with the estate. */
export const EVERYONE = [...RESIDENTS, ...STAFF] as const satisfies readonly EstateRole[];
/** Owners and those accountable to them: who may read the estate's books. */
export const BOOK_READERS = [...OWNERS, ...STAFF] as const satisfies readonly EstateRole[];
