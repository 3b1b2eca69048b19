import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ErrorBody } from '@linli/shared/errors';
import type {
  FeeScheduleView,
  FeeSheetCheck,
  ScheduleChangesView,
  UtilityMonthView,
  UtilitySheetCheck,
} from '@linli/shared/fees';
import { TestApp } from '../support/app.ts';
import { newKey } from '../support/assembly-builder.ts';
import { FeesBuilder, HOME_FEE, feeItem, schedule } from '../support/fees-builder.ts';
import { multipart } from '../support/multipart.ts';
import { sample } from '../support/samples.ts';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.stop());

const upload = <Body>(path: string, token: string, name: string, body: Buffer) => {
  const file = multipart(name, body);
  return app.call<Body>('POST', path, { token, body: file.payload, headers: file.headers });
};

describe('publishing the fee schedule', () => {
  it('from the company’s own spreadsheet: checked, published, read by everybody with the basis of every item', async () => {
    const fees = await FeesBuilder.start(app);
    const check = await upload<FeeSheetCheck>(
      `${fees.base}/schedule-checks`,
      fees.clerk.token,
      'fee-schedule.xlsx',
      sample('fee-schedule.xlsx'),
    );
    expect(check).toMatchObject({ status: 200, body: { faults: [] } });
    const items = check.body.items ?? [];
    expect(items.length).toBeGreaterThan(4);
    await fees.publish({ items });

    const tenant = await app.build.inRole('TENANT', fees.estateId);
    const view = await app.get<FeeScheduleView>(`${fees.base}/schedule`, tenant.token);
    expect(view.body).toMatchObject({
      version: 1,
      effectiveFrom: '2026-01',
      publishedBy: 'COMPANY 物业经理 赵*',
    });
    expect(view.body.items.every(({ basis }) => basis !== '')).toBe(true);
    expect(view.body.items[0]).toMatchObject({
      targetLabel: '多层住宅',
      rateText: '0.65',
      unitLabel: '元/㎡·月',
    });
  });

  it('a new rate is a new version from a coming month, with its reason; the old one stays readable', async () => {
    const fees = await FeesBuilder.start(app);
    await fees.publish();
    const items = [{ ...HOME_FEE, rateTenThousandthYuan: 7000 }];
    const next = schedule({ items, effectiveFrom: '2026-12', reason: '业主大会 2026-01 号决议' });
    const answer = await app.post(`${fees.base}/schedules`, fees.manager.token, next, newKey());
    expect(answer).toMatchObject({ status: 201, body: { version: 2 } });

    const owner = await app.build.inRole('OWNER', fees.estateId);
    const now = await app.get<FeeScheduleView>(`${fees.base}/schedule`, owner.token);
    expect(now.body).toMatchObject({ version: 1, versions: [{ version: 2 }, { version: 1 }] });
    const changes = await app.get<ScheduleChangesView>(`${fees.base}/schedules/2/changes`, owner.token);
    expect(changes.body.changes.map(({ kind }) => kind)).toEqual([
      'CHANGED',
      'REMOVED',
      'REMOVED',
      'REMOVED',
    ]);
    expect((await app.get(`${fees.base}/schedules/3`, owner.token)).status).toBe(404);
  });

  it('is refused without a reason, for a month that is past or billed, and when nothing changes', async () => {
    const fees = await FeesBuilder.start(app);
    await fees.publish();
    await fees.home('301');
    await fees.issue('2026-12');
    const items = [{ ...HOME_FEE, rateTenThousandthYuan: 7000 }];
    const post = (facts: object) =>
      app.post<ErrorBody>(`${fees.base}/schedules`, fees.manager.token, schedule(facts), newKey());
    expect((await post({ items, effectiveFrom: '2027-01' })).body.code).toBe('FEES.SCHEDULE_BASIS');
    expect((await post({ items, effectiveFrom: '2026-10', reason: '调价' })).body.code).toBe(
      'FEES.SCHEDULE_MONTH',
    );
    expect((await post({ items, effectiveFrom: '2026-12', reason: '调价' })).body.code).toBe(
      'FEES.SCHEDULE_MONTH',
    );
    expect((await post({ effectiveFrom: '2027-01', reason: '重发' })).body.code).toBe(
      'FEES.SCHEDULE_UNCHANGED',
    );
    expect((await post({ items, effectiveFrom: '2027-01', reason: '调价' })).status).toBe(201);
  });

  it('names every item that is at fault', async () => {
    const fees = await FeesBuilder.start(app);
    const items = [
      { ...HOME_FEE, basis: ' ' },
      feeItem({ code: 'P', name: '地面停车费', target: 'PARKING_COMMON', unit: 'PIECE_MONTH' }),
    ];
    const answer = await app.post<ErrorBody>(
      `${fees.base}/schedules`,
      fees.manager.token,
      schedule({ items }),
      newKey(),
    );
    expect(answer).toMatchObject({ status: 422, body: { code: 'FEES.ITEM_BASIS_MISSING' } });
    expect(answer.body.fields.map(({ path, code }) => [path, code])).toEqual([
      ['items[0]', 'FEES.ITEM_BASIS_MISSING'],
      ['items[1]', 'FEES.ITEM_LEDGER'],
    ]);
  });

  it('is the manager’s word: not the clerk’s, not the committee’s, not of another company', async () => {
    const fees = await FeesBuilder.start(app);
    const others = [
      fees.clerk,
      await app.build.member('主任', 'COMMITTEE_CHAIR', [fees.estateId]),
      await app.build.member('外人', 'COMPANY_MANAGER', [await app.build.estate('别的小区')]),
    ];
    for (const { token } of others)
      expect((await app.post(`${fees.base}/schedules`, token, schedule(), newKey())).status).toBe(403);
  });

  it('twice with one key is one version, at once too', async () => {
    const fees = await FeesBuilder.start(app);
    const key = newKey();
    const publish = () => app.post(`${fees.base}/schedules`, fees.manager.token, schedule(), key);
    const answers = await Promise.all([publish(), publish(), publish()]);
    expect(answers.map(({ status }) => status)).toEqual(expect.arrayContaining([201]));
    expect(await publish()).toMatchObject({ status: 201, body: { version: 1 } });
  });

  it('two managers at once: one version, the other is told to look again', async () => {
    const fees = await FeesBuilder.start(app);
    const other = await app.build.member('副经理', 'COMPANY_MANAGER', [fees.estateId]);
    const answers = await Promise.all(
      [fees.manager, other].map(({ token }) =>
        app.post(`${fees.base}/schedules`, token, schedule(), newKey()),
      ),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([201, 409]);
  });

  it('a spreadsheet with faults says where, and an unreadable file what it is', async () => {
    const fees = await FeesBuilder.start(app);
    const rows = '收费项目,适用对象,计费单位,收费标准,依据\n物业费,火星人,元/㎡·月,免费,\n';
    const path = `${fees.base}/schedule-checks`;
    const check = await upload<FeeSheetCheck>(path, fees.clerk.token, '收费.csv', Buffer.from(rows));
    expect(check.body.items).toBeNull();
    expect(check.body.faults.map(({ row, column }) => [row, column])).toEqual(
      expect.arrayContaining([
        [2, '适用对象'],
        [2, '收费标准'],
        [2, '依据'],
      ]),
    );
    const picture = await upload<ErrorBody>(
      path,
      fees.clerk.token,
      'a.xlsx',
      Buffer.from([0x50, 0x4b, 3, 4, 0, 0]),
    );
    expect(picture.status).toBeGreaterThanOrEqual(400);
    expect(picture.status).toBeLessThan(500);
  });
});

describe('common utilities of a month', () => {
  const october = async (fees: FeesBuilder) => {
    await app.build.unit(fees.estateId, 'A', 8937, { building: '1号楼' });
    for (const building of ['9号楼', '10号楼'])
      await app.build.unit(fees.estateId, '101', 12_010, { building, buildingKind: 'HIGH_RISE' });
    const check = await upload<UtilitySheetCheck>(
      `${fees.base}/utility-checks`,
      fees.clerk.token,
      'utilities.xlsx',
      sample('common-utilities-2026-10.xlsx'),
    );
    return check.body;
  };

  it('are read from the sheet, published, and everybody sees the meters and the own share to the fen', async () => {
    const fees = await FeesBuilder.start(app);
    const home = await fees.home('101');
    const owner = await app.build.owner('张三', [home]);
    const check = await october(fees);
    expect(check).toMatchObject({ month: '2026-10', faults: [] });
    const body = { month: '2026-10', charges: check.charges };
    const publish = () => app.post<ErrorBody>(`${fees.base}/utilities`, fees.manager.token, body, newKey());
    expect((await publish()).status).toBe(204);
    expect(await publish()).toMatchObject({ status: 409, body: { code: 'FEES.UTILITIES_PUBLISHED' } });

    const view = await app.get<UtilityMonthView>(`${fees.base}/utilities`, owner.token);
    expect(view.body.months).toEqual(['2026-10']);
    expect(view.body.charges[0]?.formula).toMatch(/ = .+ 元$/);
    expect(view.body.mine).toHaveLength(1);
    expect(view.body.mine[0]?.amountFen).toBeGreaterThan(0);
    const clerk = await app.get<UtilityMonthView>(`${fees.base}/utilities?month=2026-10`, fees.clerk.token);
    expect(clerk.body.mine).toEqual([]);

    const rows = await app.database.rows<{ total: number }>(
      `SELECT SUM(amount_fen) AS total FROM utility_shares s JOIN utility_months m ON m.id = s.utility_month_id
       WHERE m.estate_id = ?`,
      [fees.estateId],
    );
    expect(Number(rows[0]?.total)).toBe(view.body.totalFen);
  });

  it('that do not add up are refused with the amount they should come to', async () => {
    const fees = await FeesBuilder.start(app);
    const [charge] = (await october(fees)).charges ?? [];
    const wrong = [{ ...charge, amountFen: (charge?.amountFen ?? 0) + 1 }];
    const body = { month: '2026-10', charges: wrong };
    const answer = await app.post<ErrorBody>(`${fees.base}/utilities`, fees.manager.token, body, newKey());
    expect(answer).toMatchObject({ status: 422, body: { code: 'FEES.UTILITY_AMOUNT' } });
    expect(answer.body.message).toContain('元');
  });

  it('nothing published is not found', async () => {
    const fees = await FeesBuilder.start(app);
    expect((await app.get(`${fees.base}/utilities`, fees.clerk.token)).status).toBe(404);
    expect((await app.get(`${fees.base}/schedule`, fees.clerk.token)).status).toBe(404);
  });
});

describe('reference prices 参考价', () => {
  const reference = { rateTenThousandthYuan: 7000, source: '周口市发展和改革委员会' };
  const items = [{ ...HOME_FEE, reference }];

  it('stand beside the rate where the region publishes them', async () => {
    const fees = await FeesBuilder.start(app, 'zhoukou');
    await fees.publish({ items });
    const { body } = await app.get<FeeScheduleView>(`${fees.base}/schedule`, fees.clerk.token);
    expect(body.items[0]).toMatchObject({ reference, aboveReference: -500 });
  });

  it('are nobody else’s to state', async () => {
    const fees = await FeesBuilder.start(app, 'qitai');
    const request = schedule({ items });
    const refused = await app.post<ErrorBody>(
      `${fees.base}/schedules`,
      fees.manager.token,
      request,
      newKey(),
    );
    expect(refused).toMatchObject({
      status: 422,
      body: { code: 'FEES.REFERENCE_PRICE', fields: [{ path: 'items[0].reference' }] },
    });
  });
});
