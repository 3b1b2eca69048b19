import { describe, expect, it } from '@jest/globals';
import { fc } from '@fast-check/jest';
import {
  ACCOUNTS,
  type AccountKind,
  billCancelled,
  billIssued,
  checkGroup,
  creditUsed,
  gatewayPaidOut,
  type LedgerGroup,
  paymentCredited,
  paymentQuarantined,
  paymentSettled,
  reductionApplied,
  refundFailed,
  type RefundOrder,
  refundRequested,
  refundSucceeded,
  suspenseCleared,
} from '../../src/ledger/index.ts';
import { collectedFen, collectedKind, type CollectedKind } from '../../src/income/index.ts';
import { tries } from '../tries.ts';

/** Sequences of what happens to money, held against plain sums of who has and who owes how much. */
const SEQUENCES = tries(10_000);
const AT = { estateId: 'E', book: 'PROPERTY_FEE', occurredAt: 1 } as const;

interface Bill {
  readonly id: string;
  readonly unitId: string;
  readonly totalFen: number;
  openFen: number;
  paidFen: number;
}
interface Money {
  readonly id: string;
  readonly unitId: string;
  leftFen: number;
}

/** Who has and who owes how much, without any account. */
class Till {
  readonly bills: Bill[] = [];
  readonly credits: Money[] = [];
  readonly unclear: Money[] = [];
  readonly promised: {
    readonly refund: RefundOrder;
    readonly fen: number;
    readonly ofBillFen: number;
    undo(): void;
  }[] = [];
  atGatewayFen = 0;
  inBankFen = 0;
  earnedFen = 0;
  feesFen = 0;
  reducedFen = 0;
  fundersOweFen = 0;
  /** What the public income's statement would say came by WeChat, went back, and was kept as a fee. */
  collectedFen = 0;
  givenBackFen = 0;
  private last = 0;

  id = () => `${(this.last += 1)}`;
  open = () => this.bills.filter(({ openFen }) => openFen > 0);
}

/** The ledger as the server keeps it: a group once, by its key. */
class Books {
  readonly groups = new Map<string, LedgerGroup>();
  readonly balances = new Map<string, number>();
  /** As statements are made of entries. */
  readonly collected: Record<CollectedKind, number> = { PAYMENTS: 0, REFUNDS: 0, FEES: 0 };

  post(group: LedgerGroup): void {
    if (this.groups.has(group.key)) return;
    this.groups.set(group.key, checkGroup(group));
    for (const { debit, credit, amountFen, billId } of group.entries) {
      const { event } = group;
      const entry = { event, debitKind: debit.kind, creditKind: credit.kind, isOfBill: billId !== null };
      const kind = collectedKind(entry);
      if (kind !== null) this.collected[kind] += collectedFen(entry, amountFen);
      this.move(debit.kind, debit.subject, amountFen, 'DEBIT');
      this.move(credit.kind, credit.subject, amountFen, 'CREDIT');
    }
  }

  private move(kind: AccountKind, subject: string, fen: number, side: 'DEBIT' | 'CREDIT'): void {
    const name = `${kind} ${subject}`;
    const signed = ACCOUNTS[kind].side === side ? fen : -fen;
    this.balances.set(name, (this.balances.get(name) ?? 0) + signed);
  }

  of(kind: AccountKind): number {
    return [...this.balances].reduce(
      (sum, [name, fen]) => (name.startsWith(`${kind} `) ? sum + fen : sum),
      0,
    );
  }

  at(kind: AccountKind, subject: string): number {
    return this.balances.get(`${kind} ${subject}`) ?? 0;
  }
}

const total = <T>(things: readonly T[], fen: (thing: T) => number) =>
  things.reduce((sum, thing) => sum + fen(thing), 0);

function holds(till: Till, books: Books): void {
  expect({
    receivable: books.of('UNIT_RECEIVABLE'),
    clearing: books.of('GATEWAY_CLEARING'),
    bank: books.of('BANK'),
    income: books.of('FEE_INCOME'),
    fees: books.of('GATEWAY_FEE'),
    credit: books.of('UNIT_CREDIT'),
    suspense: books.of('SUSPENSE'),
    payable: books.of('REFUND_PAYABLE'),
    reduced: books.of('REDUCTION'),
    funders: books.of('FUNDER_RECEIVABLE'),
    collected: books.collected.PAYMENTS,
    givenBack: books.collected.REFUNDS,
    keptByGateway: books.collected.FEES,
  }).toEqual({
    receivable: total(till.bills, ({ openFen }) => openFen),
    clearing: till.atGatewayFen,
    bank: till.inBankFen,
    income: till.earnedFen,
    fees: till.feesFen,
    credit: total(till.credits, ({ leftFen }) => leftFen),
    suspense: total(till.unclear, ({ leftFen }) => leftFen),
    payable: total(till.promised, ({ fen }) => fen),
    reduced: till.reducedFen,
    funders: till.fundersOweFen,
    collected: till.collectedFen,
    givenBack: till.givenBackFen,
    keptByGateway: till.feesFen,
  });
  for (const unitId of UNITS)
    expect(books.at('UNIT_RECEIVABLE', unitId)).toBe(
      total(
        till.bills.filter((bill) => bill.unitId === unitId),
        ({ openFen }) => openFen,
      ),
    );
}

