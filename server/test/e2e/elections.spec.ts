import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type AssemblyResult,
  askedSteps,
  type CandidateObjection,
  type CommitteeTerm,
  type ElectionDetail,
  type Handover,
  HANDOVER_LIST,
  type MyPaper,
  type VacanciesFilled,
} from '@linli/shared/assembly';
import type { ErrorBody } from '@linli/shared/errors';
import type { EstateMembership } from '@linli/shared/identity';
import type { Inbox } from '@linli/shared/notifications';
import {
  addDays,
  CHINA_HOLIDAYS,
  DAY_MS,
  lastDayOfPeriod,
  type Page,
  shanghaiDate,
  startOfDay,
} from '@linli/shared/kernel';
import { TestApp } from '../support/app.ts';
import { newKey, type Owner } from '../support/assembly-builder.ts';
import { ElectionBuilder } from '../support/election-builder.ts';
import type { TestPerson } from '../support/estate-builder.ts';
import { PaperBuilder } from '../support/paper-builder.ts';

describe('an election of the committee', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());

  async function estate(region = 'qitai', owners = 9) {
    const election = await ElectionBuilder.start(app, region);
    return { election, owners: await election.meeting.owners(owners) };
  }
  const inboxOf = async (person: TestPerson) =>
    (await app.get<Inbox>('/api/me/inbox', person.token)).body.items.map(({ title }) => title);
  const ownerAt = (owners: readonly Owner[], index: number): Owner => {
    const owner = owners[index];
    if (owner === undefined) throw new Error('no such owner');
    return owner;
  };

  test('begins in time: the clock tells the committee, the community and the street, once', async () => {
    const { election, owners } = await estate('sishui', 1);
    const terms = `/api/estates/${election.estateId}/committee-terms`;
    const term = { startsOn: '2022-02-01', endsOn: '2027-01-31', seats: 5 };
    expect((await app.post(terms, election.meeting.chair.token, term)).status).toBe(403);
    const registered = await app.post<{ term: CommitteeTerm }>(terms, election.community.token, term);
    expect(registered.body.term.clock).toMatchObject({
      phase: 'RENEWAL_DUE',
      renewBy: '2026-11-02',
      overdueDays: 19,
    });
    const twice = await app.post<ErrorBody>(terms, election.community.token, term);
    expect(twice.body.code).toBe('TERM.EXISTS');
    app.clock.advance(DAY_MS);
    await app.runJobs();
    app.clock.advance(DAY_MS);
    await app.runJobs();
    // 山东 wants a meeting every year, and none has ever been held.
    for (const person of [election.meeting.chair, election.community, election.street])
      for (const due of ['业委会该启动换届了', '业主大会该开会了'])
        expect((await inboxOf(person)).filter((title) => title === due)).toHaveLength(1);
    expect(await inboxOf(ownerAt(owners, 0))).toEqual([]);
    await election.begin();
    const { body } = await app.get<{ term: CommitteeTerm }>(`${terms}/current`, owners[0]?.token);
    expect(body.term.clock.phase).toBe('RUNNING');
  });

  test('has a size and a term that the region allows, and is one at a time', async () => {
    const { election } = await estate();
    const start = (facts: object) =>
      app.post<ErrorBody>(election.base, election.meeting.chair.token, election.plan(facts), newKey());
    const refused = await start({ seats: 6, termYears: 6, startsOn: '2026-11-01' });
    expect(refused).toMatchObject({ status: 422, body: { code: 'ELECTION.NOT_READY' } });
    expect(refused.body.fields.map(({ code }) => code)).toEqual([
      'ELECTION.SEATS_ODD',
      'ELECTION.TERM',
      'ELECTION.TERM_PAST',
    ]);
    const [one, two] = await Promise.all([start({}), start({ seats: 7 })]);
    expect([one.status, two.status].sort()).toEqual([201, 409]);
  });

  test('is of those who consent, whom nobody rightly objects to, and whom the owners choose', async () => {
    const { election, owners } = await estate();
    const { chair } = election.meeting;
    const electionId = await election.begin();
    await election.nominate(electionId, owners.slice(0, 7));
    const url = `${election.base}/${electionId}`;
    const again = await app.post<ErrorBody>(
      `${url}/candidates`,
      owners[0]?.token,
      { statement: '再报' },
      newKey(),
    );
    expect(again.body.code).toBe('ELECTION.NOMINATED');
    const tenant = await app.build.inRole('TENANT', election.estateId);
    expect((await app.post(`${url}/candidates`, tenant.token, { statement: '租户' }, newKey())).status).toBe(
      403,
    );
    const byPhone = { phone: '13900000000', statement: '推荐' };
    const stranger = await app.post<ErrorBody>(`${url}/candidates`, chair.token, byPhone, newKey());
    expect(stranger.body.code).toBe('ELECTION.NOT_OWNER');

    // Before the list is posted an owner sees nobody but themselves.
    expect((await election.detail(electionId, ownerAt(owners, 1))).candidates).toHaveLength(1);
    expect((await election.detail(electionId, ownerAt(owners, 8))).candidates).toHaveLength(0);
    const early = await app.post<ErrorBody>(`${url}/list`, chair.token);
    expect(early.body.code).toBe('ELECTION.NOMINATIONS_RUNNING');

    const { candidates, nominationsUntil, objectionsUntil } = await election.detail(electionId);
    const answer = (place: number, person: TestPerson, consents: boolean) =>
      app.post<ErrorBody>(`${url}/candidates/${candidates[place]?.id}/answer`, person.token, { consents });
    expect((await answer(0, ownerAt(owners, 1), false)).status).toBe(404);
    expect((await answer(0, ownerAt(owners, 0), false)).status).toBe(200);
    app.clock.set(nominationsUntil + 1);
    expect((await app.post(`${url}/list`, chair.token)).status).toBe(200);
    expect((await election.detail(electionId, ownerAt(owners, 8))).candidates).toHaveLength(6);

    const object = (place: number, person: TestPerson) =>
      app.post<ErrorBody>(`${url}/candidates/${candidates[place]?.id}/objections`, person.token, {
        reason: '欠了两年物业费没有交',
      });
    expect((await object(1, ownerAt(owners, 8))).status).toBe(204);
    expect((await object(1, ownerAt(owners, 8))).body.code).toBe('ELECTION.OBJECTED_ALREADY');
    expect(await inboxOf(election.street)).toContain('候选人有异议');
    expect((await app.get(`${url}/objections`, owners[8]?.token)).status).toBe(403);
    app.clock.set(objectionsUntil + 1);
    const unanswered = await app.post<ErrorBody>(`${url}/assembly`, chair.token);
    expect(unanswered.body.code).toBe('ELECTION.OBJECTION_OPEN');
    const { body: open } = await app.get<CandidateObjection[]>(`${url}/objections`, election.street.token);
    const decide = (person: TestPerson) =>
      app.post<ErrorBody>(`${url}/objections/${open[0]?.id}/answer`, person.token, {
        upheld: true,
        answer: '核实属实，不符合条件',
      });
    expect((await decide(chair)).status).toBe(403);
    expect((await decide(election.community)).status).toBe(200);
    expect((await decide(election.street)).body.code).toBe('ELECTION.OBJECTION_ANSWERED');
    expect(await inboxOf(ownerAt(owners, 1))).toContain('您没有列入业委会候选人名单');

    const { body } = await app.post<{ assemblyId: string }>(`${url}/assembly`, chair.token);
    const draft = await election.draft(body.assemblyId);
    expect(draft.motions).toHaveLength(5);
    const changed = { ...draft, motions: draft.motions.slice(1) };
    const { title, summary, materialFileIds, opinionsUntil, opensAt, closesAt } = changed;
    const saved = await app.call<ErrorBody>('PUT', `${election.meeting.base}/${body.assemblyId}`, {
      token: chair.token,
      body: {
        title,
        summary,
        materialFileIds,
        opinionsUntil,
        opensAt,
        closesAt,
        objectionsUntil: null,
        residentsCommitteeInformedOn: null,
        motions: changed.motions.map(({ id, matter, title: name, text, scope, amountLimitFen }) => ({
          id,
          matter,
          title: name,
          text,
          scope,
          amountLimitFen,
        })),
      },
    });
    expect(saved).toMatchObject({ status: 409, body: { code: 'ELECTION.MOTIONS_FIXED' } });

    // A meeting that is called off gives the list back.
    const cancel = `${election.meeting.base}/${body.assemblyId}/cancel`;
    expect((await app.post(cancel, chair.token, { reason: '日期要改' })).status).toBe(200);
    expect(await election.detail(electionId)).toMatchObject({ state: 'LISTED', assemblyId: null });
    expect((await app.post(`${url}/assembly`, chair.token)).status).toBe(200);
  });

  test('gives the elected their offices by two persons, and the old committee hands over', async () => {
    const { election, owners } = await estate();
    const { chair } = election.meeting;
    const electionId = await election.begin();
    await election.nominate(electionId, owners.slice(0, 6));
    const assembly = await election.voting(await election.assembled(electionId));
    expect(assembly.motions.map(({ electionSeats }) => electionSeats)).toEqual([5, 5, 5, 5, 5, 5]);
    const many = await election.choose(ownerAt(owners, 0), assembly, [0, 1, 2, 3, 4, 5]);
    expect(many).toMatchObject({ status: 422, body: { code: 'BALLOT.TOO_MANY_CHOSEN' } });
    const choices = [
      [0, 1, 2, 3, 4],
      [0, 1, 2, 3, 4],
      [0, 1, 2, 3, 4],
      [0, 1, 2, 3, 4],
      [0, 1, 2, 3, 4],
      [5],
      [5],
    ];
    for (const [index, places] of choices.entries())
      expect((await election.choose(ownerAt(owners, index), assembly, places)).status).toBe(201);
    await election.meeting.count(assembly);

    const { body: result } = await app.get<AssemblyResult>(
      `${election.meeting.base}/${assembly.id}/result`,
      owners[8]?.token,
    );
    expect(result.elections).toMatchObject([{ outcome: 'COMPLETE', tied: [], alternates: [] }]);
    expect(result.motions.map(({ decisionNumber }) => decisionNumber === null)).toEqual([
      false,
      false,
      false,
      false,
      false,
      true,
    ]);
    const detail = await election.detail(electionId, ownerAt(owners, 8));
    expect(detail.candidates.map((candidate) => candidate.result)).toEqual([
      ...Array<string>(5).fill('ELECTED'),
      'NOT_ELECTED',
    ]);

    const offices = (person: TestPerson) =>
      app.post<ErrorBody>(`${election.base}/${electionId}/offices`, person.token);
    expect((await offices(chair)).status).toBe(403);
    expect((await offices(election.community)).status).toBe(200);
    expect((await offices(election.street)).body.code).toBe('ELECTION.GRANTED');
    const memberships = `/api/estates/${election.estateId}/memberships`;
    const { body: page } = await app.get<Page<EstateMembership>>(memberships, election.street.token);
    const waiting = page.items.filter(({ confirmed }) => !confirmed);
    expect(waiting).toHaveLength(5);
    expect(waiting[0]).toMatchObject({
      role: 'COMMITTEE_MEMBER',
      startsOn: detail.startsOn,
      endsOn: detail.endsOn,
    });
    const confirm = (person: TestPerson) =>
      app.post<ErrorBody>(`${memberships}/${waiting[0]?.id}/confirm`, person.token);
    expect((await confirm(election.community)).body.code).toBe('MEMBERSHIP.TWO_PERSONS');
    expect((await confirm(election.street)).status).toBe(204);

    const terms = `/api/estates/${election.estateId}/committee-terms`;
    const { body: known } = await app.get<{ term: CommitteeTerm }>(`${terms}/current`, owners[8]?.token);
    expect(known.term).toMatchObject({
      startsOn: detail.startsOn,
      fileBy: lastDayOfPeriod(shanghaiDate(assembly.closesAt ?? 0), 30, CHINA_HOLIDAYS),
      firstMeetingBy: lastDayOfPeriod(shanghaiDate(assembly.closesAt ?? 0), 7, CHINA_HOLIDAYS),
      handover: { done: 0, missing: 0, all: HANDOVER_LIST.length },
    });
    const handover = `${terms}/${known.term.id}/handover`;
    const { body: list } = await app.get<Handover>(handover, election.street.token);
    const [seal, stamp, books] = list.items;
    const sign = (item: typeof seal, what: string, person: TestPerson, body: object = {}) =>
      app.post<Handover & ErrorBody>(`${handover}/${item?.id}/${what}`, person.token, body);
    expect((await sign(seal, 'receive', ownerAt(owners, 0))).body.code).toBe('HANDOVER.NOT_GIVEN');
    expect((await sign(seal, 'give', ownerAt(owners, 0))).body.code).toBe('HANDOVER.NOT_YOURS');
    expect((await sign(seal, 'give', chair)).status).toBe(200);
    expect((await sign(seal, 'give', chair)).body.code).toBe('HANDOVER.SIGNED');
    expect((await sign(seal, 'receive', chair)).body.code).toBe('HANDOVER.NOT_YOURS');
    const signed = await sign(seal, 'receive', ownerAt(owners, 0));
    expect(signed.body.items[0]).toMatchObject({ state: 'DONE', givenBy: '主任', receivedBy: '业主0' });
    const lost = await sign(books, 'missing', ownerAt(owners, 1), { reason: '账册一直没有找到' });
    expect(lost.body.items[2]?.state).toBe('MISSING');
    expect(await inboxOf(election.street)).toContain('业委会移交有缺失');
    expect((await sign(stamp, 'give', ownerAt(owners, 8))).body.code).toBe('HANDOVER.NOT_YOURS');

    // The first meeting is on record; the filing is not, and is asked for once.
    const first = await app.post(`${terms}/${known.term.id}/first-meeting`, election.community.token, {
      on: shanghaiDate(app.clock.now()),
    });
    expect(first.status).toBe(200);
    app.clock.set(startOfDay(addDays(known.term.fileBy ?? '', 2)));
    await app.runJobs();
    app.clock.advance(2 * DAY_MS);
    await app.runJobs();
    const told = await inboxOf(election.street);
    expect(told.filter((title) => title === '业委会备案逾期')).toHaveLength(1);
    expect(told).not.toContain('业委会还没有开首次会议');
  });

  test('where only the official platform binds elects nobody, and says so', async () => {
    const { election, owners } = await estate('beijing');
    const electionId = await election.begin();
    await election.nominate(electionId, owners.slice(0, 6));
    const assembly = await election.voting(await election.assembled(electionId));
    for (const owner of owners) await election.choose(owner, assembly, [0, 1, 2, 3, 4]);
    await election.meeting.count(assembly);
    const detail = await election.detail(electionId, ownerAt(owners, 8));
    expect(detail).toMatchObject({ outcome: 'COMPLETE' });
    expect(detail.sentence).toContain('不产生法律效力');
    const { body: inbox } = await app.get<Inbox>('/api/me/inbox', election.street.token);
    const result = inbox.items.find(({ title }) => title === '业委会选举有结果了');
    expect(result?.body).toContain('不产生法律效力');
    const offices = await app.post<ErrorBody>(
      `${election.base}/${electionId}/offices`,
      election.community.token,
    );
    expect(offices.body.code).toBe('ELECTION.NO_RESULT');
    const terms = `/api/estates/${election.estateId}/committee-terms/current`;
    expect((await app.get<{ term: CommitteeTerm | null }>(terms, owners[8]?.token)).body.term).toBeNull();
  });

  test('that ties at the last seat is voted again by those who tie, and by nobody’s lot', async () => {
    const { election, owners } = await estate();
    const electionId = await election.begin();
    await election.nominate(electionId, owners.slice(0, 6));
    const assembly = await election.voting(await election.assembled(electionId));
    const choices = [
      [0, 1, 2, 3, 4],
      [0, 1, 2, 3, 4],
      [0, 1, 2, 3, 4],
      [0, 1, 2, 3, 4],
      [0, 1, 2, 3, 5],
      [0, 1, 2, 3, 5],
      [0, 1, 2, 4, 5],
    ];
    for (const [index, places] of choices.entries())
      await election.choose(ownerAt(owners, index), assembly, places);
    const last = [0, 1, 2, 5];
    await election.choose(ownerAt(owners, 7), assembly, last);
    await election.choose(ownerAt(owners, 8), assembly, last);
    await election.meeting.count(assembly);
    const before = await election.detail(electionId);
    expect(before).toMatchObject({ outcome: 'RUN_OFF' });
    expect(before.candidates.map((candidate) => candidate.result)).toEqual([
      'ELECTED',
      'ELECTED',
      'ELECTED',
      'ELECTED',
      'TIED',
      'TIED',
    ]);

    const runOff = await election.newest();
    expect(runOff).toMatchObject({ kind: 'RUN_OFF', seats: 1, state: 'VOTING' });
    const again = await election.voting(runOff?.assemblyId ?? '');
    expect(again.motions).toHaveLength(2);
    const both = await election.choose(ownerAt(owners, 0), again, [0, 1]);
    expect(both.body.code).toBe('BALLOT.TOO_MANY_CHOSEN');
    for (const [index, owner] of owners.entries()) await election.choose(owner, again, [index < 5 ? 1 : 0]);
    await election.meeting.count(again);
    const after = await election.detail(runOff?.id ?? '');
    expect(after).toMatchObject({ outcome: 'COMPLETE', runOffOf: electionId });
    expect(after.candidates.map((candidate) => candidate.result)).toEqual(['NOT_ELECTED', 'ELECTED']);
    const { body: other } = await app.get<ErrorBody>(
      `/api/estates/${await app.build.estate('别处')}/elections/${electionId}`,
      election.meeting.chair.token,
    );
    expect(other.code).toBe('ACCESS.DENIED');
  });

  test('on paper is read as one: too many ticks spoil it for that paper, and the owner is told', async () => {
    const { election, owners } = await estate();
    const electionId = await election.begin();
    await election.nominate(electionId, owners.slice(0, 6));
    const assembly = await election.voting(await election.assembled(electionId));
    const desk = await PaperBuilder.start(app, election.meeting, assembly);
    const [reader, other] = desk.readers;
    const hand = async (owner: Owner, places: readonly number[]) => {
      const { body: paper } = await desk.receive(await desk.numberOf(owner));
      const [step] = askedSteps(paper.motions);
      if (step?.kind !== 'ELECTION') throw new Error('no election on the paper');
      expect(step).toMatchObject({ seats: 5, candidates: { length: 6 } });
      const marks = step.candidates.map(({ id }, place) => ({
        motionId: id,
        mark: places.includes(place) ? ('FOR' as const) : ('BLANK' as const),
      }));
      const seen = { reason: null, signers: paper.voters.map(({ id }) => id), marks };
      for (const person of [reader, other]) expect((await desk.enter(person, paper, seen)).status).toBe(200);
    };
    await hand(ownerAt(owners, 8), [0, 1, 2, 3, 4, 5]);
    const { body: inbox } = await app.get<Inbox>('/api/me/inbox', owners[8]?.token);
    const told = inbox.items.find(({ title }) => title === '您家的纸质票已计入');
    expect(told?.body).toContain('应选 5 人，选了 6 人，这一选举作废');
    await hand(ownerAt(owners, 7), [0, 1]);
    const spoiledOf = async (index: number) => {
      const mine = `${election.meeting.base}/${assembly.id}/paper/mine`;
      const { body } = await app.get<readonly MyPaper[]>(mine, owners[index]?.token);
      return body[0]?.returned?.spoiled;
    };
    expect(await spoiledOf(8)).toEqual([{ seats: 5, chosen: 6 }]);
    expect(await spoiledOf(7)).toEqual([]);
    for (const index of [0, 1, 2, 3, 4])
      await election.choose(ownerAt(owners, index), assembly, [0, 1, 2, 3, 4]);
    await election.meeting.count(assembly);
    const url = `${election.meeting.base}/${assembly.id}/result`;
    const { body: result } = await app.get<AssemblyResult>(url, owners[8]?.token);
    expect(result.motions[5]?.breakdown).toMatchObject({ INVALID: { heads: 1 } });
    expect(await spoiledOf(8)).toEqual([{ seats: 5, chosen: 6 }]);
    expect(result.motions[0]?.breakdown).toMatchObject({ FOR: { heads: 6 }, INVALID: { heads: 1 } });
    expect(result.elections).toMatchObject([{ outcome: 'COMPLETE' }]);
  });

  test('leaves alternates, who step in by their rank when a member leaves', async () => {
    const { election, owners } = await estate('qitai', 11);
    const electionId = await election.begin();
    await election.nominate(electionId, owners.slice(0, 7));
    const assembly = await election.voting(await election.assembled(electionId));
    // Seven pass: each owner leaves out two, and the last two candidates are left out most.
    const left = [
      [5, 6],
      [5, 6],
      [5, 6],
      [5, 0],
      [6, 1],
      [6, 2],
      [6, 3],
      [4, 5],
      [0, 1],
      [2, 3],
      [4, 0],
    ];
    for (const [index, out] of left.entries())
      await election.choose(
        ownerAt(owners, index),
        assembly,
        [0, 1, 2, 3, 4, 5, 6].filter((place) => !out.includes(place)),
      );
    await election.meeting.count(assembly);
    const detail = await election.detail(electionId);
    expect(detail.candidates.map(({ result }) => result)).toEqual([
      ...Array<string>(5).fill('ELECTED'),
      'ALTERNATE',
      'NOT_ELECTED',
    ]);
    expect((await app.post(`${election.base}/${electionId}/offices`, election.community.token)).status).toBe(
      200,
    );
    const memberships = `/api/estates/${election.estateId}/memberships`;
    const waiting = async () => {
      const url = `${memberships}?limit=50`;
      const { body } = await app.get<Page<EstateMembership>>(url, election.street.token);
      return body.items.filter(({ confirmed }) => !confirmed);
    };
    const proposed = await waiting();
    for (const { id } of proposed) await app.post(`${memberships}/${id}/confirm`, election.street.token);
    const terms = `/api/estates/${election.estateId}/committee-terms`;
    const { body: known } = await app.get<{ term: CommitteeTerm }>(`${terms}/current`, owners[0]?.token);
    app.clock.set(startOfDay(addDays(detail.startsOn, 1)));
    const fill = (person: TestPerson) =>
      app.post<VacanciesFilled>(`${terms}/${known.term.id}/vacancies`, person.token);
    expect((await fill(election.meeting.chair)).status).toBe(403);
    expect((await fill(election.community)).body).toEqual({ stepIn: 0, byElection: 0, electAnew: false });
    for (const { id } of proposed.slice(0, 2))
      await app.post(`${memberships}/${id}/end`, election.street.token);
    expect((await fill(election.community)).body).toEqual({ stepIn: 1, byElection: 1, electAnew: false });
    expect((await waiting()).map(({ personName }) => personName)).toEqual(['业主5']);
    expect((await fill(election.community)).body).toMatchObject({ stepIn: 0, byElection: 1 });
  });

  test('in which too few are chosen fails, and opens no term', async () => {
    const { election, owners } = await estate();
    const electionId = await election.begin();
    await election.nominate(electionId, owners.slice(0, 5));
    const assembly = await election.voting(await election.assembled(electionId));
    for (const owner of owners) await election.choose(owner, assembly, [0, 1]);
    await election.meeting.count(assembly);
    const failed: ElectionDetail = await election.detail(electionId);
    expect(failed).toMatchObject({ outcome: 'FAILED', officesProposed: false });
    expect(failed.sentence).toContain('选举不成立');
    const offices = await app.post<ErrorBody>(
      `${election.base}/${electionId}/offices`,
      election.community.token,
    );
    expect(offices.body.code).toBe('ELECTION.NO_RESULT');
    const { body } = await app.get<{ term: CommitteeTerm | null }>(
      `/api/estates/${election.estateId}/committee-terms/current`,
      owners[0]?.token,
    );
    expect(body.term).toBeNull();
  });
});
