import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ErrorBody } from '@linli/shared/errors';
import type { CollectionBill, CollectionView, MyInstalment, UnitBilling } from '@linli/shared/fees';
import { TEST_NOW, TestApp } from '../support/app.ts';
import { newKey } from '../support/assembly-builder.ts';
import { FeesBuilder, HOME_FEE, RUBBLE } from '../support/fees-builder.ts';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.stop());

const withHome = async () => {
  const fees = await FeesBuilder.start(app);
  await fees.publish();
  const home = await fees.home('101');
  return { fees, home, owner: await app.build.owner('张三', [home]) };
};

describe('issuing the month’s bills', () => {
  it('previews totals, issues exactly that, and the owner reads every line with its formula and basis', async () => {
    const { fees, owner } = await withHome();
    expect(await fees.preview()).toMatchObject({ bills: 1, totalFen: 5809, changedUnits: 1, faults: [] });
    expect(await fees.issue()).toMatchObject({ bills: 1, totalFen: 5809 });
    expect(await fees.billsOf(owner)).toMatchObject({
      openFen: 5809,
      overdueFen: 0,
      items: [
        {
          month: '2026-11',
          unitName: '1号楼 1单元 101',
          state: 'ISSUED',
          dueOn: '2026-11-30',
          lines: [
            {
              itemName: HOME_FEE.name,
              scheduleVersion: 1,
              formula: '89.37 ㎡ × 0.65 元 × 1 月 = 58.09 元',
              basis: HOME_FEE.basis,
              months: ['2026-11'],
            },
          ],
        },
      ],
    });
  });

  it('a second run bills nobody twice; a home that came later gets its own bill', async () => {
    const { fees } = await withHome();
    await fees.issue();
    const preview = await fees.preview();
    expect(preview).toMatchObject({ bills: 0, skipped: 1 });
    const again = { month: '2026-11', utilitiesOf: null, oneOffs: [], fingerprint: preview.fingerprint };
    const answer = await app.post<ErrorBody>(`${fees.base}/bill-runs`, fees.clerk.token, again, newKey());
    expect(answer).toMatchObject({ status: 409, body: { code: 'FEES.BILLS_ISSUED' } });
    await fees.home('102', 10_000);
    expect(await fees.issue()).toMatchObject({ bills: 1, totalFen: 6500 });
  });

  it('the same tap twice is one run with one answer', async () => {
    const { fees } = await withHome();
    const { fingerprint } = await fees.preview();
    const body = { month: '2026-11', utilitiesOf: null, oneOffs: [], fingerprint };
    const key = newKey();
    const first = await app.post(`${fees.base}/bill-runs`, fees.clerk.token, body, key);
    const second = await app.post(`${fees.base}/bill-runs`, fees.clerk.token, body, key);
    expect(first.status).toBe(201);
    expect(second.body).toEqual(first.body);
  });

  it('refuses what is not what was previewed', async () => {
    const { fees } = await withHome();
    const { fingerprint } = await fees.preview();
    await fees.home('102');
    const body = { month: '2026-11', utilitiesOf: null, oneOffs: [], fingerprint };
    const answer = await app.post<ErrorBody>(`${fees.base}/bill-runs`, fees.clerk.token, body, newKey());
    expect(answer).toMatchObject({ status: 409, body: { code: 'FEES.BILLS_CHANGED' } });
  });

  it('shows what differs from last month and why', async () => {
    const { fees } = await withHome();
    await fees.issue('2026-11');
    const next = {
      items: [{ ...HOME_FEE, rateTenThousandthYuan: 7000 }],
      effectiveFrom: '2026-12',
      reason: '业主大会决议',
    };
    await fees.publish(next);
    const preview = await fees.preview('2026-12');
    expect(preview.items[0]).toMatchObject({ amountFen: 6256, previousFen: 5809, differenceFen: 447 });
    expect(preview.changes[0]?.why[0]).toContain('0.70 元');
  });

  it('bills nothing that is not published: no schedule, an unknown item, a monthly item asked for once', async () => {
    const bare = await FeesBuilder.start(app);
    await bare.home('101');
    expect((await bare.preview()).faults).toEqual([{ code: 'FEES.SCHEDULE_MISSING', about: '2026-11' }]);
    const { fees, home } = await withHome();
    const oneOffs = [
      { unitId: home.unitId, itemCode: 'NOTHING', count: 1 },
      { unitId: home.unitId, itemCode: HOME_FEE.code, count: 1 },
    ];
    const preview = await fees.preview('2026-11', { oneOffs });
    expect(preview.faults.map(({ code }) => code)).toEqual([
      'FEES.ITEM_NOT_PUBLISHED',
      'FEES.ITEM_NOT_ONE_OFF',
    ]);
    const body = { month: '2026-11', utilitiesOf: null, oneOffs, fingerprint: preview.fingerprint };
    const answer = await app.post<ErrorBody>(`${fees.base}/bill-runs`, fees.clerk.token, body, newKey());
    expect(answer).toMatchObject({ status: 422, body: { code: 'FEES.ITEM_NOT_PUBLISHED' } });
  });

  it('the developer pays before delivery, and no resident sees that bill', async () => {
    const { fees } = await withHome();
    const unsold = await app.build.unit(fees.estateId, '601', 10_000, { status: 'SOLD_UNDELIVERED' });
    const buyer = await app.build.owner('买房人', [unsold]);
    await fees.issue();
    expect((await fees.billsOf(buyer)).items).toEqual([]);
    const list = await app.get<CollectionView>(`${fees.base}/collection?month=2026-11`, fees.clerk.token);
    expect(list.body.items.map(({ payerName }) => payerName)).toEqual(['张*', '开发建设单位']);
  });

  it('a quarter at once is three times the month, and nothing follows in its later months', async () => {
    const { fees, home, owner } = await withHome();
    const how = { instalment: 'QUARTER', commonParkingSpaces: 0, deliveredOn: null };
    await app.call('PUT', `${fees.base}/units/${home.unitId}/billing`, {
      token: fees.manager.token,
      body: how,
    });
    await fees.issue('2026-10');
    const bill = await fees.billOf(owner);
    expect(bill).toMatchObject({ totalFen: 3 * 5809 });
    expect(bill.lines[0]?.months).toEqual(['2026-10', '2026-11', '2026-12']);
    expect((await fees.preview('2026-11')).bills).toBe(0);
  });

  it('a home that changes its instalment is billed for each month once', async () => {
    const { fees, home, owner } = await withHome();
    const pays = async (instalment: string) =>
      app.call('PUT', `${fees.base}/units/${home.unitId}/billing`, {
        token: fees.manager.token,
        body: { instalment, commonParkingSpaces: 0, deliveredOn: null },
      });
    await pays('MONTH');
    await fees.issue('2026-07');
    await pays('QUARTER');
    expect(await fees.issue('2026-08')).toMatchObject({ totalFen: 2 * 5809 });
    await pays('MONTH');
    expect(await fees.preview('2026-09')).toMatchObject({ bills: 0, uncharged: [] });
    await fees.issue('2026-10');
    await pays('YEAR');
    expect(await fees.issue('2026-11')).toMatchObject({ totalFen: 2 * 5809 });
    expect((await fees.preview('2026-12')).bills).toBe(0);
    const months = (await fees.billsOf(owner)).items.flatMap(({ lines }) =>
      lines.flatMap((line) => line.months),
    );
    expect(months.sort()).toEqual(['2026-07', '2026-08', '2026-09', '2026-10', '2026-11', '2026-12']);
  });

  it('a month comes free again with the bill that is cancelled', async () => {
    const { fees, home, owner } = await withHome();
    await app.call('PUT', `${fees.base}/units/${home.unitId}/billing`, {
      token: fees.manager.token,
      body: { instalment: 'QUARTER', commonParkingSpaces: 0, deliveredOn: null },
    });
    await fees.issue('2026-10');
    const { id } = await fees.billOf(owner);
    await app.post(`${fees.base}/bills/${id}/cancel`, fees.manager.token, { reason: '面积录错' });
    expect(await fees.issue('2026-11')).toMatchObject({ totalFen: 2 * 5809 });
    expect(await fees.issue('2026-10')).toMatchObject({ totalFen: 5809 });
  });

  it('how a home is billed is read before it is set, by the company alone', async () => {
    const { fees, home, owner } = await withHome();
    const path = `${fees.base}/units/${home.unitId}/billing`;
    const read = (token: string) => app.get<UnitBilling & ErrorBody>(path, token);
    const unset = { instalment: 'MONTH', commonParkingSpaces: 0, deliveredOn: null };
    expect((await read(fees.clerk.token)).body).toEqual({ unitName: '1号楼 1单元 101', ...unset });
    const set = { instalment: 'YEAR', commonParkingSpaces: 2, deliveredOn: '2020-05-01' };
    expect((await app.call('PUT', path, { token: fees.manager.token, body: set })).status).toBe(200);
    expect((await read(fees.manager.token)).body).toMatchObject(set);
    expect((await read(owner.token)).status).toBe(403);
    const elsewhere = await app.build.unit(await app.build.estate('别的小区'), '101', 10_000);
    const logged = await app.database.row<{ before_json: string; after_json: string }>(
      "SELECT before_json, after_json FROM audit_log WHERE action = 'FEES.UNIT_BILLING_SET' ORDER BY id",
    );
    const fields = (json = '') => Object.keys(JSON.parse(json) as object).toSorted();
    expect(fields(logged?.before_json)).toEqual(['commonParkingSpaces', 'deliveredOn', 'instalment']);
    expect(logged?.before_json).not.toBe(logged?.after_json);
    const foreign = `${fees.base}/units/${elsewhere.unitId}/billing`;
    expect((await app.get(foreign, fees.clerk.token)).status).toBe(404);
  });

  it('a charge made once stands on the bill of its month', async () => {
    const { fees, home, owner } = await withHome();
    const oneOffs = [{ unitId: home.unitId, itemCode: RUBBLE.code, count: 1 }];
    await fees.issue('2026-11', { oneOffs });
    expect(await fees.billOf(owner)).toMatchObject({ totalFen: 5809 + 30_000 });
  });
});

