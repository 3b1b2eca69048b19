import { expect, it, test } from '@jest/globals';
import {
  ACCOUNT_KINDS,
  accountLabel,
  billIssued,
  BOOKS,
  entrySentence,
  gatewayPaidOut,
  LEDGER_EVENT_LABELS,
  LEDGER_EVENTS,
  type LedgerGroup,
  paymentSettled,
  reductionApplied,
  refundRequested,
  refundSucceeded,
  suspenseCleared,
} from '../../src/ledger/index.ts';

const here = { estateId: 'E', book: 'PROPERTY_FEE' as const, occurredAt: 1, unitId: 'U', orderId: 'O' };
const share = { billId: 'B', principalFen: 5809, lateFeeFen: 12 };
const refund = { ...here, refundId: 'R', parts: [{ from: 'BILL' as const, ...share }] };

const sentencesOf = ({ event, entries }: LedgerGroup) =>
  entries.map(({ debit, credit, amountFen }) => entrySentence(event, debit.kind, credit.kind, amountFen));

test.each<[string, LedgerGroup, string[]]>([
  ['a bill', billIssued({ ...here, billId: 'B', totalFen: 5809 }), ['账单开出，这户应缴 58.09 元']],
  [
    'a payment with late fee',
    paymentSettled({ ...here, settled: [share] }),
    ['微信收到 58.09 元，抵了这张账单', '微信收到 0.12 元，是按合同收的违约金'],
  ],
  [
    'money whose owner was found',
    suspenseCleared({ ...here, quarantineId: 'Q', settled: [share], creditFen: 5 }),
    ['查清了，58.09 元 抵了这张账单', '查清了，0.12 元 是违约金', '查清了，0.05 元 替这户存着'],
  ],
  [
    'a refund that was promised',
    refundRequested(refund),
    ['要退 58.09 元，账单重新变成待缴', '要退违约金 0.12 元'],
  ],
  ['a refund that came', refundSucceeded(refund), ['微信已退 58.09 元', '微信已退 0.12 元']],
  [
    'a reduction',
    reductionApplied({ ...here, reductionId: 'D', funded: true, bills: [{ billId: 'B', amountFen: 1 }] }),
    ['减免 0.01 元，由补助方出'],
  ],
  [
    'a payout',
    gatewayPaidOut({ ...here, payoutId: 'Y', netFen: 99, feeFen: 1, booked: true }),
    ['微信结算 0.99 元 到银行账户', '微信扣了手续费 0.01 元'],
  ],
  [
    'a payout of what nobody has booked',
    gatewayPaidOut({ ...here, estateId: null, payoutId: 'Y', netFen: 99, feeFen: 1, booked: false }),
    ['微信结算 0.99 元 到银行账户，账上没有这笔，正在查', '账上没有的那笔，微信扣了手续费 0.01 元'],
  ],
])('%s is told in plain words', (_, group, sentences) => {
  expect(sentencesOf(group)).toEqual(sentences);
});

it('what has no sentence of its own is told by what happened', () => {
  expect(entrySentence('BANK_LINE', 'BANK', 'SUSPENSE', 100)).toBe('银行流水 1.00 元');
});

it('whatever is taken back is said to be taken back', () => {
  expect(entrySentence('CORRECTION', 'FUND_SPEND', 'BANK', 100)).toBe('冲销：把记错的 1.00 元转回去');
});

it('every event and every account has a name, and fees are nobody’s revenue in the books of the owners', () => {
  expect(Object.keys(LEDGER_EVENT_LABELS).sort()).toEqual([...LEDGER_EVENTS].sort());
  for (const book of BOOKS) for (const kind of ACCOUNT_KINDS) expect(accountLabel(book, kind)).not.toBe('');
  expect(BOOKS.map((book) => accountLabel(book, 'FEE_INCOME'))).toEqual([
    '物业服务收入',
    '公共收益收入',
    '维修资金交存',
  ]);
});
