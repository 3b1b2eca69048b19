import 'reflect-metadata';
import { RequestMethod } from '@nestjs/common';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import { ESTATE_ROLES, type EstateRole } from '@linli/shared/identity';
import { ACCESS_RULE, type AccessRule } from '../../src/kernel/access/index.ts';
import type { TestApp } from './app.ts';

/** One handler of the server as Nest knows it. */
export interface Route {
  readonly method: string;
  /** `/api/estates/:estateId/claims` */
  readonly path: string;
  /** Undefined: the handler says nothing, so nobody is let in. */
  readonly rule: AccessRule | undefined;
}

/** Whom the table asks about: signed out, signed in and nothing anywhere, each role of an estate, the operator. */
export const KINDS_OF_CALLER = ['SIGNED_OUT', 'NOBODY', ...ESTATE_ROLES, 'OPERATOR'] as const;
export type KindOfCaller = (typeof KINDS_OF_CALLER)[number];

/** `yes` gets past the guard, whatever the use case then says. */
export type Verdict = 'yes' | '401' | '403';

type Handler = (...args: never[]) => unknown;

/** Every route of every controller, by path. */
export function routesOf(app: TestApp): Route[] {
  const scanner = new MetadataScanner();
  const routes: Route[] = [];
  for (const module of app.nest.get(ModulesContainer).values())
    for (const { metatype, instance } of module.controllers.values()) {
      if (metatype === null || instance === undefined) continue;
      const prototype = Object.getPrototypeOf(instance) as Record<string, Handler>;
      for (const name of scanner.getAllMethodNames(prototype)) {
        const handler = prototype[name];
        const method = Reflect.getMetadata('method', handler ?? {}) as RequestMethod | undefined;
        if (handler === undefined || method === undefined) continue;
        const rule = Reflect.getMetadata(ACCESS_RULE, handler) as AccessRule | undefined;
        for (const prefix of pathsIn(metatype))
          for (const path of pathsIn(handler))
            routes.push({ method: RequestMethod[method] ?? '', path: join('api', prefix, path), rule });
      }
    }
  return routes.toSorted((a, b) => keyOf(a).localeCompare(keyOf(b), 'en'));
}

export function keyOf({ method, path }: Route): string {
  return `${path} ${method}`;
}

const COMPANY = ['COMPANY_MANAGER', 'COMPANY_CLERK'] as const;
const NOT_KEEPING = [...COMPANY, 'COMMUNITY_OFFICER'] as const;

/**
 * Where the use case refuses some of the roles that the guard lets in: by the region's law, or by who somebody works
 * for. Here with the estate of the table, in 奇台; the feature's own tests have the other cases.
 */
const NARROWER: Readonly<Record<string, { readonly roles: readonly KindOfCaller[]; readonly why: string }>> =
  {
    ...byTheBooks('/api/estates/:estateId/income/drafts GET', COMPANY),
    ...byTheBooks('/api/estates/:estateId/income/drafts/:id GET', COMPANY),
    ...byTheBooks('/api/estates/:estateId/income/statements/:id/discard POST', NOT_KEEPING),
    ...byTheBooks('/api/estates/:estateId/income/statements/:id/take-back POST', NOT_KEEPING),
    ...byTheDepartment('/api/estates/:estateId/tickets/counts GET'),
    ...byTheDepartment('/api/estates/:estateId/tickets/queue GET'),
  };

function byTheBooks(key: string, roles: readonly KindOfCaller[]) {
  return { [key]: { roles, why: 'the company and the community only where they keep the books' } };
}

function byTheDepartment(key: string) {
  const why = 'a department only where it is known which one';
  return { [key]: { roles: ['DEPARTMENT_OFFICER'] as const, why } };
}

/** What the route answers in the end to somebody who is this in the estate of the address. */
export function agreedVerdict(route: Route, kind: KindOfCaller): Verdict {
  const narrowed = NARROWER[keyOf(route)]?.roles.includes(kind) === true;
  return narrowed ? '403' : verdictOf(route.rule, kind);
}

/** What the guard answers to somebody who is this in the estate of the address. */
export function verdictOf(rule: AccessRule | undefined, kind: KindOfCaller): Verdict {
  if (rule?.kind === 'PUBLIC') return 'yes';
  if (rule === undefined) return '403';
  if (kind === 'SIGNED_OUT') return '401';
  switch (rule.kind) {
    case 'SIGNED_IN':
      return 'yes';
    case 'OPERATOR':
      return kind === 'OPERATOR' ? 'yes' : '403';
    case 'ESTATE':
    case 'SOMEWHERE':
      return (rule.roles as readonly string[]).includes(kind) ? 'yes' : '403';
  }
}

