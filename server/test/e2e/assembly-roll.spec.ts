import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type {
  AssemblyDetail,
  AssemblyResult,
  PostedRoll,
  RollCorrection,
  RollObjection,
  RollObjectionEntry,
} from '@linli/shared/assembly';
import type { ErrorBody } from '@linli/shared/errors';
import type { Me } from '@linli/shared/identity';
import type { Page } from '@linli/shared/kernel';
import { AssemblyBuilder, newKey, type Owner } from '../support/assembly-builder.ts';
import { TestApp } from '../support/app.ts';

describe('the frozen roll', () => {
  let app: TestApp;
  let meeting: AssemblyBuilder;
  let owners: Owner[];
  let assembly: AssemblyDetail;
  let url: string;

  beforeEach(async () => {
    app = await TestApp.start();
    meeting = await AssemblyBuilder.start(app);
    owners = await meeting.owners(3);
    assembly = await meeting.noticed();
    url = `${meeting.base}/${assembly.id}/roll`;
  });
  afterEach(() => app.stop());

  const first = () => owners[0] ?? { ...meeting.chair, units: [] };
  const object = (kind: string, token = first().token, unitId = first().units[0]?.unitId) =>
    app.post<RollObjection & ErrorBody>(
      `${url}/objections`,
      token,
      { unitId, kind, text: '证上不是这样写的', fileIds: [] },
      newKey(),
    );
  const answer = (id: string, body: object) =>
    app.post<RollObjection & ErrorBody>(`${url}/objections/${id}/answer`, meeting.chair.token, {
      answer: '已核对不动产权证',
      ...body,
    });
  const roll = async () => (await app.get<PostedRoll>(url, first().token)).body;

  test('is posted with areas and masked names, page by page', async () => {
    const page = (await app.get<PostedRoll>(`${url}?limit=2`, first().token)).body;
    const rest = (await app.get<PostedRoll>(`${url}?limit=2&after=${page.next}`, first().token)).body;
    expect([...page.items, ...rest.items].map((entry) => entry.ownersMasked)).toEqual([
      ['业*'],
      ['业*'],
      ['业*'],
    ]);
    expect(page.total).toEqual({ heads: 3, areaCentiSqm: 30_000 });
    expect(page.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(rest.next).toBeNull();
  });

  test('is not for the property company', async () => {
    const clerk = await app.build.member('客服', 'COMPANY_CLERK', [meeting.estateId]);
    expect((await app.get(url, clerk.token)).status).toBe(403);
  });

  test('stays as it was when the register changes after the notice', async () => {
    const before = await roll();
    await app.database.transaction((tx) => tx.run('UPDATE units SET area_centi_sqm = 55500'));
    const buyer = await app.build.owner('买主', [...first().units]);
    expect(await roll()).toEqual(before);
    expect((await meeting.detail(buyer, assembly.id)).body.mine).toEqual([]);
    app.clock.set((assembly.opensAt ?? 0) + 1);
    expect((await meeting.cast(first(), assembly, 'FOR')).status).toBe(201);
  });

  test('an upheld area changes the entry, the totals and the hash, and the count goes by it', async () => {
    const before = await roll();
    const raised = await object('AREA');
    expect(raised.status).toBe(201);
    const listed = await app.get<Page<RollObjectionEntry>>(`${url}/objections`, meeting.chair.token);
    expect(listed.body.items[0]).toMatchObject({
      id: raised.body.id,
      areaCentiSqm: 10_000,
      raisedBy: '业主0',
    });
    expect((await answer(raised.body.id, { decision: 'UPHELD' })).body.code).toBe('ROLL_OBJECTION.AREA');
    const decided = await answer(raised.body.id, { decision: 'UPHELD', correctedAreaCentiSqm: 12_345 });
    expect(decided.body).toMatchObject({ state: 'UPHELD', answer: '已核对不动产权证' });
    const after = await roll();
    expect(after.total).toEqual({ heads: 3, areaCentiSqm: 32_345 });
    expect(after.hash).not.toBe(before.hash);
    app.clock.set((assembly.opensAt ?? 0) + 1);
    await meeting.cast(first(), assembly, 'FOR');
    await meeting.count(assembly);
    const result = await app.get<AssemblyResult>(`${meeting.base}/${assembly.id}/result`, first().token);
    expect(result.body.motions[0]?.participating).toEqual({ heads: 1, areaCentiSqm: 12_345 });
    expect(result.body.hashes.roll).toBe(after.hash);
  });

  test('eight corrections to one owner’s homes at once all count: no correction forgets another', async () => {
    const units = [];
    for (let n = 0; n < 8; n++) units.push(await app.build.unit(meeting.estateId, `90${n}`, 10_000));
    const rich = await app.build.owner('大户', units);
    assembly = await meeting.noticed();
    url = `${meeting.base}/${assembly.id}/roll`;
    const raised: string[] = [];
    for (const { unitId } of units) raised.push((await object('AREA', rich.token, unitId)).body.id);
    const answers = await Promise.all(
      raised.map((id, n) => answer(id, { decision: 'UPHELD', correctedAreaCentiSqm: 10_001 + n })),
    );
    expect(answers.map(({ status }) => status)).toEqual(raised.map(() => 200));
    const corrected = 8 * 10_001 + 28;
    expect((await meeting.detail(rich, assembly.id)).body.mine[0]?.counts).toEqual({
      heads: 1,
      areaCentiSqm: corrected,
    });
    const { total, hash } = await roll();
    expect(total).toEqual({ heads: 4, areaCentiSqm: 30_000 + corrected });
    // Corrected once more to what it is: the hash of the whole roll is the one that was posted.
    const [unit] = units;
    const again = await object('AREA', rich.token, unit?.unitId);
    await answer(again.body.id, { decision: 'UPHELD', correctedAreaCentiSqm: 10_001 });
    expect((await roll()).hash).toBe(hash);
  });

  test('an upheld owner objection takes the unit as the corrected register has it', async () => {
    const raised = await object('OWNER');
    await app.database.transaction((tx) =>
      tx.run('DELETE FROM ownerships WHERE unit_id = ?', [first().units[0]?.unitId ?? '']),
    );
    const [, second] = owners;
    const heir = await app.build.owner('继承人', [...first().units]);
    expect((await answer(raised.body.id, { decision: 'UPHELD' })).status).toBe(200);
    expect((await meeting.detail(heir, assembly.id)).body.mine[0]?.counts).toEqual({
      heads: 1,
      areaCentiSqm: 10_000,
    });
    expect((await meeting.detail(first(), assembly.id)).body.mine).toEqual([]);
    expect((await roll()).total).toEqual({ heads: 3, areaCentiSqm: 30_000 });
    if (second !== undefined) expect((await meeting.detail(second, assembly.id)).body.mine).toHaveLength(1);
  });

  test('a unit that was forgotten is added, and its owner votes', async () => {
    const unit = await app.build.unit(meeting.estateId, '999', 8_000);
    const late = await app.build.owner('漏登业主', [unit]);
    const raised = await object('MISSING_UNIT', late.token, unit.unitId);
    expect(raised.status).toBe(201);
    await answer(raised.body.id, { decision: 'UPHELD' });
    expect((await roll()).total).toEqual({ heads: 4, areaCentiSqm: 38_000 });
    app.clock.set((assembly.opensAt ?? 0) + 1);
    expect((await meeting.cast(late, assembly, 'FOR')).status).toBe(201);
  });

  test('every correction is posted for all owners: what it was, what it is, why and by whom', async () => {
    const areas = [12_345, 9_999];
    for (const correctedAreaCentiSqm of areas) {
      const raised = await object('AREA');
      await answer(raised.body.id, { decision: 'UPHELD', correctedAreaCentiSqm });
    }
    const dismissed = await object('AREA');
    await answer(dismissed.body.id, { decision: 'DISMISSED' });
    const unit = await app.build.unit(meeting.estateId, '999', 8_000);
    const late = await app.build.owner('漏登业主', [unit]);
    const missing = await object('MISSING_UNIT', late.token, unit.unitId);
    await answer(missing.body.id, { decision: 'UPHELD' });
    const [, neighbour] = owners;
    const read = async (query: string, token = neighbour?.token) =>
      app.get<Page<RollCorrection>>(`${url}/corrections${query}`, token);
    const head = (await read('?limit=2')).body;
    const tail = (await read(`?limit=2&after=${head.next}`)).body;
    expect(head.items.map((each) => [each.beforeAreaCentiSqm, each.afterAreaCentiSqm])).toEqual([
      [10_000, 12_345],
      [12_345, 9_999],
    ]);
    expect(tail).toMatchObject({
      items: [{ beforeAreaCentiSqm: null, afterAreaCentiSqm: 8_000 }],
      next: null,
    });
    const chair = (await app.get<Me>('/api/me', meeting.chair.token)).body.name;
    for (const each of [...head.items, ...tail.items])
      expect(each).toMatchObject({
        reason: '已核对不动产权证',
        decidedBy: chair,
        decidedAt: app.clock.now(),
      });
    expect(JSON.stringify(head)).not.toContain('证上不是这样写的');
    const clerk = await app.build.member('客服', 'COMPANY_CLERK', [meeting.estateId]);
    expect((await read('', clerk.token)).status).toBe(403);
  });

  test('nobody decides on their own objection', async () => {
    const { unitId = '', estateId = '' } = first().units[0] ?? {};
    await app.database.transaction((tx) =>
      tx.run(
        'UPDATE owners SET person_id = ? WHERE id = (SELECT owner_id FROM ownerships WHERE unit_id = ?)',
        [meeting.chair.personId, unitId],
      ),
    );
    await app.database.transaction((tx) =>
      tx.run('UPDATE residencies SET person_id = ? WHERE unit_id = ?', [meeting.chair.personId, unitId]),
    );
    app.clock.advance(60_000);
    const raised = await object('AREA', meeting.chair.token, unitId);
    expect(raised.status).toBe(201);
    const own = await answer(raised.body.id, { decision: 'UPHELD', correctedAreaCentiSqm: 99_999 });
    expect(own).toMatchObject({ status: 403, body: { code: 'ROLL_OBJECTION.OWN' } });
    const street = await app.build.member('街道', 'STREET_OFFICER', [estateId]);
    const { body: posted } = await app.get<PostedRoll>(url, meeting.chair.token);
    expect(posted.total).toEqual({ heads: 3, areaCentiSqm: 30_000 });
    const other = await app.post(`${url}/objections/${raised.body.id}/answer`, street.token, {
      decision: 'DISMISSED',
      answer: '证上的面积与名册一致',
    });
    expect(other.status).toBe(200);
  });

  test('objections are read page by page, the open ones first', async () => {
    const raised: string[] = [];
    for (const owner of owners)
      raised.push((await object('AREA', owner.token, owner.units[0]?.unitId)).body.id);
    await answer(raised[0] ?? '', { decision: 'DISMISSED' });
    const listed: string[] = [];
    for (let after = ''; ;) {
      const path = `${url}/objections?limit=1${after}`;
      const { body } = await app.get<Page<RollObjectionEntry>>(path, meeting.chair.token);
      listed.push(...body.items.map(({ id }) => id));
      if (body.next === null) break;
      after = `&after=${body.next}`;
    }
    expect(listed).toEqual([raised[1], raised[2], raised[0]]);
  });

  test('only an owner of the unit objects, once at a time, and in time', async () => {
    const [, second] = owners;
    expect((await object('AREA', second?.token)).body.code).toBe('ROLL_OBJECTION.NOT_YOURS');
    const raised = await object('AREA');
    expect((await object('OTHER')).body.code).toBe('ROLL_OBJECTION.OPEN_ALREADY');
    await answer(raised.body.id, { decision: 'DISMISSED' });
    expect((await answer(raised.body.id, { decision: 'DISMISSED' })).body.code).toBe(
      'ROLL_OBJECTION.ANSWERED',
    );
    expect((await object('OTHER')).status).toBe(201);
    app.clock.set((assembly.objectionsUntil ?? 0) + 1);
    expect((await object('AREA', second?.token, second?.units[0]?.unitId)).body.code).toBe(
      'ROLL_OBJECTION.CLOSED',
    );
  });

  test('is not corrected any more once voting has begun, and nothing of the try is left', async () => {
    const raised = await object('AREA');
    // A moment before it begins, a large roll would still be written while the first ballots come by the old one.
    for (const left of [1_000, -1]) {
      app.clock.set((assembly.opensAt ?? 0) - left);
      const tried = await answer(raised.body.id, { decision: 'UPHELD', correctedAreaCentiSqm: 1 });
      expect(tried).toMatchObject({ status: 409, body: { code: 'ROLL_OBJECTION.VOTING' } });
    }
    const row = await app.database.row<{ state: string }>('SELECT state FROM assembly_objections');
    expect(row?.state).toBe('OPEN');
    expect((await answer(raised.body.id, { decision: 'DISMISSED' })).status).toBe(200);
  });
});
