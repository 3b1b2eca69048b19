import { describe, expect, it } from '@jest/globals';
import { fc } from '@fast-check/jest';
import type { SpendableDecision } from '../../src/assembly/index.ts';
import {
  type BookLine,
  type SpendLine,
  type StatementContent,
  type StatementContext,
  STATEMENT_MACHINE,
  readIncomeSheet,
  statementFaults,
  statementWarnings,
  sumStatement,
} from '../../src/income/index.ts';
import { rowsOf } from '../sheet/rows.ts';
import { KANGNING_Q3 } from './kangning.ts';
import { PI1, context, decision, income, spend } from './statements.ts';

const codes = (content: StatementContent, within: StatementContext = context()) =>
  statementFaults(content, within).map(({ code }) => code);
const faultsOf = (change: Partial<StatementContent>, within: StatementContext = context()) =>
  statementFaults({ ...PI1, ...change }, within);

describe('the vectors of public income', () => {
  it('PI1: opening, four incomes and three spends close at 135,786.78', () => {
    expect(sumStatement(PI1)).toMatchObject({
      incomeNetFen: 1_698_000,
      spendFen: 465_000,
      closingFen: 13_578_678,
    });
    expect(codes(PI1)).toEqual([]);
  });

  it('PI2: a fen less is not the identity', () => {
    expect(faultsOf({ closingFen: 13_578_677, bankBalanceFen: 13_578_677 })).toEqual([
      {
        path: 'closingFen',
        code: 'INCOME.IDENTITY',
        message: '期末余额应为 135,786.78 元，表中是 135,786.77 元，差 0.01 元',
      },
    ]);
  });

  it('PI3: money in transit reconciles the bank, silence does not', () => {
    const inTransit = { description: '9月30日广告费在途', amountFen: 50_000 };
    expect(faultsOf({ bankBalanceFen: 13_528_678, reconciling: [inTransit] })).toEqual([]);
    expect(faultsOf({ bankBalanceFen: 13_528_678 })).toEqual([
      {
        path: 'bankBalanceFen',
        code: 'INCOME.BANK_MISMATCH',
        message: '银行余额加未达账项是 135,286.78 元，期末余额是 135,786.78 元，差 500.00 元',
      },
    ]);
  });

  it('PI4: spending 3,000.00 with a threshold of 2,000.00 needs a decision', () => {
    const strict = context({ spendThresholdFen: 200_000 });
    expect(faultsOf({}, strict)).toEqual([
      {
        path: 'lines[4].decisionNo',
        code: 'INCOME.VOTE_REQUIRED',
        message:
          '这笔支出 3,000.00 元，本小区 2,000.00 元以上的支出要经业主表决，请写上决议编号；还没有表决的，先由业主大会表决再支出',
      },
    ]);
    const lines = PI1.lines.map((line) =>
      line === PI1.lines[4] ? spend(300_000, { decisionNo: '业主大会2025-1-1' }) : line,
    );
    expect(faultsOf({ lines }, { ...strict, decisions: [decision('业主大会2025-1-1')] })).toEqual([]);
  });

  it('PI5: the opening is the closing of the quarter before', () => {
    const lines = PI1.lines;
    expect(
      faultsOf({ openingFen: 12_345_670, closingFen: 13_578_670, bankBalanceFen: 13_578_670, lines }),
    ).toEqual([
      {
        path: 'openingFen',
        code: 'INCOME.OPENING_MISMATCH',
        message: '期初余额应等于 2026年第二季度 的期末余额 123,456.78 元，表中是 123,456.70 元，差 0.08 元',
      },
    ]);
  });

  it('PI6: what is published is not edited; a correction is another version', () => {
    expect(STATEMENT_MACHINE.next('PUBLISHED', 'EDIT', 'PREPARER')).toMatchObject({
      ok: false,
      error: { code: 'STATE.NOT_ALLOWED' },
    });
    expect(STATEMENT_MACHINE.next('PUBLISHED', 'SUPERSEDE', 'SYSTEM', ['NEWER_VERSION'])).toEqual({
      ok: true,
      value: 'SUPERSEDED',
    });
    expect(STATEMENT_MACHINE.frozenFields('PUBLISHED')).toContain('CONTENT');
  });
});

