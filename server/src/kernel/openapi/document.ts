import type { Type } from '@nestjs/common';
import type { AccessRule } from '../access/index.ts';
import { ACTION_KEY } from '../http/action-key.decorator.ts';
import { ID } from '../http/id-param.ts';
import { PageQuery } from '../http/paging.ts';
import { DtoSchemas } from './dto-schema.ts';
import type { Handler } from './handlers.ts';
import { refTo, type Schema } from './schema.ts';

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: Schema;
}

interface Content {
  readonly [type: string]: { readonly schema: Schema };
}

interface Response {
  readonly description: string;
  readonly content?: Content;
}

export interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  /** Who may call it, in words. */
  readonly description: string;
  /** The access rule as the guard reads it. */
  readonly 'x-access': AccessRule | null;
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly required: true; readonly content: Content };
  readonly responses: Readonly<Record<string, Response>>;
}

export interface OpenApiDocument {
  readonly openapi: '3.1.0';
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly securitySchemes: Readonly<Record<string, unknown>>;
    readonly schemas: Readonly<Record<string, Schema>>;
  };
}

const ERROR: Schema = {
  type: 'object',
  description: '每一次拒绝：稳定的代码、给人看的一句话、有错的各项、报修用的编号',
  properties: {
    code: { type: 'string', description: 'AREA.REASON' },
    message: { type: 'string' },
    fields: {
      type: 'array',
      items: {
        type: 'object',
        properties: { path: { type: 'string' }, code: { type: 'string' }, message: { type: 'string' } },
        required: ['path', 'code', 'message'],
      },
    },
    traceId: { type: 'string' },
  },
  required: ['code', 'message', 'fields', 'traceId'],
};

const LIST: Schema = {
  type: 'object',
  description: '一页：next 作为下一页的 after；到头为 null',
  properties: { items: { type: 'array' }, next: { anyOf: [{ type: 'string' }, { type: 'null' }] } },
  required: ['items', 'next'],
};

const UPLOAD: Schema = {
  type: 'object',
  properties: { file: { type: 'string', format: 'binary' } },
  required: ['file'],
};

/** The API in OpenAPI 3.1: who may call what with what. Made from the decorators that the server itself obeys. */
export function describeApi(handlers: readonly Handler[], version: string): OpenApiDocument {
  const dtos = new DtoSchemas();
  const paths: Record<string, Record<string, Operation>> = {};
  for (const handler of handlers.toSorted((a, b) => a.path.localeCompare(b.path, 'en'))) {
    const operations = (paths[openApiPath(handler.path)] ??= {});
    operations[handler.method.toLowerCase()] = operationOf(handler, dtos);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Linli 邻里公开',
      version,
      description: '金额为整数分，面积为整数 0.01 ㎡，时刻为毫秒时间戳，日期为 YYYY-MM-DD（北京时间）。',
    },
    paths,
    components: {
      securitySchemes: { session: { type: 'http', scheme: 'bearer' } },
      schemas: { ErrorBody: ERROR, List: LIST, Upload: UPLOAD, ...dtos.all() },
    },
  };
}

/** `/api/estates/:estateId` → `/api/estates/{estateId}` */
export function openApiPath(path: string): string {
  return path.replace(/:(\w+)/g, '{$1}');
}

function operationOf(handler: Handler, dtos: DtoSchemas): Operation {
  const body = bodyOf(handler, dtos);
  return {
    operationId: handler.name,
    tags: [handler.group],
    description: whoMayCall(handler.rule),
    'x-access': handler.rule ?? null,
    security: handler.rule?.kind === 'PUBLIC' ? [] : [{ session: [] }],
    parameters: [...pathParameters(handler), ...queryParameters(handler, dtos), ...headers(handler)],
    ...(body === null ? {} : { requestBody: { required: true, content: body } }),
    responses: {
      [handler.status]: successOf(handler),
      default: { description: '拒绝', content: { 'application/json': { schema: refTo('ErrorBody') } } },
    },
  };
}

function pathParameters({ path, ids }: Handler): Parameter[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string', ...(ids.includes(name) ? { pattern: ID.source } : {}) },
  }));
}

function queryParameters({ query, queryNames }: Handler, dtos: DtoSchemas): Parameter[] {
  const ofClass = query === null ? [] : [...dtos.fieldsOf(query)];
  const inAddress = { in: 'query' } as const;
  return [
    ...ofClass.map(([name, { schema, required }]) => ({ name, ...inAddress, required, schema })),
    ...queryNames.map((name) => ({ name, ...inAddress, required: true, schema: { type: 'string' } })),
  ];
}

function headers({ takesKey }: Handler): Parameter[] {
  const schema = { type: 'string', pattern: ACTION_KEY.source, description: '同一次操作重试时不变' };
  return takesKey ? [{ name: 'Idempotency-Key', in: 'header', required: true, schema }] : [];
}

function bodyOf({ body, takesFile }: Handler, dtos: DtoSchemas): Content | null {
  if (takesFile) return { 'multipart/form-data': { schema: refTo('Upload') } };
  return body === null ? null : { 'application/json': { schema: dtos.ref(body) } };
}

function successOf({ status, contentType, query }: Handler): Response {
  if (status === 204) return { description: '完成，没有内容' };
  if (contentType !== null)
    return { description: '完成', content: { [contentType]: { schema: { type: 'string' } } } };
  const schema = isPaged(query) ? refTo('List') : {};
  return { description: '完成', content: { 'application/json': { schema } } };
}

/** Whoever takes `?after=&limit=` answers with a page. */
function isPaged(query: Type<object> | null): boolean {
  return query !== null && (query === PageQuery || query.prototype instanceof PageQuery);
}

function whoMayCall(rule: AccessRule | undefined): string {
  switch (rule?.kind) {
    case undefined:
      return '谁都不能';
    case 'PUBLIC':
      return `不用登录（${rule.why}）`;
    case 'SIGNED_IN':
      return '登录的人，只看和只办自己的';
    case 'OPERATOR':
      return '平台运维';
    case 'ESTATE':
      return `本小区的 ${rule.roles.join('、')}`;
    case 'SOMEWHERE':
      return `任一小区的 ${rule.roles.join('、')}，只限这些小区`;
  }
}
