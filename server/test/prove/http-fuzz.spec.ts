import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { fc } from '@fast-check/jest';
import type { EstateRole } from '@linli/shared/identity';
import { tell } from '../../../scripts/prove/figures.ts';
import { SessionsService } from '../../src/features/identity/index.ts';
import type { RoleKey } from '../../src/demo/world.ts';
import type { OpenApiDocument, Operation } from '../../src/kernel/openapi/document.ts';
import { RateLimits } from '../../src/kernel/rate-limits/rate-limits.ts';
import { ENGINE } from '../support/engine.ts';
import { type DemoApp, startDemoApp } from '../support/fuzz/demo-app.ts';
import { allowedBy, HOSTILE, spoilt } from '../support/fuzz/values.ts';
import { brokenInvariants } from '../support/invariants.ts';
import { multipart } from '../support/multipart.ts';

/** Requests to each address. */
const TRIES = Number(process.env['LINLI_FUZZ_TRIES'] ?? 60);
/** Another every time; a failure prints it, and LINLI_FUZZ_SEED runs the same again. */
const SEED = Number(process.env['LINLI_FUZZ_SEED'] ?? Date.now() % 1e9);

const PLAYED_BY: Readonly<Record<EstateRole, RoleKey>> = {
  OWNER: 'owner',
  FAMILY: 'family',
  TENANT: 'tenant',
  COMMITTEE_CHAIR: 'chair',
  COMMITTEE_TREASURER: 'treasurer',
  COMMITTEE_MEMBER: 'member',
  COMPANY_MANAGER: 'manager',
  COMPANY_CLERK: 'clerk',
  COMMUNITY_OFFICER: 'community',
  STREET_OFFICER: 'street',
  DEPARTMENT_OFFICER: 'department',
  BUREAU_OFFICER: 'bureau',
};
const EVERYBODY: readonly (RoleKey | null)[] = [...Object.values(PLAYED_BY), 'operator', null];

/** What only our own text, engine or files would say. */
const LEAKS = /SQLITE_|\bER_[A-Z]{3}|\bSELECT\b.+\bFROM\b|node_modules|\.(ts|js):\d+|\\n +at /;
const ID = /\b[0-9A-HJKMNP-TV-Z]{26}\b/g;

interface Address {
  readonly method: string;
  /** `/api/estates/{estateId}/claims/{id}` */
  readonly path: string;
  readonly operation: Operation;
}

let app: DemoApp;
let document: OpenApiDocument;
let addresses: Address[];
/** Ids that answers have shown, by the part of the API that showed them. */
const idsOf = new Map<string, Set<string>>();

beforeAll(async () => {
  app = await startDemoApp();
  // What is tried here is what a request does once it is let in; the limits have tests of their own.
  jest.spyOn(app.nest.get(RateLimits), 'use').mockResolvedValue();
  document = (await app.nest.inject({ url: '/api/openapi.json' })).json<OpenApiDocument>();
  addresses = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      operation,
    })),
  );
}, 3_600_000);
afterAll(() => app.stop());

/** A new session each time: signing out is one of the addresses. */
async function tokenOf(role: RoleKey | null): Promise<string | null> {
  const personId = role === null ? undefined : app.world.people.get(role);
  if (personId === undefined) return null;
  return app.database.transaction((tx) => app.nest.get(SessionsService).open(tx, personId, '试错'));
}

const partOf = (path: string) =>
  path.replace('/api/estates/{estateId}/', '').replace('/api/', '').split('/')[0] ?? '';
const knownIds = (path: string) => [...(idsOf.get(partOf(path)) ?? [])];

function remember(path: string, answer: string): void {
  const known = idsOf.get(partOf(path)) ?? new Set();
  for (const [id] of answer.matchAll(ID)) if (known.size < 400) known.add(id);
  idsOf.set(partOf(path), known);
}

interface Shot {
  readonly url: string;
  readonly body: unknown;
  readonly raw: string | null;
  readonly role: RoleKey | null;
}

const HOSTILE_TEXT = HOSTILE.filter((value) => typeof value === 'string').map((text) => text.slice(0, 300));
const RAW = [
  '',
  '{',
  '{"a":1,"a":2}',
  'null',
  '[1]',
  '"x"',
  '\u0000',
  `${'['.repeat(10_000)}`,
  '{"__proto__":{"a":1}}',
];

function urlOf({ path, operation }: Address): fc.Arbitrary<string> {
  const hostile = fc.constantFrom(...HOSTILE_TEXT, 'x'.repeat(190));
  const ids = knownIds(path);
  const id =
    ids.length === 0 ? hostile : fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...ids) }, hostile);
  const estate = fc.oneof({ weight: 12, arbitrary: fc.constant(app.world.estateId) }, id);
  const inPath = operation.parameters.filter((parameter) => parameter.in === 'path');
  const query = operation.parameters.filter((parameter) => parameter.in === 'query');
  const values = fc.tuple(...inPath.map(({ name }) => (name === 'estateId' ? estate : id)));
  const asked = fc.record(
    Object.fromEntries(
      query.map(({ name, schema }) => [
        name,
        fc.oneof({ weight: 4, arbitrary: allowedBy(schema, document.components.schemas, ids) }, hostile),
      ]),
    ),
    { requiredKeys: query.filter(({ required }) => required).map(({ name }) => name) },
  );
  const junk = fc.constantFrom(
    '',
    '',
    '',
    '',
    '&limit=1&limit=2',
    '&after[]=x',
    '&%00=%ff',
    '&__proto__[a]=1',
  );
  return fc.tuple(values, asked, junk).map(([chosen, fields, end]) => {
    const filled = inPath.reduce(
      (url, { name }, index) => url.replace(`{${name}}`, encoded(chosen[index])),
      path.replace('/*', '/x'),
    );
    const search = Object.entries(fields).map(([name, value]) => `${name}=${encoded(value)}`);
    return `${filled}?${search.join('&')}${end}`;
  });
}