describe('the third quarter of the sample estate', () => {
  const draft = readIncomeSheet(rowsOf(KANGNING_Q3)).value;
  const kangning = context({
    spendThresholdFen: 500_000,
    decisions: [
      decision('业主大会2024-1-3', { cls: 'SPECIAL', decidedOn: '2024-03-10' }),
      decision('业主大会2024-1-4', { cls: 'SPECIAL', decidedOn: '2024-03-10' }),
      decision('业主大会2025-1-1', { decidedOn: '2025-04-12' }),
      decision('业主大会2025-1-2', { cls: 'SPECIAL', decidedOn: '2025-04-12' }),
      decision('业主大会2026-1-2', { decidedOn: '2026-05-16' }),
    ],
  });

  it('may be published once the bank’s balance is filled in', () => {
    if (draft === null) throw new Error('the sheet did not read');
    const content: StatementContent = { ...draft, reconciling: [], accountHolder: '康宁家园业主委员会' };
    expect(codes(content, kangning)).toEqual(['INCOME.BANK_MISSING']);
    expect(codes({ ...content, bankBalanceFen: 16_981_560 }, kangning)).toEqual([]);
  });

  it('lacks its authority where the decisions are not registered', () => {
    if (draft === null) throw new Error('the sheet did not read');
    const content: StatementContent = {
      ...draft,
      bankBalanceFen: 16_981_560,
      reconciling: [],
      accountHolder: '康宁家园业主委员会',
    };
    expect(codes(content, { ...kangning, decisions: [] })).toEqual(
      Array.from({ length: 9 }, () => 'INCOME.DECISION_UNKNOWN'),
    );
  });
});

describe('a quarter left out', () => {
  it('must be published first', () => {
    const skipped = faultsOf({}, context({ previous: { quarter: '2026Q1', closingFen: 12_345_678 } }));
    expect(skipped).toEqual([
      { path: 'quarter', code: 'INCOME.QUARTER_GAP', message: '2026年第二季度 还没有公示，要先公示它' },
    ]);
  });

  it('is no matter for the first quarter of an estate', () => {
    expect(codes(PI1, context({ previous: null }))).toEqual([]);
  });
});

const alone = (line: StatementContent['lines'][number], within: StatementContext = context()) => {
  const content = { ...PI1, lines: [line] };
  const closingFen = sumStatement(content).closingFen;
  return statementFaults({ ...content, closingFen, bankBalanceFen: closingFen }, within).map(
    ({ path, code }) => `${path} ${code}`,
  );
};

const voted = (change: Parameters<typeof decision>[1]) =>
  context({ spendThresholdFen: 100, decisions: [decision('D', change)] });

