import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ErrorBody } from '@linli/shared/errors';
import {
  IDENTITY_LIMITS,
  INVITATION_ALPHABET,
  type AcceptedInvitation,
  type HomePeople,
  type Invitation,
  type InvitationOffer,
  type InviteRequest,
  type Me,
  type OpenInvitation,
} from '@linli/shared/identity';
import { DAY_MS } from '@linli/shared/kernel';
import type { Inbox } from '@linli/shared/notifications';
import { BindRollService } from '../../src/features/identity/index.ts';
import { TestApp } from '../support/app.ts';
import type { TestPerson, TestUnit } from '../support/estate-builder.ts';
import { tapKey } from '../support/people.ts';

describe('family and tenants of a home', () => {
  let app: TestApp;
  let estateId: string;
  let unit: TestUnit;
  let owner: TestPerson;
  let rooms = 200;

  beforeAll(async () => {
    app = await TestApp.start();
    estateId = await app.build.estate();
    unit = await app.build.unit(estateId, '101', 8_900);
    owner = await app.build.owner('张三', [unit]);
  });
  afterAll(() => app.stop());

  const FAMILY: InviteRequest = { kind: 'FAMILY', endsAt: null };
  const invite = (by: TestPerson, home: TestUnit, request: InviteRequest = FAMILY, key = tapKey()) =>
    app.post<Invitation & ErrorBody>(`/api/me/homes/${home.unitId}/invitations`, by.token, request, key);
  const accept = (person: TestPerson, code: string, key = tapKey()) =>
    app.post<AcceptedInvitation & ErrorBody>('/api/me/invitations/accept', person.token, { code }, key);
  const people = (person: TestPerson, home: TestUnit) =>
    app.get<HomePeople>(`/api/me/homes/${home.unitId}/people`, person.token);
  const me = async (person: TestPerson) => (await app.get<Me>('/api/me', person.token)).body;
  const remove = (by: TestPerson, home: TestUnit, residencyId: string | undefined) =>
    app.call<ErrorBody>('DELETE', `/api/me/homes/${home.unitId}/people/${residencyId}`, { token: by.token });

  async function newHome(): Promise<{ home: TestUnit; host: TestPerson }> {
    const home = await app.build.unit(estateId, String(++rooms), 8_900);
    return { home, host: await app.build.owner('李四', [home]) };
  }

  test('family comes in with a code that is read out, and the owner hears of it', async () => {
    const { body: invitation } = await invite(owner, unit);
    expect(invitation.code).toHaveLength(IDENTITY_LIMITS.invitationCodeChars);
    expect(Array.from(invitation.code).every((letter) => INVITATION_ALPHABET.includes(letter))).toBe(true);

    const wife = await app.build.person('李梅');
    const spoken = ` ${invitation.code.slice(0, 4).toLowerCase()}-${invitation.code.slice(4)} `;
    const offer = await app.post<InvitationOffer>('/api/me/invitations/look', wife.token, { code: spoken });
    expect(offer.body).toEqual({
      estateName: '康宁家园',
      unitName: '1号楼 1单元 101',
      kind: 'FAMILY',
      endsAt: null,
      invitedByMasked: '张*',
    });
    expect((await accept(wife, spoken)).status).toBe(200);
    expect((await me(wife)).roles).toEqual([{ estateId, role: 'FAMILY' }]);
    const { body } = await people(owner, unit);
    expect(body.people.map(({ name, kind, removable }) => [name, kind, removable])).toEqual([
      ['张三', 'OWNER', false],
      ['李梅', 'FAMILY', true],
    ]);
    const inbox = await app.get<Inbox>('/api/me/inbox', owner.token);
    expect(inbox.body.items[0]).toMatchObject({ title: '您的邀请已被接受' });
  });

  test('the code itself is nowhere in the database', async () => {
    const { body } = await invite(owner, unit);
    const rows = await app.database.rows<{ code_hash: string }>('SELECT code_hash FROM invitations');
    expect(rows.some(({ code_hash }) => code_hash.includes(body.code))).toBe(false);
    // The answer is kept for a repeated tap; it is the owner's own, and is read back there only.
    expect(rows.length).toBeGreaterThan(0);
  });

  test('a code works once, however many hold it', async () => {
    const { home, host } = await newHome();
    const { body } = await invite(host, home);
    const guests = [await app.build.person('甲'), await app.build.person('乙'), await app.build.person('丙')];
    const answers = await Promise.all(guests.map((guest) => accept(guest, body.code)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 422, 422]);
    expect((await people(host, home)).body.people).toHaveLength(2);
  });

  test('a double tap moves in once', async () => {
    const { home, host } = await newHome();
    const { body } = await invite(host, home);
    const guest = await app.build.person('丁');
    const key = tapKey();
    const [first, second] = [await accept(guest, body.code, key), await accept(guest, body.code, key)];
    expect(second.body).toEqual(first.body);
  });

  test('a tenant’s access must end, and does', async () => {
    const { home, host } = await newHome();
    expect((await invite(host, home, { kind: 'TENANT', endsAt: null })).body.code).toBe('INVITATION.TERM');
    const past = app.clock.now() - 1;
    expect((await invite(host, home, { kind: 'TENANT', endsAt: past })).status).toBe(422);
    const forever = app.clock.now() + 21 * 366 * DAY_MS;
    expect((await invite(host, home, { kind: 'TENANT', endsAt: forever })).status).toBe(422);
    const endsAt = app.clock.now() + 30 * DAY_MS;
    const { body } = await invite(host, home, { kind: 'TENANT', endsAt });
    const tenant = await app.build.person('租客');
    await accept(tenant, body.code);
    expect((await me(tenant)).residencies).toMatchObject([{ kind: 'TENANT', endsAt }]);
    const now = app.clock.now();
    app.clock.set(endsAt - DAY_MS);
    expect((await me(tenant)).roles).toHaveLength(1);
    app.clock.set(endsAt);
    // Also on a replica that read the grants a moment before.
    app.clock.set(endsAt + 20_000);
    expect((await me(tenant)).roles).toEqual([]);
    app.clock.set(now);
  });

  test('a code runs out after a week, and when the owner takes it back', async () => {
    const { home, host } = await newHome();
    const guest = await app.build.person('戊');
    const old = await invite(host, home);
    const taken = await invite(host, home);
    const url = `/api/me/homes/${home.unitId}/invitations`;
    const open = await app.get<OpenInvitation[]>(url, host.token);
    expect(open.body.map(({ id }) => id).toSorted()).toEqual([old.body.id, taken.body.id].toSorted());
    expect(open.body.every((item) => !('code' in item))).toBe(true);
    const stop = () => app.call('DELETE', `${url}/${taken.body.id}`, { token: host.token });
    expect((await stop()).status).toBe(204);
    expect((await stop()).status).toBe(404);
    expect((await accept(guest, taken.body.code)).body.code).toBe('INVITATION.INVALID');
    const now = app.clock.now();
    app.clock.advance(IDENTITY_LIMITS.invitationDays * DAY_MS);
    expect((await accept(guest, old.body.code)).body.code).toBe('INVITATION.INVALID');
    expect((await app.get<OpenInvitation[]>(url, host.token)).body).toEqual([]);
    app.clock.set(now);
  });

  test('an invitation dies with the ownership it came from', async () => {
    const { home, host } = await newHome();
    const { body } = await invite(host, home);
    await app.database.transaction((tx) =>
      tx.run('UPDATE residencies SET ends_at = ? WHERE person_id = ?', [app.clock.now(), host.personId]),
    );
    const guest = await app.build.person('己');
    expect((await accept(guest, body.code)).body.code).toBe('INVITATION.INVALID');
  });

  test('when the home is sold the family goes with the owner, and the tenant stays', async () => {
    const { home, host } = await newHome();
    const [son, tenant] = [await app.build.person('儿子'), await app.build.person('租客')];
    await accept(son, (await invite(host, home)).body.code);
    const endsAt = app.clock.now() + 30 * DAY_MS;
    await accept(tenant, (await invite(host, home, { kind: 'TENANT', endsAt })).body.code);
    await app.database.transaction(async (tx) => {
      await tx.run('DELETE FROM ownerships WHERE unit_id = ?', [home.unitId]);
      await app.nest.get(BindRollService).followRoll(tx, estateId);
    });
    app.clock.advance(20_001);
    expect((await me(son)).residencies).toEqual([]);
    expect((await me(host)).residencies).toEqual([]);
    expect((await me(tenant)).residencies).toHaveLength(1);
  });

  test('only owners invite, for their own home only', async () => {
    const { home, host } = await newHome();
    const guest = await app.build.person('庚');
    await accept(guest, (await invite(host, home)).body.code);
    expect((await invite(guest, home)).status).toBe(403);
    expect((await invite(owner, home)).status).toBe(404);
    expect((await people(owner, home)).status).toBe(404);
    const own = await invite(host, home);
    expect((await accept(host, own.body.code)).body.code).toBe('INVITATION.OWN');
    expect((await accept(guest, own.body.code)).body.code).toBe('RESIDENCY.HELD');
  });

  test('an owner removes a tenant, who is out at once and may be invited again', async () => {
    const { home, host } = await newHome();
    const guest = await app.build.person('辛');
    await accept(guest, (await invite(host, home)).body.code);
    const residencyId = (await me(guest)).residencies[0]?.id;
    expect((await remove(host, home, residencyId)).status).toBe(204);
    expect((await me(guest)).roles).toEqual([]);
    expect((await remove(host, home, residencyId)).status).toBe(404);
    const inbox = await app.get<Inbox>('/api/me/inbox', guest.token);
    expect(inbox.body.items[0]?.title).toBe('您已移出一套房屋');
    await accept(guest, (await invite(host, home)).body.code);
    expect((await me(guest)).residencies.map(({ id }) => id)).toEqual([residencyId]);
  });

  test('family sees the others masked, cannot remove them, and may leave', async () => {
    const { home, host } = await newHome();
    const [son, aunt] = [await app.build.person('李小四'), await app.build.person('李阿姨')];
    await accept(son, (await invite(host, home)).body.code);
    await accept(aunt, (await invite(host, home)).body.code);
    const { body } = await people(son, home);
    expect(body.mayInvite).toBe(false);
    expect(body.people.map(({ name, removable, me: self }) => [name, removable, self])).toEqual(
      expect.arrayContaining([
        ['李*', false, false],
        ['李小四', true, true],
      ]),
    );
    expect(body.people.map(({ name }) => name)).not.toContain('李阿姨');
    const auntsId = (await me(aunt)).residencies[0]?.id;
    expect((await remove(son, home, auntsId)).status).toBe(404);
    expect((await remove(son, home, (await me(son)).residencies[0]?.id)).status).toBe(204);
    expect((await me(son)).roles).toEqual([]);
  });

  test('an owner is not removed here: the roll says who owns', async () => {
    const home = await app.build.unit(estateId, String(++rooms), 8_900);
    const [first, second] = await app.build.coOwners(['夫', '妻'], [home]);
    if (first === undefined || second === undefined) throw new Error('two owners');
    const residencyId = (await me(second)).residencies[0]?.id;
    expect((await remove(first, home, residencyId)).body.code).toBe('RESIDENCY.OWNER');
  });

  test('whoever tries codes out is stopped', async () => {
    const guesser = await app.build.person('猜');
    const statuses: number[] = [];
    for (let n = 0; n < 12; n++) statuses.push((await accept(guesser, `AAAAAAA${n % 10}`)).status);
    expect(statuses.slice(0, 10).every((status) => status === 422)).toBe(true);
    expect(statuses.slice(10)).toEqual([429, 429]);
  });

  test('a home does not collect unused codes without end', async () => {
    const { home, host } = await newHome();
    for (let n = 0; n < IDENTITY_LIMITS.openInvitations; n++) await invite(host, home);
    expect((await invite(host, home)).body.code).toBe('INVITATION.TOO_MANY');
  });
});
