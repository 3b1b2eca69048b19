import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type {
  AssemblyDraft,
  PetitionDetail,
  PetitionOptions,
  PetitionSigners,
  PetitionSummary,
} from '@linli/shared/assembly';
import type { ErrorBody } from '@linli/shared/errors';
import type { Inbox } from '@linli/shared/notifications';
import { DAY_MS, endOfDay, type Page } from '@linli/shared/kernel';
import { TestApp } from '../support/app.ts';
import { newKey, type Owner } from '../support/assembly-builder.ts';
import { ElectionBuilder } from '../support/election-builder.ts';
import type { TestPerson } from '../support/estate-builder.ts';

type Petition = PetitionDetail & ErrorBody;

describe('a petition of owners', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());

  const REQUEST = {
    kind: 'MEETING',
    title: '要求公布电梯维修账目',
    text: '请召开临时会议，决定委托审计电梯维修的全部支出。',
    matter: 9,
    membershipIds: [],
  };

  async function estate(owners: number, region = 'qitai') {
    const place = await ElectionBuilder.start(app, region);
    const base = `/api/estates/${place.estateId}/petitions`;
    const people = await place.meeting.owners(owners);
    const at = (index: number): Owner => {
      const owner = people[index];
      if (owner === undefined) throw new Error('no such owner');
      return owner;
    };
    const start = (person: TestPerson, facts: object = {}, key = newKey()) =>
      app.post<{ id: string } & ErrorBody>(base, person.token, { ...REQUEST, ...facts }, key);
    const act = (person: TestPerson, id: string, what: string) =>
      app.post<Petition>(`${base}/${id}/${what}`, person.token);
    const read = (person: TestPerson, id: string) => app.get<Petition>(`${base}/${id}`, person.token);
    return {
      ...place,
      place,
      base,
      at,
      start,
      act,
      read,
      chair: place.meeting.chair,
      estateId: place.estateId,
    };
  }
  const inboxOf = async (person: TestPerson) =>
    (await app.get<Inbox>('/api/me/inbox', person.token)).body.items.map(({ title }) => title);

  test('counts a head once, says how many are missing, and obliges the committee at a fifth', async () => {
    const { place, base, at, start, act, read, chair, estateId } = await estate(13);
    const [wife, husband] = await app.build.coOwners(
      ['妻', '夫'],
      [await app.build.unit(estateId, '1801', 10_000)],
    );
    const parking = await app.build.owner('车位业主', [
      await app.build.unit(estateId, 'P1', 1_200, { use: 'PARKING' }),
    ]);
    if (wife === undefined || husband === undefined) throw new Error('no couple');
    const { body: options } = await app.get<PetitionOptions>(`${base}/options`, at(0).token);
    expect(options.meeting.sentence).toBe('还差 3 户');

    const { body } = await start(at(0));
    expect((await read(at(1), body.id)).body.progress.sentence).toBe('还差 2 户');
    expect((await act(parking, body.id, 'signature')).body.code).toBe('PETITION.NOTHING_COUNTED');
    expect((await act(place.community, body.id, 'signature')).status).toBe(403);
    await act(wife, body.id, 'signature');
    const twice = await act(husband, body.id, 'signature');
    expect(twice.body).toMatchObject({ progress: { heads: { have: 2 } }, signedByMe: true });
    // Signing again, taking back, and signing anew.
    expect((await act(wife, body.id, 'signature')).body.progress.heads.have).toBe(2);
    await act(wife, body.id, 'signature/take-back');
    expect((await act(husband, body.id, 'signature/take-back')).body.progress.heads.have).toBe(1);
    expect((await act(at(0), body.id, 'convene')).status).toBe(403);
    expect((await act(chair, body.id, 'convene')).body.code).toBe('PETITION.NOT_REACHED');
    await act(wife, body.id, 'signature');
    const crossed = await act(at(2), body.id, 'signature');
    expect(crossed.body).toMatchObject({ state: 'REACHED', duty: { on: 'COMMITTEE' }, mayTakeBack: false });
    expect((await act(at(2), body.id, 'signature/take-back')).body.code).toBe('PETITION.NOT_OPEN');
    expect((await act(at(3), body.id, 'signature')).body.code).toBe('PETITION.NOT_OPEN');
    expect(await inboxOf(chair)).toContain('业主联名人数已够');

    const drafted = await app.post<{ assemblyId: string } & ErrorBody>(
      `${base}/${body.id}/convene`,
      chair.token,
    );
    expect(drafted.status).toBe(200);
    expect((await act(chair, body.id, 'convene')).body.code).toBe('PETITION.CONVENED');
    const url = `${place.meeting.base}/${drafted.body.assemblyId}`;
    const { body: draft } = await app.get<AssemblyDraft>(`${url}/draft`, chair.token);
    expect(draft.motions).toMatchObject([{ matter: 9, title: REQUEST.title }]);
    // Drafted is not noticed, and a cancelled meeting is none.
    expect((await read(at(0), body.id)).body.duty.on).toBe('COMMITTEE');
    await place.voting(drafted.body.assemblyId);
    expect((await read(at(0), body.id)).body.duty).toMatchObject({ on: 'NOBODY' });
  });

  test('tells nobody who signed: the committee sees a number, 社区 and 街道 see names once it is reached', async () => {
    const { place, base, at, start, act, read, chair } = await estate(6);
    const { body } = await start(at(0));
    const signers = (person: TestPerson) =>
      app.get<PetitionSigners & ErrorBody>(`${base}/${body.id}/signers`, person.token);
    expect((await signers(place.community)).body.code).toBe('PETITION.NOT_REACHED');
    await act(at(1), body.id, 'signature');
    for (const person of [chair, at(0), at(1)]) expect((await signers(person)).status).toBe(403);
    const named = await signers(place.community);
    expect(named.body.items.map(({ name }) => name)).toEqual(['业主0', '业主1']);
    const looked = await app.database.rows('SELECT id FROM audit_log WHERE action = ? AND subject_id = ?', [
      'PETITION.SIGNERS_READ',
      body.id,
    ]);
    expect(looked).toHaveLength(1);
    const seen = await read(chair, body.id);
    expect(JSON.stringify(seen.body)).not.toContain('业主0');
    expect(seen.body.maySeeSigners).toBe(false);
    const { body: page } = await app.get<Page<PetitionSummary>>(base, at(2).token);
    expect(page.items.map(({ signedByMe }) => signedByMe)).toEqual([false]);
    const elsewhere = await estate(1);
    expect((await app.get(`${elsewhere.base}/${body.id}`, elsewhere.at(0).token)).status).toBe(404);
    expect((await elsewhere.act(elsewhere.at(0), body.id, 'signature')).status).toBe(404);
  });

  test('passes to the street when the committee lets its days go by, and back to nobody’s rest', async () => {
    const { place, base, at, start, act, read, chair } = await estate(5);
    const bureau = await app.build.member('住建', 'BUREAU_OFFICER', [place.estateId]);
    const { body } = await start(at(0));
    const reached = (await read(at(0), body.id)).body;
    expect(reached.state).toBe('REACHED');
    expect((await act(place.street, body.id, 'convene')).body.code).toBe('PETITION.COMMITTEES_DUTY');
    app.clock.set(endOfDay(reached.duty.until ?? '') + 1);
    expect((await act(chair, body.id, 'convene')).body.code).toBe('PETITION.STREETS_DUTY');
    await app.runJobs();
    expect(await inboxOf(place.street)).toContain('业委会逾期没有召集会议');
    const street = (await read(at(0), body.id)).body;
    expect(street).toMatchObject({ state: 'WITH_STREET', duty: { on: 'STREET', overdueDays: 0 } });
    app.clock.set(endOfDay(street.duty.until ?? '') + DAY_MS);
    await app.runJobs();
    app.clock.advance(DAY_MS);
    await app.runJobs();
    const late = (await inboxOf(bureau)).filter((title) => title === '联名召集会议已逾期');
    expect(late).toHaveLength(1);
    const drafted = await app.post<{ assemblyId: string }>(`${base}/${body.id}/convene`, place.street.token);
    expect(drafted.status).toBe(200);
    const cancel = `${place.meeting.base}/${drafted.body.assemblyId}/cancel`;
    expect((await app.post(cancel, place.street.token, { reason: '材料不全' })).status).toBe(200);
    expect((await read(place.street, body.id)).body).toMatchObject({ mayConvene: true, assemblyId: null });
    expect((await act(place.street, body.id, 'convene')).status).toBe(200);
  });

  test('for a recall names members in office, and may come from the committee’s own majority', async () => {
    const { place, base, at, start, act, read, chair } = await estate(20);
    const members: TestPerson[] = [];
    for (const name of ['委员甲', '委员乙'])
      members.push(await app.build.member(name, 'COMMITTEE_MEMBER', [place.estateId]));
    const { body: options } = await app.get<PetitionOptions>(`${base}/options`, at(0).token);
    const target = options.members.find(({ name }) => name === '主任');
    const recall = { kind: 'RECALL', title: '提议罢免业委会主任', membershipIds: [target?.membershipId] };
    const nobody = await start(at(0), { ...recall, membershipIds: [] });
    expect(nobody.body.code).toBe('PETITION.MEMBERS');
    const begun = await start(members[0] ?? chair, recall);
    expect(begun.status).toBe(201);
    expect((await read(at(0), begun.body.id)).body).toMatchObject({ matter: 3, state: 'OPEN' });
    const backed = await act(members[1] ?? chair, begun.body.id, 'signature');
    expect(backed.body).toMatchObject({ state: 'REACHED', progress: { heads: { have: 0 } } });
    const drafted = await app.post<{ assemblyId: string }>(`${base}/${begun.body.id}/convene`, chair.token);
    const assembly = await place.voting(drafted.body.assemblyId);
    expect(assembly.motions.map(({ title }) => title)).toEqual(['罢免业委会成员：1号 主任']);
    for (let index = 0; index < 20; index += 1)
      await place.meeting.cast(at(index), assembly, index < 15 ? 'FOR' : 'AGAINST');
    await place.meeting.count(assembly);
    expect(await inboxOf(place.street)).toContain('业主大会通过罢免');
  });

  test('is begun once at a time, may be taken back by who began it, and ends with its days', async () => {
    const { at, start, act, read } = await estate(30);
    const key = newKey();
    const [first, second] = await Promise.all([start(at(0), {}, key), start(at(0), {}, key)]);
    const made = [first, second].filter(({ status }) => status === 201).map(({ body }) => body.id);
    expect(new Set(made).size).toBe(1);
    expect((await start(at(0), { title: '另一份联名请求' })).body.code).toBe('PETITION.OPEN_ALREADY');
    const id = made[0] ?? '';
    expect((await act(at(1), id, 'withdraw')).body.code).toBe('PETITION.NOT_YOURS');
    expect((await act(at(0), id, 'withdraw')).body.state).toBe('WITHDRAWN');
    const other = await start(at(0));
    const { signUntil } = (await read(at(0), other.body.id)).body;
    app.clock.set(signUntil + 1);
    expect((await act(at(1), other.body.id, 'signature')).body.code).toBe('PETITION.NOT_OPEN');
    app.clock.advance(DAY_MS);
    await app.runJobs();
    expect(await inboxOf(at(0))).toContain('联名到期，人数不够');
    expect((await read(at(0), other.body.id)).body.state).toBe('LAPSED');
  });
});