describe('a line', () => {
  it('whose net is not gross less cost', () => {
    expect(alone(income(100, { grossFen: 200, costFen: 50 }))).toEqual(['lines[0].netFen INCOME.LINE_NET']);
  });

  it('whose cost is negative, or above its gross without a word why', () => {
    expect(alone(income(110, { grossFen: 100, costFen: -10 }))).toEqual([
      'lines[0].costFen INCOME.COST_NEGATIVE',
    ]);
    expect(alone(income(-20, { grossFen: 100, costFen: 120 }))).toEqual([
      'lines[0].costFen INCOME.COST_ABOVE_GROSS',
    ]);
    expect(alone(income(-20, { grossFen: 100, costFen: 120, justification: '道闸大修' }))).toEqual([]);
  });

  it('whose cost nobody can prove', () => {
    expect(alone(income(90, { grossFen: 100, costFen: 10, contractNo: null }))).toEqual([
      'lines[0].costFen INCOME.COST_UNPROVEN',
    ]);
  });

  it('outside its quarter, without a party, without a voucher', () => {
    expect(alone(income(100, { date: '2026-10-01' }))).toEqual(['lines[0].date INCOME.DATE_OUTSIDE']);
    expect(alone(income(100, { counterparty: ' ' }))).toEqual([
      'lines[0].counterparty INCOME.COUNTERPARTY_MISSING',
    ]);
    expect(alone(income(100, { voucherNo: null }))).toEqual(['lines[0].voucherIds INCOME.VOUCHER_MISSING']);
    expect(alone(income(100, { voucherNo: null, voucherIds: ['file-1'] }))).toEqual([]);
  });

  it('that is booked twice', () => {
    expect(
      codes({
        ...PI1,
        lines: [income(100), income(100)],
        closingFen: 12_345_878,
        bankBalanceFen: 12_345_878,
      }),
    ).toEqual(['INCOME.LINE_DUPLICATE']);
  });

  describe('of a business on common parts', () => {
    const parking = income(100, { category: 'PARKING_COMMON', contractNo: 'TC-1' });
    const special = context({
      decisions: [decision('业主大会2024-1-3', { cls: 'SPECIAL' }), decision('业主大会2025-1-1')],
    });

    it('needs a special decision', () => {
      expect(alone(parking)).toEqual(['lines[0].decisionNo INCOME.BUSINESS_NOT_AUTHORISED']);
      expect(alone({ ...parking, decisionNo: '业主大会2025-1-1' }, special)).toEqual([
        'lines[0].decisionNo INCOME.DECISION_NOT_SPECIAL',
      ]);
      expect(alone({ ...parking, decisionNo: '业主大会 2024－1－3' }, special)).toEqual([]);
    });

    it('is allowed by a contract older than the assembly', () => {
      const before = context({ contractsSignedOn: new Map([['TC-1', '2023-06-01']]) });
      const after = context({ contractsSignedOn: new Map([['TC-1', '2024-06-01']]) });
      expect(alone(parking, before)).toEqual([]);
      expect(alone(parking, after)).toEqual(['lines[0].decisionNo INCOME.BUSINESS_NOT_AUTHORISED']);
      expect(alone(parking, { ...after, assemblyFoundedOn: null })).toEqual([]);
    });

    it('is not what interest is', () => {
      expect(alone(income(100, { category: 'INTEREST' }))).toEqual([]);
    });
  });

  describe('of spending', () => {
    it('exactly at the threshold needs a decision, a fen below does not', () => {
      expect(alone(spend(100), voted({}))).toEqual(['lines[0].decisionNo INCOME.VOTE_REQUIRED']);
      expect(alone(spend(99), voted({}))).toEqual([]);
    });

    it('always needs one where the estate has set no threshold', () => {
      const faults = statementFaults(
        { ...PI1, lines: [spend(1)], closingFen: 12_345_677, bankBalanceFen: 12_345_677 },
        context({ spendThresholdFen: null }),
      );
      expect(faults[0]?.message).toBe(
        '这笔支出 0.01 元，本小区没有定限额，每笔支出都要经业主表决，请写上决议编号；还没有表决的，先由业主大会表决再支出',
      );
    });

    it('is not carried by a decision that failed, or that came after the payment', () => {
      const line = spend(100, { decisionNo: 'D' });
      expect(alone(line, voted({ passed: false }))).toEqual([
        'lines[0].decisionNo INCOME.DECISION_NOT_PASSED',
      ]);
      expect(alone(line, voted({ decidedOn: '2026-08-16' }))).toEqual([
        'lines[0].decisionNo INCOME.DECISION_TOO_LATE',
      ]);
      expect(alone(line, voted({ decidedOn: '2026-08-15' }))).toEqual([]);
      expect(alone(line, voted({ cls: 'SPECIAL' }))).toEqual([]);
    });
  });
});

