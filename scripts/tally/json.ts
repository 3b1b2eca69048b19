/** Reading JSON that people wrote by hand: every fault says where it is and what was expected, in one line. */

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export class DocumentError extends Error {}

export function record(json: Json | undefined, path = 'document'): Readonly<Record<string, Json>> {
  if (typeof json === 'object' && json !== null && !isList(json)) return json;
  throw expected(path, 'an object', json);
}

export function list<Item>(
  json: Json | undefined,
  path: string,
  parse: (item: Json, path: string) => Item,
): Item[] {
  if (json === undefined || !isList(json)) throw expected(path, 'a list', json);
  return json.map((item, index) => parse(item, `${path}[${index}]`));
}

export function listOf(json: Json | undefined, path: string): string[] {
  return list(json, path, text);
}

export function text(json: Json | undefined, path: string): string {
  if (typeof json === 'string') return json;
  throw expected(path, 'text', json);
}

export function wholeNumber(json: Json | undefined, path: string): number {
  if (typeof json === 'number' && Number.isSafeInteger(json)) return json;
  throw expected(path, 'a whole number', json);
}

export function flag(json: Json | undefined, path: string): boolean {
  if (typeof json === 'boolean') return json;
  throw expected(path, 'true or false', json);
}

export function oneOf<const Value extends string>(
  values: readonly Value[],
  json: Json | undefined,
  path: string,
): Value {
  const value = values.find((allowed) => allowed === json);
  if (value !== undefined) return value;
  throw expected(path, `one of ${values.join(', ')}`, json);
}

/** null where the value is absent or null. */
export function optional<Value>(json: Json | undefined, parse: (json: Json) => Value): Value | null {
  return json === undefined || json === null ? null : parse(json);
}

/** `Array.isArray` does not narrow readonly arrays. */
export function isList(json: Json): json is readonly Json[] {
  return Array.isArray(json);
}

function expected(path: string, what: string, json: Json | undefined): DocumentError {
  const found = json === undefined ? 'nothing' : JSON.stringify(json).slice(0, 40);
  return new DocumentError(`${path} must be ${what}, found ${found}`);
}
