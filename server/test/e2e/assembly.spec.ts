import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type {
  AssemblyDetail,
  AssemblyDraft,
  AssemblyResult,
  AssemblySummary,
  BallotReceipt,
  ConveningReport,
  DecisionDetail,
  OpinionSummary,
  TurnoutResponse,
} from '@linli/shared/assembly';
import type { ErrorBody } from '@linli/shared/errors';
import { addDays, DAY_MS, HOUR_MS, type Page, shanghaiDate, startOfDay } from '@linli/shared/kernel';
import type { Inbox } from '@linli/shared/notifications';
import { AssemblyBuilder, lawfulPlan, motion, newKey } from '../support/assembly-builder.ts';
import { TestApp, TEST_NOW } from '../support/app.ts';
import type { TestPerson } from '../support/estate-builder.ts';

describe('a meeting of the owners', () => {
  let app: TestApp;
  let meeting: AssemblyBuilder;

  beforeEach(async () => {
    app = await TestApp.start();
    meeting = await AssemblyBuilder.start(app);
  });
  afterEach(() => app.stop());
  const messagesOf = async (person: TestPerson) =>
    (await app.get<Inbox>('/api/me/inbox', person.token)).body.items;

  describe('is convened', () => {
    test('with the class that the law gives the matter, whatever the organiser wants', async () => {
      const draft = await meeting.draft({
        motions: [motion({ matter: 8, title: '电梯里放广告' }), motion({ matter: 5, title: '动用维修资金' })],
      });
      expect(draft.motions.map((m) => m.voteClass)).toEqual(['SPECIAL', 'ORDINARY']);
      const picked = {
        ...lawfulPlan(TEST_NOW),
        motions: [{ ...motion({ matter: 8 }), voteClass: 'ORDINARY' }],
      };
      const answer = await app.post<ErrorBody>(meeting.base, meeting.chair.token, picked, newKey());
      expect(answer.body.code).toBe('REQUEST.UNKNOWN_FIELD');
    });

    test('not before fifteen days of notice, and it says from when', async () => {
      await meeting.owners(2);
      const opensAt = startOfDay(addDays(shanghaiDate(TEST_NOW), 14)) + 9 * HOUR_MS;
      const draft = await meeting.draft({ opensAt, closesAt: opensAt + DAY_MS });
      const { body: report } = await app.get<ConveningReport>(
        `${meeting.base}/${draft.id}/check`,
        meeting.chair.token,
      );
      expect(report.ready).toBe(false);
      expect(report.faults.map((fault) => fault.code)).toEqual(['CONVENE.NOTICE_TOO_SHORT']);
      expect(report.faults[0]?.message).toContain('2026年12月6日');
      const refused = await app.post<ErrorBody>(`${meeting.base}/${draft.id}/notify`, meeting.chair.token);
      expect(refused).toMatchObject({ status: 422, body: { code: 'ASSEMBLY.NOT_READY' } });
      expect(refused.body.fields[0]?.code).toBe('CONVENE.NOTICE_TOO_SHORT');
    });

    test('not without telling the residents’ committee, nor with dates left open', async () => {
      const draft = await meeting.draft({ residentsCommitteeInformedOn: null, opensAt: null });
      const { body } = await app.get<ConveningReport>(
        `${meeting.base}/${draft.id}/check`,
        meeting.chair.token,
      );
      expect(body.faults.map((fault) => [fault.path, fault.code])).toEqual([
        ['opensAt', 'FIELD.REQUIRED'],
        ['residentsCommitteeInformedOn', 'CONVENE.RESIDENTS_COMMITTEE'],
      ]);
    });

    test('by the committee, and by nobody else', async () => {
      const [owner] = await meeting.owners(1);
      const manager = await app.build.member('经理', 'COMPANY_MANAGER', [meeting.estateId]);
      for (const person of [owner, manager]) {
        const answer = await app.post(meeting.base, person?.token, lawfulPlan(TEST_NOW), newKey());
        expect(answer.status).toBe(403);
      }
    });

    test('once, though the button was pressed twice', async () => {
      const key = newKey();
      const plan = lawfulPlan(TEST_NOW);
      const [first, second] = await Promise.all([
        app.post<AssemblyDraft>(meeting.base, meeting.chair.token, plan, key),
        app.post<AssemblyDraft>(meeting.base, meeting.chair.token, plan, key),
      ]);
      const ids = [first, second].filter((a) => a.status === 201).map((a) => a.body.id);
      expect(new Set(ids).size).toBe(1);
      const { body } = await app.get<Page<AssemblySummary>>(
        `${meeting.base}?stage=DRAFTS`,
        meeting.chair.token,
      );
      expect(body.items).toHaveLength(1);
    });

    test('and a draft that somebody else saved meanwhile is a conflict', async () => {
      const draft = await meeting.draft();
      const save = (title: string) =>
        app.call<ErrorBody>('PUT', `${meeting.base}/${draft.id}`, {
          token: meeting.chair.token,
          body: { ...lawfulPlan(TEST_NOW), title, version: draft.version },
        });
      expect((await save('第一次修改的会议')).status).toBe(200);
      expect(await save('第二次修改的会议')).toMatchObject({ status: 409, body: { code: 'CONFLICT' } });
    });

    test('and a draft is nobody’s business but the conveners’', async () => {
      const [owner] = await meeting.owners(1);
      const draft = await meeting.draft();
      expect((await app.get(`${meeting.base}/${draft.id}`, owner?.token)).status).toBe(404);
      expect((await app.get(`${meeting.base}?stage=DRAFTS`, owner?.token)).status).toBe(403);
      const { body } = await app.get<Page<AssemblySummary>>(meeting.base, owner?.token);
      expect(body.items).toEqual([]);
    });

    test('after the notice nothing of it can be changed', async () => {
      await meeting.owners(2);
      const { id } = await meeting.noticed();
      const answer = await app.call<ErrorBody>('PUT', `${meeting.base}/${id}`, {
        token: meeting.chair.token,
        body: lawfulPlan(TEST_NOW),
      });
      expect(answer).toMatchObject({ status: 409, body: { code: 'ASSEMBLY.FROZEN' } });
      const again = await app.post<ErrorBody>(`${meeting.base}/${id}/notify`, meeting.chair.token);
      expect(again.body.code).toBe('STATE.NOT_ALLOWED');
    });

    test('two notices in one second are two meetings of the year', async () => {
      await meeting.owners(2);
      const drafts = [await meeting.draft(), await meeting.draft({ title: '另一次业主大会' })];
      const answers = await Promise.all(
        drafts.map(({ id }) => app.post<AssemblyDetail>(`${meeting.base}/${id}/notify`, meeting.chair.token)),
      );
      for (const [index, answer] of answers.entries())
        if (answer.status === 409) {
          const id = drafts[index]?.id ?? '';
          answers[index] = await app.post<AssemblyDetail>(
            `${meeting.base}/${id}/notify`,
            meeting.chair.token,
          );
        }
      expect(answers.map(({ body }) => body.name).sort()).toEqual([
        '2026年第1次业主大会会议',
        '2026年第2次业主大会会议',
      ]);
    });

    test('a meeting is cancelled with its reason before voting, never after', async () => {
      const [owner] = await meeting.owners(2);
      const first = await meeting.noticed();
      const cancel = (id: string) =>
        app.post<AssemblyDetail & ErrorBody>(`${meeting.base}/${id}/cancel`, meeting.chair.token, {
          reason: '议题写错了，重新通知',
        });
      expect((await cancel(first.id)).body).toMatchObject({
        state: 'CANCELLED',
        cancelled: { reason: '议题写错了，重新通知' },
      });
      const second = await meeting.voting();
      expect((await cancel(second.id)).body.code).toBe('STATE.NOT_ALLOWED');
      if (owner !== undefined) expect((await meeting.cast(owner, second, 'FOR')).status).toBe(201);
    });

    test('an empty roll cannot vote', async () => {
      const draft = await meeting.draft();
      const answer = await app.post<ErrorBody>(`${meeting.base}/${draft.id}/notify`, meeting.chair.token);
      expect(answer).toMatchObject({ status: 409, body: { code: 'ASSEMBLY.ROLL_EMPTY' } });
    });
  });

  test('opinions are heard before the notice, and the motions stand still meanwhile', async () => {
    const [owner, other] = await meeting.owners(2);
    const opinionsUntil = TEST_NOW + 3 * DAY_MS;
    const draft = await meeting.draft({ opinionsUntil });
    const url = `${meeting.base}/${draft.id}`;
    expect((await app.post(`${url}/ask-opinions`, meeting.chair.token)).status).toBe(200);
    const motionId = draft.motions[0]?.id ?? '';
    const give = (token: string | undefined, stance: string, text: string) =>
      app.post<OpinionSummary[] & ErrorBody>(`${url}/opinions`, token, { motionId, stance, text });
    await give(owner?.token, 'AGREE', '支持，早该换了');
    await give(owner?.token, 'CHANGE', '先修一修，不行再换');
    const { body } = await give(other?.token, 'DISAGREE', '太贵');
    expect(body[0]?.counts).toEqual({ AGREE: 0, CHANGE: 1, DISAGREE: 1 });
    const changed = await app.call<ErrorBody>('PUT', url, {
      token: meeting.chair.token,
      body: { ...lawfulPlan(TEST_NOW, { opinionsUntil }), motions: [motion({ title: '换成别的议题' })] },
    });
    expect(changed.body.code).toBe('ASSEMBLY.OPINIONS_RUNNING');
    app.clock.set(opinionsUntil + 1);
    expect((await give(owner?.token, 'AGREE', '还是支持')).body.code).toBe('ASSEMBLY.NOT_OPEN_FOR_OPINIONS');
    // A repeat of what was given in time is no new opinion.
    expect(await give(owner?.token, 'CHANGE', '先修一修，不行再换')).toMatchObject({ status: 200 });
    const texts = await app.get<Page<{ byMasked: string }>>(`${url}/opinions/entries`, meeting.chair.token);
    expect(texts.body.items.map((entry) => entry.byMasked)).toEqual(['业*', '业*']);
    expect((await app.get(`${url}/opinions/entries`, owner?.token)).status).toBe(403);
  });

  describe('is voted on', () => {
    test('from the notified hour to the deadline, both included, by the moment of receipt', async () => {
      const [owner] = await meeting.owners(2);
      if (owner === undefined) throw new Error('no owner');
      const assembly = await meeting.noticed();
      const at = async (instant: number) => {
        app.clock.set(instant);
        return (await meeting.cast(owner, assembly, 'FOR')).body.code ?? 'ACCEPTED';
      };
      const [opensAt, closesAt] = [assembly.opensAt ?? 0, assembly.closesAt ?? 0];
      expect(await at(opensAt - 1)).toBe('BALLOT.NOT_OPEN');
      expect(await at(opensAt)).toBe('ACCEPTED');
      expect(await at(closesAt)).toBe('ACCEPTED');
      expect(await at(closesAt + 1)).toBe('BALLOT.CLOSED');
    });

    test('the last of several ballots counts and all of them are kept', async () => {
      const owner = await meeting.owner();
      const assembly = await meeting.voting();
      const first = await meeting.cast(owner, assembly, 'FOR');
      app.clock.advance(60_000);
      const second = await meeting.cast(owner, assembly, 'AGAINST');
      expect(second.body.replaces).toBe(first.body.ballotId);
      await meeting.count(assembly);
      const result = await app.get<AssemblyResult>(`${meeting.base}/${assembly.id}/result`, owner.token);
      expect(result.body.motions[0]?.breakdown).toEqual({ AGAINST: { heads: 1, areaCentiSqm: 10_000 } });
      const mine = await app.get<Page<BallotReceipt>>(
        `${meeting.base}/${assembly.id}/ballots/mine`,
        owner.token,
      );
      expect(mine.body.items.map((ballot) => [ballot.ballotId, ballot.notCounted])).toEqual([
        [second.body.ballotId, null],
        [first.body.ballotId, 'REVOTED'],
      ]);
    });

    test('one tap is one ballot, however often the phone repeats it', async () => {
      const owner = await meeting.owner();
      const assembly = await meeting.voting();
      const principalId = await meeting.principalOf(owner, assembly.id);
      const key = newKey();
      const answers = await Promise.all(
        Array.from({ length: 6 }, () => meeting.castFor(owner, assembly, principalId, 'FOR', key)),
      );
      expect(new Set(answers.map(({ body }) => body.ballotId)).size).toBe(1);
      const other = await meeting.castFor(owner, assembly, principalId, 'AGAINST', key);
      expect(other).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY.MISMATCH' } });
      const rows = await app.database.rows('SELECT id FROM ballots');
      expect(rows).toHaveLength(1);
    });

    test('a tap whose answer was lost is repeated after the deadline, and gets the receipt of its ballot', async () => {
      const [owner, neighbour] = await meeting.owners(2);
      if (owner === undefined || neighbour === undefined) throw new Error('no owner');
      const assembly = await meeting.voting();
      const principalId = await meeting.principalOf(owner, assembly.id);
      const key = newKey();
      const first = await meeting.castFor(owner, assembly, principalId, 'FOR', key);
      app.clock.set((assembly.closesAt ?? 0) + 1);
      const again = await meeting.castFor(owner, assembly, principalId, 'FOR', key);
      expect(again).toMatchObject({
        status: 201,
        body: { ballotId: first.body.ballotId, receivedAt: first.body.receivedAt },
      });
      await meeting.count(assembly);
      expect(await meeting.castFor(owner, assembly, principalId, 'FOR', key)).toMatchObject({ status: 201 });
      const codeOf = async (...cast: Parameters<typeof meeting.castFor>) =>
        (await meeting.castFor(...cast)).body.code;
      expect(await codeOf(owner, assembly, principalId, 'AGAINST', key)).toBe('IDEMPOTENCY.MISMATCH');
      expect(await codeOf(owner, assembly, principalId, 'FOR', newKey())).toBe('BALLOT.CLOSED');
      // The key is the owner's own: in another hand it opens nothing.
      expect(await codeOf(neighbour, assembly, principalId, 'FOR', key)).toBe('BALLOT.CLOSED');
    });

    test('not by family, tenants, other owners’ hands or strangers', async () => {
      const [owner, neighbour] = await meeting.owners(2);
      const unit = owner?.units[0];
      if (owner === undefined || neighbour === undefined || unit === undefined) throw new Error('no owner');
      const tenant = await app.build.resident('租户', unit, 'TENANT');
      const stranger = await app.build.person('路人');
      const assembly = await meeting.voting();
      const principalId = await meeting.principalOf(owner, assembly.id);
      const code = async (person: { personId: string; token: string }) =>
        (await meeting.castFor(person, assembly, principalId, 'FOR')).body.code;
      expect(await code(tenant)).toBe('BALLOT.OWNERS_ONLY');
      expect(await code(neighbour)).toBe('BALLOT.NOT_ON_ROLL');
      expect(await code(stranger)).toBe('ACCESS.DENIED');
    });

    test('not twice for one motion, for an unknown one, for none, or without having read it back', async () => {
      const owner = await meeting.owner();
      const assembly = await meeting.voting();
      const principalId = await meeting.principalOf(owner, assembly.id);
      const motionId = assembly.motions[0]?.id ?? '';
      const vote = { motionId, choice: 'FOR' };
      const send = async (votes: unknown, confirmed: unknown = true) => {
        const body = { principalId, votes, confirmed };
        const url = `${meeting.base}/${assembly.id}/ballots`;
        const answer = await app.post<ErrorBody>(url, owner.token, body, newKey());
        return answer.body.code;
      };
      expect(await send([vote, vote])).toBe('BALLOT.MOTION_TWICE');
      expect(await send([{ ...vote, motionId: assembly.id }])).toBe('BALLOT.MOTION_UNKNOWN');
      expect(await send([])).toBe('BALLOT.EMPTY');
      expect(await send([vote], false)).toBe('REQUEST.INVALID');
      expect(await send([{ motionId, choice: 'MAYBE' }])).toBe('REQUEST.INVALID');
      expect(await app.database.rows('SELECT id FROM ballots')).toEqual([]);
    });

    test('a withdrawn motion takes no votes and is not decided', async () => {
      const owners = await meeting.owners(3);
      const assembly = await meeting.voting({ motions: [motion(), motion({ title: '增加两个监控探头' })] });
      const [kept, dropped] = assembly.motions;
      for (const owner of owners) await meeting.cast(owner, assembly, 'FOR');
      const url = `${meeting.base}/${assembly.id}/motions/${dropped?.id}/withdraw`;
      const reason = { reason: '派出所已经免费安装' };
      expect((await app.post(url, meeting.chair.token, reason)).status).toBe(200);
      expect((await app.post<ErrorBody>(url, meeting.chair.token, reason)).body.code).toBe(
        'STATE.NOT_ALLOWED',
      );
      const late = await meeting.cast(owners[0] ?? meeting.chair, assembly, 'FOR');
      expect(late.body.code).toBe('BALLOT.MOTION_NOT_VOTED');
      await meeting.count(assembly);
      const { body } = await app.get<AssemblyResult>(
        `${meeting.base}/${assembly.id}/result`,
        owners[0]?.token,
      );
      expect(body.motions.map((m) => [m.motionId, m.outcome, m.decisionNumber])).toEqual([
        [kept?.id, 'PASSED', '业主大会2026-1-1'],
        [dropped?.id, 'NOT_VOTED', null],
      ]);
    });

    test('a vote of one building asks only its owners', async () => {
      const [outside] = await meeting.owners(1);
      const unit = await app.build.unit(meeting.estateId, '201', 9_000, { building: '2号楼' });
      const inside = await app.build.owner('二号楼业主', [unit]);
      if (outside === undefined) throw new Error('no owner');
      const scope = { kind: 'BUILDINGS', buildings: ['2号楼'] } as const;
      const assembly = await meeting.voting({ motions: [motion({ title: '二号楼更换水泵', scope })] });
      expect((await meeting.cast(outside, assembly, 'FOR')).body.code).toBe('BALLOT.OUT_OF_SCOPE');
      await meeting.cast(inside, assembly, 'FOR');
      const turnout = await app.get<TurnoutResponse>(`${meeting.base}/${assembly.id}/turnout`, inside.token);
      expect(turnout.body.byMotion[0]?.turnout.total).toEqual({ heads: 1, areaCentiSqm: 9_000 });
      await meeting.count(assembly);
      const { body } = await app.get<AssemblyResult>(`${meeting.base}/${assembly.id}/result`, inside.token);
      expect(body.motions[0]).toMatchObject({ outcome: 'PASSED', total: { heads: 1, areaCentiSqm: 9_000 } });
    });

    test('turnout shows both counts and what is missing, and never a choice', async () => {
      const owners = await meeting.owners(12);
      const assembly = await meeting.voting();
      for (const owner of owners.slice(0, 5)) await meeting.cast(owner, assembly, 'FOR');
      const { body } = await app.get<TurnoutResponse>(
        `${meeting.base}/${assembly.id}/turnout`,
        owners[0]?.token,
      );
      expect(body.participating).toEqual({ heads: 5, areaCentiSqm: 50_000 });
      expect(body.sentence).toBe('还差 3 户、300.00 ㎡ 才达到法定人数');
      expect(JSON.stringify(body)).not.toMatch(/FOR|AGAINST|ABSTAIN/);
      const early = await app.get<ErrorBody>(`${meeting.base}/${assembly.id}/result`, owners[0]?.token);
      expect(early).toMatchObject({ status: 409, body: { code: 'ASSEMBLY.RESULT_NOT_READY' } });
    });
  });

  describe('is counted', () => {
    test('after the grace, published by itself, numbered, citable, and told to the residents’ committee', async () => {
      const owners = await meeting.owners(12);
      const community = await app.build.member('社区', 'COMMUNITY_OFFICER', [meeting.estateId]);
      const assembly = await meeting.voting();
      for (const [n, owner] of owners.slice(0, 8).entries())
        await meeting.cast(owner, assembly, n < 5 ? 'FOR' : 'AGAINST');
      app.clock.set((assembly.closesAt ?? 0) + 59_999);
      await app.runJobs();
      const url = `${meeting.base}/${assembly.id}`;
      expect((await app.get(`${url}/result`, owners[0]?.token)).status).toBe(409);
      await meeting.count(assembly);
      const { body } = await app.get<AssemblyResult>(`${url}/result`, owners[0]?.token);
      expect(body.state).toBe('PUBLISHED');
      expect(body.motions[0]).toMatchObject({
        outcome: 'PASSED',
        participating: { heads: 8, areaCentiSqm: 80_000 },
        inFavour: { heads: 5, areaCentiSqm: 50_000 },
        decisionNumber: '业主大会2026-1-1',
      });
      expect(body.motions[0]?.explanation.headline).toBe(
        '通过：同意 5 户（62.50%）、500.00 ㎡（62.50%），须都超过一半',
      );
      const told = await messagesOf(community);
      expect(told.map(({ title }) => title)).toEqual(
        expect.arrayContaining(['业主大会会议通知', '业主大会结果公布']),
      );
      const notice = told.find(({ title }) => title === '业主大会会议通知');
      expect(notice?.body).toContain('2026年第1次业主大会会议《2026年秋季业主大会》，共 1 项议题，');
      expect(notice?.body).toContain('24:00 前核对名册上自己的房屋和面积');
      expect(body.hashes.ballots).toMatch(/^[0-9a-f]{64}$/);
      const decisions = await app.get<Page<DecisionDetail>>(
        `/api/estates/${meeting.estateId}/decisions`,
        owners[0]?.token,
      );
      expect(decisions.body.items[0]).toMatchObject({
        number: '业主大会2026-1-1',
        status: 'IN_FORCE',
        voteClass: 'ORDINARY',
        amountLimitFen: 5_000_000,
        origin: 'ASSEMBLY',
      });
    });

    test('without its quorum it decides nothing, and says what was missing', async () => {
      const owners = await meeting.owners(12);
      const assembly = await meeting.voting();
      for (const owner of owners.slice(0, 7)) await meeting.cast(owner, assembly, 'FOR');
      await meeting.count(assembly);
      const { body } = await app.get<AssemblyResult>(
        `${meeting.base}/${assembly.id}/result`,
        owners[0]?.token,
      );
      expect(body.motions[0]).toMatchObject({ outcome: 'NO_QUORUM', decisionNumber: null });
      expect(body.motions[0]?.reasons).toEqual(['QUORUM_AREA', 'QUORUM_HEADS']);
      const decisions = await app.get<Page<unknown>>(
        `/api/estates/${meeting.estateId}/decisions`,
        owners[0]?.token,
      );
      expect(decisions.body.items).toEqual([]);
    });

    test('co-owners who disagree are one head and no choice; one with two homes is one head', async () => {
      const shared = await app.build.unit(meeting.estateId, '901', 10_000);
      const [wife, husband] = await app.build.coOwners(['王芳', '李强'], [shared]);
      const two = [
        await app.build.unit(meeting.estateId, '902', 10_000),
        await app.build.unit(meeting.estateId, '903', 10_000),
      ];
      const rich = await app.build.owner('赵一', two);
      if (wife === undefined || husband === undefined) throw new Error('no owners');
      const assembly = await meeting.voting();
      expect((await meeting.cast(wife, assembly, 'FOR')).status).toBe(201);
      expect((await meeting.cast(husband, assembly, 'AGAINST')).status).toBe(201);
      expect((await meeting.cast(rich, assembly, 'FOR')).status).toBe(201);
      await meeting.count(assembly);
      const { body } = await app.get<AssemblyResult>(`${meeting.base}/${assembly.id}/result`, rich.token);
      expect(body.motions[0]?.total).toEqual({ heads: 2, areaCentiSqm: 30_000 });
      expect(body.motions[0]?.breakdown).toEqual({
        INVALID: { heads: 1, areaCentiSqm: 10_000 },
        FOR: { heads: 1, areaCentiSqm: 20_000 },
      });
    });

    test('co-owners who agreed on one of them vote through that one alone', async () => {
      const shared = await app.build.unit(meeting.estateId, '901', 10_000);
      const [wife, husband] = await app.build.coOwners(['王芳', '李强'], [shared]);
      if (wife === undefined || husband === undefined) throw new Error('no owners');
      const assembly = await meeting.voting();
      const before = await meeting.detail(wife, assembly.id);
      const mine = before.body.mine[0];
      const wifeId = mine?.coOwners.find((owner) => owner.isMe)?.ownerId;
      expect(mine?.coOwners.map((owner) => owner.name).sort()).toEqual(['李*', '王芳']);
      const husbandId = mine?.coOwners.find((owner) => !owner.isMe)?.ownerId;
      const choose = (token: string, ownerId = wifeId) =>
        app.call<AssemblyDetail & ErrorBody>('PUT', `${meeting.base}/${assembly.id}/representative`, {
          token,
          body: { principalId: mine?.principalId, ownerId },
        });
      await meeting.cast(husband, assembly, 'AGAINST');
      expect((await choose(wife.token)).body.mine[0]?.representative).toBeNull();
      expect((await choose(husband.token)).body.mine[0]).toMatchObject({
        representative: { isMe: false, name: '王*' },
        canVote: false,
      });
      expect((await meeting.cast(husband, assembly, 'AGAINST')).body.code).toBe('BALLOT.NOT_REPRESENTATIVE');
      await meeting.cast(wife, assembly, 'FOR');
      await meeting.count(assembly);
      const { body } = await app.get<AssemblyResult>(`${meeting.base}/${assembly.id}/result`, wife.token);
      expect(body.motions[0]?.breakdown).toEqual({ FOR: { heads: 1, areaCentiSqm: 10_000 } });
      // A repeat of the choice made in time, and a change of mind.
      expect((await choose(husband.token)).status).toBe(200);
      expect((await choose(husband.token, husbandId)).body.code).toBe('REPRESENTATIVE.CLOSED');
    });

    test('all that the developer still holds is one head; parking does not count', async () => {
      const [owner] = await meeting.owners(1);
      const developer = '奇台县康宁房地产';
      for (const room of ['801', '802'])
        await app.build.unit(meeting.estateId, room, 10_000, { status: 'UNSOLD', developer });
      const parking = await app.build.unit(meeting.estateId, 'B-1', 1_200, { use: 'PARKING' });
      const parker = await app.build.owner('车主', [parking]);
      const assembly = await meeting.voting();
      const { body } = await app.get<TurnoutResponse>(`${meeting.base}/${assembly.id}/turnout`, owner?.token);
      expect(body.total).toEqual({ heads: 2, areaCentiSqm: 30_000 });
      expect((await meeting.cast(parker, assembly, 'FOR')).body.code).toBe('BALLOT.NOTHING_COUNTED');
    });

    test('where only the official platform binds it advises, and decides nothing', async () => {
      const beijing = await AssemblyBuilder.start(app, 'beijing');
      const owners = await beijing.owners(3);
      const assembly = await beijing.voting();
      expect(assembly.banner).toContain('政府指定的系统');
      for (const owner of owners) await beijing.cast(owner, assembly, 'FOR');
      await beijing.count(assembly);
      const { body } = await app.get<AssemblyResult>(
        `${beijing.base}/${assembly.id}/result`,
        owners[0]?.token,
      );
      expect(body.motions[0]).toMatchObject({ outcome: 'PASSED', decisionNumber: null });
      expect(body.banner).not.toBeNull();
      const [owner] = owners;
      if (owner === undefined) throw new Error('no owner');
      const about = (await messagesOf(owner)).filter(({ title }) => title.startsWith('业主大会'));
      expect(about.map(({ title }) => title)).toEqual(
        expect.arrayContaining(['业主大会会议通知', '业主大会开始投票', '业主大会结果公布']),
      );
      for (const message of about) expect(message.body).toContain('不产生法律效力');
    });
  });

  test('another estate’s meeting is not found by any of its routes', async () => {
    const [owner] = await meeting.owners(2);
    const other = await AssemblyBuilder.start(app);
    await other.owners(2);
    const foreign = await other.noticed();
    const url = `${meeting.base}/${foreign.id}`;
    for (const path of ['', '/turnout', '/result', '/roll', '/opinions', '/ballots/mine'])
      expect([path, (await app.get(url + path, owner?.token)).status]).toEqual([path, 404]);
    for (const path of ['/draft', '/check', '/roll/objections'])
      expect([path, (await app.get(url + path, meeting.chair.token)).status]).toEqual([path, 404]);
    for (const path of ['/notify', '/ask-opinions', '/redraft'])
      expect([path, (await app.post(url + path, meeting.chair.token)).status]).toEqual([path, 404]);
    expect((await app.get(`${other.base}/${foreign.id}`, owner?.token)).status).toBe(403);
  });
});
