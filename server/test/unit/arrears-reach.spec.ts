import { describe, expect, test } from '@jest/globals';
import { REGION_CODES, regionProfile } from '@linli/shared/regions';
import { readText, type SourceFile, sourceFiles } from '../support/source-files.ts';

/**
 * Arrears may never stop power, water, heat, gas, a door or a lift (民法典 944), so nothing that could do so may know of
 * them: who owes what is read where it is billed, paid and shown to who owes it, and nowhere else.
 */
const SERVER = sourceFiles('server/src').filter(({ path }) => !path.startsWith('server/src/migrations/'));

const featureOf = (path: string) => /^server\/src\/(?:features\/)?([^/]+)/.exec(path)?.[1] ?? path;
const featuresWith = (pattern: RegExp, files: readonly SourceFile[] = SERVER) =>
  [...new Set(files.filter(({ text }) => pattern.test(text)).map(({ path }) => featureOf(path)))].sort();

/** A line of the access table that only the company's manager and clerk get past. */
const COMPANY_ALONE = '401 403 403 403 403 403 403 403 yes yes 403 403 403 403 403 403 ';

describe('who owes what', () => {
  test('is asked of the tables by billing and paying alone; the books ask whose a bill is, statements what was paid for', () => {
    const asking = /\b(?:FROM|JOIN|UPDATE|INTO) (?:bills|bill_lines|bill_reductions)\b/;
    expect(featuresWith(asking)).toEqual(['fees', 'income', 'ledger', 'payments']);
    const askedBy = (feature: string) =>
      SERVER.filter(({ path }) => path.startsWith(`server/src/features/${feature}/`)).flatMap(
        ({ text }) => text.match(/SELECT [^'()]*?(?:\([^()]*\)[^'()]*?)?FROM bill\w*/g) ?? [],
      );
    expect(askedBy('ledger')).toEqual(['SELECT estate_id, unit_id, payer FROM bills']);
    expect(askedBy('income')).toEqual([
      'SELECT MIN(l.item_code) FROM bill_lines',
      'SELECT MIN(l.item_name) FROM bill_lines',
    ]);
  });

  test('is asked of billing’s code by payments and 减免, and by the story that fills the demo', () => {
    const outside = SERVER.filter(({ path }) => !path.startsWith('server/src/features/fees/'));
    expect(featuresWith(/from '[^']*\/fees\/index\.ts'/, outside)).toEqual([
      'demo',
      'index.ts',
      'payments',
      'relief',
    ]);
    const beyond = outside.filter(({ path }) => !path.startsWith('server/src/features/payments/'));
    // Reconciliation holds what was paid against WeChat's bill and the bank's.
    const paying = featuresWith(/from '[^']*\/payments\/index\.ts'/, beyond);
    expect(paying).toEqual(['demo', 'index.ts', 'reconciliation']);
  });

  test('cannot be learnt from the books, or from who has paid, by anybody but those who keep them', () => {
    const paid =
      /\b(?:FROM|JOIN|UPDATE|INTO) (?:ledger_entries|bill_settlements|refunded_settlements|pay_orders|pay_order_bills|pay_credits|credit_uses|refunds|receipts|relief_applications|relief_bills)\b/;
    const keepers = ['income', 'ledger', 'payments', 'reconciliation', 'relief'];
    const asking = featuresWith(paid);
    expect(asking).toEqual(expect.arrayContaining(['ledger', 'payments']));
    expect(asking.filter((feature) => !keepers.includes(feature))).toEqual([]);
  });

  test('is counted by the rules of fees alone', () => {
    const rules = sourceFiles('shared/src').filter(({ path }) => !path.startsWith('shared/src/fees/'));
    expect(
      rules.filter(({ text }) => /\barrears\b|fees\/arrears/.test(text)).map(({ path }) => path),
    ).toEqual([]);
    expect(featuresWith(/\barrears\(/)).toEqual(['fees']);
  });

  test('is told to people by billing alone', () => {
    expect(featuresWith(/kind: 'BILL'/)).toEqual(['fees']);
  });

  test('is dunned in billing alone, by steps that the company takes and the household reads', () => {
    expect(featuresWith(/\bdunning_(?:cases|steps)\b/)).toEqual(['fees']);
    expect(featuresWith(/\bDunningService\b/)).toEqual(['demo', 'fees']);
    const rows = readText('server/test/access-table.md').split('\n');
    const dunning = rows.filter((row) => /dunning|debtor|arrears|overdue-homes/i.test(row));
    const open = dunning.filter((row) => !row.includes(COMPANY_ALONE));
    expect(dunning.length - open.length).toBe(7);
    // A household reads its own; the committee counts without a home or a name.
    expect(open.map((row) => /[A-Z]+ \/\S+/.exec(row)?.[0])).toEqual([
      'GET /api/estates/:estateId/fees/dunning/sums',
      'GET /api/me/dunning',
    ]);
  });

  test('is not why anybody is relieved or refused: 减免 tells the company no ground', () => {
    const relief = SERVER.filter(({ path }) => path.startsWith('server/src/features/relief/'));
    expect(relief.filter(({ text }) => /\bCOMPANY(?:_|\b)(?!')/.test(text)).map(({ path }) => path)).toEqual(
      [],
    );
    const billing = SERVER.filter(({ path }) => path.startsWith('server/src/features/fees/'));
    expect(billing.filter(({ text }) => /relief_|certificate|reason_sealed/.test(text))).toEqual([]);
  });

  test('is on no screen but paying’s, the company’s desk and the first screen’s card', () => {
    const packages = sourceFiles('miniapp/src').filter(({ text }) => /\boverdueFen\b|\bMyBills\b/.test(text));
    const places = new Set(packages.map(({ path }) => path.split('/').slice(2, 4).join('/')));
    expect([...places].sort()).toEqual(['packages/payments', 'packages/workbench-fees']);
  });
});

describe('what could be shut', () => {
  test('has no route: no door, lift, gate, power, water, gas or heat', () => {
    const routes = readText('server/test/access-table.md').match(/(?:GET|POST|PUT|DELETE) \/\S+/g) ?? [];
    expect(routes.length).toBeGreaterThan(100);
    const control =
      /\/[^/]*\b(?:doors?|lifts?|elevators?|gates?|locks?|power|electricity|water|gas|heat(?:ing)?|meters?)\b/i;
    expect(routes.filter((route) => control.test(route))).toEqual([]);
  });

  test('has no port: nothing of the server speaks to such a device', () => {
    const device =
      /\b(?:Door|Lift|Elevator|Gate|Lock|Power|Electricity|Water|Gas|Heating|Meter)(?:Port|Adapter|Gateway|Client|Driver)\b/;
    expect(SERVER.filter(({ text }) => device.test(text)).map(({ path }) => path)).toEqual([]);
  });

  test('is in no region’s rules, and no region has a list of debtors', () => {
    for (const code of REGION_CODES) {
      const { fees } = regionProfile(code);
      expect(Object.keys(fees).sort()).toEqual(['debtorDisclosure', 'instalments', 'referencePrices']);
      expect(fees.debtorDisclosure).toBe('OFF');
    }
  });
});
