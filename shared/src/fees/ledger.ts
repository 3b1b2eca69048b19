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

/** 收款账户: whose it is and which ledger's money it may take. */
export interface PayeeAccount {
  readonly id: string;
  readonly ledger: Ledger;
  readonly holderName: string;
}
