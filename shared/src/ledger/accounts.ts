import { LEDGERS, type Ledger } from '../fees/index.ts';

/** A book 账套: property fees, public income, maintenance fund. The three share no account and no payee. */
export const BOOKS = LEDGERS;
export type Book = Ledger;

/** On which side an account grows: what is owned or spent in debit 借, what is owed or earned in credit 贷. */
export type Side = 'DEBIT' | 'CREDIT';

/** What tells two accounts of one kind apart: nothing, a home (where it is known), or a category of public income. */
export type SubjectKind = 'NONE' | 'UNIT' | 'UNIT_IF_KNOWN' | 'CATEGORY';

interface AccountRule {
  readonly side: Side;
  readonly subject: SubjectKind;
  readonly books: readonly Book[];
  readonly label: string;
  /** For people who never kept books. */
  readonly plain: string;
}

const FEES_AND_INCOME = ['PROPERTY_FEE', 'PUBLIC_INCOME'] as const;
const FUNDS = ['PUBLIC_INCOME', 'MAINTENANCE_FUND'] as const;

const account = (
  side: Side,
  label: string,
  plain: string,
  { subject = 'NONE', books = BOOKS }: Partial<Pick<AccountRule, 'subject' | 'books'>> = {},
): AccountRule => ({ side, subject, books, label, plain });

const ACCOUNT_RULES = {
  UNIT_RECEIVABLE: account('DEBIT', '应收款', '各户还欠的钱', { subject: 'UNIT' }),
  GATEWAY_CLEARING: account('DEBIT', '微信支付待结算', '微信已收、还没到银行账户的钱'),
  BANK: account('DEBIT', '银行存款', '银行账户里的钱'),
  FUNDER_RECEIVABLE: account('DEBIT', '应收减免补助', '减免后该由补助方出的钱', { books: FEES_AND_INCOME }),
  REDUCTION: account('DEBIT', '减免', '批准少收的钱', { books: FEES_AND_INCOME }),
  GATEWAY_FEE: account('DEBIT', '支付手续费', '微信收的手续费'),
  FUND_COST: account('DEBIT', '经营成本', '为这些收益花的合理成本', { subject: 'CATEGORY', books: FUNDS }),
  FUND_SPEND: account('DEBIT', '支出', '花出去的钱', { subject: 'CATEGORY', books: FUNDS }),
  SUSPENSE: account('CREDIT', '待查款', '到账了、还没查清是谁的钱'),
  REFUND_PAYABLE: account('CREDIT', '应退款', '要退回去的钱', { subject: 'UNIT_IF_KNOWN' }),
  UNIT_CREDIT: account('CREDIT', '预收款', '各户多付、存着的钱', { subject: 'UNIT' }),
  FEE_INCOME: account('CREDIT', '收费收入', '开出账单的收费'),
  LATE_FEE_INCOME: account('CREDIT', '违约金收入', '按合同收的违约金'),
  FUND_INCOME: account('CREDIT', '收益', '公共部位挣来的钱', { subject: 'CATEGORY', books: FUNDS }),
  FUND_BALANCE: account('CREDIT', '结余', '以前各期结存下来的钱', { books: FUNDS }),
} as const satisfies Readonly<Record<string, AccountRule>>;

/** The kinds of account. A new one is a line here; the tables take any. */
export type AccountKind = keyof typeof ACCOUNT_RULES;
export const ACCOUNT_KINDS = Object.keys(ACCOUNT_RULES) as readonly AccountKind[];
export const ACCOUNTS: Readonly<Record<AccountKind, AccountRule>> = ACCOUNT_RULES;

/** An account 科目 within a book of an estate. */
export interface Account {
  readonly kind: AccountKind;
  /** The unit's id, the category; '' where the kind has one account in a book. */
  readonly subject: string;
}

const only = (kind: AccountKind): Account => ({ kind, subject: '' });
const of =
  (kind: AccountKind) =>
  (subject: string): Account => ({ kind, subject });

export const unitReceivable = of('UNIT_RECEIVABLE');
export const unitCredit = of('UNIT_CREDIT');
export const refundPayable = of('REFUND_PAYABLE');
export const fundIncome = of('FUND_INCOME');
export const fundCost = of('FUND_COST');
export const fundSpend = of('FUND_SPEND');
export const GATEWAY_CLEARING = only('GATEWAY_CLEARING');
export const BANK = only('BANK');
export const FUNDER_RECEIVABLE = only('FUNDER_RECEIVABLE');
export const REDUCTION = only('REDUCTION');
export const GATEWAY_FEE = only('GATEWAY_FEE');
export const SUSPENSE = only('SUSPENSE');
export const FEE_INCOME = only('FEE_INCOME');
export const LATE_FEE_INCOME = only('LATE_FEE_INCOME');
export const FUND_BALANCE = only('FUND_BALANCE');

export function sameAccount(one: Account, other: Account): boolean {
  return one.kind === other.kind && one.subject === other.subject;
}
