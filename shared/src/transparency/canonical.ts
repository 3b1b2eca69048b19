/** What a leaf may hold. No fractions: an amount, an area and an instant are whole. */
export type CanonicalJson =
  null | boolean | number | string | readonly CanonicalJson[] | { readonly [key: string]: CanonicalJson };

/**
 * The one text of a value: JSON without spaces, keys in the order of their UTF-16 code units (RFC 8785 for values
 * without fractions). Throws a RangeError for a number that is not a safe integer.
 */
export function canonicalJson(value: CanonicalJson): string {
  if (typeof value === 'number' && !Number.isSafeInteger(value))
    throw new RangeError(`not a whole number: ${value}`);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] ?? null)}`);
  return `{${members.join(',')}}`;
}

const isList = (value: CanonicalJson): value is readonly CanonicalJson[] => Array.isArray(value);
