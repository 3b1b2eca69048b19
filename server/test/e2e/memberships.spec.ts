import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ErrorBody } from '@linli/shared/errors';
import type { EstateMembership, Me, MembershipRole } from '@linli/shared/identity';
import { TestApp } from '../support/app.ts';
import type { TestPerson } from '../support/estate-builder.ts';
import { tapKey } from '../support/people.ts';

describe('an office is granted by two persons', () => {
  let app: TestApp;
  let estateId: string;
  let chair: TestPerson;
  let manager: TestPerson;
  let clerk: TestPerson;
  let street: TestPerson;
  let community: TestPerson;
  let organisations: Record<string, string>;
  let phones = 13_900_000_100;

  beforeAll(async () => {
    app = await TestApp.start();
    estateId = await app.build.estate();
    chair = await app.build.member('主任', 'COMMITTEE_CHAIR', [estateId]);
    manager = await app.build.member('经理', 'COMPANY_MANAGER', [estateId]);
    clerk = await app.build.member('客服', 'COMPANY_CLERK', [estateId]);
    street = await app.build.member('街道', 'STREET_OFFICER', [estateId]);
    community = await app.build.member('社区', 'COMMUNITY_OFFICER', [estateId]);
    const rows = await app.database.rows<{ id: string; kind: string }>('SELECT id, kind FROM organisations');
    organisations = Object.fromEntries(rows.map(({ id, kind }) => [kind, id]));
  });
  afterAll(() => app.stop());

  async function newPerson(): Promise<TestPerson & { phone: string }> {
    const phone = String(++phones);
    return { ...(await app.build.person('新人', phone)), phone };
  }
  const url = () => `/api/estates/${estateId}/memberships`;
  const propose = (
    by: TestPerson,
    kind: string,
    role: MembershipRole,
    phone: string,
    term = { startsOn: '2026-11-21', endsOn: '2026-12-31' },
  ) =>
    app.post<{ id: string } & ErrorBody>(
      url(),
      by.token,
      { organisationId: organisations[kind], role, phone, ...term },
      tapKey(),
    );
  const confirm = (by: TestPerson, id: string) => app.post<ErrorBody>(`${url()}/${id}/confirm`, by.token);
  const end = (by: TestPerson, id: string) => app.post<ErrorBody>(`${url()}/${id}/end`, by.token);
  const rolesOf = async (person: TestPerson) =>
    (await app.get<Me>('/api/me', person.token)).body.roles.map(({ role }) => role);

  test('proposed alone it is no power; confirmed by another it is, until the term ends', async () => {
    const person = await newPerson();
    const { body, status } = await propose(manager, 'COMPANY', 'COMPANY_CLERK', person.phone);
    expect(status).toBe(201);
    expect(await rolesOf(person)).toEqual([]);
    expect((await confirm(manager, body.id)).body.code).toBe('MEMBERSHIP.TWO_PERSONS');
    expect((await confirm(person, body.id)).status).toBe(403);
    expect((await confirm(community, body.id)).status).toBe(204);
    expect(await rolesOf(person)).toEqual(['COMPANY_CLERK']);
    expect((await confirm(street, body.id)).body.code).toBe('MEMBERSHIP.SETTLED');
    const now = app.clock.now();
    app.clock.set(Date.UTC(2026, 11, 31, 16));
    expect(await rolesOf(person)).toEqual([]);
    app.clock.set(now);
  });

  test('a committee’s office needs the community or the street among the two', async () => {
    const person = await newPerson();
    const other = await app.build.member('另一主任', 'COMMITTEE_CHAIR', [estateId]);
    const { body } = await propose(chair, 'COMMITTEE', 'COMMITTEE_TREASURER', person.phone);
    expect((await confirm(other, body.id)).body.code).toBe('MEMBERSHIP.SUPERVISOR');
    expect((await confirm(street, body.id)).status).toBe(204);
  });

  test('nobody grants beyond their own circle', async () => {
    const person = await newPerson();
    const { body } = await propose(clerk, 'COMPANY', 'COMPANY_MANAGER', person.phone);
    expect(body.code).toBe('MEMBERSHIP.NOT_YOURS');
    expect((await propose(manager, 'COMMITTEE', 'COMMITTEE_CHAIR', person.phone)).status).toBe(403);
    expect((await propose(chair, 'STREET', 'STREET_OFFICER', person.phone)).status).toBe(403);
    expect((await propose(manager, 'COMPANY', 'COMMITTEE_CHAIR', person.phone)).body.code).toBe(
      'MEMBERSHIP.ROLE',
    );
    expect((await propose(street, 'STREET', 'OPERATOR', person.phone)).body.code).toBe('MEMBERSHIP.ROLE');
    expect(await rolesOf(person)).toEqual([]);
  });

  test('whoever may not grant does not learn whether a number has an account', async () => {
    const answers = [
      await propose(clerk, 'COMPANY', 'COMPANY_CLERK', '13800000000'),
      await propose(clerk, 'COMPANY', 'COMPANY_CLERK', (await newPerson()).phone),
    ];
    expect(answers.map(({ body }) => body.code)).toEqual(['MEMBERSHIP.NOT_YOURS', 'MEMBERSHIP.NOT_YOURS']);
    const { body } = await propose(manager, 'COMPANY', 'COMPANY_CLERK', '13800000000');
    expect(body.code).toBe('MEMBERSHIP.NO_ACCOUNT');
  });

  test('the same office is not granted twice, and a term that is over is none', async () => {
    const person = await newPerson();
    await propose(manager, 'COMPANY', 'COMPANY_CLERK', person.phone);
    expect((await propose(street, 'COMPANY', 'COMPANY_CLERK', person.phone)).body.code).toBe(
      'MEMBERSHIP.EXISTS',
    );
    const past = { startsOn: '2020-01-01', endsOn: '2021-01-01' };
    expect((await propose(manager, 'COMPANY', 'COMPANY_MANAGER', person.phone, past)).body.code).toBe(
      'MEMBERSHIP.TERM',
    );
    const never = { startsOn: '2026-02-30', endsOn: '2027-01-01' };
    expect((await propose(manager, 'COMPANY', 'COMPANY_MANAGER', person.phone, never)).status).toBe(400);
  });

  test('two who confirm at once: one does', async () => {
    const person = await newPerson();
    const { body } = await propose(manager, 'COMPANY', 'COMPANY_CLERK', person.phone);
    const answers = await Promise.all([confirm(street, body.id), confirm(community, body.id)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([204, 409]);
  });

  test('an office that is ended is without power at once; a proposal that is taken back is gone', async () => {
    const person = await newPerson();
    const { body } = await propose(manager, 'COMPANY', 'COMPANY_CLERK', person.phone);
    await confirm(street, body.id);
    expect((await end(clerk, body.id)).body.code).toBe('MEMBERSHIP.NOT_YOURS');
    expect(await rolesOf(person)).toEqual(['COMPANY_CLERK']);
    expect((await end(manager, body.id)).status).toBe(204);
    expect(await rolesOf(person)).toEqual([]);
    expect((await end(manager, body.id)).body.code).toBe('MEMBERSHIP.SETTLED');
    const second = await propose(manager, 'COMPANY', 'COMPANY_MANAGER', person.phone);
    expect((await end(street, second.body.id)).status).toBe(204);
    expect((await confirm(street, second.body.id)).status).toBe(404);
  });

  test('an elected member is dismissed neither by the chair nor by the community; they may resign', async () => {
    const person = await newPerson();
    const { body } = await propose(chair, 'COMMITTEE', 'COMMITTEE_MEMBER', person.phone);
    await confirm(community, body.id);
    for (const by of [chair, community])
      expect((await end(by, body.id)).body.code).toBe('MEMBERSHIP.NOT_YOURS');
    expect((await end(person, body.id)).status).toBe(204);
    expect(await rolesOf(person)).toEqual([]);
  });

  test('staff see who is in office, and what waits for them', async () => {
    const person = await newPerson();
    const { body } = await propose(street, 'COMPANY', 'COMPANY_CLERK', person.phone);
    const list = await app.get<EstateMembership[]>(url(), manager.token);
    expect(list.body.find(({ id }) => id === body.id)).toMatchObject({
      personName: '新人',
      proposedBy: '街道',
      confirmed: false,
      mayConfirm: true,
    });
    const own = await app.get<EstateMembership[]>(url(), street.token);
    expect(own.body.find(({ id }) => id === body.id)?.mayConfirm).toBe(false);
  });

  test('another estate’s offices are out of reach', async () => {
    const elsewhere = await app.build.estate('幸福里');
    const officer = await app.build.member('别处街道', 'STREET_OFFICER', [elsewhere]);
    const person = await newPerson();
    const { body } = await propose(manager, 'COMPANY', 'COMPANY_CLERK', person.phone);
    expect((await confirm(officer, body.id)).status).toBe(403);
    const wrong = await app.post(`/api/estates/${elsewhere}/memberships/${body.id}/confirm`, officer.token);
    expect(wrong.status).toBe(404);
  });
});
