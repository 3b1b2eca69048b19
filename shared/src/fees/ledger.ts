/**
 * The three ledgers 账. No amount ever moves from one to another by itself, and no payee account serves two: a bill and a
 * payment belong to exactly one.
 */
export const LEDGERS = ['PROPERTY_FEE', 'PUBLIC_INCOME', 'MAINTENANCE_FUND'] as const;
export type Ledger = (typeof LEDGERS)[number];
export const LEDGER_LABELS: Readonly<Record<Ledger, string>> = {
  PROPERTY_FEE: '物业费',
  PUBLIC_INCOME: '公共收益',
  MAINTENANCE_FUND: '专项维修资金',
};
