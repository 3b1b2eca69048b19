import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ErrorBody } from '@linli/shared/errors';
import type { Me, PersonalExport, SignInResponse } from '@linli/shared/identity';
import { BindRollService, PersonsRepository, SmsPort } from '../../src/features/identity/index.ts';
import { FieldCipher } from '../../src/kernel/crypto/index.ts';
import { TestApp } from '../support/app.ts';
import type { TestPerson } from '../support/estate-builder.ts';
import { claim, evidence } from '../support/people.ts';

describe('one’s own data', () => {
  let app: TestApp;
  let estateId: string;
  let sent: string[];
  let rooms = 100;
  const CONFIRMED = { confirmed: true };

  beforeAll(async () => {
    app = await TestApp.start();
    estateId = await app.build.estate();
    sent = [];
    app.nest.get(SmsPort).sendCode = (_phone, code) => {
      sent.push(code);
      return Promise.resolve();
    };
  });
  afterAll(() => app.stop());

  async function signIn(phone: string): Promise<TestPerson> {
    app.clock.advance(61_000);
    await app.post('/api/auth/sms/send', undefined, { phone });
    const { body } = await app.post<SignInResponse>('/api/auth/sms/verify', undefined, {
      phone,
      code: sent.at(-1),
    });
    return { personId: body.me.id, token: body.token };
  }

  /** An owner whom the roll knows by phone, signed in. */
  async function ownerByPhone(name: string, phone: string) {
    const unit = await app.build.unit(estateId, String(++rooms), 8_900);
    const account = await app.build.owner(name, [unit]);
    const persons = app.nest.get(PersonsRepository);
    await app.database.transaction(async (tx) => {
      const owner = await tx.row<{ id: string }>('SELECT id FROM owners WHERE person_id = ?', [
        account.personId,
      ]);
      const ownerId = owner?.id ?? '';
      await tx.run('UPDATE owners SET person_id = NULL, phones_sealed = ? WHERE id = ?', [
        app.nest
          .get(FieldCipher)
          .seal(JSON.stringify([phone]), { table: 'owners', column: 'phones_sealed', rowId: ownerId }),
        ownerId,
      ]);
      await tx.insert('owner_phones', { phone_index: persons.phoneIndex(phone), owner_id: ownerId });
      await tx.run('DELETE FROM residencies WHERE person_id = ?', [account.personId]);
    });
    return { unit, person: await signIn(phone) };
  }

  const take = (person: TestPerson) => app.get<PersonalExport>('/api/me/export', person.token);
  const close = (person: TestPerson, body: object = CONFIRMED) =>
    app.post<ErrorBody>('/api/me/deletion', person.token, body);
  const section = (taken: PersonalExport, title: string) =>
    taken.sections.find((candidate) => candidate.title === title)?.rows ?? [];

  test('an export holds what is kept, in clear, with its purpose', async () => {
    const { person } = await ownerByPhone('张三', '13900001001');
    const other = await app.build.unit(estateId, String(++rooms), 8_900);
    await claim(app, person, estateId, { unitId: other.unitId, kind: 'FAMILY', realName: '张三' });
    const { body } = await take(person);
    expect(body.exportedAt).toBe(app.clock.now());
    expect(body.sections.every(({ title, purpose }) => title !== '' && purpose !== '')).toBe(true);
    expect(section(body, '账号')).toMatchObject([{ name: '张三', phone: '13900001001', wechatBound: false }]);
    expect(section(body, '名册上的登记')).toMatchObject([{ name: '张三', phones: ['13900001001'] }]);
    expect(section(body, '我的房屋')).toMatchObject([{ estate: '康宁家园', as: '业主' }]);
    expect(section(body, '房屋认领')).toMatchObject([{ status: '等待核实', photos: 1 }]);
    expect(section(body, '登录的设备')).toHaveLength(1);
    const titles = body.sections.map(({ title }) => title);
    expect(titles).toEqual(expect.arrayContaining(['消息', '我的投诉', '我的投票', '缴费记录']));
    expect(new Set(titles).size).toBe(titles.length);
  });

  test('an export holds nothing of anybody else, and no secret', async () => {
    const { person } = await ownerByPhone('李四', '13900001002');
    const stranger = await app.build.person('陌生金丝雀', '13900001003');
    await claim(app, stranger, estateId, {
      unitId: (await app.build.unit(estateId, String(++rooms), 8_900)).unitId,
      kind: 'FAMILY',
      realName: '陌生金丝雀',
    });
    const text = JSON.stringify((await take(person)).body);
    expect(text).not.toContain('陌生金丝雀');
    expect(text).not.toContain(person.token);
    expect(text).not.toMatch(/sealed|_hash|_index/);
  });

  test('closing an account takes the sign-in, the contact and the sessions, and keeps the roll', async () => {
    const { person, unit } = await ownerByPhone('王五', '13900001004');
    const second = await signIn('13900001004');
    const other = await app.build.unit(estateId, String(++rooms), 8_900);
    const pending = await claim(app, person, estateId, { unitId: other.unitId, kind: 'FAMILY' });
    await evidence(app, person);
    expect((await close(person)).status).toBe(204);

    expect((await app.get('/api/me', person.token)).status).toBe(401);
    expect((await app.get('/api/me', second.token)).status).toBe(401);
    const row = await app.database.row('SELECT * FROM persons WHERE id = ?', [person.personId]);
    expect(row).toMatchObject({
      name_sealed: null,
      phone_sealed: null,
      phone_index: null,
      openid_sealed: null,
      closed_at: app.clock.now(),
    });
    for (const table of ['sessions', 'inbox_messages', 'message_consents', 'idempotency_keys'])
      expect(
        await app.database.rows(`SELECT id FROM ${table} WHERE person_id = ?`, [person.personId]),
      ).toEqual([]);
    expect(await app.database.rows('SELECT id FROM files WHERE uploader_id = ?', [person.personId])).toEqual(
      [],
    );
    const kept = await app.database.row('SELECT status, evidence_file_ids FROM claims WHERE id = ?', [
      pending.body.id,
    ]);
    expect(kept).toMatchObject({ status: 'WITHDRAWN', evidence_file_ids: '[]' });
    const owners = await app.database.rows<{ person_id: string | null }>(
      'SELECT o.person_id FROM ownerships s JOIN owners o ON o.id = s.owner_id WHERE s.unit_id = ?',
      [unit.unitId],
    );
    expect(owners).toEqual([{ person_id: null }]);
  });

  test('whoever comes back with the same phone is a new person, bound by the roll again', async () => {
    const { person } = await ownerByPhone('赵六', '13900001005');
    await close(person);
    const back = await signIn('13900001005');
    expect(back.personId).not.toBe(person.personId);
    const { body } = await app.get<Me>('/api/me', back.token);
    expect(body).toMatchObject({ name: '赵六', roles: [{ role: 'OWNER' }] });
  });

  test('a closed account is not bound again by a new roll', async () => {
    const { person, unit } = await ownerByPhone('钱七', '13900001006');
    await close(person);
    await app.database.transaction((tx) => app.nest.get(BindRollService).followRoll(tx, estateId));
    const rows = await app.database.rows(
      'SELECT id FROM residencies WHERE unit_id = ? AND (ends_at IS NULL OR ends_at > ?)',
      [unit.unitId, app.clock.now()],
    );
    expect(rows).toEqual([]);
  });

  test('whoever holds an office hands it over first', async () => {
    const chair = await app.build.member('主任', 'COMMITTEE_CHAIR', [estateId]);
    expect(await close(chair)).toMatchObject({ status: 409, body: { code: 'ACCOUNT.IN_OFFICE' } });
    expect((await close(chair)).body.message).toContain('业委会主任');
    expect((await app.get('/api/me', chair.token)).status).toBe(200);
  });

  test('without the confirmation nothing is deleted', async () => {
    const person = await app.build.person('孙八');
    for (const body of [{}, { confirmed: false }]) expect((await close(person, body)).status).toBe(400);
    expect((await app.get('/api/me', person.token)).status).toBe(200);
  });

  test('two taps at once close it once', async () => {
    const person = await app.build.person('周九');
    const answers = await Promise.all([close(person), close(person)]);
    expect(answers.map(({ status }) => status)).toContain(204);
    const closed = await app.database.rows(
      "SELECT id FROM audit_log WHERE action = 'PERSON.CLOSED' AND subject_id = ?",
      [person.personId],
    );
    expect(closed).toHaveLength(1);
  });

  test('an export is recorded, and a machine cannot take them by the hundred', async () => {
    const person = await app.build.person('吴十');
    const statuses: number[] = [];
    for (let n = 0; n < 11; n++) statuses.push((await take(person)).status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(10);
    expect(statuses.at(-1)).toBe(429);
  });
});
