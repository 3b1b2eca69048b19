/** Reading JSON that somebody else wrote: nothing is assumed, everything may be missing. */
export type Json = { readonly [field: string]: unknown };

export function asObject(value: unknown): Json | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
}

/** The body as a JSON object, or null when it is anything else. */
export function parseObject(body: Buffer | string): Json | null {
  try {
    return asObject(JSON.parse(body.toString()));
  } catch {
    return null;
  }
}

export function textOf(json: Json | null, field: string): string | null {
  const value = json?.[field];
  return typeof value === 'string' ? value : null;
}

export function integerOf(json: Json | null, field: string): number | null {
  const value = json?.[field];
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : null;
}

export function flagOf(json: Json | null, field: string): boolean {
  return json?.[field] === true;
}

/** The same value always gives the same text, whatever the order of its fields. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const object = asObject(value);
  if (!object) return JSON.stringify(value) ?? 'null';
  const fields = Object.keys(object).sort();
  return `{${fields.map((field) => `${JSON.stringify(field)}:${canonical(object[field])}`).join(',')}}`;
}
