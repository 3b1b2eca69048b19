import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { addDays } from '../../src/kernel/index.ts';
import { type BankLine, matchSettlements, readBankSheet } from '../../src/reconcile/index.ts';

const FIRST = '2026-11-01';
const settled = (n: number, amountFen: number): BankLine => ({
  serial: `B${n}`,
  onDate: addDays(FIRST, n + 1),
  amountFen,
  counterparty: '财付通支付科技有限公司',
  summary: '微信支付结算',
});
const expected = (n: number, amountFen: number) => ({ onDate: addDays(FIRST, n), amountFen });
const period = { from: FIRST, until: '2026-12-31' };
const classes = (lines: readonly BankLine[], days: ReturnType<typeof expected>[]) =>
  matchSettlements({ expected: days, lines, ...period }).differences.map((difference) => difference.class);

describe('settlements beside the bank statement', () => {
  it('finds what is missing on either side, changed or doubled, and nothing else', () => {
    const kinds = [null, 'MISSING_HERE', 'MISSING_THERE', 'AMOUNT', 'DUPLICATE'] as const;
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...kinds), { maxLength: 30 }), (plan) => {
        const days = plan.flatMap((kind, n) => (kind === 'MISSING_HERE' ? [] : [expected(n, 10_000 + n)]));
        const lines = plan.flatMap((kind, n) => {
          const line = settled(n, 10_000 + n);
          if (kind === 'MISSING_THERE') return [];
          if (kind === 'AMOUNT') return [{ ...line, amountFen: 90_000 + n }];
          return kind === 'DUPLICATE' ? [line, line] : [line];
        });
        expect(classes(lines, days).sort()).toEqual(plan.filter((kind) => kind !== null).sort());
      }),
    );
  });

  it('waits for a bank that was closed over a holiday', () => {
    const line = { ...settled(0, 500), onDate: addDays(FIRST, 8) };
    expect(classes([line], [expected(0, 500)])).toEqual([]);
    const early = matchSettlements({
      expected: [expected(0, 500)],
      lines: [],
      from: FIRST,
      until: addDays(FIRST, 3),
    });
    expect(early.differences).toEqual([]);
  });

  it('leaves transfers by hand alone', () => {
    const transfer = { ...settled(0, 500), counterparty: '王建国', summary: '物业费' };
    const match = matchSettlements({ expected: [], lines: [transfer], ...period });
    expect(match).toMatchObject({ differences: [], otherLines: 1 });
  });
});

describe('a bank statement', () => {
  const sheet = (...rows: string[][]) => rows.map((cells, index) => ({ row: index + 1, cells }));
  const HEADER = ['交易时间', '借方发生额', '贷方发生额', '对方户名', '摘要', '流水号'];

  it('is read under the names that banks use', () => {
    const report = readBankSheet(
      sheet(
        ['中国工商银行 账户明细'],
        HEADER,
        ['20261121 03:12:09', '', '4,930.02', '财付通支付科技有限公司', '结算', '77'],
        ['2026-11-21', '12.00', '0.00', '工商银行', '手续费', ''],
      ),
    );
    expect(report.faults).toEqual([]);
    expect(report.value).toMatchObject([
      { serial: '77', onDate: '2026-11-21', amountFen: 493_002 },
      { serial: '2026-11-21#4', amountFen: -1_200 },
    ]);
  });

  it('names every line that cannot be read', () => {
    const report = readBankSheet(
      sheet(
        HEADER,
        ['昨天', '', '1.00', '甲', '', '1'],
        ['2026-11-21', '', '一元', '甲', '', '2'],
        ['2026-11-21', '1.00', '1.00', '甲', '', '3'],
      ),
    );
    expect(report.value).toBeNull();
    expect(report.faults.map(({ code }) => code)).toEqual(['BANK.DATE', 'BANK.AMOUNT', 'BANK.BOTH_SIDES']);
  });
});
