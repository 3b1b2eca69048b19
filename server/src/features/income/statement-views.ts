import type { FileRef } from '@linli/shared/files';
import {
  categoryLabelOf,
  incomeByCategory,
  type OwnersDecision,
  type ReconcilingItem,
  spendByCategory,
  type Statement,
  type StatementLine,
  type StatementState,
  type StatementSummary,
  type StatementView,
  sumStatement,
} from '@linli/shared/income';
import type { StatementRow, SummaryRow } from './statements.repository.ts';

/** What `content_json` holds. */
export interface StoredContent {
  readonly lines: readonly StatementLine[];
  readonly reconciling: readonly ReconcilingItem[];
}

export function storedContent(row: Pick<StatementRow, 'content_json'>): StoredContent {
  return JSON.parse(row.content_json) as StoredContent;
}

/** The decisions as they stood at publication; none for a draft. */
export function storedDecisions(row: Pick<StatementRow, 'decisions_json'>): readonly OwnersDecision[] {
  return JSON.parse(row.decisions_json ?? '[]') as readonly OwnersDecision[];
}

export function voucherIdsOf(lines: readonly StatementLine[]): string[] {
  return [...new Set(lines.flatMap((line) => line.voucherIds))];
}

export function decisionNumbersOf(lines: readonly StatementLine[]): string[] {
  return [...new Set(lines.flatMap(({ decisionNo }) => decisionNo ?? []))];
}

export function toSummary(row: SummaryRow): StatementSummary {
  return {
    id: row.id,
    quarter: row.quarter,
    version: row.version,
    state: row.state as StatementState,
    publishedAt: row.published_at,
    openingFen: row.opening_fen,
    incomeNetFen: row.income_net_fen,
    spendFen: row.spend_fen,
    closingFen: row.closing_fen,
    reason: row.reason,
  };
}

/** The statement with its place among the versions, as the rules and the hash take it. */
export function toStatement(row: StatementRow): Statement {
  return {
    ...storedContent(row),
    id: row.id,
    quarter: row.quarter,
    version: row.version,
    state: row.state as StatementState,
    openingFen: row.opening_fen,
    closingFen: row.closing_fen,
    bankBalanceFen: row.bank_balance_fen,
    accountHolder: row.account_holder,
    amends: row.amends,
    reason: row.reason,
    preparedBy: row.prepared_by,
    submittedAt: row.submitted_at,
    reviewedBy: row.reviewed_by,
    witness: row.witness,
    publishedAt: row.published_at,
    prevHash: row.prev_hash,
    hash: row.hash,
  };
}

/** What the row alone does not say. */
export interface Surroundings {
  readonly versions: readonly SummaryRow[];
  readonly decisions: readonly OwnersDecision[];
  /** By the id of the voucher that a line names. */
  readonly vouchers: ReadonlyMap<string, FileRef>;
  /** Person id → name. */
  readonly names: ReadonlyMap<string, string>;
}

/** One statement as owners read it; a draft looks exactly the same. */
export function toView(row: StatementRow, around: Surroundings): StatementView {
  const { lines, reconciling } = storedContent(row);
  const decisions = new Map(around.decisions.map((decision) => [decision.number, decision]));
  return {
    ...toSummary(row),
    sums: sumStatement({ openingFen: row.opening_fen, lines }),
    bankBalanceFen: row.bank_balance_fen,
    reconciling,
    accountHolder: row.account_holder,
    lines: lines.map((line, index) => ({
      ...line,
      index,
      categoryLabel: categoryLabelOf(line),
      decision: decisions.get(line.decisionNo ?? '') ?? null,
      vouchers: line.voucherIds.flatMap((id) => around.vouchers.get(id) ?? []),
    })),
    incomeByCategory: incomeByCategory(lines),
    spendByCategory: spendByCategory(lines),
    preparedBy: around.names.get(row.submitted_by ?? row.prepared_by) ?? '',
    reviewedBy: row.reviewed_by === null ? null : (around.names.get(row.reviewed_by) ?? ''),
    witness: row.witness,
    amends: row.amends,
    versions: around.versions.map(toSummary),
    prevHash: row.prev_hash,
    hash: row.hash,
  };
}