const UNITS = ['U1', 'U2', 'U3'] as const;
type Happening = (till: Till, books: Books, fen: number, which: number) => void;
const pick = <T>(things: readonly T[], which: number): T | undefined =>
  things[which % Math.max(1, things.length)];
const share = (bill: Bill, principalFen: number) => ({ billId: bill.id, principalFen, lateFeeFen: 0 });

function promise(
  till: Till,
  books: Books,
  unitId: string,
  fen: number,
  part: RefundOrder['parts'][number],
  undo: () => void,
) {
  const refund = { ...AT, refundId: till.id(), orderId: null, unitId, parts: [part] };
  books.post(refundRequested(refund));
  till.promised.push({ refund, fen, ofBillFen: part.from === 'CREDIT' ? 0 : fen, undo });
}

/** Everything that can happen, each where it can; nothing where it cannot. */
const HAPPENINGS: Readonly<Record<string, Happening>> = {
  'a bill is issued': (till, books, fen, which) => {
    const unitId = UNITS[which % UNITS.length] ?? 'U1';
    const bill = { id: till.id(), unitId, totalFen: fen, openFen: fen, paidFen: 0 };
    till.bills.push(bill);
    till.earnedFen += fen;
    books.post(billIssued({ ...AT, billId: bill.id, unitId, totalFen: fen }));
  },
  'an untouched bill is cancelled': (till, books, _fen, which) => {
    const bill = pick(
      till.bills.filter(({ openFen, totalFen }) => openFen === totalFen && totalFen > 0),
      which,
    );
    if (bill === undefined) return;
    till.earnedFen -= bill.totalFen;
    bill.openFen = 0;
    books.post(billCancelled({ ...AT, billId: bill.id, unitId: bill.unitId, totalFen: bill.totalFen }));
  },
  'a bill is paid, with something over': (till, books, fen, which) => {
    const bill = pick(till.open(), which);
    if (bill === undefined) return;
    const overFen = which % 3 === 0 ? fen : 0;
    const orderId = till.id();
    const order = { ...AT, orderId, unitId: bill.unitId };
    books.post(paymentSettled({ ...order, settled: [share(bill, bill.openFen)] }));
    till.atGatewayFen += bill.openFen + overFen;
    till.collectedFen += bill.openFen;
    bill.paidFen += bill.openFen;
    bill.openFen = 0;
    if (overFen === 0) return;
    const credit = { id: till.id(), unitId: bill.unitId, leftFen: overFen };
    till.credits.push(credit);
    books.post(
      paymentCredited({ ...order, creditId: credit.id, transactionId: orderId, amountFen: overFen }),
    );
  },
  'money comes that nobody knows': (till, books, fen, which) => {
    const money = { id: till.id(), unitId: UNITS[which % UNITS.length] ?? 'U1', leftFen: fen };
    till.unclear.push(money);
    till.atGatewayFen += fen;
    const facts = { orderId: null, orderNo: money.id, transactionId: money.id, receivedFen: fen };
    books.post(paymentQuarantined({ ...AT, quarantineId: money.id, ...facts }));
  },
  'it is found out whose it is': (till, books, _fen, which) => {
    const money = pick(
      till.unclear.filter(({ leftFen }) => leftFen > 0),
      which,
    );
    if (money === undefined) return;
    const bill = till
      .open()
      .find(({ unitId, openFen }) => unitId === money.unitId && openFen <= money.leftFen);
    const settled = bill === undefined ? [] : [share(bill, bill.openFen)];
    const creditFen = money.leftFen - (bill?.openFen ?? 0);
    books.post(
      suspenseCleared({
        ...AT,
        quarantineId: money.id,
        orderId: null,
        unitId: money.unitId,
        settled,
        creditFen,
      }),
    );
    if (bill !== undefined) {
      till.collectedFen += bill.openFen;
      bill.paidFen += bill.openFen;
      bill.openFen = 0;
    }
    money.leftFen = 0;
    if (creditFen > 0) till.credits.push({ id: till.id(), unitId: money.unitId, leftFen: creditFen });
  },
  'a credit pays a bill of its home': (till, books, _fen, which) => {
    const credit = pick(
      till.credits.filter(({ leftFen }) => leftFen > 0),
      which,
    );
    const bill = till.open().find(({ unitId }) => unitId === credit?.unitId);
    if (credit === undefined || bill === undefined) return;
    const fen = Math.min(credit.leftFen, bill.openFen);
    const use = { useId: till.id(), creditId: credit.id, orderId: null, unitId: bill.unitId };
    books.post(creditUsed({ ...AT, ...use, settled: [share(bill, fen)] }));
    credit.leftFen -= fen;
    till.collectedFen += fen;
    bill.openFen -= fen;
    bill.paidFen += fen;
  },
  'a payment is to go back': (till, books, fen, which) => {
    const bill = pick(
      till.bills.filter(({ paidFen }) => paidFen > 0),
      which,
    );
    if (bill === undefined) return;
    const back = Math.min(fen, bill.paidFen);
    bill.paidFen -= back;
    bill.openFen += back;
    promise(till, books, bill.unitId, back, { from: 'BILL', ...share(bill, back) }, () => {
      bill.paidFen += back;
      bill.openFen -= back;
    });
  },
  'a credit is to go back': (till, books, fen, which) => {
    const credit = pick(
      till.credits.filter(({ leftFen }) => leftFen > 0),
      which,
    );
    if (credit === undefined) return;
    const back = Math.min(fen, credit.leftFen);
    credit.leftFen -= back;
    promise(till, books, credit.unitId, back, { from: 'CREDIT', amountFen: back }, () => {
      credit.leftFen += back;
    });
  },
  'it has gone back': (till, books, _fen, which) => {
    const promised = pick(till.promised, which);
    if (promised === undefined || promised.fen > till.atGatewayFen) return;
    till.promised.splice(till.promised.indexOf(promised), 1);
    till.atGatewayFen -= promised.fen;
    till.givenBackFen += promised.ofBillFen;
    books.post(refundSucceeded(promised.refund));
  },
  'it could not go back': (till, books, _fen, which) => {
    // Only the newest: an older one's bill may have been paid again since, which the server refuses to undo.
    const promised = which % 2 === 0 ? till.promised.at(-1) : undefined;
    const last = [...books.groups.values()].at(-1);
    if (promised === undefined || last?.document.id !== promised.refund.refundId) return;
    till.promised.pop();
    promised.undo();
    books.post(refundFailed(promised.refund));
  },
  'a bill is reduced': (till, books, fen, which) => {
    const bill = pick(till.open(), which);
    if (bill === undefined) return;
    const amountFen = Math.min(fen, bill.openFen);
    const funded = which % 2 === 0;
    bill.openFen -= amountFen;
    if (funded) till.fundersOweFen += amountFen;
    else till.reducedFen += amountFen;
    const reduction = { reductionId: till.id(), unitId: bill.unitId, funded };
    books.post(reductionApplied({ ...AT, ...reduction, bills: [{ billId: bill.id, amountFen }] }));
  },
  'WeChat pays out': (till, books, _fen, which) => {
    const allFen = till.atGatewayFen;
    const feeFen = Math.min(allFen, which % 7);
    if (allFen === 0) return;
    till.atGatewayFen = 0;
    till.inBankFen += allFen - feeFen;
    till.feesFen += feeFen;
    books.post(gatewayPaidOut({ ...AT, payoutId: till.id(), netFen: allFen - feeFen, feeFen, booked: true }));
  },
  'it is reported again': (_till, books, _fen, which) => {
    const again = pick([...books.groups.values()], which);
    if (again !== undefined) books.post(again);
  },
};

const happens = (what: string, fen: number, which: number): fc.Command<Till, Books> => ({
  check: () => true,
  run(till, books) {
    HAPPENINGS[what]?.(till, books, fen, which);
    holds(till, books);
  },
  toString: () => `${what} (${fen}, ${which})`,
});

describe('the books, whatever happens to the money', () => {
  it('say who has and who owes how much, after every step', () => {
    const step = fc
      .tuple(fc.constantFrom(...Object.keys(HAPPENINGS)), fc.integer({ min: 1, max: 100_000 }), fc.nat(1_000))
      .map(([what, fen, which]) => happens(what, fen, which));
    fc.assert(
      fc.property(fc.commands([step], { maxCommands: 30 }), (sequence) => {
        fc.modelRun(() => ({ model: new Till(), real: new Books() }), sequence);
      }),
      { numRuns: SEQUENCES },
    );
  });
});
