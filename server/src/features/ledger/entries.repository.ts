import { Injectable } from '@nestjs/common';
import {
  type AccountKind,
  type Book,
  type DocumentKind,
  type LedgerEvent,
  TRACED_AT_MOST,
} from '@linli/shared/ledger';
import type { Month } from '@linli/shared/kernel';
import type { Reader, SqlValue } from '../../kernel/database/index.ts';

/** An entry as it is stored, with the number of its order and the month of its bill. */
export interface EntryRow {
  id: string;
  group_key: string;
  estate_id: string | null;
  book: Book;
  event: LedgerEvent;
  debit_kind: AccountKind;
  debit_subject: string;
  credit_kind: AccountKind;
  credit_subject: string;
  amount_fen: number;
  bill_id: string | null;
  bill_month: Month | null;
  order_no: string | null;
  document_kind: DocumentKind;
  document_id: string;
  occurred_at: number;
  posted_at: number;
}

/** What went through an account, on each side. */
export interface Turnover {
  readonly debitFen: number;
  readonly creditFen: number;
}

/** One account of an estate. */
export interface AccountPlace {
  readonly estateId: string;
  readonly book: Book;
  readonly kind: AccountKind;
  readonly subject: string;
}

const SIDES = ['debit', 'credit'] as const;
type SideColumn = (typeof SIDES)[number];

const ENTRIES = `SELECT e.*, o.order_no, b.month AS bill_month FROM ledger_entries e
  LEFT JOIN pay_orders o ON o.id = e.order_id LEFT JOIN bills b ON b.id = e.bill_id`;

/** Reads the ledger. Sums come from the indexes of the two sides alone. */
@Injectable()
export class EntriesRepository {
  /** Every kind of account of every book that something went through. */
  async turnovers(reader: Reader, estateId: string): Promise<Map<Book, Map<AccountKind, Turnover>>> {
    const books = new Map<Book, Map<AccountKind, Turnover>>();
    for (const side of SIDES) {
      const rows = await reader.rows<{ book: Book; kind: AccountKind; fen: number }>(
        `SELECT book, ${side}_kind AS kind, SUM(amount_fen) AS fen FROM ledger_entries
         WHERE estate_id = ? GROUP BY book, ${side}_kind`,
        [estateId],
      );
      for (const { book, kind, fen } of rows) {
        const kinds = books.get(book) ?? new Map<AccountKind, Turnover>();
        kinds.set(kind, withSide(kinds.get(kind), side, fen));
        books.set(book, kinds);
      }
    }
    return books;
  }

  /** The accounts of one kind by subject, in the order of the subjects; one more than `limit` where there are more. */
  async bySubject(
    reader: Reader,
    { estateId, book, kind }: Omit<AccountPlace, 'subject'>,
    after: string,
    limit: number,
  ): Promise<(readonly [subject: string, turnover: Turnover])[]> {
    const found = new Map<string, Turnover>();
    for (const side of SIDES) {
      const rows = await reader.rows<{ subject: string; fen: number }>(
        `SELECT ${side}_subject AS subject, SUM(amount_fen) AS fen FROM ledger_entries
         WHERE estate_id = ? AND book = ? AND ${side}_kind = ? AND ${side}_subject > ?
         GROUP BY ${side}_subject ORDER BY ${side}_subject LIMIT ${limit + 1}`,
        [estateId, book, kind, after],
      );
      for (const { subject, fen } of rows) found.set(subject, withSide(found.get(subject), side, fen));
    }
    return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).slice(0, limit + 1);
  }

  /** The newest entries of one account; one more than `limit` where there are more. */
  async ofAccount(
    reader: Reader,
    { estateId, book, kind, subject }: AccountPlace,
    after: string | undefined,
    limit: number,
  ): Promise<EntryRow[]> {
    const sides = await Promise.all(
      SIDES.map((side) =>
        reader.rows<EntryRow>(
          `${ENTRIES} WHERE e.estate_id = ? AND e.book = ? AND e.${side}_kind = ? AND e.${side}_subject = ? AND e.id < ?
           ORDER BY e.id DESC LIMIT ${limit + 1}`,
          [estateId, book, kind, subject, after ?? '~'],
        ),
      ),
    );
    return sides
      .flat()
      .sort((a, b) => (a.id < b.id ? 1 : -1))
      .slice(0, limit + 1);
  }

  /** Of one estate, the oldest first. */
  async byIds(reader: Reader, estateId: string, ids: readonly string[]): Promise<EntryRow[]> {
    if (ids.length === 0) return [];
    const places = ids.map(() => '?').join(', ');
    return traced(reader, `e.id IN (${places}) AND e.estate_id = ?`, [...ids, estateId]);
  }

  ofBill(reader: Reader, estateId: string, billId: string): Promise<EntryRow[]> {
    return traced(reader, 'e.bill_id = ? AND e.estate_id = ?', [billId, estateId]);
  }

  ofOrder(reader: Reader, estateId: string, orderId: string): Promise<EntryRow[]> {
    return traced(reader, 'e.order_id = ? AND e.estate_id = ?', [orderId, estateId]);
  }

  ofDocument(reader: Reader, estateId: string, kind: DocumentKind, id: string): Promise<EntryRow[]> {
    return traced(reader, 'e.document_kind = ? AND e.document_id = ? AND e.estate_id = ?', [
      kind,
      id,
      estateId,
    ]);
  }
}

function traced(reader: Reader, where: string, values: readonly SqlValue[]): Promise<EntryRow[]> {
  return reader.rows<EntryRow>(`${ENTRIES} WHERE ${where} ORDER BY e.id LIMIT ${TRACED_AT_MOST}`, values);
}

/** Sums are DECIMAL on MySQL and may arrive as text. */
function withSide(turnover: Turnover | undefined, side: SideColumn, fen: number): Turnover {
  const { debitFen = 0, creditFen = 0 } = turnover ?? {};
  return side === 'debit'
    ? { debitFen: debitFen + Number(fen), creditFen }
    : { debitFen, creditFen: creditFen + Number(fen) };
}
