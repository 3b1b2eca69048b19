import { Inject, Injectable } from '@nestjs/common';
import { unitName } from '@linli/shared/estate';
import { LEDGER_LABELS } from '@linli/shared/fees';
import { INCOME_CATEGORIES, SPEND_CATEGORIES } from '@linli/shared/income';
import {
  ACCOUNT_KINDS,
  ACCOUNTS,
  type AccountBalance,
  type AccountKind,
  type AccountPage,
  BOOKS,
  type Book,
  type BookBalance,
  type DocumentKind,
  type EntryAccount,
  type EntryPage,
  type EntryTrace,
  type EntryView,
  LEDGER_EVENT_LABELS,
  type TrialBalanceView,
  accountLabel,
  entrySentence,
} from '@linli/shared/ledger';
import { type Caller, COMPANY } from '../../kernel/access/index.ts';
import { Database } from '../../kernel/database/index.ts';
import { refuse } from '../../kernel/errors/refused.ts';
import { toPage } from '../../kernel/http/paging.ts';
import { type AccountPlace, EntriesRepository, type EntryRow, type Turnover } from './entries.repository.ts';

/** Whoever sees a home's bills sees what became of them. */
const HOUSEHOLD = ['OWNER', 'FAMILY'] as const;

/** What is traced to its entries: everything about a bill, everything that came by an order, or one document. */
export interface TraceOf {
  readonly kind: DocumentKind | 'ORDER_NO';
  readonly id: string;
}

/**
 * The books as people read them. Which home owes what is between the company and the household: the others who may read
 * the books see amounts, and no home.
 */
