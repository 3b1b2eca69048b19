import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type {
  AssemblyDetail,
  AssemblyResult,
  BallotReceipt,
  Choice,
  DelegatedAssembly,
  DeskMandate,
  DeskPrincipal,
  Guardianship,
  GuardianshipEntry,
  Mandate,
  Mark,
  ProxyOptions,
} from '@linli/shared/assembly';
import type { LoggedBallotResponse } from '@linli/shared/ballot-log';
import type { ErrorBody } from '@linli/shared/errors';
import type { FileRef } from '@linli/shared/files';
import type { SendSignatureResponse } from '@linli/shared/identity';
import { addDays, type Page, shanghaiDate, startOfDay } from '@linli/shared/kernel';
import type { Inbox } from '@linli/shared/notifications';
import { LogSequencer } from '../../src/features/ballot-log/index.ts';
import type { Environment } from '../../src/config/environment.ts';
import { ENVIRONMENT } from '../../src/config/config.module.ts';
import { ConfirmPersonService } from '../../src/features/identity/confirm-person.service.ts';
import { PersonsRepository, SmsPort } from '../../src/features/identity/index.ts';
import { SmsCodesService } from '../../src/features/identity/sms-codes.service.ts';
import { Caller } from '../../src/kernel/access/index.ts';
import { TEST_NOW, TestApp } from '../support/app.ts';
import { AssemblyBuilder, motion, newKey, type Owner } from '../support/assembly-builder.ts';
import type { TestPerson } from '../support/estate-builder.ts';
import { multipart } from '../support/multipart.ts';
import { PaperBuilder } from '../support/paper-builder.ts';
import { evidence } from '../support/people.ts';
import { verifyText } from '../support/verifier.ts';

const SCAN = Buffer.from('%PDF-1.4 委托书');

