import type { ReconcilingItem, StatementContent, StatementLine } from './statement.ts';

/** One line beside what it was 更正对照. */
export type LineChange =
  | { readonly kind: 'SAME'; readonly before: StatementLine; readonly after: StatementLine }
  | {
      readonly kind: 'CHANGED';
      readonly before: StatementLine;
      readonly after: StatementLine;
      readonly fields: readonly string[];
    }
  | { readonly kind: 'ADDED'; readonly before: null; readonly after: StatementLine }
  | { readonly kind: 'REMOVED'; readonly before: StatementLine; readonly after: null };

/** A figure of the head that differs. */
export interface HeadChange {
  readonly field: 'openingFen' | 'closingFen' | 'bankBalanceFen' | 'accountHolder';
  readonly before: string | number | null;
  readonly after: string | number | null;
}

export interface StatementDiff {
  readonly head: readonly HeadChange[];
  readonly lines: readonly LineChange[];
  readonly reconciling: {
    readonly before: readonly ReconcilingItem[];
    readonly after: readonly ReconcilingItem[];
    readonly changed: boolean;
  };
  readonly changed: boolean;
}

/** Two versions side by side. Lines that agree in direction, day, party and voucher are the same line, changed. */
export function diffStatements(before: StatementContent, after: StatementContent): StatementDiff {
  const head = HEAD_FIELDS.filter((field) => before[field] !== after[field]).map((field) => ({
    field,
    before: before[field],
    after: after[field],
  }));
  const lines = diffLines(before.lines, after.lines);
  const reconciled = JSON.stringify(before.reconciling) !== JSON.stringify(after.reconciling);
  return {
    head,
    lines,
    reconciling: { before: before.reconciling, after: after.reconciling, changed: reconciled },
    changed: head.length > 0 || reconciled || lines.some(({ kind }) => kind !== 'SAME'),
  };
}

const HEAD_FIELDS = ['openingFen', 'closingFen', 'bankBalanceFen', 'accountHolder'] as const;

/** In the order of the old version, with what was added at the end. */
function diffLines(before: readonly StatementLine[], after: readonly StatementLine[]): LineChange[] {
  const partners = pairUp(before, after);
  const kept = before.map((old, index): LineChange => {
    const line = after[partners.get(index) ?? -1];
    if (line === undefined) return { kind: 'REMOVED', before: old, after: null };
    const fields = changedFields(old, line);
    return fields.length === 0
      ? { kind: 'SAME', before: old, after: line }
      : { kind: 'CHANGED', before: old, after: line, fields };
  });
  const taken = new Set(partners.values());
  const added = after.filter((_, index) => !taken.has(index));
  return [...kept, ...added.map((line): LineChange => ({ kind: 'ADDED', before: null, after: line }))];
}

/**
 * Which old line became which new one, by their places. Equal lines find each other first, then those of one voucher,
 * then those of one party and day.
 */
function pairUp(before: readonly StatementLine[], after: readonly StatementLine[]): Map<number, number> {
  const partners = new Map<number, number>();
  let free = [...after.keys()];
  for (const keyOf of [wholeKey, voucherKey, partyKey]) {
    const waiting = new Map<string, number[]>();
    for (const [index, old] of before.entries()) {
      const key = keyOf(old);
      if (key !== null && !partners.has(index)) waiting.set(key, [...(waiting.get(key) ?? []), index]);
    }
    free = free.filter((index) => {
      const line = after[index];
      const old = line === undefined ? undefined : waiting.get(keyOf(line) ?? '')?.shift();
      if (old !== undefined) partners.set(old, index);
      return old === undefined;
    });
  }
  return partners;
}

function changedFields(before: StatementLine, after: StatementLine): string[] {
  const [old, now]: [Record<string, unknown>, Record<string, unknown>] = [{ ...before }, { ...after }];
  const fields = new Set([...Object.keys(old), ...Object.keys(now)]);
  return [...fields].filter((field) => JSON.stringify(old[field]) !== JSON.stringify(now[field]));
}

const wholeKey = (line: StatementLine): string => JSON.stringify(Object.entries(line).sort());

const voucherKey = ({ dir, voucherNo }: StatementLine): string | null =>
  voucherNo === null ? null : `${dir}|${voucherNo}`;

const partyKey = ({ dir, date, counterparty }: StatementLine): string => `${dir}|${date}|${counterparty}`;
