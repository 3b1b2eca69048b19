import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  type AssemblyDetail,
  type AssemblyResult,
  COUNTING_GRACE_MS,
  type ExtensionsResponse,
  type ResultObjections,
  revocableUntil,
} from '@linli/shared/assembly';
import type { ErrorBody } from '@linli/shared/errors';
import { CHINA_HOLIDAYS, DAY_MS, endOfDay, lastDayOfPeriod, startOfDay } from '@linli/shared/kernel';
import { ConveneService } from '../../src/features/assembly/index.ts';
import { TEST_NOW, TestApp } from '../support/app.ts';
import { AssemblyBuilder, lawfulPlan, motion, newKey, type Owner } from '../support/assembly-builder.ts';
import type { TestPerson } from '../support/estate-builder.ts';

describe('a deadline', () => {
  let app: TestApp;
  let meeting: AssemblyBuilder;
  let owners: Owner[];
  let street: TestPerson;

  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());
  /** 深圳 lets a vote be extended by 90 days in all, and a motion that failed wait for a year. */
  async function start(region = 'shenzhen'): Promise<void> {
    meeting = await AssemblyBuilder.start(app, region);
    owners = await meeting.owners(3);
    street = await app.build.member('街道', 'STREET_OFFICER', [meeting.estateId]);
  }
  beforeEach(async () => {
    app.clock.set(Math.max(TEST_NOW, app.clock.now() + DAY_MS));
    await start();
  });

  const ownerAt = (index: number): Owner => {
    const owner = owners[index];
    if (owner === undefined) throw new Error('no owner');
    return owner;
  };
  const url = (assembly: AssemblyDetail) => `${meeting.base}/${assembly.id}/extensions`;
  const closesAtOf = ({ closesAt }: AssemblyDetail) => closesAt ?? 0;
  const propose = (by: TestPerson, assembly: AssemblyDetail, to: number, reason = '只有一户投票，参与不足') =>
    app.post<ExtensionsResponse & ErrorBody>(url(assembly), by.token, { to, reason });
  const decide = (
    by: TestPerson,
    assembly: AssemblyDetail,
    id: string | undefined,
    approve = true,
    reason = '',
  ) =>
    app.post<ExtensionsResponse & ErrorBody>(`${url(assembly)}/${id}/decide`, by.token, { approve, reason });
  const read = async (by: TestPerson, assembly: AssemblyDetail) =>
    (await app.get<ExtensionsResponse>(url(assembly), by.token)).body;
  const resultOf = async (assembly: AssemblyDetail) =>
    (await app.get<AssemblyResult>(`${meeting.base}/${assembly.id}/result`, ownerAt(0).token)).body;

  test('is moved by the organiser and the street together, with the old one in sight and everybody told', async () => {
    const assembly = await meeting.voting();
    const to = closesAtOf(assembly) + 10 * DAY_MS;
    await meeting.cast(ownerAt(0), assembly, 'FOR');
    const { body } = await propose(meeting.chair, assembly, to);
    expect(body).toMatchObject({ canPropose: false, canDecide: false, maxDays: 90 });
    expect((await propose(meeting.chair, assembly, to)).body.code).toBe('EXTENSION.OPEN_ALREADY');
    const [item] = body.items;
    expect((await decide(meeting.chair, assembly, item?.id)).status).toBe(403);
    expect((await read(street, assembly)).canDecide).toBe(true);
    expect((await decide(street, assembly, item?.id)).body.items).toMatchObject([{ state: 'APPROVED' }]);
    expect((await decide(street, assembly, item?.id)).body.code).toBe('EXTENSION.DECIDED');
    const { body: seen } = await meeting.detail(ownerAt(1), assembly.id);
    expect(seen).toMatchObject({
      closesAt: to,
      moved: [{ from: closesAtOf(assembly), to, reason: '只有一户投票，参与不足' }],
    });
    const told = await app.database.rows(
      "SELECT id FROM inbox_messages WHERE title = '投票时间延长' AND estate_id = ?",
      [meeting.estateId],
    );
    expect(told).toHaveLength(3);
    // Nothing of the old deadline is left: no count, and ballots until the new one.
    app.clock.set(closesAtOf(assembly) + COUNTING_GRACE_MS);
    await app.runJobs();
    expect((await resultOf(assembly)).publishedAt).toBeUndefined();
    for (const index of [1, 2]) expect((await meeting.cast(ownerAt(index), seen, 'FOR')).status).toBe(201);
    await meeting.count(seen);
    expect((await resultOf(assembly)).motions[0]).toMatchObject({ outcome: 'PASSED' });
  });

  test('does not move where the place knows no extension, and the page says so', async () => {
    await start('qitai');
    const assembly = await meeting.voting();
    expect(await read(ownerAt(0), assembly)).toMatchObject({
      maxDays: 0,
      latest: null,
      canPropose: false,
      sentence: '本地规则没有规定可以延长投票：到截止时间就计票，人数不够就不能形成决定',
    });
    const asked = await propose(meeting.chair, assembly, closesAtOf(assembly) + DAY_MS);
    expect(asked.body.code).toBe('EXTENSION.NOT_HERE');
    // What the log holds is how it was noticed: another region's rules come too late for this vote.
    await app.database.transaction((tx) =>
      tx.run('UPDATE estates SET region_code = ? WHERE id = ?', ['shenzhen', meeting.estateId]),
    );
    const later = await propose(meeting.chair, assembly, closesAtOf(assembly) + DAY_MS);
    expect(later.body.code).toBe('EXTENSION.NOT_HERE');
  });

  test('does not move without need, backwards, too far, too early or too late', async () => {
    const noticed = await meeting.noticed();
    const closesAt = closesAtOf(noticed);
    const code = async (to: number) => (await propose(meeting.chair, noticed, to)).body.code;
    expect(await code(closesAt + DAY_MS)).toBe('EXTENSION.NOT_VOTING');
    app.clock.set((noticed.opensAt ?? 0) + 60_000);
    expect(await code(closesAt)).toBe('EXTENSION.NOT_LATER');
    expect(await code(closesAt + 91 * DAY_MS)).toBe('EXTENSION.TOO_LONG');
    for (const index of [0, 1]) await meeting.cast(ownerAt(index), noticed, 'FOR');
    expect(await code(closesAt + DAY_MS)).toBe('EXTENSION.QUORUM_THERE');
    app.clock.set(closesAt + 1);
    expect(await code(closesAt + DAY_MS)).toBe('EXTENSION.TOO_LATE');
  });

  test('stays where the street refuses, or has not decided by then', async () => {
    const assembly = await meeting.voting();
    const closesAt = closesAtOf(assembly);
    const first = await propose(meeting.chair, assembly, closesAt + DAY_MS);
    const id = first.body.items[0]?.id;
    expect((await decide(street, assembly, id, false, '短')).body.code).toBe('EXTENSION.REASON');
    const refused = await decide(street, assembly, id, false, '已经通知到每一户，不再延长');
    expect(refused.body.items).toMatchObject([{ state: 'REFUSED', refusal: '已经通知到每一户，不再延长' }]);
    const second = await propose(meeting.chair, assembly, closesAt + 2 * DAY_MS);
    app.clock.set(closesAt + 1);
    const late = await decide(street, assembly, second.body.items[1]?.id);
    expect(late.body.code).toBe('EXTENSION.TOO_LATE');
    await meeting.count(assembly);
    expect((await resultOf(assembly)).motions[0]?.outcome).toBe('NO_QUORUM');
    const { body } = await meeting.detail(ownerAt(0), assembly.id);
    expect(body).toMatchObject({ closesAt, moved: [] });
  });

  test('is not moved by one person who is both the organiser and the street', async () => {
    const assembly = await meeting.voting();
    const { body } = await propose(street, assembly, closesAtOf(assembly) + DAY_MS);
    expect((await decide(street, assembly, body.items[0]?.id)).body.code).toBe('EXTENSION.OWN');
    const other = await app.build.member('街道二', 'STREET_OFFICER', [meeting.estateId]);
    expect((await decide(other, assembly, body.items[0]?.id)).status).toBe(200);
    await meeting.count((await meeting.detail(ownerAt(0), assembly.id)).body);
  });

  test('comes though the committee is gone and the jobs are days late: the result is out by itself, once', async () => {
    const assembly = await meeting.voting();
    for (const owner of owners) await meeting.cast(owner, assembly, 'FOR');
    await app.database.transaction((tx) =>
      tx.run("UPDATE memberships SET ends_on = '2020-01-01', starts_on = '2019-01-01' WHERE person_id = ?", [
        meeting.chair.personId,
      ]),
    );
    app.clock.set(closesAtOf(assembly) + 5 * DAY_MS);
    // A replica took the job and went down with it: its lease runs out, another one counts.
    const taken = await app.database.transaction((tx) =>
      tx.run(
        "UPDATE jobs SET lease_until = ?, attempts = attempts + 1 WHERE kind = 'assembly.count' AND state = 'WAITING'",
        [app.clock.now() + 60_000],
      ),
    );
    expect(taken).toBeGreaterThan(0);
    await app.runJobs();
    expect(
      (await app.get<ErrorBody>(`${meeting.base}/${assembly.id}/result`, ownerAt(0).token)).body.code,
    ).toBe('ASSEMBLY.RESULT_NOT_READY');
    app.clock.advance(60_001);
    await Promise.all([app.runJobs(), app.runJobs()]);
    const result = await resultOf(assembly);
    expect(result.motions[0]).toMatchObject({ outcome: 'PASSED' });
    expect(result.publishedAt).toBe(app.clock.now());
    const counted = await app.database.rows(
      "SELECT id FROM audit_log WHERE action = 'ASSEMBLY.COUNTED' AND subject_id = ?",
      [assembly.id],
    );
    expect(counted).toHaveLength(1);
  });

  describe('behind a published result', () => {
    const objections = (assembly: AssemblyDetail) => `${meeting.base}/${assembly.id}/result-objections`;
    async function published(): Promise<AssemblyDetail> {
      const assembly = await meeting.voting();
      await meeting.count(assembly);
      return assembly;
    }

    test('owners have fifteen days to object and a year to go to court, both with their dates', async () => {
      const assembly = await published();
      const { body } = await app.get<ResultObjections>(objections(assembly), ownerAt(0).token);
      const { publishedOn } = body.dates;
      expect(body.dates.objectionsUntil).toBe(lastDayOfPeriod(publishedOn, 15, CHINA_HOLIDAYS));
      expect(body.dates.revocableUntil).toBe(revocableUntil(startOfDay(publishedOn)));
      expect(body.revocation).toContain('民法典第二百八十条');
      expect(body.canObject).toBe(true);
      const object = (owner: Owner, text: string) =>
        app.post<ResultObjections & ErrorBody>(objections(assembly), owner.token, { text }, newKey());
      const raised = await object(ownerAt(0), '我家投的票没有算进去');
      expect(raised.body).toMatchObject({ canObject: false, items: [{ isMine: true, answer: null }] });
      expect((await object(ownerAt(0), '再说一次')).body.code).toBe('RESULT_OBJECTION.OPEN_ALREADY');
      const others = await app.get<ResultObjections>(objections(assembly), ownerAt(1).token);
      expect(others.body.items).toEqual([]);
      const address = `${objections(assembly)}/${raised.body.items[0]?.id}/answer`;
      const answer = (by: TestPerson) =>
        app.post<ResultObjections & ErrorBody>(address, by.token, { answer: '已核对，您的票在第 3 号' });
      expect((await answer(ownerAt(1))).status).toBe(403);
      expect((await answer(street)).body.items).toMatchObject([{ answeredBy: '街道' }]);
      expect((await answer(street)).body.code).toBe('RESULT_OBJECTION.ANSWERED');
      app.clock.set(endOfDay(body.dates.objectionsUntil) + 1);
      expect((await object(ownerAt(1), '过了时间')).body.code).toBe('RESULT_OBJECTION.CLOSED');
    });

    test('a motion that lacked its quorum is not put again before its time', async () => {
      await published();
      const draft = await meeting.draft(lawfulPlan(app.clock.now()));
      // A year on the chair would have to sign in again.
      const faults = async () =>
        (await app.nest.get(ConveneService).check(meeting.estateId, draft.id)).faults.map(({ code }) => code);
      expect(await faults()).toContain('CONVENE.COOLDOWN');
      app.clock.advance(366 * DAY_MS);
      expect(await faults()).not.toContain('CONVENE.COOLDOWN');
    });

    test('a motion that enough owners voted down may be put again at once', async () => {
      const votedDown = motion({ title: '地面停车位改为按月收费' });
      const assembly = await meeting.voting({ motions: [votedDown] });
      for (const owner of owners) await meeting.cast(owner, assembly, 'AGAINST');
      await meeting.count(assembly);
      expect((await resultOf(assembly)).motions[0]?.outcome).toBe('REJECTED');
      const again = await meeting.draft(lawfulPlan(app.clock.now(), { motions: [votedDown] }));
      const { faults } = await app.nest.get(ConveneService).check(meeting.estateId, again.id);
      expect(faults).toEqual([]);
    });
  });
});