describe('the owner’s choice of instalment', () => {
  const pathOf = (fees: FeesBuilder, unitId: string) => `${fees.base}/units/${unitId}/instalment`;

  it('counts from the first month that is not billed yet, and leaves the rest of the home alone', async () => {
    const { fees, home, owner } = await withHome();
    const set = { instalment: 'MONTH', commonParkingSpaces: 1, deliveredOn: '2020-05-01' };
    const token = fees.manager.token;
    await app.call('PUT', `${fees.base}/units/${home.unitId}/billing`, { token, body: set });
    await fees.issue('2026-10');
    const chosen = await app.call<MyInstalment>('PUT', pathOf(fees, home.unitId), {
      token: owner.token,
      body: { instalment: 'QUARTER' },
    });
    expect(chosen.body).toEqual({
      unitName: '1号楼 1单元 101',
      instalment: 'QUARTER',
      offered: ['MONTH', 'QUARTER', 'YEAR'],
    });
    const billing = await app.get<UnitBilling>(`${fees.base}/units/${home.unitId}/billing`, token);
    expect(billing.body).toMatchObject({ ...set, instalment: 'QUARTER' });
    expect(await fees.issue('2026-11')).toMatchObject({ totalFen: 2 * (5809 + 8000) });
    expect((await fees.preview('2026-12')).bills).toBe(0);
  });

  it('is the owner’s: not family’s, a tenant’s, a neighbour’s or another estate’s', async () => {
    const { fees, home, owner } = await withHome();
    const neighbour = await app.build.owner('李四', [await fees.home('102')]);
    const body = { instalment: 'YEAR' };
    const put = async (token: string, unitId = home.unitId) =>
      (await app.call('PUT', pathOf(fees, unitId), { token, body })).status;
    for (const kind of ['FAMILY', 'TENANT'] as const)
      expect(await put((await app.build.resident('住户', home, kind)).token)).toBe(403);
    expect(await put(neighbour.token)).toBe(404);
    expect((await app.get(pathOf(fees, home.unitId), neighbour.token)).status).toBe(404);
    const elsewhere = await withHome();
    expect(await put(owner.token, elsewhere.home.unitId)).toBe(404);
    const wrong = { instalment: 'WEEK' };
    const refused = await app.call('PUT', pathOf(fees, home.unitId), { token: owner.token, body: wrong });
    expect(refused.status).toBe(400);
  });
});

