import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { addDays } from '../../src/kernel/index.ts';
import { type BankLine, matchSettlements, namedLines, readBankSheet } from '../../src/reconcile/index.ts';

const FIRST = '2026-11-01';
const settled = (n: number, amountFen: number): BankLine => ({
  serial: `B${n}`,
  onDate: addDays(FIRST, n + 1),
  amountFen,
  counterparty: '财付通支付科技有限公司',
  summary: '微信支付结算',
});
const expected = (n: number, amountFen: number) => ({ onDate: addDays(FIRST, n), amountFen });
const period = { waiting: [], statement: { from: FIRST, until: '2026-12-31' } };
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
    const early = { expected: [expected(0, 500)], lines: [], waiting: [] };
    const statement = { from: FIRST, until: addDays(FIRST, 3) };
    expect(matchSettlements({ ...early, statement }).differences).toEqual([]);
  });

  it('leaves a line alone that may be of a day nobody has compared yet', () => {
    const [line, day] = [settled(1, 500), addDays(FIRST, 1)];
    const waiting = matchSettlements({
      ...period,
      expected: [expected(0, 300)],
      lines: [line],
      waiting: [day],
    });
    expect([...waiting.arrived.keys()]).toEqual([]);
    expect(waiting.differences.map((difference) => difference.class)).toEqual(['MISSING_THERE']);
    const compared = matchSettlements({ ...period, expected: [expected(1, 500)], lines: [line] });
    expect([...compared.arrived.keys()]).toEqual([day]);
  });

  it('misses nothing where it is not known that the lines are all there are', () => {
    const side = { ...period, expected: [expected(0, 500)], lines: [], statement: null };
    expect(matchSettlements(side).differences).toEqual([]);
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
      { serial: '2026-11-21#-1200#1', amountFen: -1_200 },
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

describe('the name of a line', () => {
  const HEADER = ['交易日期', '收入金额', '支出金额', '对方户名', '流水号'];
  const read = (...rows: string[][]) => {
    const cells = [HEADER, ...rows].map((row, index) => ({ row: index + 1, cells: row }));
    return readBankSheet(cells).value ?? [];
  };
  const twice = ['2026-11-02', '5.00', '', '甲', ''];

  it('without a number is the same in a file that begins elsewhere', () => {
    const [first, second] = read(twice, twice);
    const [, , third, fourth] = read(
      ['2026-11-01', '9.00', '', '乙', ''],
      ['2026-11-01', '5.00', '', '甲', ''],
      twice,
      twice,
    );
    expect(first?.serial).not.toBe(second?.serial);
    expect([third?.serial, fourth?.serial]).toEqual([first?.serial, second?.serial]);
  });

  it.each(['0000', '－', '无', '记账凭证', 'x'.repeat(81)])('is not %s', (number) => {
    const [line] = read(['2026-11-02', '5.00', '', '甲', number]);
    expect(line?.serial).toBe('2026-11-02#500#1');
  });

  it('is its own where its number stands on another line, in whatever file that was', () => {
    const [one, other] = [
      { ...settled(0, 500), serial: 'V1' },
      { ...settled(1, 700), serial: 'V1' },
    ];
    const names = (lines: readonly BankLine[], kept: readonly BankLine[]) =>
      namedLines(lines, kept).map(({ serial }) => serial);
    expect(names([one, one], [])).toEqual(['V1', 'V1']);
    expect(names([one, other], [])).toEqual(['V1', 'V1#2026-11-03#700']);
    expect(names([other], [one])).toEqual(['V1#2026-11-03#700']);
    expect(names([other, one], [one])).toEqual(['V1#2026-11-03#700', 'V1']);
  });

  it('is its own for every line, and the same again, however files overlap', () => {
    const line = fc.record({
      day: fc.integer({ min: 1, max: 4 }),
      fen: fc.integer({ min: 1, max: 3 }),
      number: fc.constantFrom('', '0', 'V1', 'V2'),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(line, { maxLength: 12, selector: (each) => JSON.stringify(each) }),
        (plan) => {
          const rows = [...plan]
            .sort((a, b) => a.day - b.day)
            .map(({ day, fen, number }) => [`2026-11-0${day}`, `0.0${fen}`, '', '甲', number]);
          const kept = namedLines(read(...rows), []);
          expect(new Set(kept.map(({ serial }) => serial)).size).toBe(kept.length);
          for (const from of [2, 3, 4]) {
            const later = rows.filter(([day = '']) => day >= `2026-11-0${from}`);
            const again = namedLines(later.length === 0 ? [] : read(...later), kept);
            const known = kept.filter(({ onDate }) => onDate >= `2026-11-0${from}`);
            expect(again.map(({ serial }) => serial)).toEqual(known.map(({ serial }) => serial));
          }
        },
      ),
    );
  });
});
