import { fc } from '@fast-check/jest';
import type { Schema } from '../../../src/kernel/openapi/schema.ts';

/** What a schema refers to by `$ref`. */
export type Named = Readonly<Record<string, Schema>>;

const REF = '#/components/schemas/';
const LONGEST = 40;

/** What breaks programs that believe their input: wrong kinds, ends of number ranges, text that means something elsewhere. */
export const HOSTILE: readonly unknown[] = [
  null,
  true,
  '',
  '   ',
  '\u0000',
  '\ud800',
  '\u202e康宁',
  '😀'.repeat(50),
  '字'.repeat(20_000),
  "' OR 1=1 --",
  '%',
  '<img src=x onerror=alert(1)>',
  'a\r\nSet-Cookie: a=b',
  '../../etc/passwd',
  '__proto__',
  -1,
  0,
  -0,
  0.1,
  2 ** 31,
  2 ** 53,
  1e308,
  '1e308',
  '2026-02-30',
  '0000-00-00',
  '9999-12-31',
  '2026-13',
  '2026Q5',
  [],
  {},
  [[]],
  [null],
  { constructor: { prototype: {} } },
  Array.from({ length: 2_000 }, () => 'x'),
  nested(500),
];

function nested(depth: number): unknown {
  let value: unknown = 'x';
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
}

/** Values that a schema allows; where it wants an id, mostly one that exists. */
export function allowedBy(schema: Schema, named: Named, ids: readonly string[]): fc.Arbitrary<unknown> {
  if (schema.$ref !== undefined) return allowedBy(named[schema.$ref.slice(REF.length)] ?? {}, named, ids);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema.anyOf !== undefined)
    return fc.oneof(...schema.anyOf.map((choice) => allowedBy(choice, named, ids)));
  switch (schema.type) {
    case 'object':
      return objectOf(schema, named, ids);
    case 'array':
      return fc.array(allowedBy(schema.items ?? {}, named, ids), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 3, (schema.minItems ?? 0) + 3),
      });
    case 'boolean':
      return fc.boolean();
    case 'integer':
    case 'number':
      return fc.integer({
        min: schema.minimum ?? 0,
        max: Math.min(schema.maximum ?? Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
      });
    case 'null':
      return fc.constant(null);
    case 'string':
      return textOf(schema, ids);
    default:
      return fc.oneof(fc.constantFrom(...ids, 'x'), fc.integer(), textOf({}, ids));
  }
}

function objectOf(schema: Schema, named: Named, ids: readonly string[]): fc.Arbitrary<unknown> {
  const fields = Object.entries(schema.properties ?? {});
  const required = new Set(schema.required);
  return fc.record(Object.fromEntries(fields.map(([name, field]) => [name, allowedBy(field, named, ids)])), {
    requiredKeys: fields.map(([name]) => name).filter((name) => required.has(name)),
  });
}

function textOf(schema: Schema, ids: readonly string[]): fc.Arbitrary<string> {
  const written = schema.pattern === undefined ? sentence(schema) : patterned(schema.pattern);
  const fits = (id: string) =>
    (schema.maxLength ?? id.length) >= id.length &&
    (schema.pattern === undefined || new RegExp(schema.pattern).test(id));
  const known = ids.filter(fits);
  if (schema.format === 'date') return DATE;
  return known.length === 0
    ? written
    : fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: written });
}

const DATE = fc
  .date({ min: new Date('2025-01-01'), max: new Date('2028-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

function sentence({ minLength = 0, maxLength = LONGEST }: Schema): fc.Arbitrary<string> {
  const longest = Math.max(minLength, Math.min(maxLength, LONGEST));
  return fc.string({
    unit: fc.constantFrom(...'康宁家园修电梯 a1，。'),
    minLength: Math.max(minLength, Math.min(2, longest)),
    maxLength: longest,
  });
}

/** Patterns that fast-check cannot read, with look-ahead say, get any text. */
function patterned(pattern: string): fc.Arbitrary<string> {
  try {
    return fc.stringMatching(new RegExp(pattern));
  } catch {
    return fc.string();
  }
}

/** The same value with one place in it, of any depth, made hostile; or as it was. */
export function spoilt(value: unknown, place: number, hostile: unknown): unknown {
  const places = placesIn(value);
  const path = places[place % places.length] ?? [];
  return withAt(value, path, hostile);
}

type Path = readonly (string | number)[];

function placesIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [path, ...entries.flatMap(([key, child]) => placesIn(child, [...path, key]))];
}

function withAt(value: unknown, [key, ...rest]: Path, replacement: unknown): unknown {
  if (key === undefined) return replacement;
  if (Array.isArray(value))
    return value.map((child: unknown, index) => (index === key ? withAt(child, rest, replacement) : child));
  const fields = value as Readonly<Record<string, unknown>>;
  return { ...fields, [key]: withAt(fields[key], rest, replacement) };
}
