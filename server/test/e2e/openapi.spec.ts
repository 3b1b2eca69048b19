import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { ModulesContainer } from '@nestjs/core';
import type { ErrorBody } from '@linli/shared/errors';
import { TICKET_LIMITS } from '@linli/shared/tickets';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import Fastify from 'fastify';
import { DtoSchemas } from '../../src/kernel/openapi/dto-schema.ts';
import { handlersOf } from '../../src/kernel/openapi/handlers.ts';
import { openApiPath, type OpenApiDocument, type Operation } from '../../src/kernel/openapi/document.ts';
import type { Schema } from '../../src/kernel/openapi/schema.ts';
import { TestApp } from '../support/app.ts';
import { wechatConfig } from '../support/wechat-config.ts';
import { routesOf } from '../support/route-table.ts';

/** Values around every kind of rule; no white space, as some fields are trimmed before they are checked. */
const TRIES: readonly unknown[] = [
  null,
  true,
  false,
  '',
  '字',
  'x'.repeat(8),
  'x'.repeat(150),
  'x'.repeat(100_000),
  '13800000000',
  '2026-07',
  '2026Q3',
  '01ARZ3NDEKTSV4RRFFQ69G5FAV',
  -1,
  0,
  1,
  1.5,
  7,
  1e6,
  1e15,
  [],
  ['x'],
  ['x', 'x'],
  Array.from({ length: 300 }, (_, index) => `x${index}`),
  {},
];

type Check = (value: unknown) => boolean;

/** The JSON schema compiler that Fastify brings, converting nothing. */
async function schemaCompiler(): Promise<(schema: Schema) => Check> {
  const fastify = Fastify({ ajv: { customOptions: { coerceTypes: false, removeAdditional: false } } });
  let compile: ((schema: Schema) => Check) | null = null;
  fastify.get('/', (request, reply) => {
    compile = (schema) => request.compileValidationSchema(schema as Record<string, unknown>) as Check;
    return reply.send();
  });
  await fastify.inject('/');
  if (compile === null) throw new Error('the request did not arrive');
  return compile;
}

describe('the description of the API', () => {
  let app: TestApp;
  let document: OpenApiDocument;

  beforeAll(async () => {
    app = await TestApp.start();
    document = (await app.get<OpenApiDocument>('/api/openapi.json')).body;
  });
  afterAll(() => app.stop());

  const operation = (method: string, path: string): Operation | undefined =>
    document.paths[openApiPath(path)]?.[method.toLowerCase()];

  test.each([
    ['/api/estates/%', 400, 'REQUEST.MALFORMED'],
    [`/api/estates/${'x'.repeat(201)}/home`, 413, 'REQUEST.TOO_LARGE'],
  ])('an address that no route ever sees is refused like any other: %s', async (address, status, code) => {
    const answer = await app.get<ErrorBody>(address);
    expect({ ...answer.body, status: answer.status }).toMatchObject({ status, code, fields: [] });
    expect(answer.body.traceId).toMatch(/^.{16}$/);
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  test('has every route of the server with its access rule, and no other', () => {
    const routes = routesOf(app);
    const described = Object.values(document.paths).flatMap((operations) => Object.keys(operations));
    expect(routes.filter(({ method, path }) => operation(method, path) === undefined)).toEqual([]);
    expect(described).toHaveLength(routes.length);
    for (const { method, path, rule } of routes)
      expect({ path, rule: operation(method, path)?.['x-access'] }).toEqual({ path, rule });
  });

  test('is valid OpenAPI 3.1, and every reference in it leads somewhere', async () => {
    const { valid, errors } = await new Validator().validate(
      structuredClone<unknown>(document) as Record<string, unknown>,
    );
    expect({ valid, errors }).toMatchObject({ valid: true });
    const references = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)];
    const missing = references.filter(([, name = '']) => document.components.schemas[name] === undefined);
    expect(references.length).toBeGreaterThan(100);
    expect(missing.map(([, name]) => name)).toEqual([]);
  });

  test('tells the limits of a complaint as the server checks them', () => {
    const title = document.components.schemas['FileTicketDto']?.properties?.['title'];
    expect(title).toMatchObject({ minLength: TICKET_LIMITS.titleMin, maxLength: TICKET_LIMITS.titleMax });
    expect(operation('POST', '/api/estates/:estateId/tickets')?.parameters).toContainEqual(
      expect.objectContaining({ name: 'Idempotency-Key', in: 'header', required: true }),
    );
  });

  test('of a list names the page and how to get the next one', () => {
    const list = operation('GET', '/api/me/inbox');
    expect(list?.parameters.map(({ name }) => name)).toEqual(['after', 'limit']);
    expect(list?.responses['200']?.content?.['application/json']?.schema.$ref).toMatch(/List$/);
    expect(list?.responses['default']?.content?.['application/json']?.schema.$ref).toMatch(/ErrorBody$/);
  });

  test('of a route that takes a file asks for multipart', () => {
    const uploads = routesOf(app).filter(
      ({ method, path }) => operation(method, path)?.requestBody?.content['multipart/form-data'],
    );
    expect(uploads.length).toBeGreaterThan(5);
  });

  test('refuses nothing that the server takes, and takes nothing that a plain rule of it refuses', async () => {
    const compile = await schemaCompiler();
    const schemas = new DtoSchemas();
    const handlers = handlersOf(app.nest.get(ModulesContainer), 'api');
    const wrong: string[] = [];
    let compared = 0;
    for (const dto of new Set(handlers.flatMap(({ body }) => body ?? [])))
      for (const [field, { schema, open }] of schemas.fieldsOf(dto)) {
        if (JSON.stringify(schema).includes('$ref')) continue;
        const check = compile(schema);
        for (const value of TRIES) {
          const instance = plainToInstance(dto, { [field]: value });
          const taken = validateSync(instance).every(({ property }) => property !== field);
          const agreed = check(value) === taken || (open && !taken);
          if (!agreed)
            wrong.push(`${dto.name}.${field}: ${JSON.stringify(value).slice(0, 40)} taken ${taken}`);
          compared++;
        }
      }
    expect(wrong).toEqual([]);
    expect(compared).toBeGreaterThan(2000);
  });

  test('is also a page that runs no script and loads nothing', async () => {
    const { body, headers, status } = await app.get<string>('/api/docs');
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['content-security-policy']).toContain("default-src 'none'; style-src 'unsafe-inline'");
    for (const path of Object.keys(document.paths)) expect(body).toContain(`<code>${path}</code>`);
    expect(body).not.toMatch(/<script|src=|https?:\/\/|@import/);
  });
});

describe('in production', () => {
  const config = wechatConfig();
  afterAll(() => config.remove());
  const key = () => randomBytes(32).toString('base64');
  const production = () => ({
    NODE_ENV: 'production',
    LINLI_FIELD_KEY: key(),
    LINLI_INDEX_KEY: key(),
    LINLI_URL_KEY: key(),
    LINLI_LOG_KEY: key(),
    WECHAT_CONFIG: config.path,
  });

  test.each(['/api/openapi.json', '/api/docs'])('%s answers only where it was asked for', async (path) => {
    const silent = await TestApp.start(production());
    const open = await TestApp.start({ ...production(), API_DOCS: '1' });
    expect((await silent.get(path)).status).toBe(404);
    expect((await open.get(path)).status).toBe(200);
    await silent.stop();
    await open.stop();
  });
});
