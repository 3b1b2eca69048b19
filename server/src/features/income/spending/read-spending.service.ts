import { Inject, Injectable } from '@nestjs/common';
import {
  openSteps,
  type SpendingBasis,
  type SpendingPage,
  type SpendingRequest,
  type SpendingStep,
} from '@linli/shared/spending';
import type { FileRef } from '@linli/shared/files';
import type { Caller } from '../../../kernel/access/index.ts';
import { Database } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { toPage } from '../../../kernel/http/paging.ts';
import { PersonsRepository } from '../../identity/index.ts';
import { KeepVouchersService } from '../books/keep-vouchers.service.ts';
import { type Books, EstateBooks } from '../estate-books.ts';
import { positionOf } from './spending-actors.ts';
import { type SpendingFilter, SpendingRepository, type SpendingRow } from './spending.repository.ts';

/** What a page of requests shows beside the rows themselves. */
interface Looked {
  readonly caller: Caller;
  readonly books: Books;
  readonly names: ReadonlyMap<string, string>;
  readonly files: ReadonlyMap<string, FileRef>;
}

/** Spending as owners and desks read it: what for, what allows it, who took each step. */
@Injectable()
export class ReadSpendingService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(SpendingRepository) private readonly requests: SpendingRepository,
    @Inject(EstateBooks) private readonly books: EstateBooks,
    @Inject(KeepVouchersService) private readonly vouchers: KeepVouchersService,
    @Inject(PersonsRepository) private readonly persons: PersonsRepository,
  ) {}

  async list(
    caller: Caller,
    estateId: string,
    filter: SpendingFilter,
    after: string | undefined,
    limit: number,
  ): Promise<SpendingPage> {
    const rows = await this.requests.page(this.database, estateId, filter, after, limit);
    const looked = await this.look(caller, estateId, rows);
    return toPage(
      rows,
      limit,
      (row) => row.id,
      (row) => viewOf(row, looked),
    );
  }

  async views(
    caller: Caller,
    estateId: string,
    rows: readonly SpendingRow[],
  ): Promise<readonly SpendingRequest[]> {
    const looked = await this.look(caller, estateId, rows);
    return rows.map((row) => viewOf(row, looked));
  }

  async view(caller: Caller, estateId: string, id: string): Promise<SpendingRequest> {
    const row = await this.requests.byId(this.database, estateId, id);
    if (row === null) throw refuse('NOT_FOUND');
    return viewOf(row, await this.look(caller, estateId, [row]));
  }

  private async look(caller: Caller, estateId: string, rows: readonly SpendingRow[]): Promise<Looked> {
    const people = rows.flatMap((row) => stepsTaken(row).map(({ by }) => by));
    const files = rows.flatMap(filesOf);
    return {
      caller,
      books: await this.books.of(this.database, estateId),
      names: await this.persons.names(this.database, people),
      // A receipt with names on it is shown as its copy here too.
      files: await this.vouchers.shown(this.database, files),
    };
  }
}

function viewOf(row: SpendingRow, { caller, books, names, files }: Looked): SpendingRequest {
  const fileOf = (id: string): FileRef[] => {
    const file = files.get(id);
    return file === undefined ? [] : [file];
  };
  const [receipt = null] = row.receipt_file_id === null ? [] : fileOf(row.receipt_file_id);
  return {
    id: row.id,
    category: row.category,
    text: row.request_text,
    payee: row.payee,
    amountFen: row.amount_fen,
    state: row.state,
    appliedAs: row.applied_as,
    basis: basisOf(row),
    files: voucherIds(row).flatMap(fileOf),
    steps: stepsTaken(row).map((step) => ({ ...step, by: names.get(step.by) ?? '' })),
    reason: row.closed_reason,
    paidOn: row.paid_on,
    bankLineNo: row.bank_line_no,
    receipt,
    can: openSteps(positionOf(caller, books, row)),
  };
}

function basisOf(row: SpendingRow): SpendingBasis | null {
  const { decision_id: decisionId, decision_number: number, decision_title: title } = row;
  if (decisionId !== null && number !== null && title !== null)
    return { kind: 'DECISION', decisionId, number, title, budgetYear: row.decision_budget_year };
  return row.threshold_fen === null ? null : { kind: 'BELOW_THRESHOLD', thresholdFen: row.threshold_fen };
}

/** Oldest first; `by` is the person's id. */
function stepsTaken(row: SpendingRow): SpendingStep[] {
  const taken: readonly (readonly [SpendingStep['event'], string | null, number | null])[] = [
    ['APPLY', row.applied_by, row.applied_at],
    ['CONFIRM', row.confirmed_by, row.confirmed_at],
    ['FILE', row.filed_by, row.filed_at],
    ['PAY', row.paid_by, row.paid_at],
    ['RECONCILE', row.reconciled_by, row.reconciled_at],
    [row.state === 'REJECTED' ? 'REJECT' : 'WITHDRAW', row.closed_by, row.closed_at],
  ];
  return taken.flatMap(([event, by, at]) => (by === null || at === null ? [] : [{ event, by, at }]));
}

const voucherIds = (row: SpendingRow): string[] => JSON.parse(row.file_ids) as string[];

const filesOf = (row: SpendingRow): string[] =>
  row.receipt_file_id === null ? voucherIds(row) : [...voucherIds(row), row.receipt_file_id];
