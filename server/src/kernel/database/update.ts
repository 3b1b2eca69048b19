import type { SqlRecord, Transaction } from './database.ts';

/**
 * Changes columns of one table where all of `where` is true still, and tells how many rows it touched: none where
 * somebody was faster. Names come from code, never from input; null matches nothing.
 */
export function update(
  tx: Transaction,
  table: string,
  columns: SqlRecord,
  where: SqlRecord,
): Promise<number> {
  const equals = (record: SqlRecord) => Object.keys(record).map((column) => `${column} = ?`);
  return tx.run(`UPDATE ${table} SET ${equals(columns).join(', ')} WHERE ${equals(where).join(' AND ')}`, [
    ...Object.values(columns),
    ...Object.values(where),
  ]);
}