@Injectable()
export class ReadLedgerService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(EntriesRepository) private readonly entries: EntriesRepository,
  ) {}

  async trialBalance(estateId: string): Promise<TrialBalanceView> {
    const turnovers = await this.entries.turnovers(this.database, estateId);
    return {
      books: BOOKS.flatMap((book) => {
        const kinds = turnovers.get(book);
        return kinds === undefined ? [] : [bookBalance(book, kinds)];
      }),
    };
  }

  async accounts(
    caller: Caller,
    place: Omit<AccountPlace, 'subject'>,
    after: string | undefined,
    limit: number,
  ): Promise<AccountPage> {
    const { estateId, kind } = place;
    const { side, subject } = ACCOUNTS[kind];
    if (subject === 'NONE') throw refuse('NOT_FOUND');
    if (subject !== 'CATEGORY' && !seesHomes(caller, estateId)) throw refuse('ACCESS.DENIED');
    const rows = await this.entries.bySubject(this.database, place, after ?? '', limit);
    const names = await this.unitNames(rows.slice(0, limit).map(([unitId]) => unitId));
    return toPage(
      rows,
      limit,
      ([id]) => id,
      ([id, turnover]) => ({
        subject: id,
        name: names.get(id) ?? categoryName(id),
        ...turnover,
        balanceFen: balanceOf(side, turnover),
      }),
    );
  }

  async ofAccount(
    caller: Caller,
    place: AccountPlace,
    after: string | undefined,
    limit: number,
  ): Promise<EntryPage> {
    const { estateId, kind, subject } = place;
    const ofHome = ACCOUNTS[kind].subject === 'UNIT' || ACCOUNTS[kind].subject === 'UNIT_IF_KNOWN';
    if (ofHome && subject !== '' && !seesHomes(caller, estateId)) throw refuse('ACCESS.DENIED');
    const rows = await this.entries.ofAccount(this.database, place, after, limit);
    const views = await this.toViews(rows.slice(0, limit), seesHomes(caller, estateId));
    const byId = new Map(views.map((view) => [view.id, view]));
    const { next } = toPage(
      rows,
      limit,
      ({ id }) => id,
      ({ id }) => id,
    );
    return { items: rows.flatMap(({ id }) => byId.get(id) ?? []), next };
  }

  async trace(caller: Caller, estateId: string, of: TraceOf): Promise<EntryTrace> {
    const rows = await this.tracedRows(estateId, of);
    if (rows.length === 0) throw refuse('NOT_FOUND');
    return { items: await this.toViews(rows, seesHomes(caller, estateId)) };
  }

  /** Entries of many homes at once, for owners of the estate: what moved, and neither whose bill nor which order it was. */
  async unnamed(estateId: string, ids: readonly string[]): Promise<EntryView[]> {
    const rows = await this.entries.byIds(this.database, estateId, ids);
    const views = await this.toViews(rows, false);
    return views.map((view) => ({ ...view, billId: null, billMonth: null, orderNo: null }));
  }

  private async tracedRows(estateId: string, of: TraceOf): Promise<EntryRow[]> {
    if (of.kind === 'BILL') return this.entries.ofBill(this.database, estateId, of.id);
    if (of.kind !== 'ORDER_NO') return this.entries.ofDocument(this.database, estateId, of.kind, of.id);
    const order = await this.database.row<{ id: string }>(
      'SELECT id FROM pay_orders WHERE order_no = ? AND estate_id = ?',
      [of.id, estateId],
    );
    return order === null ? [] : this.entries.ofOrder(this.database, estateId, order.id);
  }

  /** A bill of the caller's own home. */
  async ofMyBill(caller: Caller, billId: string): Promise<EntryTrace> {
    const bill = await this.database.row<{ estate_id: string; unit_id: string; payer: string }>(
      'SELECT estate_id, unit_id, payer FROM bills WHERE id = ?',
      [billId],
    );
    if (bill === null || bill.payer !== 'OWNER') throw refuse('NOT_FOUND');
    if (!caller.unitsIn(bill.estate_id, HOUSEHOLD).includes(bill.unit_id)) throw refuse('NOT_FOUND');
    const rows = await this.entries.ofBill(this.database, bill.estate_id, billId);
    return { items: await this.toViews(rows, true) };
  }

  /** What the payment behind the caller's own receipt did. */
  async ofMyReceipt(caller: Caller, receiptId: string): Promise<EntryTrace> {
    const receipt = await this.database.row<{ estate_id: string; order_id: string }>(
      'SELECT estate_id, order_id FROM receipts WHERE person_id = ? AND id = ?',
      [caller.personId, receiptId],
    );
    if (receipt === null) throw refuse('NOT_FOUND');
    const rows = await this.entries.ofOrder(this.database, receipt.estate_id, receipt.order_id);
    return { items: await this.toViews(rows, true) };
  }

  private async toViews(rows: readonly EntryRow[], homes: boolean): Promise<EntryView[]> {
    const subjects = rows.flatMap((row) => [row.debit_subject, row.credit_subject]);
    const names = homes ? await this.unitNames(subjects) : new Map<string, string>();
    const account = (book: Book, kind: AccountKind, subject: string): EntryAccount => {
      const hidden = ACCOUNTS[kind].subject !== 'CATEGORY' && !homes;
      return {
        kind,
        label: accountLabel(book, kind),
        subject: hidden ? '' : subject,
        subjectName: hidden || subject === '' ? '' : (names.get(subject) ?? categoryName(subject)),
      };
    };
    return rows.map((row) => ({
      id: row.id,
      groupKey: row.group_key,
      event: row.event,
      eventLabel: LEDGER_EVENT_LABELS[row.event],
      book: row.book,
      debit: account(row.book, row.debit_kind, row.debit_subject),
      credit: account(row.book, row.credit_kind, row.credit_subject),
      amountFen: row.amount_fen,
      sentence: entrySentence(row.event, row.debit_kind, row.credit_kind, row.amount_fen),
      occurredAt: row.occurred_at,
      postedAt: row.posted_at,
      document: { kind: row.document_kind, id: row.document_id },
      billId: row.bill_id,
      billMonth: row.bill_month,
      orderNo: row.order_no,
    }));
  }

  private async unitNames(subjects: readonly string[]): Promise<Map<string, string>> {
    const ids = [...new Set(subjects)].filter((subject) => subject !== '');
    if (ids.length === 0) return new Map();
    const rows = await this.database.rows<{ id: string; building: string; entrance: string; room: string }>(
      `SELECT u.id, b.name AS building, u.entrance, u.room FROM units u JOIN buildings b ON b.id = u.building_id
       WHERE u.id IN (${ids.map(() => '?').join(', ')})`,
      ids,
    );
    return new Map(rows.map((row) => [row.id, unitName(row)]));
  }
}

function seesHomes(caller: Caller, estateId: string): boolean {
  return caller.has(estateId, COMPANY);
}

function bookBalance(book: Book, kinds: ReadonlyMap<AccountKind, Turnover>): BookBalance {
  const rows = ACCOUNT_KINDS.flatMap((kind): AccountBalance[] => {
    const turnover = kinds.get(kind);
    if (turnover === undefined) return [];
    const { side, subject, plain } = ACCOUNTS[kind];
    return [
      {
        kind,
        label: accountLabel(book, kind),
        plain,
        side,
        subject,
        ...turnover,
        balanceFen: balanceOf(side, turnover),
      },
    ];
  });
  const held = (side: 'DEBIT' | 'CREDIT') =>
    rows.filter((row) => row.side === side).reduce((sum, { balanceFen }) => sum + balanceFen, 0);
  return { book, label: LEDGER_LABELS[book], rows, debitFen: held('DEBIT'), creditFen: held('CREDIT') };
}

function balanceOf(side: 'DEBIT' | 'CREDIT', { debitFen, creditFen }: Turnover): number {
  return side === 'DEBIT' ? debitFen - creditFen : creditFen - debitFen;
}

const CATEGORIES: Readonly<Record<string, { readonly label: string }>> = {
  ...INCOME_CATEGORIES,
  ...SPEND_CATEGORIES,
};

/** 电梯广告; what is no category is shown as it is. */
function categoryName(subject: string): string {
  return CATEGORIES[subject]?.label ?? subject;
}