describe('arrears', () => {
  it('a bill past its date is overdue by days, without a late fee unless the contract has one', async () => {
    const { fees, owner } = await withHome();
    await fees.issue('2026-09');
    expect(await fees.billsOf(owner)).toMatchObject({
      openFen: 5809,
      overdueFen: 5809,
      items: [{ dueOn: '2026-09-30', overdueDays: 52, lateFeeFen: 0 }],
    });
    const terms = {
      dueDay: 31,
      graceDays: 0,
      lateFeePpmPerDay: 500,
      lateFeeBasis: null,
    };
    const put = (body: object) =>
      app.call<ErrorBody>('PUT', `${fees.base}/terms`, { token: fees.manager.token, body });
    expect((await put(terms)).status).toBe(400);
    expect((await put({ ...terms, lateFeeBasis: '合同第十二条' })).status).toBe(200);
    expect((await fees.billsOf(owner)).items[0]).toMatchObject({ lateFeeFen: 151, openFen: 5809 });
  });
});

describe('who has paid', () => {
  it('is a table with filters, masked names and pages', async () => {
    const { fees } = await withHome();
    for (const room of ['102', '103', '201']) await app.build.owner(`李${room}`, [await fees.home(room)]);
    await fees.issue('2026-10');
    const get = (query: string) =>
      app.get<CollectionView>(`${fees.base}/collection?month=2026-10${query}`, fees.clerk.token);
    const all = (await get('')).body;
    expect(all).toMatchObject({ bills: 4, paidBills: 0, issuedFen: 4 * 5809, paidFen: 0 });
    expect(all.items.map(({ overdueDays }) => overdueDays)).toEqual([21, 21, 21, 21]);
    expect((await get('&search=20')).body.items.map(({ unitName }) => unitName)).toEqual(['1号楼 1单元 201']);
    expect((await get('&search=%25')).body.items).toEqual([]);
    expect((await get('&state=PAID')).body.items).toEqual([]);
    const first = (await get('&limit=3')).body;
    expect(first.items).toHaveLength(3);
    const rest = (await get(`&limit=3&after=${first.next}`)).body;
    expect(rest).toMatchObject({ items: [expect.anything()], next: null });
  });

  it('is the company’s business: residents and other estates do not see it', async () => {
    const { fees, owner } = await withHome();
    const elsewhere = await FeesBuilder.start(app);
    for (const { token } of [owner, elsewhere.clerk])
      expect((await app.get(`${fees.base}/collection`, token)).status).toBe(403);
  });

  it('a wrong bill is cancelled with its reason, and a right one takes its place', async () => {
    const { fees, owner } = await withHome();
    await fees.issue();
    const { id } = await fees.billOf(owner);
    const cancel = (token: string, reason: string, estate = fees) =>
      app.post<CollectionBill & ErrorBody>(`${estate.base}/bills/${id}/cancel`, token, { reason });
    expect((await cancel(fees.clerk.token, '面积录错')).status).toBe(403);
    expect((await cancel(fees.manager.token, '')).status).toBe(400);
    const elsewhere = await FeesBuilder.start(app);
    expect((await cancel(elsewhere.manager.token, '面积录错', elsewhere)).status).toBe(404);
    expect(await cancel(fees.manager.token, '面积录错')).toMatchObject({
      status: 200,
      body: { state: 'CANCELLED', openFen: 0, cancelReason: '面积录错' },
    });
    expect((await cancel(fees.manager.token, '再来一次')).body.code).toBe('FEES.BILL_STATE');
    expect((await fees.billsOf(owner)).items).toEqual([]);
    expect(await fees.issue()).toMatchObject({ bills: 1 });
  });
});

