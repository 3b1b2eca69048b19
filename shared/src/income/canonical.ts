import type { Statement } from './statement.ts';

/**
 * The text that a published version is hashed over: every word that owners read, keys in a fixed order, with the hash of
 * the version before it. Whoever recomputes it sees whether anything was changed.
 */
export function canonicalStatement(
  statement: Pick<
    Statement,
    | 'quarter'
    | 'version'
    | 'openingFen'
    | 'lines'
    | 'closingFen'
    | 'bankBalanceFen'
    | 'reconciling'
    | 'accountHolder'
    | 'amends'
    | 'reason'
    | 'prevHash'
  >,
): string {
  const { quarter, version, openingFen, lines, closingFen, bankBalanceFen, reconciling, accountHolder } =
    statement;
  const { amends, reason, prevHash } = statement;
  return canonicalJson({
    quarter,
    version,
    openingFen,
    lines,
    closingFen,
    bankBalanceFen,
    reconciling,
    accountHolder,
    amends,
    reason,
    prevHash,
  });
}

/** JSON with sorted keys and nothing between; all our values are texts, integers, null, lists and records. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, part]) => `${JSON.stringify(key)}:${canonicalJson(part)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}
