import { departmentOf } from '@linli/shared/contacts';
import type { EstateRole, OrganisationKind } from '@linli/shared/identity';
import {
  type DepartmentCode,
  DEPARTMENTS,
  TICKET_LEVEL_CODES,
  type TicketLevelCode,
  type TicketRules,
  departmentName,
} from '@linli/shared/tickets';
import type { Caller } from '../../kernel/access/index.ts';

/** With whom a complaint can be: a rung of the ladder 层级, or a department that it was passed to. */
export type Body = TicketLevelCode | `D:${DepartmentCode}`;

/** An organisation that serves the estate. */
export interface EstateOrganisation {
  readonly id: string;
  readonly kind: OrganisationKind;
  readonly name: string;
  readonly phone: string | null;
}

/** The rung that a kind of organisation stands on. */
const RUNG_OF_KIND: Readonly<Partial<Record<OrganisationKind, TicketLevelCode>>> = {
  COMPANY: 'COMPANY',
  COMMITTEE: 'COMMITTEE',
  COMMUNITY: 'COMMUNITY',
  STREET: 'STREET',
  BUREAU: 'COUNTY',
};
const DEPARTMENT_OF_KIND: Readonly<Partial<Record<OrganisationKind, DepartmentCode>>> = {
  COMMUNITY: 'COMMUNITY',
  STREET: 'STREET',
  BUREAU: 'HOUSING',
};

/** Whose members answer for a body, and who is told when it is urged. */
const ROLES_OF_RUNG: Readonly<
  Record<TicketLevelCode, { readonly all: readonly EstateRole[]; readonly head: readonly EstateRole[] }>
> = {
  COMPANY: { all: ['COMPANY_MANAGER', 'COMPANY_CLERK'], head: ['COMPANY_MANAGER'] },
  COMMITTEE: {
    all: ['COMMITTEE_CHAIR', 'COMMITTEE_TREASURER', 'COMMITTEE_MEMBER'],
    head: ['COMMITTEE_CHAIR'],
  },
  COMMUNITY: { all: ['COMMUNITY_OFFICER'], head: ['COMMUNITY_OFFICER'] },
  STREET: { all: ['STREET_OFFICER'], head: ['STREET_OFFICER'] },
  COUNTY: { all: ['BUREAU_OFFICER'], head: ['BUREAU_OFFICER'] },
  CITY: { all: ['BUREAU_OFFICER'], head: ['BUREAU_OFFICER'] },
};

export function rolesOfRung(rung: TicketLevelCode, headOnly: boolean): readonly EstateRole[] {
  return ROLES_OF_RUNG[rung][headOnly ? 'head' : 'all'];
}

export function isRung(body: Body): body is TicketLevelCode {
  return (TICKET_LEVEL_CODES as readonly string[]).includes(body);
}

export function departmentOfBody(body: Body): DepartmentCode | null {
  if (body === 'STREET' || body === 'COMMUNITY') return body;
  const code = body.slice(2);
  return !isRung(body) && code in DEPARTMENTS ? (code as DepartmentCode) : null;
}

/** 街道 and 社区 are rungs of the ladder as well as departments of the routing table: one body, one name. */
export function bodyOfDepartment(code: DepartmentCode): Body {
  return code === 'STREET' || code === 'COMMUNITY' ? code : `D:${code}`;
}

export function bodyOfLevel(rules: TicketRules, level: number): Body {
  const rung = rules.levels[level];
  if (rung === undefined) throw new Error(`no such level of complaints: ${level}`);
  return rung.code;
}

/** The department that an organisation is; departments are known by what is written over their door. */
export function departmentOfOrganisation({ kind, name }: EstateOrganisation): DepartmentCode | null {
  return DEPARTMENT_OF_KIND[kind] ?? (kind === 'DEPARTMENT' ? departmentOf(name) : null);
}

function bodiesOfOrganisation(organisation: EstateOrganisation): Body[] {
  const rung = RUNG_OF_KIND[organisation.kind];
  const department = departmentOfOrganisation(organisation);
  const bodies = [
    ...(rung === undefined ? [] : [rung]),
    ...(department === null ? [] : [bodyOfDepartment(department)]),
  ];
  return [...new Set<Body>(bodies)];
}

/** The organisation that a body is in this estate; null where it is not on the platform. */
export function organisationOf(
  body: Body,
  organisations: readonly EstateOrganisation[],
): EstateOrganisation | null {
  return organisations.find((candidate) => bodiesOfOrganisation(candidate).includes(body)) ?? null;
}

/** 奇台县安泰物业服务有限公司; the rung's or the department's name where no organisation plays it. */
export function bodyName(
  body: Body,
  rules: TicketRules,
  organisations: readonly EstateOrganisation[],
): string {
  const organisation = organisationOf(body, organisations);
  if (organisation !== null) return organisation.name;
  const department = departmentOfBody(body);
  if (department !== null) return departmentName(rules, department);
  return rules.levels.find(({ code }) => code === body)?.label ?? '';
}

/** One organisation that a person acts for in the estate, and where it stands. */
export interface Standing {
  readonly organisation: EstateOrganisation;
  readonly bodies: readonly Body[];
  /** The highest rung that it stands on; -1 for departments. */
  readonly rung: number;
}

/** Everything that decides what one person may do with the complaints of one estate. */
export interface TicketStaff {
  readonly standings: readonly Standing[];
  /** All bodies that the person is of, through whichever organisation. */
  readonly bodies: readonly Body[];
  /** The highest rung that the person stands on; -1 for residents and departments. */
  readonly rung: number;
}

export function staffOf(
  caller: Caller,
  estateId: string,
  rules: TicketRules,
  organisations: readonly EstateOrganisation[],
): TicketStaff {
  const own = new Set(caller.organisationsIn(estateId));
  const standings = organisations
    .filter(({ id }) => own.has(id))
    .map((organisation) => standingOf(organisation, rules));
  return {
    standings,
    bodies: [...new Set(standings.flatMap(({ bodies }) => bodies))],
    rung: Math.max(-1, ...standings.map(({ rung }) => rung)),
  };
}

function standingOf(organisation: EstateOrganisation, rules: TicketRules): Standing {
  const bodies = bodiesOfOrganisation(organisation);
  const rung = Math.max(-1, ...bodies.map((body) => rules.levels.findIndex(({ code }) => code === body)));
  return { organisation, bodies, rung };
}

/** The kinds of organisation that a person acts for; who runs the platform acts for none. */
export function kindsOf({ standings }: TicketStaff): OrganisationKind[] {
  return standings.map(({ organisation }) => organisation.kind).filter((kind) => kind !== 'OPERATOR');
}

/** From which rung on a body supervises: the residents' committee and what is above it, never the owners' committee. */
export function supervisesFrom(rules: TicketRules): number {
  return rules.levels.findIndex(({ code }) => code === 'COMMUNITY');
}

/** The ladder up to the highest rung that anybody on the platform stands on: nobody can be asked beyond it. */
export function staffedRules(rules: TicketRules, organisations: readonly EstateOrganisation[]): TicketRules {
  const top = rules.levels.findLastIndex(({ code }) => organisationOf(code, organisations) !== null);
  return top < 0 ? rules : { ...rules, levels: rules.levels.slice(0, top + 1) };
}

/** The rung itself, or the next one up that somebody stands on. */
export function staffedLevel(
  level: number,
  rules: TicketRules,
  organisations: readonly EstateOrganisation[],
): number {
  const next = rules.levels.findIndex(
    ({ code }, index) => index >= level && organisationOf(code, organisations) !== null,
  );
  return next < 0 ? level : next;
}
