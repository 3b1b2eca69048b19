import { RequestMethod, type Type } from '@nestjs/common';
import { HEADERS_METADATA, HTTP_CODE_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { MetadataScanner, type ModulesContainer } from '@nestjs/core';
import { ACCESS_RULE, type AccessRule } from '../access/index.ts';
import { readActionKey } from '../http/action-key.decorator.ts';
import { readEstateAct } from '../http/estate-act.decorator.ts';
import { IdParam } from '../http/id-param.ts';
import { TAKES_FILE } from '../http/takes-file.decorator.ts';

/** One handler of a controller, as its decorators describe it. */
export interface Handler {
  /** `ReceiptsController.list` */
  readonly name: string;
  readonly group: string;
  readonly method: string;
  /** `/api/estates/:estateId/claims` */
  readonly path: string;
  /** Undefined: the handler says nothing, so nobody is let in. */
  readonly rule: AccessRule | undefined;
  readonly status: number;
  readonly contentType: string | null;
  readonly body: Type<object> | null;
  readonly query: Type<object> | null;
  /** Parameters of the address line that are read one by one. */
  readonly queryNames: readonly string[];
  /** Parameters in the path that are ids. */
  readonly ids: readonly string[];
  readonly takesKey: boolean;
  readonly takesFile: boolean;
}

interface Argument {
  readonly index: number;
  readonly data?: unknown;
  readonly pipes?: readonly unknown[];
  readonly factory?: unknown;
}

/** What {@link readEstateAct} takes from the path. */
const ACT_IDS = ['estateId', 'id'];

type Method = (...args: never[]) => unknown;

/** Every handler of every controller. */
export function handlersOf(modules: ModulesContainer, prefix: string): Handler[] {
  const scanner = new MetadataScanner();
  return [...modules.values()].flatMap((module) =>
    [...module.controllers.values()].flatMap(({ metatype }) => {
      if (metatype === null) return [];
      const prototype = metatype.prototype as Record<string, Method>;
      return scanner
        .getAllMethodNames(prototype)
        .flatMap((name) => describe(metatype as Type<object>, name, prototype[name], prefix));
    }),
  );
}

function describe(
  controller: Type<object>,
  name: string,
  handler: Method | undefined,
  prefix: string,
): Handler[] {
  if (handler === undefined) return [];
  const method = Reflect.getMetadata('method', handler) as RequestMethod | undefined;
  if (method === undefined) return [];
  const args = argumentsOf(controller, name);
  const takesAct = args.list.some(({ factory }) => factory === readEstateAct);
  const shared = {
    name: `${controller.name}.${name}`,
    group: controller.name.replace(/Controller$/, ''),
    method: RequestMethod[method] ?? '',
    rule: Reflect.getMetadata(ACCESS_RULE, handler) as AccessRule | undefined,
    status: statusOf(handler, method),
    contentType: contentTypeOf(handler),
    body: args.typeOf(RouteParamtypes.BODY),
    query: args.typeOf(RouteParamtypes.QUERY),
    queryNames: args.namesOf(RouteParamtypes.QUERY),
    ids: [...args.idsOf(RouteParamtypes.PARAM), ...(takesAct ? ACT_IDS : [])],
    takesKey: takesAct || args.list.some(({ factory }) => factory === readActionKey),
    takesFile: Reflect.getMetadata(TAKES_FILE, handler) === true,
  };
  return pathsOf(controller).flatMap((base) =>
    pathsOf(handler).map((path) => ({ ...shared, path: join(prefix, base, path) })),
  );
}

/** What a handler takes, by where it comes from. */
function argumentsOf(controller: Type<object>, name: string) {
  const stored = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, name) ?? {}) as Record<
    string,
    Argument
  >;
  const types = (Reflect.getMetadata('design:paramtypes', controller.prototype as object, name) ??
    []) as Type<object>[];
  const from = (source: RouteParamtypes) =>
    Object.entries(stored).flatMap(([key, argument]) => (key.startsWith(`${source}:`) ? [argument] : []));
  const named = (argument: Argument): argument is Argument & { data: string } =>
    typeof argument.data === 'string';
  return {
    list: Object.values(stored),
    typeOf: (source: RouteParamtypes) => {
      const whole = from(source).find((argument) => !named(argument));
      return whole === undefined ? null : (types[whole.index] ?? null);
    },
    namesOf: (source: RouteParamtypes) =>
      from(source)
        .filter(named)
        .map(({ data }) => data),
    idsOf: (source: RouteParamtypes) =>
      from(source)
        .filter(named)
        .filter(({ pipes }) => pipes?.includes(IdParam))
        .map(({ data }) => data),
  };
}

function statusOf(handler: Method, method: RequestMethod): number {
  const named = Reflect.getMetadata(HTTP_CODE_METADATA, handler) as number | undefined;
  return named ?? (method === RequestMethod.POST ? 201 : 200);
}

function contentTypeOf(handler: Method): string | null {
  const headers = (Reflect.getMetadata(HEADERS_METADATA, handler) ?? []) as { name: string; value: string }[];
  return headers.find(({ name }) => name.toLowerCase() === 'content-type')?.value ?? null;
}

function pathsOf(target: object): string[] {
  const path = Reflect.getMetadata('path', target) as string | string[] | undefined;
  return path === undefined ? [''] : Array.isArray(path) ? path : [path];
}

function join(...parts: readonly string[]): string {
  return `/${parts
    .flatMap((part) => part.split('/'))
    .filter((piece) => piece !== '')
    .join('/')}`;
}
