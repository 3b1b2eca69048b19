import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ErrorBody } from '@linli/shared/errors';
import type { RollChangesPage, RollImport, RollReport } from '@linli/shared/estate';
import type { Me } from '@linli/shared/identity';
import { HOUR_MS } from '@linli/shared/kernel';
import { ENVIRONMENT } from '../../src/config/config.module.ts';
import type { Environment } from '../../src/config/environment.ts';
import { BindRollService } from '../../src/features/identity/index.ts';
import { FileStorage } from '../../src/kernel/files/index.ts';
import { TestApp, type Answer } from '../support/app.ts';
import type { TestPerson } from '../support/estate-builder.ts';
import { multipart } from '../support/multipart.ts';
import { sample } from '../support/samples.ts';

describe('importing the roll of 康宁家园', () => {
  let app: TestApp;
  let estateId: string;
  let treasurer: TestPerson;

  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());
  beforeEach(async () => {
    estateId = await app.build.estate();
    treasurer = await app.build.member('财务', 'COMMITTEE_TREASURER', [estateId]);
  });

  const path = (rest = '') => `/api/estates/${estateId}/roll-imports${rest}`;

  async function upload(name: string, body: Buffer): Promise<Answer<RollImport>> {
    const { payload, headers } = multipart(name, body);
    return app.call<RollImport>('POST', path(), { token: treasurer.token, body: payload, headers });
  }

  async function check(name: string, body = sample(name)): Promise<RollImport> {
    const { body: started } = await upload(name, body);
    await app.runJobs();
    return (await app.get<RollImport>(path(`/${started.id}`), treasurer.token)).body;
  }

  async function apply(ready: RollImport): Promise<Answer<RollImport>> {
    const { rollVersion, added, changed, removed } = ready.preview ?? {
      rollVersion: -1,
      added: 0,
      changed: 0,
      removed: 0,
    };
    return app.post<RollImport>(path(`/${ready.id}/apply`), treasurer.token, {
      rollVersion,
      added,
      changed,
      removed,
    });
  }

  test('the clean roll is previewed, applied whole, and applied again changes nothing', async () => {
    const first = await check('roll.xlsx');
    expect(first.state).toBe('READY');
    expect(first.preview).toMatchObject({ added: 720, changed: 0, removed: 0 });
    expect(first.preview?.after).toMatchObject({
      heads: 557,
      areaCentiSqm: 6_086_012,
      areaCentiSqmCounted: 5_933_372,
    });
    expect((await apply(first)).body.state).toBe('APPLIED');

    const again = await check('roll.xlsx');
    expect(again.preview).toMatchObject({ added: 0, changed: 0, removed: 0, unchanged: 720 });
    await apply(again);
    const [units, owners, principals] = await Promise.all([
      count('SELECT COUNT(*) AS n FROM units WHERE estate_id = ?'),
      count('SELECT COUNT(*) AS n FROM owners WHERE estate_id = ?'),
      count(
        `SELECT COUNT(DISTINCT principal_key) AS n FROM units WHERE estate_id = ? AND unit_use <> 'PARKING'`,
      ),
    ]);
    expect(units).toBe(720);
    expect(principals).toBe(557);
    expect(owners).toBeGreaterThanOrEqual(557);
  });

  test('a roll with faults reports every one of them and imports nothing', async () => {
    const faulty = await check('roll-with-faults.xlsx');
    expect(faulty.state).toBe('FAULTY');
    const { body: report } = await app.get<RollReport>(path(`/${faulty.id}/report`), treasurer.token);
    expect(report.errors.map(({ row, column }) => [row, column])).toEqual([
      [8, '专有部分面积(㎡)'],
      [11, '专有部分面积(㎡)'],
      [13, '专有部分面积(㎡)'],
      [16, '产权人'],
      [19, '联系电话'],
      [22, '交付状态'],
      [25, '房号'],
    ]);
    expect(report.ignored.map(({ row }) => row)).toEqual([44]);
    expect(await count('SELECT COUNT(*) AS n FROM units WHERE estate_id = ?')).toBe(0);
    const forced = { rollVersion: 0, added: 33, changed: 0, removed: 0 };
    const refused = await app.post<ErrorBody>(path(`/${faulty.id}/apply`), treasurer.token, forced);
    expect(refused.body.code).toBe('ROLL.HAS_FAULTS');
  });

  test('a changed roll names what is added, changed and removed, and a sold home changes hands', async () => {
    await apply(
      await check(
        'first.csv',
        roll([
          '1号楼,1单元,101,住宅,89.37,钱一,8087,19900009901',
          '1号楼,1单元,102,住宅,75.00,孙二,1234,19900009902',
        ]),
      ),
    );
    const buyer = await app.build.person('李四', '19900009903');
    const changed = await check(
      'second.csv',
      roll([
        '1号楼,1单元,101,住宅,89.37,李四,5678,19900009903',
        '1号楼,1单元,103,住宅,60.00,周五,9999,19900009904',
      ]),
    );
    expect(changed.preview).toMatchObject({ added: 1, changed: 1, removed: 1, unchanged: 0 });
    const { body: page } = await app.get<RollChangesPage>(
      path(`/${changed.id}/changes?kind=CHANGED`),
      treasurer.token,
    );
    expect(page.items[0]?.fields.find(({ field }) => field === 'OWNERS')).toMatchObject({
      before: '钱一',
      after: '李四',
    });
    await apply(changed);
    const { body: me } = await app.get<Me>('/api/me', buyer.token);
    expect(me.residencies.map(({ unitName }) => unitName)).toEqual(['1号楼 1单元 101']);
    const left = await app.database.row<{ active: number }>(
      `SELECT active FROM units WHERE estate_id = ? AND room = '102'`,
      [estateId],
    );
    expect(left?.active).toBe(0);
  });

  test('a phone that is on the roll binds to its home, and loses it when the home is sold', async () => {
    await apply(await check('a.csv', roll(['1号楼,1单元,101,住宅,89.37,钱一,8087,19900009911'])));
    const owner = await app.build.person('钱一', '19900009911');
    await app.database.transaction((tx) =>
      app.nest.get(BindRollService).bind(tx, owner.personId, '19900009911'),
    );
    app.clock.advance(60_000);
    expect((await app.get<Me>('/api/me', owner.token)).body.residencies).toHaveLength(1);
    await apply(await check('b.csv', roll(['1号楼,1单元,101,住宅,89.37,赵六,4321,19900009912'])));
    expect((await app.get<Me>('/api/me', owner.token)).body.residencies).toHaveLength(0);
  });

  test('digits, phones and names that come and go make nobody anew: an owner by claim keeps home and family', async () => {
    const importing = async (...rows: string[]) => apply(await check('roll.csv', roll(rows)));
    await importing('1号楼,1单元,101,住宅,89.37,张三,,19900009931');
    const owner = await app.build.person('张三', '19900009932');
    const home = await app.database.row<{ unit_id: string; owner_id: string }>(
      'SELECT unit_id, owner_id FROM ownerships WHERE estate_id = ?',
      [estateId],
    );
    const family = await app.build.resident('张小', { estateId, unitId: home?.unit_id ?? '' }, 'FAMILY');
    await app.database.transaction(async (tx) => {
      await tx.run('UPDATE owners SET person_id = ? WHERE id = ?', [owner.personId, home?.owner_id ?? '']);
      await tx.run('UPDATE residencies SET invited_by = ? WHERE person_id = ?', [
        owner.personId,
        family.personId,
      ]);
      await app.nest.get(BindRollService).followRoll(tx, estateId);
    });
    for (const told of ['1234,19900009931', '1234,', ',', ',19900009933', '4321,19900009933']) {
      await importing(
        `1号楼,1单元,101,住宅,89.37,张三,${told}`,
        `1号楼,1单元,102,住宅,89.37,张三,8888,19900009934`,
      );
      app.clock.advance(60_000);
      for (const { token } of [owner, family])
        expect((await app.get<Me>('/api/me', token)).body.residencies).toHaveLength(1);
      expect(await count('SELECT COUNT(*) AS n FROM owners WHERE estate_id = ?')).toBe(2);
    }
    const stored = await app.database.row<{ id_last4: string | null; id_last4_sealed: string }>(
      'SELECT id_last4, id_last4_sealed FROM owners WHERE id = ?',
      [home?.owner_id ?? ''],
    );
    expect(stored?.id_last4).toBeNull();
    expect(stored?.id_last4_sealed).toMatch(/^k1\./);
    const again = await check('roll.csv', roll(['1号楼,1单元,101,住宅,89.37,张三,4321,19900009933']));
    expect(again.preview).toMatchObject({ changed: 0, removed: 1, unchanged: 1 });
  });

  test('a cancelled import leaves nothing and cannot be applied', async () => {
    const ready = await check('roll.xlsx');
    const { body } = await app.post<RollImport>(path(`/${ready.id}/cancel`), treasurer.token);
    expect(body.state).toBe('CANCELLED');
    const refused = await app.post<ErrorBody>(
      path(`/${ready.id}/apply`),
      treasurer.token,
      ready.preview && {
        rollVersion: ready.preview.rollVersion,
        added: 720,
        changed: 0,
        removed: 0,
      },
    );
    expect(refused.body.code).toBe('ROLL.CANCELLED');
    expect(await count('SELECT COUNT(*) AS n FROM units WHERE estate_id = ?')).toBe(0);
  });

  test('cancelled before it was read: the check finds nothing to do', async () => {
    const { body: started } = await upload('roll.xlsx', sample('roll.xlsx'));
    await app.post(path(`/${started.id}/cancel`), treasurer.token);
    await app.runJobs();
    const { body } = await app.get<RollImport>(path(`/${started.id}`), treasurer.token);
    expect(body.state).toBe('CANCELLED');
    expect(body.preview).toBeNull();
  });

  test('a preview that was overtaken by another import is refused', async () => {
    const older = await check('a.csv', roll(['1号楼,1单元,101,住宅,89.37,钱一,8087,19900009921']));
    await apply(await check('b.csv', roll(['1号楼,1单元,101,住宅,89.37,钱一,8087,19900009921'])));
    const { status, body } = await apply(older);
    expect(status).toBe(409);
    expect((body as unknown as ErrorBody).code).toBe('ROLL.OUTDATED');
    const { body: after } = await app.get<RollImport>(path(`/${older.id}`), treasurer.token);
    expect(after.state).toBe('OUTDATED');
    expect((await app.post<RollImport>(path(`/${older.id}/cancel`), treasurer.token)).body.state).toBe(
      'OUTDATED',
    );
  });

  test('the preview is read page by page, also of one kind, and nothing is twice or missing', async () => {
    const ready = await check('roll.xlsx');
    const pages = async (query: string) => {
      const units: string[] = [];
      for (let after = ''; ;) {
        const url = path(`/${ready.id}/changes?limit=100${query}${after}`);
        const { body } = await app.get<RollChangesPage>(url, treasurer.token);
        units.push(...body.items.map(({ id }) => id));
        if (body.next === null) return units;
        after = `&after=${body.next}`;
      }
    };
    const all = await pages('');
    expect(new Set(all).size).toBe(720);
    expect(await pages('&kind=ADDED')).toEqual(all);
    expect(await pages('&kind=REMOVED')).toEqual([]);
    const sealed = await app.database.row<{ change_sealed: string }>(
      'SELECT change_sealed FROM roll_import_changes WHERE import_id = ? AND position = 1',
      [ready.id],
    );
    expect(sealed?.change_sealed).not.toContain('单元');
  });

  test('an upload that is lost before it is read ends as not done, and the next one can come', async () => {
    const { body: started } = await upload('roll.xlsx', sample('roll.xlsx'));
    const row = await app.database.row<{ storage_key: string }>(
      'SELECT storage_key FROM roll_imports WHERE id = ?',
      [started.id],
    );
    await app.nest.get(FileStorage).remove(row?.storage_key ?? '');
    await app.runJobs();
    const { body } = await app.get<RollImport>(path(`/${started.id}`), treasurer.token);
    expect(body).toMatchObject({ state: 'FAILED', refusal: { code: 'ROLL.FAILED' } });
    const forced = { rollVersion: 0, added: 0, changed: 0, removed: 0 };
    const refused = await app.post<ErrorBody>(path(`/${started.id}/apply`), treasurer.token, forced);
    expect(refused.body.code).toBe('ROLL.FAILED');
    expect((await check('roll.xlsx')).state).toBe('READY');
  });

  test('two treasurers upload at once: one roll is checked at a time', async () => {
    const [first, second] = await Promise.all([
      upload('roll.xlsx', sample('roll.xlsx')),
      upload('roll.xlsx', sample('roll.xlsx')),
    ]);
    expect([first.status, second.status].sort()).toEqual([201, 409]);
  });

  test('the file names everybody: it is gone once the import is applied, cancelled or of no use', async () => {
    await app.runJobs();
    const kept = () => readdirSync(join(app.nest.get<Environment>(ENVIRONMENT).dataDir, 'files', 'rolls'));
    app.clock.advance(HOUR_MS);
    await app.runJobs();
    const before = kept();
    await apply(await check('roll.xlsx'));
    const cancelled = await check('roll.xlsx');
    await app.post(path(`/${cancelled.id}/cancel`), treasurer.token);
    expect((await check('notes.txt', Buffer.from('no table'))).state).toBe('FAULTY');
    await app.runJobs();
    expect(kept()).toEqual(before);
    await Promise.all([upload('roll.xlsx', sample('roll.xlsx')), upload('roll.xlsx', sample('roll.xlsx'))]);
    // The one that was not taken goes within the hour.
    app.clock.advance(HOUR_MS);
    await app.runJobs();
    expect(kept()).toHaveLength(before.length + 1);
  });

  test('applying twice at once writes the roll once', async () => {
    const ready = await check('roll.xlsx');
    const answers = await Promise.all([apply(ready), apply(ready), apply(ready)]);
    for (const { status, body } of answers) expect([status, body.state]).toEqual([200, 'APPLIED']);
    expect(await count('SELECT COUNT(*) AS n FROM units WHERE estate_id = ?')).toBe(720);
    expect(await count('SELECT roll_version AS n FROM estates WHERE id = ?')).toBe(1);
  });

  test('what is no spreadsheet is refused in words', async () => {
    const refused = await check('roll.xlsx', Buffer.from('<html><table></table></html>'));
    expect(refused.state).toBe('REFUSED');
    expect(refused.refusal?.code).toBe('SHEET.WEB_PAGE');
  });

  test('owners, the clerk and another estate’s committee have no business here', async () => {
    const elsewhere = await app.build.estate('隔壁花园');
    const stranger = await app.build.member('外人', 'COMMITTEE_CHAIR', [elsewhere]);
    const clerk = await app.build.member('客服', 'COMPANY_CLERK', [estateId]);
    for (const { token } of [stranger, clerk]) expect((await app.get(path(), token)).status).toBe(403);
    const mine = await check('roll.xlsx');
    const crossed = await app.get(`/api/estates/${elsewhere}/roll-imports/${mine.id}`, stranger.token);
    expect(crossed.status).toBe(404);
  });

  async function count(sql: string): Promise<number> {
    return (await app.database.row<{ n: number }>(sql, [estateId]))?.n ?? -1;
  }
});

function roll(rows: readonly string[]): Buffer {
  const header = '楼栋,单元,房号,用途,专有部分面积,产权人,证件号码后四位,联系电话,面积来源,交付状态';
  return Buffer.from([header, ...rows.map((row) => `${row},登记簿,已交付`)].join('\n'), 'utf8');
}