describe('a proxy', () => {
  let app: TestApp;
  let meeting: AssemblyBuilder;
  let owners: Owner[];
  let codes: string[];
  let phone = 13_900_001_000;

  beforeAll(async () => {
    app = await TestApp.start();
    // What the owner reads on the phone.
    const sms = app.nest.get(SmsPort);
    sms.sendCode = (_, code) => {
      codes.push(code);
      return Promise.resolve();
    };
  });
  afterAll(() => app.stop());
  beforeEach(async () => {
    codes = [];
    app.clock.set(Math.max(TEST_NOW, app.clock.now() + 86_400_000));
    // 潍坊 lets one agent stand for three owners.
    meeting = await AssemblyBuilder.start(app, 'weifang');
    owners = await meeting.owners(5);
  });

  const ownerAt = (index: number): Owner => {
    const owner = owners[index];
    if (owner === undefined) throw new Error('no owner');
    return owner;
  };
  async function withPhone(name = '代理人'): Promise<TestPerson & { readonly phone: string }> {
    const number = String(++phone);
    return { ...(await app.build.person(name, number)), phone: number };
  }
  const mandates = (assembly: AssemblyDetail) => `${meeting.base}/${assembly.id}/mandates`;
  /** The account of an owner of the roll gets a number, as it has one wherever owners sign in. */
  async function givePhone(owner: TestPerson): Promise<void> {
    await app.database.transaction((tx) =>
      app.nest.get(PersonsRepository).setPhone(tx, owner.personId, String(++phone)),
    );
  }
  async function grant(
    owner: Owner,
    assembly: AssemblyDetail,
    agentPhone: string,
    facts: object = {},
  ): Promise<{ status: number; body: Mandate & ErrorBody }> {
    await givePhone(owner);
    expect((await app.post(`${mandates(assembly)}/code`, owner.token)).status).toBe(200);
    const principalId = await meeting.principalOf(owner, assembly.id);
    const body = {
      principalId,
      agentPhone,
      motionIds: null,
      instructions: [],
      code: codes.at(-1),
      ...facts,
    };
    return app.post<Mandate & ErrorBody>(mandates(assembly), owner.token, body);
  }
  const end = (person: TestPerson, mandateId: string, reason: string) =>
    app.post<Mandate & ErrorBody>(`/api/me/mandates/${mandateId}/end`, person.token, { reason });
  const castAs = (agent: TestPerson, assembly: AssemblyDetail, principalId: string, choice: Choice) =>
    app.post<BallotReceipt & ErrorBody>(
      `/api/me/delegated-assemblies/${assembly.id}/ballots`,
      agent.token,
      {
        principalId,
        votes: assembly.motions.map(({ id }) => ({ motionId: id, choice })),
        confirmed: true,
      },
      newKey(),
    );
  const resultOf = async (assembly: AssemblyDetail) =>
    (await app.get<AssemblyResult>(`${meeting.base}/${assembly.id}/result`, ownerAt(0).token)).body
      .motions[0];

  test('votes for an owner who signed with a code, is told so, and is counted as the owner’s head', async () => {
    const assembly = await meeting.voting();
    const agent = await withPhone();
    const { status, body } = await grant(ownerAt(0), assembly, agent.phone);
    expect({ status, body }).toMatchObject({ status: 201, body: { state: 'ACTIVE', isMine: true } });
    const options = await app.get<ProxyOptions>(`${mandates(assembly)}/options`, ownerAt(0).token);
    expect(options.body).toMatchObject({ cap: 3, powers: 'FREE' });
    expect(options.body.codeTo).toMatch(/^139\*{4}\d{4}$/);
    const listed = await app.get<DelegatedAssembly[]>('/api/me/delegated-assemblies', agent.token);
    expect(listed.body).toMatchObject([{ assemblyId: assembly.id, as: 'PROXY' }]);
    const seen = await app.get<AssemblyDetail>(`/api/me/delegated-assemblies/${assembly.id}`, agent.token);
    expect(seen.body.mine).toMatchObject([{ acting: { as: 'PROXY' }, canVote: true, ballot: null }]);
    const { principalId } = body;
    expect((await castAs(agent, assembly, principalId, 'FOR')).status).toBe(201);
    const { body: mine } = await meeting.detail(ownerAt(0), assembly.id);
    expect(mine.mine[0]).toMatchObject({
      ballot: { castByMe: false, hasReceipt: true },
      mandate: { casts: 1 },
    });
    // The receipt is the agent's and the owner's, and no neighbour's.
    await app.nest.get(LogSequencer).integrateAll();
    const receipt = `${assembly.id}/log/ballots/${mine.mine[0]?.ballot?.ballotId ?? ''}`;
    const seats = `/api/me/delegated-assemblies/${receipt}`;
    const [mineToo, agents] = await Promise.all([
      app.get<LoggedBallotResponse>(`${meeting.base}/${receipt}`, ownerAt(0).token),
      app.get<LoggedBallotResponse>(seats, agent.token),
    ]);
    expect(agents.body.receipt).toContain('c2sp.org/tlog-proof');
    expect(mineToo.body).toEqual(agents.body);
    expect((await app.get(`${meeting.base}/${receipt}`, ownerAt(1).token)).status).toBe(404);
    for (const index of [1, 2, 3]) await meeting.cast(ownerAt(index), assembly, 'FOR');
    await meeting.count(assembly);
    expect(await resultOf(assembly)).toMatchObject({ breakdown: { FOR: { heads: 4 } }, rejectedBallots: {} });
  });

  test('needs the owner’s code: none, a false one and a used one sign nothing', async () => {
    const assembly = await meeting.noticed();
    const agent = await withPhone();
    const owner = ownerAt(0);
    const principalId = await meeting.principalOf(owner, assembly.id);
    const body = { principalId, agentPhone: agent.phone, motionIds: null, instructions: [] };
    expect((await app.post(`${mandates(assembly)}/code`, owner.token)).body).toMatchObject({
      code: 'PROXY.NO_PHONE',
    });
    const wrong = await grant(owner, assembly, agent.phone, { code: '000000' });
    expect(wrong.body.code).toBe('AUTH.CODE_WRONG');
    const code = codes.at(-1);
    expect((await app.post(mandates(assembly), owner.token, { ...body, code })).status).toBe(201);
    const again = await app.post<ErrorBody>(mandates(assembly), owner.token, { ...body, code });
    expect(again.body.code).toBe('AUTH.CODE_WRONG');
  });

  test('is signed by a code that goes to the phone alone; only a demonstration shows it', async () => {
    const assembly = await meeting.noticed();
    await givePhone(ownerAt(0));
    const { body } = await app.post<SendSignatureResponse>(`${mandates(assembly)}/code`, ownerAt(0).token);
    expect(Object.keys(body)).toEqual(['resendAt']);
    const signIn = await app.post('/api/auth/sms/send', undefined, { phone: String(++phone) });
    expect(Object.keys(signIn.body as object)).toEqual(['resendAt']);
    const { nest, database } = app;
    const asked = (demo: boolean) =>
      new ConfirmPersonService(
        { ...nest.get<Environment>(ENVIRONMENT), demo },
        database,
        nest.get(PersonsRepository),
        nest.get(SmsCodesService),
        nest.get(SmsPort),
      );
    const sent = [];
    for (const [index, demo] of [true, false].entries()) {
      await givePhone(ownerAt(index + 1));
      const caller = new Caller(ownerAt(index + 1).personId, '', [], false);
      sent.push((await asked(demo).send(caller, '127.0.0.1'))?.demoCode);
    }
    expect(sent).toEqual([codes.at(-2), undefined]);
  });

  test('gives way to the owner who votes in person, before or after', async () => {
    const assembly = await meeting.voting();
    const agent = await withPhone();
    const first = await grant(ownerAt(0), assembly, agent.phone);
    const second = await grant(ownerAt(1), assembly, agent.phone);
    await meeting.cast(ownerAt(0), assembly, 'AGAINST');
    await castAs(agent, assembly, first.body.principalId, 'FOR');
    await castAs(agent, assembly, second.body.principalId, 'FOR');
    await meeting.cast(ownerAt(1), assembly, 'AGAINST');
    const { body } = await meeting.detail(agent, assembly.id);
    expect(body).toMatchObject({ code: 'ACCESS.DENIED' });
    const seen = await app.get<AssemblyDetail>(`/api/me/delegated-assemblies/${assembly.id}`, agent.token);
    for (const { acting, ballot } of seen.body.mine) {
      expect(acting?.votedInPerson).toBe(true);
      expect(ballot?.votes[0]?.mark).toBe('FOR');
    }
    const own = await meeting.detail(ownerAt(0), assembly.id);
    expect(own.body.mine[0]?.ballot?.votes[0]?.mark).toBe('AGAINST');
    for (const index of [2, 3]) await meeting.cast(ownerAt(index), assembly, 'AGAINST');
    await meeting.count(assembly);
    expect((await resultOf(assembly))?.breakdown).toEqual({ AGAINST: { heads: 4, areaCentiSqm: 40_000 } });
  });

  test('says what the owner wants said, and only on what was handed over', async () => {
    const [first, second] = [
      { matter: 9 as const, title: '第一件事情' },
      { matter: 9 as const, title: '第二件事情' },
    ].map((facts) => ({
      ...facts,
      text: '要表决的内容写在这里。',
      scope: { kind: 'ESTATE' as const },
      amountLimitFen: null,
    }));
    if (first === undefined || second === undefined) throw new Error('no motion');
    const assembly = await meeting.voting({ motions: [first, second] });
    const [m1, m2] = assembly.motions.map(({ id }) => id);
    const agent = await withPhone();
    const said = { motionIds: [m1], instructions: [{ motionId: m1, choice: 'AGAINST' }] };
    const outside = { motionIds: [m1], instructions: [{ motionId: m2, choice: 'FOR' }] };
    expect((await grant(ownerAt(0), assembly, agent.phone, outside)).body.code).toBe('PROXY.SAID_OUTSIDE');
    app.clock.advance(61_000);
    const { body } = await grant(ownerAt(0), assembly, agent.phone, said);
    expect((await castAs(agent, assembly, body.principalId, 'AGAINST')).body.code).toBe(
      'PROXY.OUTSIDE_MANDATE',
    );
    const one = (choice: Choice) =>
      app.post<BallotReceipt & ErrorBody>(
        `/api/me/delegated-assemblies/${assembly.id}/ballots`,
        agent.token,
        { principalId: body.principalId, votes: [{ motionId: m1, choice }], confirmed: true },
        newKey(),
      );
    expect((await one('FOR')).body.code).toBe('PROXY.AGAINST_INSTRUCTION');
    expect((await one('AGAINST')).status).toBe(201);
    await meeting.count(assembly);
  });

  test('in 上海 carries the owner’s word on every motion', async () => {
    const shanghai = await AssemblyBuilder.start(app, 'shanghai');
    const owner = await shanghai.owner();
    meeting = shanghai;
    const assembly = await shanghai.noticed();
    const agent = await withPhone();
    expect((await grant(owner, assembly, agent.phone)).body.code).toBe('PROXY.MUST_SAY_ALL');
    app.clock.advance(61_000);
    const instructions = assembly.motions.map(({ id }) => ({ motionId: id, choice: 'FOR' }));
    expect((await grant(owner, assembly, agent.phone, { instructions })).status).toBe(201);
  });

  test('stands for no more owners than the region allows; who takes a mandate back makes room', async () => {
    const assembly = await meeting.voting();
    const agent = await withPhone();
    const granted: Mandate[] = [];
    for (const index of [0, 1, 2]) granted.push((await grant(ownerAt(index), assembly, agent.phone)).body);
    expect((await grant(ownerAt(3), assembly, agent.phone)).body).toMatchObject({ code: 'PROXY.CAP' });
    await castAs(agent, assembly, granted[0]?.principalId ?? '', 'FOR');
    expect((await end(ownerAt(0), granted[0]?.id ?? '', 'REVOKED')).status).toBe(200);
    app.clock.advance(61_000);
    expect((await grant(ownerAt(3), assembly, agent.phone)).status).toBe(201);
    for (const mandate of granted.slice(1)) await castAs(agent, assembly, mandate.principalId, 'FOR');
    const last = await meeting.principalOf(ownerAt(3), assembly.id);
    expect((await castAs(agent, assembly, last, 'FOR')).status).toBe(201);
    await meeting.count(assembly);
    expect(await resultOf(assembly)).toMatchObject({
      participating: { heads: 3 },
      rejectedBallots: { NO_AUTHORITY: 1 },
    });
  });

  test('whose mandate is revoked votes no more, and what was cast under it counts for nobody', async () => {
    const assembly = await meeting.voting();
    const agent = await withPhone();
    const { body } = await grant(ownerAt(0), assembly, agent.phone);
    await castAs(agent, assembly, body.principalId, 'FOR');
    expect((await end(agent, body.id, 'REVOKED')).status).toBe(404);
    expect((await end(ownerAt(1), body.id, 'REVOKED')).status).toBe(404);
    expect((await end(ownerAt(0), body.id, 'REVOKED')).body).toMatchObject({
      state: 'ENDED',
      ended: { reason: 'REVOKED' },
    });
    expect((await end(ownerAt(0), body.id, 'REVOKED')).body.code).toBe('PROXY.ENDED');
    expect((await castAs(agent, assembly, body.principalId, 'FOR')).status).toBe(404);
    const { body: detail } = await meeting.detail(ownerAt(0), assembly.id);
    expect(detail.turnout?.participating.heads).toBe(0);
    expect(detail.mine[0]).toMatchObject({ ballot: null, mandate: { state: 'ENDED' } });
    for (const index of [1, 2, 3, 4]) await meeting.cast(ownerAt(index), assembly, 'FOR');
    await meeting.count(assembly);
    expect(await resultOf(assembly)).toMatchObject({ participating: { heads: 4 } });
  });

  test('who signs a paper counts as far as the mandate goes, alone, and with the receipt', async () => {
    const assembly = await meeting.voting({ motions: [motion(), motion({ title: '增加两个监控探头' })] });
    const [first, second] = assembly.motions.map(({ id }) => id);
    if (first === undefined || second === undefined) throw new Error('no motion');
    const agent = await withPhone();
    const desk = await PaperBuilder.start(app, meeting, assembly);
    const [reader, other] = desk.readers;
    const facts = { motionIds: [first], instructions: [{ motionId: first, choice: 'FOR' }] };
    const { body: mandate } = await grant(ownerAt(0), assembly, agent.phone, facts);
    const { body: paper } = await desk.receive(await desk.numberOf(ownerAt(0)));
    expect(paper.agent).toEqual({ id: mandate.id, name: '代*', forWhom: '业*', motionIds: [first] });
    const reading = (firstMark: Mark, secondMark: Mark, signers: readonly string[] = [mandate.id]) => ({
      reason: null,
      signers,
      marks: [
        { motionId: first, mark: firstMark },
        { motionId: second, mark: secondMark },
      ],
    });
    const refusedFor = async (read: ReturnType<typeof reading>) =>
      (await desk.enter(reader, paper, read)).body.code;
    expect(await refusedFor(reading('FOR', 'FOR'))).toBe('PAPER.AGENT_BEYOND');
    expect(await refusedFor(reading('AGAINST', 'BLANK'))).toBe('PAPER.AGENT_BEYOND');
    const both = [mandate.id, paper.voters[0]?.id ?? ''];
    expect(await refusedFor(reading('FOR', 'BLANK', both))).toBe('PAPER.AGENT_ALONE');
    expect(await refusedFor(reading('FOR', 'BLANK', [agent.personId]))).toBe('PAPER.SIGNERS');
    expect((await desk.enter(reader, paper, reading('FOR', 'BLANK'))).status).toBe(200);
    const { body: settled } = await desk.enter(other, paper, reading('FOR', 'BLANK'));
    expect(settled).toMatchObject({
      state: 'COUNTED',
      entries: [{ reading: { signers: ['代*（代理人）'] } }, {}],
    });
    const seat = `/api/me/delegated-assemblies/${assembly.id}`;
    const { body: seen } = await app.get<AssemblyDetail>(seat, agent.token);
    expect(seen.mine[0]?.ballot).toMatchObject({ channel: 'PAPER', castByMe: true, hasReceipt: true });
    await app.nest.get(LogSequencer).integrateAll();
    const receipt = `${seat}/log/ballots/${seen.mine[0]?.ballot?.ballotId ?? ''}`;
    const logged = await app.get<LoggedBallotResponse>(receipt, agent.token);
    expect(logged.body.receipt).toContain('c2sp.org/tlog-proof');
    for (const index of [1, 2, 3]) await meeting.cast(ownerAt(index), assembly, 'FOR');
    await meeting.count(assembly);
    expect(await resultOf(assembly)).toMatchObject({ breakdown: { FOR: { heads: 4 } }, rejectedBallots: {} });
    const file = await app.get<string>(`${meeting.base}/${assembly.id}/log/export`, ownerAt(0).token);
    expect(verifyText(file.body).filter((line) => line.includes('PASSED'))).not.toEqual([]);
  });

  test('whose mandate was revoked has signed a paper for nothing; who resigned later has not', async () => {
    const assembly = await meeting.voting();
    const [gone, stayed] = [await withPhone(), await withPhone()];
    const desk = await PaperBuilder.start(app, meeting, assembly);
    const [reader, other, third] = desk.readers;
    const read = async (owner: Owner, mandateId: string, then: () => Promise<unknown>) => {
      const { body: paper } = await desk.receive(await desk.numberOf(owner));
      app.clock.advance(1000);
      const marks = paper.motions.map(({ id }) => ({ motionId: id, mark: 'FOR' as const }));
      const seen = { reason: null, signers: [mandateId], marks };
      expect((await desk.enter(reader, paper, seen)).status).toBe(200);
      await then();
      return { paper, answer: await desk.enter(other, paper, seen) };
    };
    const resigned = await grant(ownerAt(0), assembly, gone.phone);
    const late = await read(ownerAt(0), resigned.body.id, () => end(gone, resigned.body.id, 'RESIGNED'));
    expect(late.answer.body.state).toBe('COUNTED');
    const revoked = await grant(ownerAt(1), assembly, stayed.phone);
    const early = await read(ownerAt(1), revoked.body.id, () => end(ownerAt(1), revoked.body.id, 'REVOKED'));
    expect(early.answer.body.code).toBe('PAPER.SIGNERS');
    for (const person of [other, third])
      expect((await desk.enter(person, early.paper, { fault: 'NO_AUTHORITY' })).status).toBe(200);
    const after = await grant(ownerAt(2), assembly, stayed.phone);
    await read(ownerAt(2), after.body.id, () => Promise.resolve());
    await end(ownerAt(2), after.body.id, 'REVOKED');
    for (const index of [3, 4]) await meeting.cast(ownerAt(index), assembly, 'FOR');
    await meeting.count(assembly);
    expect(await resultOf(assembly)).toMatchObject({ breakdown: { FOR: { heads: 3 } } });
  });

  test('is not the company’s staff, not the owner, not a co-owner, and somebody with an account', async () => {
    const assembly = await meeting.noticed();
    const clerk = await withPhone('客服');
    await app.build.appoint(clerk, 'COMPANY_CLERK', [meeting.estateId]);
    expect((await grant(ownerAt(0), assembly, clerk.phone)).body.code).toBe('PROXY.BARRED');
    app.clock.advance(61_000);
    expect((await grant(ownerAt(0), assembly, '13800000009')).body.code).toBe('PROXY.NO_ACCOUNT');
    app.clock.advance(61_000);
    const agent = await withPhone();
    const other = await meeting.principalOf(ownerAt(1), assembly.id);
    const foreign = await grant(ownerAt(0), assembly, agent.phone, { principalId: other });
    expect(foreign.body.code).toBe('PROXY.NOT_YOURS');
    app.clock.advance(61_000);
    await grant(ownerAt(0), assembly, agent.phone);
    app.clock.advance(61_000);
    const second = await withPhone('另一个');
    expect((await grant(ownerAt(0), assembly, second.phone)).body.code).toBe('PROXY.THERE_ALREADY');
    await app.build.appoint(agent, 'COMPANY_CLERK', [meeting.estateId]);
    app.clock.set((assembly.opensAt ?? 0) + 60_000);
    const principalId = await meeting.principalOf(ownerAt(0), assembly.id);
    expect((await castAs(agent, assembly, principalId, 'FOR')).body.code).toBe('PROXY.BARRED');
  });

  test('a home that is sold while the vote runs: the seller of the frozen roll votes, the agent no more, the buyer not yet', async () => {
    const assembly = await meeting.voting();
    const agent = await withPhone();
    const seller = ownerAt(0);
    const { body } = await grant(seller, assembly, agent.phone);
    await castAs(agent, assembly, body.principalId, 'FOR');
    const [unit] = seller.units;
    if (unit === undefined) throw new Error('no unit');
    await app.database.transaction((tx) => tx.run('DELETE FROM ownerships WHERE unit_id = ?', [unit.unitId]));
    const buyer = await app.build.owner('买方', [unit]);
    expect((await castAs(agent, assembly, body.principalId, 'AGAINST')).body.code).toBe('PROXY.SOLD');
    const seen = await meeting.detail(buyer, assembly.id);
    expect(seen.body.mine).toEqual([]);
    expect(seen.body.saleDuringVote).toContain('买方从下次会议');
    const ended = await meeting.detail(seller, assembly.id);
    expect(ended.body.mine[0]?.mandate).toMatchObject({ state: 'ENDED', ended: { reason: 'SOLD' } });
    for (const index of [1, 2, 3]) await meeting.cast(ownerAt(index), assembly, 'FOR');
    // What was cast before the sale stands; the seller may still say otherwise in person.
    expect(ended.body.turnout?.participating.heads).toBe(1);
    expect((await meeting.cast(seller, assembly, 'AGAINST')).status).toBe(201);
    await meeting.count(assembly);
    expect((await resultOf(assembly))?.breakdown).toMatchObject({
      FOR: { heads: 3 },
      AGAINST: { heads: 1 },
    });
  });

  test('after the deadline nothing is granted and nothing is taken back', async () => {
    const assembly = await meeting.voting();
    const agent = await withPhone();
    const { body } = await grant(ownerAt(0), assembly, agent.phone);
    app.clock.set((assembly.closesAt ?? 0) + 1);
    expect((await end(ownerAt(0), body.id, 'REVOKED')).body.code).toBe('PROXY.CLOSED');
    expect((await grant(ownerAt(1), assembly, agent.phone)).body.code).toBe('PROXY.CLOSED');
  });

  describe('on paper', () => {
    async function entered(assembly: AssemblyDetail, agentPhone: string, by = meeting.chair) {
      const { payload, headers } = multipart('委托书.pdf', SCAN);
      const file = await app.call<FileRef>('POST', '/api/files?purpose=MATERIAL', {
        token: by.token,
        body: payload,
        headers,
      });
      const found = await app.get<DeskPrincipal[]>(
        `${mandates(assembly)}/desk/principals?unit=100`,
        by.token,
      );
      const principalId = await meeting.principalOf(ownerAt(0), assembly.id);
      const mine = found.body.find((principal) => principal.principalId === principalId);
      const ownerId = mine?.owners[0]?.ownerId;
      expect(mine?.owners[0]?.name).toBe('业*');
      const body = {
        principalId,
        ownerId,
        agentPhone,
        motionIds: null,
        instructions: [],
        scanFileId: file.body.id,
      };
      return app.post<DeskMandate & ErrorBody>(`${mandates(assembly)}/paper`, by.token, body);
    }
    const review = (by: TestPerson, assembly: AssemblyDetail, id: string, approve: boolean) =>
      app.post<DeskMandate & ErrorBody>(`${mandates(assembly)}/${id}/review`, by.token, { approve });

    test('counts once a second person has held it against the scan', async () => {
      const assembly = await meeting.voting();
      const agent = await withPhone();
      const { status, body } = await entered(assembly, agent.phone);
      expect({ status, body }).toMatchObject({ status: 201, body: { state: 'PENDING', canReview: false } });
      expect((await castAs(agent, assembly, body.principalId, 'FOR')).status).toBe(404);
      expect((await review(meeting.chair, assembly, body.id, true)).body.code).toBe('PROXY.OWN_REVIEW');
      const community = await app.build.member('社区', 'COMMUNITY_OFFICER', [meeting.estateId]);
      expect((await review(community, assembly, body.id, true)).body).toMatchObject({ state: 'ACTIVE' });
      expect((await castAs(agent, assembly, body.principalId, 'FOR')).status).toBe(201);
      const desk = await app.get<Page<DeskMandate>>(`${mandates(assembly)}/desk`, community.token);
      expect(desk.body.items).toMatchObject([{ enteredBy: '主任', confirmedBy: '社区', casts: 1 }]);
      const died = await app.post<DeskMandate>(`${mandates(assembly)}/${body.id}/end`, community.token, {
        reason: 'DIED',
      });
      expect(died.body).toMatchObject({ state: 'ENDED', ended: { reason: 'DIED' } });
      await meeting.count(assembly);
      expect(await resultOf(assembly)).toMatchObject({ participating: { heads: 1 } });
    });

    test('that is refused was never one, and the company enters none', async () => {
      const assembly = await meeting.noticed();
      const agent = await withPhone();
      const { body } = await entered(assembly, agent.phone);
      const community = await app.build.member('社区', 'COMMUNITY_OFFICER', [meeting.estateId]);
      expect((await review(community, assembly, body.id, false)).body).toMatchObject({
        ended: { reason: 'REFUSED' },
      });
      expect((await entered(assembly, agent.phone)).status).toBe(201);
      const manager = await app.build.member('经理', 'COMPANY_MANAGER', [meeting.estateId]);
      expect((await app.get(`${mandates(assembly)}/desk`, manager.token)).status).toBe(403);
    });
  });

  describe('a guardian', () => {
    const url = () => `/api/estates/${meeting.estateId}/guardianships`;
    async function asked(parent: TestPerson, facts: object = {}) {
      const body = {
        unitId: ownerAt(0).units[0]?.unitId,
        ownerName: '业主0',
        kind: 'MINOR',
        endsOn: '2035-06-01',
        documentFileId: await evidence(app, parent, 'GUARDIAN_PAPER'),
        ...facts,
      };
      return app.post<Guardianship & ErrorBody>(url(), parent.token, body, newKey());
    }
    const mineOf = async (person: TestPerson) =>
      (await app.get<Guardianship[]>('/api/me/guardianships', person.token)).body;
    const inboxOf = async (person: TestPerson) =>
      (await app.get<Inbox>('/api/me/inbox', person.token)).body.items.map(({ title }) => title);
    const review = (by: TestPerson, id: string, approve: boolean, note = '') =>
      app.post<GuardianshipEntry & ErrorBody>(`${url()}/${id}/review`, by.token, { approve, note });

    test('votes as the ward once the community has checked the document, which nobody else sees', async () => {
      const [unit] = ownerAt(0).units;
      if (unit === undefined) throw new Error('no unit');
      const parent = await app.build.resident('母亲', unit, 'FAMILY');
      expect((await asked(parent, { ownerName: '没有这人' })).body.code).toBe('GUARDIAN.NO_OWNER');
      expect((await asked(parent, { endsOn: null })).body.code).toBe('GUARDIAN.ENDS_ON');
      const { body } = await asked(parent);
      expect(body).toMatchObject({ state: 'PENDING', ward: '业*' });
      expect((await asked(parent)).body.code).toBe('GUARDIAN.THERE_ALREADY');
      expect((await app.get(url(), meeting.chair.token)).status).toBe(403);
      const community = await app.build.member('社区', 'COMMUNITY_OFFICER', [meeting.estateId]);
      const { body: waiting } = await app.get<Page<GuardianshipEntry>>(url(), community.token);
      expect(waiting.items[0]?.document?.mime).toBe('image/jpeg');
      const assembly = await meeting.voting();
      const principalId = await meeting.principalOf(ownerAt(0), assembly.id);
      expect((await meeting.castFor(parent, assembly, principalId, 'FOR')).body.code).toBe(
        'BALLOT.OWNERS_ONLY',
      );
      expect((await review(community, body.id, true)).body.state).toBe('IN_FORCE');
      const { body: seen } = await meeting.detail(parent, assembly.id);
      expect(seen.mine).toMatchObject([{ principalId, acting: { as: 'GUARDIAN' }, canVote: true }]);
      expect((await meeting.castFor(parent, assembly, principalId, 'FOR')).status).toBe(201);
      const row = await app.database.row<{ proxy_role: string | null }>(
        'SELECT proxy_role FROM ballots WHERE assembly_id = ?',
        [assembly.id],
      );
      expect(row?.proxy_role).toBeNull();
      await meeting.count(assembly);
      expect(await resultOf(assembly)).toMatchObject({ participating: { heads: 1 }, rejectedBallots: {} });
      expect((await app.post(`${url()}/${body.id}/end`, community.token)).status).toBe(200);
      expect((await review(community, body.id, true)).body.code).toBe('GUARDIAN.REVIEWED');
    });

    test('whose document does not show it is told why', async () => {
      const [unit] = ownerAt(0).units;
      if (unit === undefined) throw new Error('no unit');
      const parent = await app.build.resident('父亲', unit, 'FAMILY');
      const { body } = await asked(parent);
      const community = await app.build.member('社区', 'COMMUNITY_OFFICER', [meeting.estateId]);
      expect((await review(community, body.id, false, '短')).body.code).toBe('GUARDIAN.NOTE');
      await review(community, body.id, false, '户口簿不是这一户的');
      expect(await mineOf(parent)).toMatchObject([{ state: 'REFUSED', note: '户口簿不是这一户的' }]);
    });

    test('may live elsewhere and be nobody here; the ward is told, and what is laid down votes no more', async () => {
      const son = await app.build.person('儿子');
      const { body } = await asked(son, { kind: 'INCAPABLE', endsOn: null });
      expect(await inboxOf(ownerAt(0))).toContain('关于您的监护人登记');
      const community = await app.build.member('社区', 'COMMUNITY_OFFICER', [meeting.estateId]);
      await review(community, body.id, true);
      expect(await mineOf(son)).toMatchObject([{ state: 'IN_FORCE', estateName: '康宁家园' }]);
      const assembly = await meeting.voting();
      const principalId = await meeting.principalOf(ownerAt(0), assembly.id);
      expect((await castAs(son, assembly, principalId, 'AGAINST')).status).toBe(201);
      const layDown = (person: TestPerson) =>
        app.post<Guardianship[]>(`/api/me/guardianships/${body.id}/end`, person.token);
      expect((await layDown(ownerAt(1))).status).toBe(404);
      expect((await layDown(son)).body).toMatchObject([{ state: 'ENDED' }]);
      expect((await layDown(son)).body).toMatchObject({ code: 'GUARDIAN.REVIEWED' });
      expect((await castAs(son, assembly, principalId, 'FOR')).status).toBe(404);
      // What was cast as the ward stands.
      const { body: seen } = await meeting.detail(ownerAt(0), assembly.id);
      expect(seen.mine[0]?.ballot?.votes[0]?.mark).toBe('AGAINST');
    });

    test('of a child is one until the day the child comes of age, and then makes room', async () => {
      const [unit] = ownerAt(0).units;
      if (unit === undefined) throw new Error('no unit');
      const parent = await app.build.resident('母亲', unit, 'FAMILY');
      const endsOn = addDays(shanghaiDate(app.clock.now()), 17);
      const { body } = await asked(parent, { endsOn });
      const community = await app.build.member('社区', 'COMMUNITY_OFFICER', [meeting.estateId]);
      await review(community, body.id, true);
      // The vote opens the day before.
      const assembly = await meeting.voting();
      const principalId = await meeting.principalOf(ownerAt(0), assembly.id);
      expect((await meeting.castFor(parent, assembly, principalId, 'FOR')).status).toBe(201);
      app.clock.set(startOfDay(endsOn));
      expect((await meeting.castFor(parent, assembly, principalId, 'AGAINST')).body.code).toBe(
        'BALLOT.OWNERS_ONLY',
      );
      // By the clock, whatever job has run.
      expect(await mineOf(parent)).toMatchObject([{ state: 'ENDED' }]);
      const aunt = await app.build.resident('姑姑', unit, 'FAMILY');
      const second = await asked(aunt, { kind: 'INCAPABLE', endsOn: null });
      expect(second.body.state).toBe('PENDING');
      await app.runJobs();
      expect(await inboxOf(aunt)).not.toContain('监护人登记已到期');
    });

    test('is told when the day comes, once', async () => {
      const parent = await app.build.person('父亲');
      const endsOn = addDays(shanghaiDate(app.clock.now()), 3);
      const { body } = await asked(parent, { endsOn });
      const community = await app.build.member('社区', 'COMMUNITY_OFFICER', [meeting.estateId]);
      await review(community, body.id, true);
      app.clock.set(startOfDay(endsOn) - 1);
      await app.runJobs();
      expect(await mineOf(parent)).toMatchObject([{ state: 'IN_FORCE' }]);
      app.clock.set(startOfDay(endsOn));
      await app.runJobs();
      await app.runJobs();
      const told = (await inboxOf(parent)).filter((title) => title === '监护人登记已到期');
      expect(told).toHaveLength(1);
      const { body: desk } = await app.get<Page<GuardianshipEntry>>(url(), community.token);
      expect(desk.items).toMatchObject([{ state: 'ENDED' }]);
    });
  });
});