describe('what is left of a decision', () => {
  const line = spend(400, { decisionNo: 'D' });
  const second = spend(300, { decisionNo: 'D' });
  const carrying = (spendable: Partial<SpendableDecision>) =>
    context({ decisions: [decision('D', {}, { amountLimitFen: 600, ...spendable })] });
  const faults = (lines: readonly SpendLine[], within: StatementContext) => {
    const { closingFen } = sumStatement({ ...PI1, lines });
    return statementFaults({ ...PI1, lines, closingFen, bankBalanceFen: closingFen }, within).map(
      ({ path, code, message }) => ({ path, code, message }),
    );
  };
  const inBooks = (one: SpendLine, source: BookLine['source'] = 'STATEMENT'): BookLine => ({
    id: one.voucherNo ?? '',
    source,
    line: one,
    takenBackAt: null,
  });

  it('is less for each next line: two that fit alone do not fit together', () => {
    expect(faults([line], carrying({}))).toEqual([]);
    expect(faults([second], carrying({}))).toEqual([]);
    expect(faults([line, second], carrying({}))).toEqual([
      {
        path: 'lines[1].decisionNo',
        code: 'INCOME.DECISION_NOT_ENOUGH',
        message: '“D”还剩 2.00 元，不够这一笔 3.00 元。超出的部分要由业主大会另行决定',
      },
    ]);
  });

  it('is not asked again by what is charged already, in the books or out of the joint account', () => {
    const charged = { ...carrying({ spentFen: 600, purposes: [], expiresOn: '2026-08-01' }) };
    for (const source of ['STATEMENT', 'JOURNAL', 'SPENDING'] as const)
      expect(faults([line], { ...charged, booked: [inBooks(line, source)] })).toEqual([]);
    expect(faults([line], charged)).toMatchObject([{ code: 'INCOME.DECISION_EXPIRED' }]);
    const annulled = carrying({ spentFen: 400, status: 'ANNULLED' });
    expect(faults([line], { ...annulled, booked: [inBooks(line)] })).toMatchObject([
      { code: 'INCOME.DECISION_NOT_PASSED' },
    ]);
  });

  it('has back what a correction takes out of the books', () => {
    const more = { ...line, amountFen: 600 };
    const within = carrying({ spentFen: 400 });
    expect(faults([more], { ...within, booked: [inBooks(line)] })).toEqual([]);
    expect(faults([more], within)).toMatchObject([{ code: 'INCOME.DECISION_NOT_ENOUGH' }]);
  });

  it.each<[string, Partial<SpendableDecision>]>([
    ['INCOME.DECISION_OTHER_PURPOSE', { purposes: ['GREENING'] }],
    ['INCOME.DECISION_NO_AMOUNT', { amountLimitFen: null }],
    ['INCOME.DECISION_EXPIRED', { expiresOn: '2026-08-14' }],
    ['INCOME.BUDGET_OTHER_YEAR', { budgetYear: 2025 }],
  ])('%s', (code, spendable) => {
    expect(faults([line], carrying(spendable))).toMatchObject([{ path: 'lines[0].decisionNo', code }]);
  });
});

describe('the account', () => {
  it('belongs to the committee or the company, never to a person', () => {
    expect(faultsOf({ accountHolder: '' }).map(({ code }) => code)).toEqual(['INCOME.HOLDER_MISSING']);
    expect(faultsOf({ accountHolder: '王建国' }).map(({ code }) => code)).toEqual(['INCOME.HOLDER_PERSON']);
    expect(faultsOf({ accountHolder: '康宁物业' })).toEqual([]);
  });
});

const topup = (amountFen: number): Partial<StatementContent> => {
  const lines = [income(1000), spend(amountFen, { category: 'FUND_TOPUP' })];
  const closingFen = 12_345_678 + 1000 - amountFen;
  return { lines, closingFen, bankBalanceFen: closingFen };
};

describe('the share of the maintenance fund where a region sets one', () => {
  const shanghai = context({
    rules: {
      fundMinShare: { share: [1, 2], strict: true, whileFundBelow: null },
      mayOffsetFees: false,
      spendYearStartsMonth: 1,
    },
  });
  const beijing = context({
    rules: {
      fundMinShare: { share: [1, 2], strict: false, whileFundBelow: [3, 10] },
      mayOffsetFees: false,
      spendYearStartsMonth: 1,
    },
  });

  it('exactly half is not more than half', () => {
    expect(faultsOf(topup(500), shanghai).map(({ message }) => message)).toEqual([
      '本地要求补充维修资金不少于净收入的 1/2，应至少 5.01 元，表中是 5.00 元',
    ]);
    expect(faultsOf(topup(501), shanghai)).toEqual([]);
    expect(faultsOf(topup(500), beijing)).toEqual([]);
  });

  it('is only pointed at where it depends on a fund that the books do not know', () => {
    const short: StatementContent = { ...PI1, ...topup(499) };
    expect(faultsOf(topup(499), beijing)).toEqual([]);
    expect(statementWarnings(short, beijing).map(({ message }) => message)).toEqual([
      '维修资金余额不足首期归集的 3/10 时，补充维修资金要不少于净收入的 1/2（5.00 元），表中是 4.99 元，请先查维修资金余额',
    ]);
    expect(statementWarnings({ ...PI1, ...topup(500) }, beijing)).toEqual([]);
    expect(statementWarnings(short, shanghai)).toEqual([]);
  });
});

