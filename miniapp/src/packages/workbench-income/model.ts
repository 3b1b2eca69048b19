import type { FileRef } from '@linli/shared/files';
import {
  INCOME_CATEGORIES,
  incomeByCategory,
  type SaveStatementRequest,
  SPEND_CATEGORIES,
  spendByCategory,
  type StatementDraft,
  type StatementDraftView,
  type StatementFault,
  type StatementLine,
  type StatementView,
  sumStatement,
} from '@linli/shared/income';

/** What the treasurer is typing: the request to be sent, and the files that were put up meanwhile. */
export interface Edit {
  readonly request: SaveStatementRequest;
  readonly files: readonly FileRef[];
}

export const STEPS = ['核对明细', '附凭证', '账户余额', '预览提交'] as const;

export function editOf(view: StatementDraftView): Edit {
  const { quarter, openingFen, closingFen, bankBalanceFen, reconciling, accountHolder, revision } = view;
  const lines = view.lines.map(
    ({
      index: _index,
      categoryLabel: _label,
      decision: _decision,
      vouchers: _vouchers,
      ...line
    }): StatementLine => line,
  );
  const request = {
    quarter,
    openingFen,
    lines,
    closingFen,
    bankBalanceFen,
    reconciling,
    accountHolder,
    revision,
  };
  return { request, files: view.lines.flatMap(({ vouchers }) => vouchers) };
}

/** A sheet as the beginning of a draft. */
export function requestOfSheet(draft: StatementDraft, accountHolder: string): SaveStatementRequest {
  return { ...draft, reconciling: [], accountHolder, revision: 0 };
}

/** The same view as owners will get, made of what is typed now. */
export function previewOf(view: StatementDraftView, { request, files }: Edit): StatementView {
  const byId = new Map(files.map((file) => [file.id, file]));
  const decisions = new Map(view.lines.map((line) => [line.decisionNo, line.decision]));
  return {
    ...view,
    ...request,
    sums: sumStatement(request),
    lines: request.lines.map((line, index) => ({
      ...line,
      index,
      categoryLabel: labelOf(line),
      decision: decisions.get(line.decisionNo) ?? null,
      vouchers: line.voucherIds.flatMap((id) => byId.get(id) ?? []),
    })),
    incomeByCategory: incomeByCategory(request.lines),
    spendByCategory: spendByCategory(request.lines),
  };
}

export function labelOf(line: StatementLine): string {
  return line.dir === 'INCOME'
    ? INCOME_CATEGORIES[line.category].label
    : SPEND_CATEGORIES[line.category].label;
}

export function amountOf(line: StatementLine): number {
  return line.dir === 'INCOME' ? line.netFen : line.amountFen;
}

/** The faults of one line; those of the head have no line. */
export function faultsOfLine(faults: readonly StatementFault[], index: number): StatementFault[] {
  return faults.filter(({ path }) => path === `lines[${index}]` || path.startsWith(`lines[${index}].`));
}

/** Which step mends a fault. */
export function stepOf({ path }: StatementFault): number {
  if (!path.startsWith('lines')) return 2;
  return path.endsWith('.voucherIds') ? 1 : 0;
}

/** 第 3 笔：… */
export function faultText({ path, message }: StatementFault): string {
  const line = /^lines\[(\d+)\]/.exec(path)?.[1];
  return line === undefined ? message : `第 ${Number(line) + 1} 笔：${message}`;
}

export const isSame = (view: StatementDraftView, { request }: Edit): boolean =>
  JSON.stringify(editOf(view).request) === JSON.stringify(request);

export function newLine(dir: StatementLine['dir'], date: string): StatementLine {
  const common = {
    date,
    counterparty: '',
    contractNo: null,
    voucherNo: null,
    voucherIds: [],
    decisionNo: null,
    note: '',
  };
  return dir === 'INCOME'
    ? { ...common, dir, category: 'OTHER', grossFen: 0, costFen: 0, netFen: 0, justification: null }
    : { ...common, dir, category: 'REPAIR_COMMON', amountFen: 0 };
}

const BANK_FIELDS = ['bankBalanceFen', 'closingFen', 'reconciling'] as const;

/** Faults of what has been changed since it was checked are not said any more; the next save says what is left. */
export function standingFaults(view: StatementDraftView, edit: Edit): readonly StatementFault[] {
  const saved = editOf(view).request;
  const { request } = edit;
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  return view.faults.filter(({ path }) => {
    const index = /^lines\[(\d+)\]/.exec(path)?.[1];
    if (index !== undefined) return same(saved.lines[Number(index)], request.lines[Number(index)]);
    if (path === 'bankBalanceFen' || path.startsWith('reconciling'))
      return BANK_FIELDS.every((field) => same(saved[field], request[field]));
    if (path === 'closingFen') return same({ ...saved, revision: 0 }, { ...request, revision: 0 });
    if (path === 'openingFen' || path === 'accountHolder') return same(saved[path], request[path]);
    return true;
  });
}
