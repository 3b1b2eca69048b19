import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { AssemblyDetail, Decision, FollowUp, SpendNeed } from '@linli/shared/assembly';
import type { DeskView } from '@linli/shared/desk';
import type { ErrorBody } from '@linli/shared/errors';
import type { FileRef } from '@linli/shared/files';
import { addDays, DAY_MS, type Page, shanghaiDate, yearOf } from '@linli/shared/kernel';
import { DecisionsForSpending } from '../../src/features/assembly/index.ts';
import { SessionsService } from '../../src/features/identity/index.ts';
import { Refused } from '../../src/kernel/errors/refused.ts';
import { TEST_NOW, TestApp } from '../support/app.ts';
import { AssemblyBuilder, newKey, type Owner } from '../support/assembly-builder.ts';
import type { TestPerson } from '../support/estate-builder.ts';
import { multipart } from '../support/multipart.ts';

describe('a decision that was passed', () => {
  let app: TestApp;
  let meeting: AssemblyBuilder;
  let owner: Owner;
  let street: TestPerson;
  let assembly: AssemblyDetail;
  let decision: Decision;
  let url: string;
  let sources = 0;

  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());
  beforeEach(async () => {
    app.clock.set(Math.max(TEST_NOW, app.clock.now() + DAY_MS));
    meeting = await AssemblyBuilder.start(app);
    const first = await meeting.owner();
    owner = first;
    street = await app.build.member('街道', 'STREET_OFFICER', [meeting.estateId]);
    assembly = await meeting.voting();
    await meeting.cast(owner, assembly, 'FOR');
    await meeting.count(assembly);
    url = `/api/estates/${meeting.estateId}/decisions`;
    const { body } = await app.get<Page<Decision>>(url, owner.token);
    const [only] = body.items;
    if (only === undefined) throw new Error('nothing was decided');
    decision = only;
  });

  const today = () => shanghaiDate(app.clock.now());
  const followUp = async (by: TestPerson = owner) =>
    (await app.get<FollowUp>(`${url}/${decision.id}/follow-up`, by.token)).body;
  const planBody = (facts: object = {}) => ({
    body: 'COMPANY',
    bodyName: '物业项目经理',
    dueOn: addDays(today(), 30),
    expiresOn: addDays(today(), 60),
    purposes: ['FACILITY_UPGRADE'],
    budgetYear: null,
    reason: '门禁由物业组织更换',
    ...facts,
  });
  const plan = (by: TestPerson, facts: object = {}) =>
    app.post<FollowUp & ErrorBody>(`${url}/${decision.id}/plan`, by.token, planBody(facts));
  const step = (by: TestPerson, kind: string, text: string, fileIds: string[] = [], key = newKey()) =>
    app.post<FollowUp & ErrorBody>(`${url}/${decision.id}/steps`, by.token, { kind, text, fileIds }, key);
  async function file(by: TestPerson, purpose: string): Promise<string> {
    const { payload, headers } = multipart('文书.pdf', Buffer.from('%PDF-1.4 文书'));
    const answer = await app.call<FileRef>('POST', `/api/files?purpose=${purpose}`, {
      token: by.token,
      body: payload,
      headers,
    });
    return answer.body.id;
  }
  const need = (facts: Partial<SpendNeed> = {}): SpendNeed => ({
    purpose: 'FACILITY_UPGRADE',
    amountFen: 2_000_000,
    on: today(),
    budgetYear: yearOf(today()),
    ...facts,
  });
  const spending = () => app.nest.get(DecisionsForSpending);
  const charge = (facts: Partial<SpendNeed> = {}, id = `SOURCE-${++sources}`) =>
    app.database.transaction((tx) =>
      spending().charge(tx, {
        ...need(facts),
        estateId: meeting.estateId,
        decisionId: decision.id,
        source: { kind: 'INCOME_LINE', id },
        text: '门禁主机 12 台',
        personId: null,
      }),
    );
  const refusal = async (work: Promise<unknown>): Promise<string> => {
    try {
      await work;
      return 'done';
    } catch (error) {
      if (error instanceof Refused) return error.refusal.code;
      throw error;
    }
  };

  test('has somebody to see to it and a day by which, from the count on', async () => {
    expect(decision.followUp).toMatchObject({ state: 'OPEN', body: 'COMMITTEE', spentFen: 0 });
    const dueOn = addDays(decision.decidedOn, 90);
    expect(await followUp()).toMatchObject({ dueOn, firstDueOn: dueOn, canPlan: false, canReport: false });
    expect(await followUp(meeting.chair)).toMatchObject({ canPlan: true, canReport: true });
  });

  test('is carried out step by step, with files, in sight of the owners, to its end', async () => {
    const manager = await app.build.member('经理', 'COMPANY_MANAGER', [meeting.estateId]);
    expect((await step(manager, 'STARTED', '已经联系三家供应商')).status).toBe(403);
    expect((await plan(owner)).status).toBe(403);
    expect((await plan(meeting.chair)).body).toMatchObject({ body: 'COMPANY', state: 'OPEN' });
    const key = newKey();
    const photo = await file(manager, 'MATERIAL');
    const started = await step(manager, 'STARTED', '已经联系三家供应商', [photo], key);
    expect(started.status).toBe(201);
    expect((await step(manager, 'STARTED', '已经联系三家供应商', [photo], key)).status).toBe(201);
    expect((await step(manager, 'DONE', '全部单元门禁更换完毕')).body.state).toBe('DONE');
    expect((await step(manager, 'PROGRESS', '还想再说一句')).body.code).toBe('DECISION.FINISHED');
    expect((await plan(meeting.chair)).body.code).toBe('DECISION.FINISHED');
    const { events, state } = await followUp();
    expect(state).toBe('DONE');
    expect(events.map(({ kind, by, files }) => [kind, by, files.length])).toEqual([
      ['PLANNED', '主任', 0],
      ['STARTED', '经理', 1],
      ['DONE', '经理', 0],
    ]);
    const told = await app.database.rows(
      "SELECT id FROM inbox_messages WHERE title = '业主大会决定有新进展' AND person_id = ?",
      [owner.personId],
    );
    expect(told).toHaveLength(1);
  });

  test('cannot slip quietly: a later day needs a reason, and the first one stays', async () => {
    await plan(meeting.chair);
    const first = addDays(today(), 30);
    const later = addDays(today(), 45);
    expect((await plan(meeting.chair, { dueOn: later, reason: '' })).body.code).toBe('DECISION.MOVED_WHY');
    expect((await plan(meeting.chair, { dueOn: addDays(today(), -1) })).body.code).toBe('DECISION.DUE_PAST');
    expect((await plan(meeting.chair, { expiresOn: today() })).body.code).toBe('DECISION.EXPIRES_EARLY');
    const { body } = await plan(meeting.chair, { dueOn: later, reason: '供应商延期交货' });
    expect(body).toMatchObject({ dueOn: later, firstDueOn: addDays(decision.decidedOn, 90) });
    expect(body.events.at(-1)).toMatchObject({ dueFrom: first, dueTo: later });
  });

  test('that is late is shown so to the owners and waits at the desks of the street and of who is to do it', async () => {
    const manager = await app.build.member('经理', 'COMPANY_MANAGER', [meeting.estateId]);
    const waiting = async (token: string, key: string) => {
      const desk = await app.get<DeskView>(`/api/me/desk?estateId=${meeting.estateId}`, token);
      return desk.body.counts.find((count) => count.key === key);
    };
    expect(await waiting(manager.token, 'decisions')).toBeUndefined();
    await plan(meeting.chair);
    expect(await waiting(manager.token, 'decisions')).toMatchObject({ count: 1, overdue: 0 });
    app.clock.advance(31 * DAY_MS);
    const tokenOf = (person: TestPerson) =>
      app.database.transaction((tx) => app.nest.get(SessionsService).open(tx, person.personId, '再登录'));
    const { body } = await app.get<Page<Decision>>(`${url}?overdue=1`, await tokenOf(owner));
    expect(body.items).toMatchObject([{ id: decision.id, followUp: { state: 'OVERDUE' } }]);
    expect(await waiting(await tokenOf(street), 'assemblies')).toMatchObject({ count: 1, overdue: 1 });
    expect(await waiting(await tokenOf(manager), 'decisions')).toMatchObject({ count: 1, overdue: 1 });
  });

  describe('and what is spent under it', () => {
    test('needs its purpose, its time and enough left; each spend once', async () => {
      expect((await spending().find(app.database, meeting.estateId, need())).length).toBe(0);
      expect(await refusal(charge())).toBe('SPEND.OTHER_PURPOSE');
      await plan(meeting.chair);
      expect((await spending().find(app.database, meeting.estateId, need())).map(({ id }) => id)).toEqual([
        decision.id,
      ]);
      const { number } = decision;
      const faults = async (facts: Partial<SpendNeed>) =>
        (await spending().check(app.database, meeting.estateId, number, need(facts))).faults;
      expect(await faults({})).toEqual([]);
      expect(await faults({ purpose: 'GREENING' })).toEqual(['OTHER_PURPOSE']);
      expect(await faults({ on: addDays(today(), 61) })).toEqual(['EXPIRED']);
      expect(await faults({ on: addDays(decision.decidedOn, -1) })).toEqual(['DECIDED_LATER']);
      expect(await faults({ amountFen: 5_000_001 })).toEqual(['NOT_ENOUGH']);
      const unknown = await spending().check(app.database, meeting.estateId, '没有的', need());
      expect(unknown).toEqual({ decision: null, faults: ['UNKNOWN'] });

      await charge({}, 'LINE-A');
      await charge({}, 'LINE-A');
      expect(await refusal(charge({ amountFen: 1 }, 'LINE-A'))).toBe('SPEND.CHARGED');
      expect(await followUp()).toMatchObject({ spentFen: 2_000_000, leftFen: 3_000_000 });
      expect(await refusal(charge({ amountFen: 3_000_001 }))).toBe('SPEND.NOT_ENOUGH');
      const why = { text: '供应商退款', personId: null };
      for (let twice = 0; twice < 2; twice += 1)
        await app.database.transaction((tx) =>
          spending().release(tx, { kind: 'INCOME_LINE', id: 'LINE-A' }, why),
        );
      const { spentFen, events } = await followUp();
      expect(spentFen).toBe(0);
      expect(events.map(({ kind }) => kind)).toEqual(['PLANNED', 'SPENT', 'RELEASED']);
    });

    test('never exceeds it, however many spend at once', async () => {
      await plan(meeting.chair);
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => refusal(charge({ amountFen: 1_200_000 }))),
      );
      expect(answers.filter((answer) => answer === 'done')).toHaveLength(4);
      expect(await followUp()).toMatchObject({ spentFen: 4_800_000, leftFen: 200_000 });
    });

    test('is of the purposes that were named once; another matter’s money is not taken', async () => {
      expect((await plan(meeting.chair, { purposes: ['MAINTENANCE_FUND'] })).body.code).toBe(
        'DECISION.PURPOSE_NOT_DECIDED',
      );
      await plan(meeting.chair);
      expect((await plan(meeting.chair, { purposes: ['GREENING'] })).body.code).toBe(
        'DECISION.PURPOSES_FIXED',
      );
    });
  });

  describe('and that a court took back', () => {
    const annul = async (by: TestPerson) =>
      app.post<FollowUp & ErrorBody>(`${url}/${decision.id}/annul`, by.token, {
        kind: 'COURT',
        documentNo: '（2027）新2325民初88号',
        documentOn: today(),
        reason: '通知没有送达部分业主，表决程序违法',
        fileId: await file(by, 'DECISION_SCAN'),
      });

    test('stays readable as it was, and carries nothing any more', async () => {
      await plan(meeting.chair);
      expect((await annul(meeting.chair)).status).toBe(403);
      const answers = await Promise.all([annul(street), annul(street)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      const after = await followUp();
      expect(after).toMatchObject({
        state: 'ANNULLED',
        leftFen: 0,
        annulment: { kind: 'COURT', documentNo: '（2027）新2325民初88号' },
      });
      expect(after.annulment?.file?.mime).toBe('application/pdf');
      const { body } = await app.get<Page<Decision>>(url, owner.token);
      expect(body.items).toMatchObject([
        { status: 'ANNULLED', number: decision.number, purpose: decision.purpose },
      ]);
      const { body: detail } = await meeting.detail(owner, assembly.id);
      expect(detail.motions[0]?.state).toBe('ANNULLED');
      expect(await refusal(charge())).toBe('SPEND.NOT_PASSED');
      expect((await step(meeting.chair, 'DONE', '照样办完了')).body.code).toBe('DECISION.NOT_IN_FORCE');
    });
  });

  test('of another estate is not found', async () => {
    const other = await AssemblyBuilder.start(app);
    const foreign = `/api/estates/${other.estateId}/decisions/${decision.id}`;
    expect((await app.get(`${foreign}/follow-up`, other.chair.token)).status).toBe(404);
    expect((await app.post(`${foreign}/plan`, other.chair.token, planBody())).status).toBe(404);
  });
});
