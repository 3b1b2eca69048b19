import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ErrorBody } from '@linli/shared/errors';
import type { FileRef } from '@linli/shared/files';
import {
  IDENTITY_LIMITS,
  type Claim,
  type ClaimFile,
  type ClaimQueue,
  type EstateChoice,
  type Me,
  type UnitChoice,
} from '@linli/shared/identity';
import { DAY_MS, type Page } from '@linli/shared/kernel';
import type { Inbox } from '@linli/shared/notifications';
import { TestApp } from '../support/app.ts';
import type { TestPerson, TestUnit } from '../support/estate-builder.ts';
import { claim, evidence, tapKey } from '../support/people.ts';

describe('claiming a home', () => {
  let app: TestApp;
  let estateId: string;
  let otherEstateId: string;
  let chair: TestPerson;
  let manager: TestPerson;
  let clerk: TestPerson;
  let street: TestPerson;
  let rooms = 100;

  beforeAll(async () => {
    app = await TestApp.start();
    estateId = await app.build.estate('康宁家园');
    otherEstateId = await app.build.estate('幸福里');
    chair = await app.build.member('主任', 'COMMITTEE_CHAIR', [estateId]);
    manager = await app.build.member('经理', 'COMPANY_MANAGER', [estateId]);
    clerk = await app.build.member('客服', 'COMPANY_CLERK', [estateId]);
    street = await app.build.member('街道', 'STREET_OFFICER', [estateId, otherEstateId]);
  });
  afterAll(() => app.stop());

  const newUnit = (): Promise<TestUnit> => app.build.unit(estateId, String(++rooms), 8_900);

  /** A home whose owner is on the roll and has no account. */
  async function soldUnit(ownerName: string): Promise<TestUnit> {
    const unit = await newUnit();
    const account = await app.build.owner(ownerName, [unit]);
    await app.database.transaction(async (tx) => {
      await tx.run('UPDATE owners SET person_id = NULL WHERE person_id = ?', [account.personId]);
      await tx.run('DELETE FROM residencies WHERE person_id = ?', [account.personId]);
    });
    return unit;
  }

  const decide = (by: TestPerson, claimId: string, body: object, estate = estateId) =>
    app.post<ClaimFile & ErrorBody>(`/api/estates/${estate}/claims/${claimId}/decision`, by.token, body);
  const approve = { approve: true, reason: '' };
  const me = async (person: TestPerson) => (await app.get<Me>('/api/me', person.token)).body;

  test('whoever has only signed in finds an estate and a home by name, and nothing of who lives there', async () => {
    await app.build.unit(estateId, '2201', 9_000, { building: '2号楼' });
    const stranger = await app.build.person('新来的');
    const estates = await app.get<Page<EstateChoice>>('/api/estates?q=康宁', stranger.token);
    expect(estates.body.items.map(({ name }) => name)).toEqual(['康宁家园']);
    const search = (text: string) =>
      app.get<UnitChoice[]>(
        `/api/estates/${estateId}/units/search?q=${encodeURIComponent(text)}`,
        stranger.token,
      );
    expect((await search('22')).body.map(({ name }) => name)).toEqual(['2号楼 1单元 2201']);
    expect((await search('%')).body).toEqual([]);
    expect((await app.get('/api/estates', undefined)).status).toBe(401);
  });

  test('the list of estates goes on from page to page', async () => {
    const stranger = await app.build.person('新来的');
    const first = await app.get<Page<EstateChoice>>('/api/estates?limit=1', stranger.token);
    const second = await app.get<Page<EstateChoice>>(
      `/api/estates?limit=1&after=${first.body.next}`,
      stranger.token,
    );
    expect(second.body.next).toBeNull();
    expect([...first.body.items, ...second.body.items].map(({ id }) => id).toSorted()).toEqual(
      [estateId, otherEstateId].toSorted(),
    );
  });

  test('an owner whose phone is not on the roll is bound when somebody approves, and may then vote', async () => {
    const unit = await soldUnit('张三');
    const person = await app.build.person('张三');
    const answer = await claim(app, person, estateId, { unitId: unit.unitId, realName: ' 张 三 ' });
    expect(answer).toMatchObject({ status: 201, body: { status: 'PENDING', evidenceCount: 1 } });
    expect((await me(person)).roles).toEqual([]);

    const file = await app.get<ClaimFile>(`/api/estates/${estateId}/claims/${answer.body.id}`, manager.token);
    expect(file.body.owners).toMatchObject([{ name: '张三', sameName: true, taken: false }]);
    expect(file.body.evidence).toHaveLength(1);
    expect(await decide(manager, answer.body.id, approve)).toMatchObject({
      status: 200,
      body: { status: 'APPROVED', decidedByName: '经理' },
    });
    expect((await me(person)).roles).toEqual([{ estateId, role: 'OWNER' }]);
    const inbox = await app.get<Inbox>('/api/me/inbox', person.token);
    expect(inbox.body.items[0]).toMatchObject({ kind: 'CLAIM', title: '房屋认领已通过' });
  });

  test('a claim of an owner that the roll does not name is not approved by mistake', async () => {
    const unit = await soldUnit('李四');
    const person = await app.build.person('王五');
    const { body } = await claim(app, person, estateId, { unitId: unit.unitId, realName: '王五' });
    expect(await decide(chair, body.id, approve)).toMatchObject({
      status: 409,
      body: { code: 'CLAIM.NOT_ON_ROLL' },
    });
    // Nothing half-done: it still waits, and the decider may point at the owner of the roll (a changed name).
    const file = await app.get<ClaimFile>(`/api/estates/${estateId}/claims/${body.id}`, chair.token);
    expect(file.body.status).toBe('PENDING');
    const ownerId = file.body.owners[0]?.ownerId;
    expect((await decide(chair, body.id, { ...approve, ownerId })).status).toBe(200);
    expect((await me(person)).roles).toEqual([{ estateId, role: 'OWNER' }]);
  });

  test('an owner of the roll who has an account already is not taken over', async () => {
    const unit = await newUnit();
    const first = await app.build.owner('赵六', [unit]);
    const second = await app.build.person('赵六');
    const { body } = await claim(app, second, estateId, { unitId: unit.unitId, realName: '赵六' });
    expect((await decide(chair, body.id, approve)).body.code).toBe('CLAIM.OWNER_TAKEN');
    expect((await me(first)).roles).toHaveLength(1);
  });

  test('a tenant’s access ends with the lease', async () => {
    const unit = await newUnit();
    const tenant = await app.build.person('租客');
    const endsAt = app.clock.now() + 30 * DAY_MS;
    const refused = await claim(app, tenant, estateId, { unitId: unit.unitId, kind: 'TENANT' });
    expect(refused).toMatchObject({ status: 422, body: { code: 'CLAIM.TERM' } });
    const { body } = await claim(app, tenant, estateId, { unitId: unit.unitId, kind: 'TENANT', endsAt });
    await decide(street, body.id, approve);
    expect((await me(tenant)).residencies).toMatchObject([{ kind: 'TENANT', endsAt }]);
    const before = app.clock.now();
    app.clock.set(endsAt);
    expect((await me(tenant)).residencies).toEqual([]);
    expect((await me(tenant)).roles).toEqual([]);
    app.clock.set(before);
  });

  test('a no needs its reason, and the claimant reads it', async () => {
    const unit = await newUnit();
    const person = await app.build.person('钱七');
    const { body } = await claim(app, person, estateId, { unitId: unit.unitId, kind: 'FAMILY' });
    expect((await decide(chair, body.id, { approve: false, reason: '  ' })).body.code).toBe('CLAIM.REASON');
    await decide(chair, body.id, { approve: false, reason: '照片看不清，请重拍' });
    const mine = await app.get<Page<Claim>>('/api/me/claims', person.token);
    expect(mine.body.items).toMatchObject([{ status: 'REFUSED', reason: '照片看不清，请重拍' }]);
    // And may come again with better photos.
    expect((await claim(app, person, estateId, { unitId: unit.unitId, kind: 'FAMILY' })).status).toBe(201);
  });

  test('nobody decides their own claim, however many offices they hold', async () => {
    const unit = await soldUnit('主任');
    const { body } = await claim(app, chair, estateId, { unitId: unit.unitId, realName: '主任' });
    const file = await app.get<ClaimFile>(`/api/estates/${estateId}/claims/${body.id}`, chair.token);
    expect(file.body.own).toBe(true);
    expect(await decide(chair, body.id, approve)).toMatchObject({ status: 403, body: { code: 'CLAIM.OWN' } });
    expect((await decide(street, body.id, approve)).status).toBe(200);
  });

  test('two who decide at once: one counts, the other is told', async () => {
    const unit = await newUnit();
    const person = await app.build.person('孙八');
    const { body } = await claim(app, person, estateId, { unitId: unit.unitId, kind: 'FAMILY' });
    const answers = await Promise.all([
      decide(chair, body.id, approve),
      decide(street, body.id, { approve: false, reason: '材料不符' }),
    ]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    const mine = await app.get<Page<Claim>>('/api/me/claims', person.token);
    const approved = mine.body.items[0]?.status === 'APPROVED';
    expect((await me(person)).residencies).toHaveLength(approved ? 1 : 0);
  });

  test('a double tap files one claim, and another tap for the same home is explained', async () => {
    const unit = await newUnit();
    const person = await app.build.person('周九');
    const key = tapKey();
    const facts = {
      unitId: unit.unitId,
      kind: 'FAMILY' as const,
      evidenceFileIds: [await evidence(app, person)],
    };
    const first = await claim(app, person, estateId, facts, key);
    const again = await claim(app, person, estateId, facts, key);
    expect(again.body.id).toBe(first.body.id);
    const other = await claim(app, person, estateId, { unitId: unit.unitId, kind: 'FAMILY' });
    expect(other).toMatchObject({ status: 409, body: { code: 'CLAIM.PENDING' } });
    const mine = await app.get<Page<Claim>>('/api/me/claims', person.token);
    expect(mine.body.items).toHaveLength(1);
  });

  test('two different taps at the same moment leave one claim', async () => {
    const unit = await newUnit();
    const person = await app.build.person('吴十');
    const files = [await evidence(app, person), await evidence(app, person)];
    const answers = await Promise.all(
      files.map((file) =>
        claim(app, person, estateId, { unitId: unit.unitId, kind: 'FAMILY', evidenceFileIds: [file] }),
      ),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409]);
  });

  test('a claim is refused for a home one has, for too many at once, and with somebody else’s photo', async () => {
    const held = await newUnit();
    const owner = await app.build.owner('郑一', [held]);
    expect((await claim(app, owner, estateId, { unitId: held.unitId })).body).toMatchObject({
      code: 'CLAIM.HELD',
    });
    const thief = await app.build.person('别人');
    const stolen = await claim(app, thief, estateId, {
      unitId: held.unitId,
      kind: 'FAMILY',
      evidenceFileIds: [await evidence(app, owner)],
    });
    expect(stolen).toMatchObject({ status: 400, body: { code: 'FILE.MISSING' } });
    for (let n = 0; n < IDENTITY_LIMITS.pendingClaims; n++)
      await claim(app, thief, estateId, { unitId: (await newUnit()).unitId, kind: 'FAMILY' });
    const sixth = await claim(app, thief, estateId, { unitId: held.unitId, kind: 'FAMILY' });
    expect(sixth.body).toMatchObject({ code: 'CLAIM.TOO_MANY' });
  });

  test('a home of another estate is not found under this one', async () => {
    const foreign = await app.build.unit(otherEstateId, '900', 9_000);
    const person = await app.build.person('冯二');
    expect((await claim(app, person, estateId, { unitId: foreign.unitId, kind: 'FAMILY' })).status).toBe(404);
  });

  test('another estate’s claim cannot be opened or decided by its id', async () => {
    const foreign = await app.build.unit(otherEstateId, '901', 9_000);
    const person = await app.build.person('陈三');
    const { body } = await claim(app, person, otherEstateId, { unitId: foreign.unitId, kind: 'FAMILY' });
    expect((await app.get(`/api/estates/${estateId}/claims/${body.id}`, chair.token)).status).toBe(404);
    expect((await decide(chair, body.id, approve)).status).toBe(404);
    expect((await decide(chair, body.id, approve, otherEstateId)).status).toBe(403);
    expect((await decide(clerk, body.id, approve)).status).toBe(403);
    expect((await decide(street, body.id, approve, otherEstateId)).status).toBe(200);
  });

  test('the queue reaches over the estates one decides for, and hides names until a claim is opened', async () => {
    const all = await app.get<ClaimQueue>('/api/me/claim-queue?limit=100', street.token);
    expect(all.body.pending).toBe(all.body.items.length);
    expect(all.body.items.every(({ claimantName }) => claimantName.endsWith('*'))).toBe(true);
    const chairs = await app.get<ClaimQueue>('/api/me/claim-queue?limit=100', chair.token);
    expect(chairs.body.items.every((item) => item.estateId === estateId)).toBe(true);
    const elsewhere = await app.get<ClaimQueue>(`/api/me/claim-queue?estateId=${otherEstateId}`, chair.token);
    expect(elsewhere.body.items).toEqual([]);
    expect((await app.get('/api/me/claim-queue', clerk.token)).status).toBe(403);
    const decided = await app.get<ClaimQueue>('/api/me/claim-queue?status=REFUSED', chair.token);
    expect(decided.body.items.length).toBeGreaterThan(0);
  });

  test('that somebody opened a claim is in the audit log', async () => {
    const looked = await app.database.row<{ count: number }>(
      "SELECT COUNT(*) AS count FROM audit_log WHERE action = 'CLAIM.OPENED' AND person_id = ?",
      [manager.personId],
    );
    expect(looked?.count).toBe(1);
  });

  test('a withdrawn claim takes its photos along and cannot be decided any more', async () => {
    const unit = await newUnit();
    const person = await app.build.person('褚四');
    const { body } = await claim(app, person, estateId, { unitId: unit.unitId, kind: 'FAMILY' });
    const stranger = await app.build.person('别人');
    expect((await app.post(`/api/me/claims/${body.id}/withdraw`, stranger.token)).status).toBe(404);
    expect((await app.post(`/api/me/claims/${body.id}/withdraw`, person.token)).status).toBe(200);
    expect((await decide(chair, body.id, approve)).body.code).toBe('CLAIM.DECIDED');
    await app.runJobs();
    const mine = await app.get<Page<Claim>>('/api/me/claims', person.token);
    expect(mine.body.items).toMatchObject([{ status: 'WITHDRAWN', evidenceCount: 0 }]);
  });

  test('evidence is gone thirty days after the decision, file and all', async () => {
    const unit = await newUnit();
    const person = await app.build.person('卫五');
    const { body } = await claim(app, person, estateId, {
      unitId: unit.unitId,
      kind: 'FAMILY',
      note: '房产证在我母亲名下',
    });
    await decide(chair, body.id, approve);
    const open = () => app.get<ClaimFile>(`/api/estates/${estateId}/claims/${body.id}`, chair.token);
    const [photo] = (await open()).body.evidence;
    const before = app.clock.now();
    app.clock.set(before + 30 * DAY_MS - 1);
    await app.runJobs();
    expect((await open()).body.evidence).toHaveLength(1);
    app.clock.set(before + 30 * DAY_MS);
    await app.runJobs();
    expect((await open()).body).toMatchObject({
      evidence: [],
      evidenceCount: 0,
      note: '',
      status: 'APPROVED',
    });
    const file = await app.database.row<Partial<FileRef>>('SELECT id FROM files WHERE id = ?', [
      photo?.id ?? '',
    ]);
    expect(file).toBeNull();
    expect((await me(person)).residencies).toHaveLength(1);
    app.clock.set(before);
  });

  test('what is typed wrong is named field by field', async () => {
    const person = await app.build.person('蒋六');
    const answer = await app.post<ErrorBody>(
      `/api/estates/${estateId}/claims`,
      person.token,
      { unitId: '1', kind: 'FRIEND', realName: '', note: '', evidenceFileIds: [], endsAt: null },
      tapKey(),
    );
    expect(answer.status).toBe(400);
    expect(answer.body.fields.map(({ path }) => path).toSorted()).toEqual([
      'evidenceFileIds',
      'kind',
      'realName',
      'unitId',
    ]);
    expect(answer.body.fields.every(({ message }) => /[\u4e00-\u9fff]/.test(message))).toBe(true);
  });
});
