import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  type BookLine,
  bookChanges,
  bookingFaults,
  formatLine,
  pairLines,
  type SpendLine,
  type StatementLine,
  statementFaults,
  sumStatement,
  takeFromBooks,
} from '../../src/income/index.ts';
import { context, income, PI1, spend } from './statements.ts';

let serial = 0;
const booked = (line: StatementLine, facts: Partial<BookLine> = {}): BookLine => ({
  id: `L${(serial += 1)}`,
  source: 'STATEMENT',
  line,
  takenBackAt: null,
  ...facts,
});
const repair: SpendLine = { ...spend(300_000), date: '2026-08-03', counterparty: '顺达机电' };

describe('a draft before the books', () => {
  it('books what they do not have, and takes back what it no longer says', () => {
    const kept = booked(income(360_000));
    const gone = booked(repair);
    const { toBook, toTakeBack, missing } = bookChanges([kept, gone], [income(360_000), spend(45_000)]);
    expect(toBook).toEqual([spend(45_000)]);
    expect(toTakeBack).toEqual([gone]);
    expect(missing).toEqual([]);
  });

  it('moves nothing where only words and papers differ', () => {
    const line = booked(repair);
    const reworded = {
      ...repair,
      note: '三号楼',
      voucherNo: 'V-77',
      voucherIds: ['F1'],
      counterparty: ' 顺达机电 ',
    };
    expect(bookChanges([line], [reworded])).toEqual({ toBook: [], toTakeBack: [], missing: [] });
  });

  it.each([
    ['the day', { date: '2026-08-04' }],
    ['the payee', { counterparty: '顺达机电维修部' }],
    ['what it was for', { category: 'GREENING' }],
    ['the amount', { amountFen: 300_001 }],
    ['what allowed it', { decisionNo: '业主大会2026-1-2' }],
    ['the contract', { contractNo: 'HT-1' }],
  ] as const)('is another booking where %s differs', (_what, change) => {
    const line = booked(repair);
    const changed = { ...repair, ...change };
    expect(bookChanges([line], [changed])).toEqual({ toBook: [changed], toTakeBack: [line], missing: [] });
  });

  it('may not leave out what was booked by itself or paid out of the joint account', () => {
    const paid = booked(repair, { source: 'SPENDING' });
    const earned = booked(income(50_000), { source: 'JOURNAL' });
    expect(bookChanges([paid, earned], [])).toEqual({ toBook: [], toTakeBack: [], missing: [paid, earned] });
    const faults = statementFaults(PI1, context({ booked: [paid] }));
    expect(faults.map(({ code }) => code)).toEqual(['INCOME.BOOKED_MISSING']);
    expect(faults[0]?.message).toContain('2026年8月3日');
    expect(faults[0]?.message).toContain('顺达机电，3,000.00 元');
  });

  it('has nothing to do with what was taken back', () => {
    const wrong = booked(repair, { source: 'JOURNAL', takenBackAt: 1 });
    expect(bookChanges([wrong], [])).toEqual({ toBook: [], toTakeBack: [], missing: [] });
    expect(bookChanges([wrong], [repair]).toBook).toEqual([repair]);
  });

  it('two payments alike take two lines of the books', () => {
    const [first, second] = [booked(repair), booked(repair)];
    expect(pairLines([repair, repair, repair], [first, second])).toEqual([first, second, null]);
    expect(bookChanges([first, second], [repair]).toTakeBack).toEqual([second]);
  });

  it('a line that counts is told before one that was taken back', () => {
    const wrong = booked(repair, { takenBackAt: 1 });
    const right = booked(repair);
    expect(pairLines([repair], [wrong, right])).toEqual([right]);
    expect(pairLines([repair], [wrong])).toEqual([wrong]);
  });
});

describe('taking the books into a draft', () => {
  it('the sheet’s row for a payment gives way to the payment, and keeps its voucher and note', () => {
    const paid = booked({ ...repair, voucherNo: null, voucherIds: ['R1'] }, { source: 'SPENDING' });
    const row = { ...repair, date: '2026-08-09', counterparty: '顺达', voucherNo: 'V-7', note: '门禁' };
    const { lines, taken } = takeFromBooks([income(1), row], [paid], []);
    expect(taken).toBe(1);
    expect(lines).toEqual([income(1), { ...repair, voucherNo: 'V-7', voucherIds: ['R1'], note: '门禁' }]);
  });

  it('a row of the same amount weeks away is another payment', () => {
    const paid = booked(repair, { source: 'SPENDING' });
    const row = { ...repair, date: '2026-09-20' };
    expect(takeFromBooks([row], [paid], []).lines).toEqual([row, repair]);
  });

  it('one row gives way to one payment', () => {
    const payments = [booked(repair, { source: 'SPENDING' }), booked(repair, { source: 'SPENDING' })];
    const row = { ...repair, date: '2026-08-05' };
    expect(takeFromBooks([row], payments, []).lines).toEqual([repair, repair]);
  });

  it('leaves nothing missing, whatever stands where, and done again changes nothing', () => {
    const line = fc
      .tuple(fc.constantFrom(100, 200), fc.constantFrom('2026-07-01', '2026-07-08', '2026-09-01'))
      .map(([amountFen, date]): StatementLine => ({ ...repair, amountFen, date }));
    const source = fc.constantFrom('STATEMENT' as const, 'JOURNAL' as const, 'SPENDING' as const);
    const books = fc.array(
      fc
        .tuple(line, source, fc.boolean())
        .map(([of, from, wrong]) => booked(of, { source: from, takenBackAt: wrong ? 1 : null })),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), books, (draft, has) => {
        const { lines } = takeFromBooks(draft, has, []);
        expect(bookChanges(has, lines).missing).toEqual([]);
        expect(takeFromBooks(lines, has, [])).toEqual({ lines, taken: 0 });
        expect(lines.length).toBeGreaterThanOrEqual(draft.length);
      }),
    );
  });

  it('after booking the changes the books say what the statement says, to the fen', () => {
    const line = fc
      .record({ amountFen: fc.integer({ min: 1, max: 3 }), dir: fc.constantFrom('INCOME', 'SPEND') })
      .map(({ amountFen, dir }): StatementLine => (dir === 'INCOME' ? income(amountFen) : spend(amountFen)));
    fc.assert(
      fc.property(fc.array(line), fc.array(line), (before, after) => {
        const standing = before.map((one) => booked(one));
        const { toBook, toTakeBack } = bookChanges(standing, after);
        const books = standing.filter((one) => !toTakeBack.includes(one)).map((one) => one.line);
        const sums = (lines: readonly StatementLine[]) => sumStatement({ openingFen: 0, lines });
        expect(sums([...books, ...toBook])).toEqual(sums(after));
      }),
    );
  });
});

describe('booking one line', () => {
  it('is refused what no statement could say, and nothing else', () => {
    const within = context({ spendThresholdFen: 200_000 });
    expect(bookingFaults(repair, within).map(({ path, code }) => [path, code])).toEqual([
      ['line.decisionNo', 'INCOME.VOTE_REQUIRED'],
    ]);
    expect(bookingFaults({ ...repair, amountFen: 199_999 }, within)).toEqual([]);
    expect(
      bookingFaults({ ...repair, amountFen: 0, voucherNo: null }, within).map(({ code }) => code),
    ).toEqual(['INCOME.VOUCHER_MISSING', 'INCOME.AMOUNT_NOT_POSITIVE']);
  });

  it('is told in a sentence', () => {
    expect(formatLine(repair)).toBe('公共设施维修，顺达机电，3,000.00 元');
  });
});
