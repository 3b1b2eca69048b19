import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ErrorBody } from '@linli/shared/errors';
import type { EstateMembership, GrantingOrganisation, Me, MembershipRole } from '@linli/shared/identity';
import type { Page } from '@linli/shared/kernel';
import { InboxService } from '../../src/features/notifications/index.ts';
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
    const list = await app.get<Page<EstateMembership>>(url(), manager.token);
    expect(list.body.items.find(({ id }) => id === body.id)).toMatchObject({
      personName: '新人',
      proposedBy: '街道',
      confirmed: false,
      mayConfirm: true,
    });
    const own = await app.get<Page<EstateMembership>>(url(), street.token);
    expect(own.body.items.find(({ id }) => id === body.id)?.mayConfirm).toBe(false);
  });

  test('offices are read page by page, what waits first, none twice and none missing', async () => {
    for (const kind of ['COMPANY', 'COMMITTEE'] as const) {
      const person = await newPerson();
      const role = kind === 'COMPANY' ? 'COMPANY_CLERK' : 'COMMITTEE_MEMBER';
      expect((await propose(street, kind, role, person.phone)).status).toBe(201);
    }
    const read = (query: string) =>
      app.get<Page<EstateMembership>>(`${url()}?${query}`, manager.token).then(({ body }) => body);
    const whole = (await read('limit=100')).items;
    const paged: EstateMembership[] = [];
    for (let after = ''; ;) {
      const page = await read(`limit=2${after}`);
      paged.push(...page.items);
      if (page.next === null) break;
      after = `&after=${page.next}`;
    }
    expect(paged).toEqual(whole);
    const waiting = whole.map(({ confirmed }) => confirmed);
    expect(waiting).toEqual(waiting.toSorted((a, b) => Number(a) - Number(b)));
    expect(new Set(whole.map(({ id }) => id)).size).toBe(whole.length);
    expect(whole.length).toBeGreaterThan(4);
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

describe('an office gives power where it was granted', () => {
  let app: TestApp;
  let here: string;
  let there: string;
  let manager: TestPerson;
  let street: TestPerson;
  let phones = 13_900_000_500;

  beforeAll(async () => {
    app = await TestApp.start();
    here = await app.build.estate('康宁家园');
    there = await app.build.estate('幸福里');
    manager = await app.build.member('经理', 'COMPANY_MANAGER', [here, there]);
    street = await app.build.member('街道', 'STREET_OFFICER', [here, there]);
    await app.build.member('社区', 'COMMUNITY_OFFICER', [here, there]);
  });
  afterAll(() => app.stop());

  const organisationOf = async (kind: string) => {
    const row = await app.database.row<{ id: string }>('SELECT id FROM organisations WHERE kind = ?', [kind]);
    return row?.id ?? '';
  };
  async function newPerson(): Promise<TestPerson & { phone: string }> {
    const phone = String(++phones);
    return { ...(await app.build.person('新人', phone)), phone };
  }
  const url = (estateId: string) => `/api/estates/${estateId}/memberships`;
  const propose = async (
    by: TestPerson,
    estateId: string,
    office: { kind: string; role: MembershipRole; phone: string; wholeArea?: boolean },
  ) => {
    const { kind, ...facts } = office;
    const term = { startsOn: '2026-11-21', endsOn: '2026-12-31' };
    const body = { organisationId: await organisationOf(kind), ...facts, ...term };
    return app.post<{ id: string } & ErrorBody>(url(estateId), by.token, body, tapKey());
  };
  const confirm = (by: TestPerson, estateId: string, id: string) =>
    app.post<ErrorBody>(`${url(estateId)}/${id}/confirm`, by.token);
  const end = (by: TestPerson, estateId: string, id: string) =>
    app.post<ErrorBody>(`${url(estateId)}/${id}/end`, by.token);
  const estatesOf = async (person: TestPerson) =>
    (await app.get<Me>('/api/me', person.token)).body.roles.map(({ estateId }) => estateId);
  const queueOf = async (person: TestPerson, estateId: string) =>
    (await app.get(`/api/estates/${estateId}/tickets/queue`, person.token)).status;

  test('the company’s clerk of one estate is nobody in another that the company serves, until granted there', async () => {
    const clerk = await newPerson();
    const office = { kind: 'COMPANY', role: 'COMPANY_CLERK', phone: clerk.phone } as const;
    const first = await propose(manager, here, office);
    expect((await confirm(street, here, first.body.id)).status).toBe(204);
    expect([await queueOf(clerk, here), await queueOf(clerk, there)]).toEqual([200, 403]);
    const me = await app.get<Me>('/api/me', clerk.token);
    expect(me.body.memberships.map(({ estates }) => estates.map(({ id }) => id))).toEqual([[here]]);

    const second = await propose(manager, there, office);
    expect(second.status).toBe(201);
    expect((await confirm(street, there, second.body.id)).status).toBe(204);
    expect((await estatesOf(clerk)).toSorted()).toEqual([here, there].toSorted());

    expect((await end(manager, here, first.body.id)).status).toBe(204);
    expect([await queueOf(clerk, here), await queueOf(clerk, there)]).toEqual([403, 200]);
  });

  test('one estate neither sees, confirms nor ends what was granted in another', async () => {
    const clerk = await newPerson();
    const { body } = await propose(manager, here, {
      kind: 'COMPANY',
      role: 'COMPANY_CLERK',
      phone: clerk.phone,
    });
    const list = await app.get<Page<EstateMembership>>(url(there), street.token);
    expect(list.body.items.map(({ id }) => id)).not.toContain(body.id);
    expect((await confirm(street, there, body.id)).status).toBe(404);
    expect((await end(street, there, body.id)).status).toBe(404);
  });

  test('a manager of one estate appoints nobody in another of the same company', async () => {
    const local = await newPerson();
    const made = await propose(manager, here, {
      kind: 'COMPANY',
      role: 'COMPANY_MANAGER',
      phone: local.phone,
    });
    await confirm(street, here, made.body.id);
    const clerk = await newPerson();
    const office = { kind: 'COMPANY', role: 'COMPANY_CLERK', phone: clerk.phone } as const;
    expect((await propose(local, here, office)).status).toBe(201);
    expect((await propose(local, there, office)).status).toBe(403);
  });

  test('a company’s office is never for all of its estates', async () => {
    const person = await newPerson();
    const { body } = await propose(street, here, {
      kind: 'COMPANY',
      role: 'COMPANY_CLERK',
      phone: person.phone,
      wholeArea: true,
    });
    expect(body.code).toBe('MEMBERSHIP.AREA');
  });

  test('the street grants for its whole area; an officer of one estate only for that one', async () => {
    const officer = await newPerson();
    const whole = {
      kind: 'COMMUNITY',
      role: 'COMMUNITY_OFFICER',
      phone: officer.phone,
      wholeArea: true,
    } as const;
    const second = await app.build.member('另一街道', 'STREET_OFFICER', [here, there]);
    const { body } = await propose(street, here, whole);
    expect((await confirm(second, there, body.id)).status).toBe(204);
    expect((await estatesOf(officer)).toSorted()).toEqual([here, there].toSorted());

    const local = await newPerson();
    const made = await propose(street, here, {
      kind: 'COMMUNITY',
      role: 'COMMUNITY_OFFICER',
      phone: local.phone,
    });
    expect((await confirm(second, here, made.body.id)).status).toBe(204);
    expect(await estatesOf(local)).toEqual([here]);
    const another = { ...whole, phone: (await newPerson()).phone };
    expect((await propose(local, here, another)).body.code).toBe('MEMBERSHIP.NOT_YOURS');
    expect((await propose(local, here, { ...another, wholeArea: false })).status).toBe(201);
    const waiting = await propose(street, here, another);
    expect((await confirm(local, here, waiting.body.id)).body.code).toBe('MEMBERSHIP.NOT_YOURS');
    expect((await end(local, here, body.id)).body.code).toBe('MEMBERSHIP.NOT_YOURS');
    expect((await end(street, there, body.id)).status).toBe(204);
    expect(await estatesOf(officer)).toEqual([]);
  });

  test('whoever may propose is told for which organisations, also where nobody is in office', async () => {
    const empty = await app.build.estate('新小区');
    const officer = await app.build.member('街道二', 'STREET_OFFICER', [empty]);
    await app.build.member('经理二', 'COMPANY_MANAGER', [empty]);
    await app.database.transaction((tx) => tx.run('DELETE FROM memberships WHERE estate_id = ?', [empty]));
    const ask = (person: TestPerson, estateId: string) =>
      app.get<GrantingOrganisation[]>(`${url(estateId)}/organisations`, person.token);
    expect((await ask(officer, empty)).body).toMatchObject([
      { roles: ['COMPANY_MANAGER', 'COMPANY_CLERK'], mayReachArea: false },
      { roles: ['STREET_OFFICER'], mayReachArea: true },
    ]);
    expect((await ask(manager, here)).body.map(({ roles }) => roles)).toEqual([
      ['COMPANY_MANAGER', 'COMPANY_CLERK'],
    ]);
  });

  test('messages and the list of colleagues reach only those of the estate', async () => {
    const clerk = await newPerson();
    const { body } = await propose(manager, here, {
      kind: 'COMPANY',
      role: 'COMPANY_CLERK',
      phone: clerk.phone,
    });
    await confirm(street, here, body.id);
    const staff = (estateId: string) =>
      app.database.transaction((tx) => app.nest.get(InboxService).staffOf(tx, estateId, ['COMPANY_CLERK']));
    expect(await staff(here)).toContain(clerk.personId);
    expect(await staff(there)).not.toContain(clerk.personId);
    const colleagues = async (estateId: string) => {
      const list = await app.get<{ id: string }[]>(
        `/api/estates/${estateId}/tickets/assignees`,
        manager.token,
      );
      return list.body.map(({ id }) => id);
    };
    expect(await colleagues(here)).toContain(clerk.personId);
    expect(await colleagues(there)).not.toContain(clerk.personId);
  });
});