/** What the guard answers to somebody who is this in another estate than the one of the address. */
function verdictElsewhere(rule: AccessRule | undefined, kind: KindOfCaller): Verdict {
  if (rule?.kind === 'SOMEWHERE') return verdictOf(rule, kind);
  return verdictOf(rule, (ESTATE_ROLES as readonly string[]).includes(kind) ? 'NOBODY' : kind);
}

export function isOfEstate({ path }: Route): boolean {
  return path.includes(':estateId');
}

/** The columns, three letters each, and who they are. */
const COLUMNS: Readonly<Record<KindOfCaller, readonly [heading: string, who: string]>> = {
  SIGNED_OUT: ['out', 'signed out'],
  NOBODY: ['nob', 'signed in, without a home or an office'],
  OWNER: ['own', 'owner 业主'],
  FAMILY: ['fam', 'family 家属'],
  TENANT: ['ten', 'tenant 租户'],
  COMMITTEE_CHAIR: ['cha', 'chair of the committee 业委会主任'],
  COMMITTEE_TREASURER: ['tre', 'treasurer of the committee 业委会财务'],
  COMMITTEE_MEMBER: ['mem', 'member of the committee 业委会委员'],
  COMPANY_MANAGER: ['man', 'manager of the company 物业经理'],
  COMPANY_CLERK: ['cle', 'clerk of the company 物业客服'],
  COMMUNITY_OFFICER: ['com', 'community 社区'],
  STREET_OFFICER: ['str', 'subdistrict 街道'],
  DEPARTMENT_OFFICER: ['dep', 'department 部门'],
  BUREAU_OFFICER: ['bur', 'bureau 住建'],
  OPERATOR: ['ope', 'operator 平台运维'],
};

/** The table as it is committed. A row changes only where its own route does. */
export function printTable(routes: readonly Route[]): string {
  const headings = [...KINDS_OF_CALLER.map((kind) => COLUMNS[kind][0]), 'oth'];
  const rows = routes.map((route) => [
    ...KINDS_OF_CALLER.map((kind) => agreedVerdict(route, kind)),
    elsewhere(route),
    `${route.method} ${route.path} (${wordsOf(route)})`,
  ]);
  return [
    '# Who may call what',
    '',
    'Made from the route table by `test/e2e/access-table.spec.ts`, which also calls every route as everybody.',
    'After adding a route or changing a rule: `UPDATE_ACCESS_TABLE=1 npm test`, and look at what changed here.',
    '',
    '`yes`: past the guard; the use case may still refuse.',
    '',
    ...KINDS_OF_CALLER.map((kind) => `- ${COLUMNS[kind][0]}: ${COLUMNS[kind][1]}`),
    '- oth: the roles of one estate at the address of another',
    '',
    '```text',
    headings.join(' '),
    ...rows.map((row) => row.join(' ')),
    '```',
    '',
  ].join('\n');
}

function elsewhere(route: Route): string {
  return isOfEstate(route) ? verdictElsewhere(route.rule, 'OWNER') : ' – ';
}

function wordsOf(route: Route): string {
  const narrower = NARROWER[keyOf(route)];
  return narrower === undefined ? wordsOfRule(route.rule) : `${wordsOfRule(route.rule)}; ${narrower.why}`;
}

function wordsOfRule(rule: AccessRule | undefined): string {
  switch (rule?.kind) {
    case undefined:
      return 'none';
    case 'PUBLIC':
      return `public: ${rule.why}`;
    case 'SIGNED_IN':
      return 'signed in; only what is the caller’s own';
    case 'OPERATOR':
      return 'operator';
    case 'ESTATE':
      return 'roles in the estate';
    case 'SOMEWHERE':
      return 'roles in any estate; only what those estates have';
  }
}

/** One person of every kind for an estate. */
export async function everybody(app: TestApp, estateId: string): Promise<Map<EstateRole, string>> {
  const people = new Map<EstateRole, string>();
  for (const role of ESTATE_ROLES) people.set(role, (await app.build.inRole(role, estateId)).personId);
  return people;
}

function pathsIn(target: object): string[] {
  const path = Reflect.getMetadata('path', target) as string | string[] | undefined;
  return path === undefined ? [''] : Array.isArray(path) ? path : [path];
}

function join(...parts: readonly string[]): string {
  const pieces = parts.flatMap((part) => part.split('/')).filter((piece) => piece !== '');
  return `/${pieces.join('/')}`;
}