describe('making up for property fees 弥补物业费', () => {
  const lines = [spend(1000, { category: 'FEE_OFFSET' })];
  const closingFen = 12_345_678 - 1000;
  const offset = { lines, closingFen, bankBalanceFen: closingFen };

  it('is for regions that allow it', () => {
    expect(faultsOf(offset)).toEqual([]);
    const elsewhere = context({
      rules: { fundMinShare: null, mayOffsetFees: false, spendYearStartsMonth: 1 },
    });
    expect(faultsOf(offset, elsewhere)).toMatchObject([
      { path: 'lines[0].category', code: 'INCOME.OFFSET_NOT_ALLOWED' },
    ]);
  });
});

describe('two people', () => {
  it('publish: who submitted cannot', () => {
    expect(STATEMENT_MACHINE.next('SUBMITTED', 'PUBLISH', 'REVIEWER', ['NO_FAULTS'])).toMatchObject({
      ok: false,
      error: { missing: ['OTHER_PERSON'] },
    });
    expect(
      STATEMENT_MACHINE.next('SUBMITTED', 'PUBLISH', 'PREPARER', ['NO_FAULTS', 'OTHER_PERSON']),
    ).toMatchObject({ ok: false, error: { code: 'STATE.NOT_YOURS' } });
    expect(STATEMENT_MACHINE.next('SUBMITTED', 'PUBLISH', 'REVIEWER', ['NO_FAULTS', 'OTHER_PERSON'])).toEqual(
      { ok: true, value: 'PUBLISHED' },
    );
  });

  it('and a statement at fault is not even submitted', () => {
    expect(STATEMENT_MACHINE.next('DRAFT', 'SUBMIT', 'PREPARER', [])).toMatchObject({
      ok: false,
      error: { missing: ['NO_FAULTS'] },
    });
  });
});

const statement = (gains: number[], spends: number[], openingFen: number): StatementContent => {
  const lines = [
    ...gains.map((fen, index) => income(fen, { voucherNo: `I-${index}` })),
    ...spends.map((fen, index) => spend(fen, { voucherNo: `S-${index}` })),
  ];
  const content = { ...PI1, openingFen, lines };
  const { closingFen } = sumStatement(content);
  return { ...content, closingFen, bankBalanceFen: closingFen };
};

describe('any statement', () => {
  const amounts = fc.array(fc.integer({ min: 1, max: 1_000_000_000 }), { maxLength: 40 });
  const opening = fc.integer({ min: 0, max: 1_000_000_000 });
  const first = context({ previous: null });

  it('that adds up has no fault, and is at fault by any difference in its closing', () => {
    fc.assert(
      fc.property(
        amounts,
        amounts,
        opening,
        fc.integer({ min: -1000, max: 1000 }),
        (gains, spends, openingFen, off) => {
          const content = statement(gains, spends, openingFen);
          const moved = {
            ...content,
            closingFen: content.closingFen + off,
            bankBalanceFen: content.closingFen + off,
          };
          expect(codes(moved, first)).toEqual(off === 0 ? [] : ['INCOME.IDENTITY']);
        },
      ),
    );
  });

  it('does not depend on the order of its lines', () => {
    fc.assert(
      fc.property(amounts, amounts, opening, (gains, spends, openingFen) => {
        const content = statement(gains, spends, openingFen);
        expect(codes({ ...content, lines: content.lines.toReversed() }, first)).toEqual([]);
      }),
    );
  });
});
