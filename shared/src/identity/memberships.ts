import {
  ROLES_OF_ORGANISATION,
  type EstateRole,
  type MembershipRole,
  type OrganisationKind,
} from './roles.ts';

/**
 * Offices 任职, granted by two persons: one proposes, another confirms. An office gives power in the estate where it is
 * granted; one that supervises may be granted for its whole area.
 *
 * - GET    /api/estates/:estateId/memberships             → EstateMembership[]
 * - GET    /api/estates/:estateId/memberships/organisations → GrantingOrganisation[], those that the caller may propose for
 * - POST   /api/estates/:estateId/memberships             ProposeMembershipRequest; Idempotency-Key
 * - POST   /api/estates/:estateId/memberships/:id/confirm
 * - POST   /api/estates/:estateId/memberships/:id/end     a proposal is taken back, an office ends today
 */
export interface ProposeMembershipRequest {
  readonly organisationId: string;
  readonly role: MembershipRole;
  /** Whose account it is. */
  readonly phone: string;
  /** `YYYY-MM-DD`, both included. */
  readonly startsOn: string;
  readonly endsOn: string;
  /** For every estate of the organisation, not this one alone; only for an organisation that supervises an area. */
  readonly wholeArea?: boolean;
}

/** An organisation of the estate that the caller may propose offices of. */
export interface GrantingOrganisation {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly MembershipRole[];
  /** Whether the caller may propose an office for the organisation's whole area. */
  readonly mayReachArea: boolean;
}

export interface EstateMembership {
  readonly id: string;
  readonly personName: string;
  readonly organisationId: string;
  readonly organisationName: string;
  readonly role: MembershipRole;
  readonly startsOn: string;
  readonly endsOn: string | null;
  /** Counts in every estate of the organisation. */
  readonly wholeArea: boolean;
  readonly proposedBy: string | null;
  readonly confirmedBy: string | null;
  readonly confirmed: boolean;
  /** Whether the caller may propose offices of this organisation. */
  readonly mayPropose: boolean;
  readonly mayConfirm: boolean;
  readonly mayEnd: boolean;
}

/** Who may take part in granting the offices of an organisation; the operator's are given at the machine only. */
export const GRANTORS: Readonly<Record<OrganisationKind, readonly EstateRole[]>> = {
  COMMITTEE: ['COMMITTEE_CHAIR', 'COMMUNITY_OFFICER', 'STREET_OFFICER'],
  COMPANY: ['COMPANY_MANAGER', 'COMMUNITY_OFFICER', 'STREET_OFFICER'],
  COMMUNITY: ['COMMUNITY_OFFICER', 'STREET_OFFICER'],
  STREET: ['STREET_OFFICER', 'BUREAU_OFFICER'],
  DEPARTMENT: ['DEPARTMENT_OFFICER', 'STREET_OFFICER', 'BUREAU_OFFICER'],
  BUREAU: ['BUREAU_OFFICER'],
  OPERATOR: [],
};

const AREA_KINDS: ReadonlySet<OrganisationKind> = new Set([
  'COMMUNITY',
  'STREET',
  'DEPARTMENT',
  'BUREAU',
  'OPERATOR',
]);

/** Whether an office may count for all that its organisation serves; a committee's and a company's is for one estate. */
export function mayReachArea(kind: OrganisationKind): boolean {
  return AREA_KINDS.has(kind);
}

/**
 * Who may end an office before its term; whoever holds it may always resign. Committee members are elected: neither
 * their chair nor the community dismisses them, the street files the change.
 */
const ENDERS: Readonly<Record<OrganisationKind, readonly EstateRole[]>> = {
  ...GRANTORS,
  COMMITTEE: ['STREET_OFFICER'],
  COMPANY: ['COMPANY_MANAGER', 'STREET_OFFICER'],
};
/** A committee is filed with the street: one of the two must be from there (物业管理条例 16). */
const FILING_OFFICERS: ReadonlySet<EstateRole> = new Set(['COMMUNITY_OFFICER', 'STREET_OFFICER']);

/** One of the two who grant. */
export interface Grantor {
  readonly personId: string;
  /** What they are in the estate; for an office of a whole area, what they are in each of its estates. */
  readonly roles: readonly EstateRole[];
}

export type GrantRefusal =
  | 'MEMBERSHIP.ROLE'
  | 'MEMBERSHIP.AREA'
  | 'MEMBERSHIP.NOT_YOURS'
  | 'MEMBERSHIP.TWO_PERSONS'
  | 'MEMBERSHIP.SUPERVISOR';

/** Whether this person may propose the office; null means yes. */
export function checkProposal(
  office: {
    readonly kind: OrganisationKind;
    readonly role: MembershipRole;
    readonly personId: string;
    readonly wholeArea: boolean;
  },
  proposer: Grantor,
): GrantRefusal | null {
  if (!ROLES_OF_ORGANISATION[office.kind].includes(office.role)) return 'MEMBERSHIP.ROLE';
  if (office.wholeArea && !mayReachArea(office.kind)) return 'MEMBERSHIP.AREA';
  if (!mayGrant(office.kind, proposer)) return 'MEMBERSHIP.NOT_YOURS';
  return office.personId === proposer.personId ? 'MEMBERSHIP.TWO_PERSONS' : null;
}

/** Whether this second person may confirm it; null means yes. Nobody confirms what they proposed or receive. */
export function checkConfirmation(
  office: {
    readonly kind: OrganisationKind;
    readonly personId: string;
    readonly proposedBy: string | null;
    readonly proposerRoles: readonly EstateRole[];
  },
  confirmer: Grantor,
): GrantRefusal | null {
  if (!mayGrant(office.kind, confirmer)) return 'MEMBERSHIP.NOT_YOURS';
  if (confirmer.personId === office.personId || confirmer.personId === office.proposedBy)
    return 'MEMBERSHIP.TWO_PERSONS';
  const filed = [...office.proposerRoles, ...confirmer.roles].some((role) => FILING_OFFICERS.has(role));
  return office.kind === 'COMMITTEE' && !filed ? 'MEMBERSHIP.SUPERVISOR' : null;
}

/** Whether this person may take back a proposal, or end the office. */
export function mayEnd(
  office: { readonly kind: OrganisationKind; readonly personId: string; readonly confirmed: boolean },
  person: Grantor,
): boolean {
  if (office.personId === person.personId) return true;
  const allowed = office.confirmed ? ENDERS : GRANTORS;
  return person.roles.some((role) => allowed[office.kind].includes(role));
}

export function mayGrant(kind: OrganisationKind, person: Grantor): boolean {
  return person.roles.some((role) => GRANTORS[kind].includes(role));
}
