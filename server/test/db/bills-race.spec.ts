import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BillsRepository, IssueBillsService } from '../../src/features/fees/index.ts';
import { SessionsService } from '../../src/features/identity/index.ts';
import { Ids } from '../../src/kernel/ids/ids.ts';
import { TestApp } from '../support/app.ts';
import { newKey } from '../support/assembly-builder.ts';
import { FeesBuilder } from '../support/fees-builder.ts';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.stop());

const billsOf = (fees: FeesBuilder) =>
  app.database.rows<{ unit_id: string }>('SELECT unit_id FROM bills WHERE estate_id = ?', [fees.estateId]);

describe('issuing', () => {
  it('by ten clerks at once bills every home once', async () => {
    const fees = await FeesBuilder.start(app);
    await fees.publish();
    for (let n = 0; n < 20; n++) await fees.home(String(100 + n));
    const { fingerprint } = await fees.preview();
    const body = { month: '2026-11', utilitiesOf: null, oneOffs: [], fingerprint };
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => app.post(`${fees.base}/bill-runs`, fees.clerk.token, body, newKey())),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([
      201,
      ...Array.from({ length: 9 }, () => 409),
    ]);
    const bills = await billsOf(fees);
    expect(bills).toHaveLength(20);
    expect(new Set(bills.map((bill) => bill.unit_id)).size).toBe(20);
  });

  it('of two months at once bills no month of a quarter twice', async () => {
    const fees = await FeesBuilder.start(app);
    await fees.publish();
    const homes = [await fees.home('101'), await fees.home('102'), await fees.home('103')];
    const body = { instalment: 'QUARTER', commonParkingSpaces: 0, deliveredOn: null };
    for (const { unitId } of homes)
      await app.call('PUT', `${fees.base}/units/${unitId}/billing`, { token: fees.manager.token, body });
    const runs = await Promise.all(
      ['2026-10', '2026-11', '2026-12'].map(async (month) => {
        const { fingerprint } = await fees.preview(month);
        return { month, utilitiesOf: null, oneOffs: [], fingerprint };
      }),
    );
    const answers = await Promise.all(
      runs.map((run) => app.post(`${fees.base}/bill-runs`, fees.clerk.token, run, newKey())),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    const months = await app.database.rows<{ months: number }>(
      `SELECT COUNT(*) AS months FROM bills WHERE estate_id = ? GROUP BY unit_id`,
      [fees.estateId],
    );
    expect(months.map((row) => Number(row.months))).toEqual([1, 1, 1]);
  });

  it('ten thousand homes in one run, all or none', async () => {
    const fees = await FeesBuilder.start(app);
    await fees.publish();
    const { unitId } = await fees.home('0');
    const ids = app.nest.get(Ids);
    const template = await app.database.row<Record<string, string | number | null>>(
      'SELECT * FROM units WHERE id = ?',
      [unitId],
    );
    await app.database.transaction((tx) =>
      tx.insert(
        'units',
        ...Array.from({ length: 9_999 }, (_, n) => ({
          ...template,
          id: ids.next(),
          unit_key: `1/1/${n + 1}`,
          room: String(n + 1),
          sort_order: n + 1,
        })),
      ),
    );
    const caller = await app.nest.get(SessionsService).find(fees.clerk.token);
    if (caller === null) throw new Error('signed out');
    const issuing = app.nest.get(IssueBillsService);
    const request = { month: '2026-11', utilitiesOf: null, oneOffs: [] };
    const { fingerprint } = await issuing.preview(fees.estateId, request);
    const issued = await issuing.issue(caller, fees.estateId, { ...request, fingerprint }, newKey());
    expect(issued).toMatchObject({ bills: 10_000, totalFen: 10_000 * 5809 });
    expect(await billsOf(fees)).toHaveLength(10_000);
  }, 900_000);

  it('a line without a published item cannot be stored, whoever made it', async () => {
    const fees = await FeesBuilder.start(app);
    await fees.publish();
    const { unitId } = await fees.home('101');
    await fees.issue('2026-10');
    const run = await app.database.row<{ id: string }>('SELECT id FROM bill_runs WHERE estate_id = ?', [
      fees.estateId,
    ]);
    const line = {
      itemCode: 'INVENTED',
      itemName: '临时收费',
      scheduleVersion: 1,
      months: ['2026-11'],
      rateTenThousandthYuan: 10_000,
      amountFen: 100,
      formula: '1 元',
      basis: '无',
    };
    const bill = {
      key: `${unitId}:2026-11:OWNER:PROPERTY_FEE`,
      unitId,
      unitName: '101',
      month: '2026-11',
      payer: 'OWNER' as const,
      ledger: 'PROPERTY_FEE' as const,
      dueOn: '2026-11-30',
      lines: [line],
      totalFen: 100,
    };
    const adding = app.database.transaction((tx) =>
      app.nest
        .get(BillsRepository)
        .add(
          tx,
          { id: run?.id ?? '', estateId: fees.estateId, issuedAt: 1, unitOrder: new Map() },
          [bill],
          [],
        ),
    );
    await expect(adding).rejects.toThrow();
    expect(await billsOf(fees)).toHaveLength(1);
  });
});
