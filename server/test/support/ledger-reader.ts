import { ACCOUNTS, type AccountKind, type Book } from '@linli/shared/ledger';
import type { Reader } from '../../src/kernel/database/index.ts';

/** What the rows come to, by kind of account, each on the side on which it grows; kinds at 0 are left out. */
export async function balances(
  reader: Reader,
  estateId: string,
  book: Book = 'PROPERTY_FEE',
): Promise<Partial<Record<AccountKind, number>>> {
  const rows = await reader.rows<{ kind: AccountKind; side: 'DEBIT' | 'CREDIT'; amount_fen: number }>(
    `SELECT debit_kind AS kind, 'DEBIT' AS side, amount_fen FROM ledger_entries WHERE estate_id = ? AND book = ?
     UNION ALL
     SELECT credit_kind AS kind, 'CREDIT' AS side, amount_fen FROM ledger_entries WHERE estate_id = ? AND book = ?`,
    [estateId, book, estateId, book],
  );
  const sums = new Map<AccountKind, number>();
  for (const { kind, side, amount_fen: amountFen } of rows) {
    const signed = ACCOUNTS[kind].side === side ? amountFen : -amountFen;
    sums.set(kind, (sums.get(kind) ?? 0) + signed);
  }
  return Object.fromEntries([...sums].filter(([, sum]) => sum !== 0));
}
