/**
 * The few methods of ES2019 that the oldest supported browsers (.browserslistrc) lack; syntax is taken care of by Babel.
 * tsconfig.json allows nothing newer than ES2019, in shared code that is imported here neither.
 */
function define(target: object, name: string, value: unknown): void {
  if (!(name in target)) Object.defineProperty(target, name, { value, writable: true, configurable: true });
}

function flat(this: readonly unknown[], depth = 1): unknown[] {
  const result: unknown[] = [];
  for (const item of this) {
    if (Array.isArray(item) && depth > 0) result.push(...flat.call(item, depth - 1));
    else result.push(item);
  }
  return result;
}

define(Array.prototype, 'flat', flat);
define(
  Array.prototype,
  'flatMap',
  function flatMap(
    this: readonly unknown[],
    change: (item: unknown, index: number, all: readonly unknown[]) => unknown,
  ) {
    return flat.call(this.map(change));
  },
);
define(Object, 'fromEntries', (entries: Iterable<readonly [string, unknown]>) => {
  const result: Record<string, unknown> = {};
  for (const [key, value] of entries) result[key] = value;
  return result;
});