const encoded = (value: unknown) =>
  encodeURIComponent((typeof value === 'string' ? value : JSON.stringify(value)).toWellFormed());

function roleOf({ operation }: Address): fc.Arbitrary<RoleKey | null> {
  const rule = operation['x-access'];
  const welcome: (RoleKey | null)[] =
    rule?.kind === 'ESTATE' || rule?.kind === 'SOMEWHERE'
      ? rule.roles.map((role) => PLAYED_BY[role])
      : rule?.kind === 'OPERATOR'
        ? ['operator']
        : [...EVERYBODY];
  return fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...welcome) },
    { weight: 1, arbitrary: fc.constantFrom(...EVERYBODY) },
  );
}

function bodyOf({ path, operation }: Address): fc.Arbitrary<unknown> {
  const schema = operation.requestBody?.content['application/json']?.schema;
  if (schema === undefined) return fc.constant(undefined);
  const allowed = allowedBy(schema, document.components.schemas, knownIds(path));
  return fc.oneof(
    { weight: 2, arbitrary: allowed },
    {
      weight: 3,
      arbitrary: fc
        .tuple(allowed, fc.nat(1_000), fc.constantFrom(...HOSTILE))
        .map(([value, place, hostile]) => spoilt(value, place, hostile)),
    },
  );
}

function shotsAt(address: Address): Shot[] {
  const raw = fc.oneof({ weight: 15, arbitrary: fc.constant(null) }, fc.constantFrom(...RAW));
  const shot = fc.record({ url: urlOf(address), body: bodyOf(address), raw, role: roleOf(address) });
  return fc.sample(shot, { numRuns: TRIES, seed: SEED });
}

const FILES = [
  Buffer.alloc(0),
  Buffer.from('%PDF-1.7\n'),
  Buffer.from([0xff, 0xd8, 0xff, 0xe0]),
  Buffer.from('PK\u0003\u0004'),
  Buffer.from('日期,金额\n2026-13-40,1e5\n'),
];

async function fire({ method, operation }: Address, { url, body, raw, role }: Shot, count: number) {
  const token = await tokenOf(role);
  const upload = operation.requestBody?.content['multipart/form-data'] !== undefined;
  const file = upload
    ? multipart(`表.${count % 2 === 0 ? 'csv' : 'xlsx'}`, FILES[count % FILES.length] ?? Buffer.alloc(0))
    : null;
  const written = method === 'GET' ? null : (raw ?? (body === undefined ? null : JSON.stringify(body)));
  return app.nest.inject({
    method: method as 'GET',
    url,
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      'idempotency-key': `fuzz-${SEED}-${count}`.padEnd(24, '0'),
      ...(written === null ? {} : { 'content-type': 'application/json' }),
      ...file?.headers,
    },
    ...(file !== null ? { payload: file.payload } : written === null ? {} : { payload: written }),
  });
}

/** What is wrong with an answer, or null. A gateway that is away may say so; a fault of ours may not happen. */
function fault(status: number, type: string, text: string): string | null {
  if (status === 500) return 'a fault of the server';
  if (status >= 400) {
    const { code, message, traceId } = JSON.parse(text) as Readonly<Record<string, unknown>>;
    if (typeof code !== 'string' || typeof message !== 'string' || typeof traceId !== 'string')
      return 'a refusal without code, sentence or trace';
    if (status > 500 && !['FEES.GATEWAY', 'SERVER.BUSY'].includes(code)) return `${status} ${code}`;
  }
  if (type.includes('json') && LEAKS.test(text)) return 'an answer that tells of the inside';
  return null;
}

test('whatever is sent to any address, the server neither fails nor tells of its inside, and the money stays right', async () => {
  const wrong: string[] = [];
  const answered = new Set<string>();
  let requests = 0;
  const round = async (of: readonly Address[]) => {
    for (const address of of)
      for (const shot of shotsAt(address)) {
        const { statusCode, headers, body } = await fire(address, shot, requests);
        requests += 1;
        const name = `${address.method} ${address.path}`;
        if (statusCode < 300) answered.add(name);
        if (statusCode < 300) remember(address.path, body);
        const found = fault(statusCode, String(headers['content-type'] ?? ''), body);
        if (found !== null)
          wrong.push(
            `${name}: ${found} · ${shot.role} ${shot.url} ${shot.raw ?? JSON.stringify(shot.body)}`.slice(
              0,
              600,
            ),
          );
      }
  };
  const isRead = ({ method }: Address) => method === 'GET';
  await round(addresses.filter(isRead));
  await round(addresses);
  expect({ seed: SEED, wrong }).toEqual({ seed: SEED, wrong: [] });
  expect(await brokenInvariants(app.database)).toEqual({});
  // Otherwise the doors alone would have been tried.
  expect(answered.size).toBeGreaterThan(addresses.length / 3);
  tell({
    proof: `hostile requests (${ENGINE})`,
    done: `${requests} to ${addresses.length} addresses, ${answered.size} of which carried one out`,
    found: 'no fault, nothing of the inside told, every invariant of the money holds',
  });
}, 3_600_000);