describe('a resident’s bills', () => {
  it('are the own home’s: family sees them, a tenant does not, a stranger even less', async () => {
    const { fees, home, owner } = await withHome();
    await fees.issue();
    const family = await app.build.resident('家属', home, 'FAMILY');
    const tenant = await app.build.resident('租户', home, 'TENANT');
    const path = `/api/me/bills?estateId=${fees.estateId}`;
    expect((await fees.billsOf(family)).items).toHaveLength(1);
    for (const { token } of [tenant, await app.build.person('路人')])
      expect((await app.get(path, token)).status).toBe(403);
    expect((await app.get('/api/me/bills?estateId=x', owner.token)).status).toBe(400);
    expect((await app.get(path)).status).toBe(401);
  });

  it('come in pages, the newest first, however many months there are', async () => {
    const { fees, owner } = await withHome();
    for (const month of ['2026-09', '2026-10', '2026-11']) {
      app.clock.set(TEST_NOW + Number(month.slice(5)));
      await fees.issue(month);
    }
    const path = `/api/me/bills?estateId=${fees.estateId}&limit=2`;
    const page = await app.get<{ items: { month: string }[]; next: string; openFen: number }>(
      path,
      owner.token,
    );
    expect(page.body.items.map(({ month }) => month)).toEqual(['2026-11', '2026-10']);
    expect(page.body.openFen).toBe(3 * 5809);
    const rest = await app.get<{ items: { month: string }[]; next: null }>(
      `${path}&after=${page.body.next}`,
      owner.token,
    );
    expect(rest.body).toMatchObject({ items: [{ month: '2026-09' }], next: null });
  });
});
