import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ESTATE_ROLES } from '@linli/shared/identity';
import { SessionsService } from '../../src/features/identity/index.ts';
import { TestApp } from '../support/app.ts';
import {
  agreedVerdict,
  everybody,
  isOfEstate,
  keyOf,
  KINDS_OF_CALLER,
  printTable,
  routesOf,
  type KindOfCaller,
  type Route,
  type Verdict,
} from '../support/route-table.ts';

const TABLE = new URL('../access-table.md', import.meta.url);
const UPDATE = process.env['UPDATE_ACCESS_TABLE'] === '1';

/** Addresses of an estate that anybody signed in may call: whoever claims a home, or is a guardian, is nobody there. */
const OPEN_TO_STRANGERS = [
  '/api/estates/:estateId/units/search GET',
  '/api/estates/:estateId/claims POST',
  '/api/estates/:estateId/guardianships POST',
];

const NO_SUCH_ID = '00000000000000000000000000';

describe('who may call what', () => {
  let app: TestApp;
  let routes: Route[];
  let here: string;
  let there: string;
  const peopleHere = new Map<KindOfCaller, string>();
  const peopleThere = new Map<KindOfCaller, string>();

  beforeAll(async () => {
    app = await TestApp.start();
    routes = routesOf(app);
    here = await app.build.estate('康宁家园');
    there = await app.build.estate('幸福里');
    for (const [role, personId] of await everybody(app, here)) peopleHere.set(role, personId);
    for (const [role, personId] of await everybody(app, there)) peopleThere.set(role, personId);
    peopleHere.set('NOBODY', (await app.build.person('路人')).personId);
    peopleHere.set('OPERATOR', (await app.build.member('运维', 'OPERATOR', [])).personId);
  });
  afterAll(() => app.stop());

  /** A session for each call: signing out is one of the routes. */
  async function tokenOf(personId: string | undefined): Promise<string | undefined> {
    if (personId === undefined) return undefined;
    return app.database.transaction((tx) => app.nest.get(SessionsService).open(tx, personId, '访问表'));
  }

  /** The address with the estate filled in and ids that belong to nothing. Bodies stay empty. */
  async function call(route: Route, personId: string | undefined): Promise<Verdict> {
    const address = route.path.replace(':estateId', here).replace(/:\w+/g, NO_SUCH_ID).replace('*', 'x');
    const { status } = await app.call(route.method, address, {
      token: await tokenOf(personId),
      ...(route.method === 'GET' || route.method === 'DELETE' ? {} : { body: {} }),
    });
    return status === 401 ? '401' : status === 403 ? '403' : 'yes';
  }

  test('every handler names its rule', () => {
    expect(routes.filter(({ rule }) => rule === undefined).map(keyOf)).toEqual([]);
    expect(routes.length).toBeGreaterThan(30);
  });

  test('whoever serves an estate names roles in it, but for the few addresses that strangers need', () => {
    const open = routes.filter(
      (route) => isOfEstate(route) && (route.rule?.kind === 'SIGNED_IN' || route.rule?.kind === 'SOMEWHERE'),
    );
    expect(open.map(keyOf).toSorted()).toEqual(OPEN_TO_STRANGERS.toSorted());
    const nowhere = routes.filter((route) => route.rule?.kind === 'ESTATE' && !isOfEstate(route));
    expect(nowhere.map(keyOf)).toEqual([]);
  });

  test('the table that was agreed on is the one that is served', () => {
    const table = printTable(routes);
    if (UPDATE) writeFileSync(TABLE, table);
    const agreed = readFileSync(TABLE, 'utf8').split('\n');
    const served = table.split('\n');
    const hint = 'look at each line, then: UPDATE_ACCESS_TABLE=1 npm test';
    expect({
      hint,
      added: served.filter((line) => !agreed.includes(line)),
      gone: agreed.filter((line) => !served.includes(line)),
    }).toEqual({ hint, added: [], gone: [] });
  });

  test('everybody, at every route of their own estate', async () => {
    const wrong: string[] = [];
    for (const route of routes)
      for (const kind of KINDS_OF_CALLER) {
        const agreed = agreedVerdict(route, kind);
        const served = await call(route, peopleHere.get(kind));
        if (served !== agreed) wrong.push(`${keyOf(route)}: ${kind} gets ${served}, agreed is ${agreed}`);
      }
    expect(wrong).toEqual([]);
  }, 900_000);

  test('everybody of one estate, at every route of another', async () => {
    const wrong: string[] = [];
    const closed = routes.filter(
      (route) =>
        isOfEstate(route) && route.rule?.kind !== 'PUBLIC' && !OPEN_TO_STRANGERS.includes(keyOf(route)),
    );
    for (const route of closed)
      for (const role of ESTATE_ROLES) {
        const served = await call(route, peopleThere.get(role));
        if (served !== '403') wrong.push(`${keyOf(route)}: ${role} of another estate gets ${served}`);
      }
    expect(wrong).toEqual([]);
  }, 900_000);
});
