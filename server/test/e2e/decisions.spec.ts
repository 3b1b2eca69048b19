import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Decision, DecisionDetail } from '@linli/shared/assembly';
import type { ErrorBody } from '@linli/shared/errors';
import { addDays, type Page, shanghaiDate } from '@linli/shared/kernel';
import { DecisionsService } from '../../src/features/assembly/index.ts';
import { Caller } from '../../src/kernel/access/index.ts';
import { FilesService } from '../../src/kernel/files/files.service.ts';
import { AssemblyBuilder, newKey } from '../support/assembly-builder.ts';
import { TestApp } from '../support/app.ts';
import type { TestPerson } from '../support/estate-builder.ts';

const PDF = Buffer.from('%PDF-1.4\n% a scan\n');

describe('a decision from before the estate joined', () => {
  let app: TestApp;
  let estateId: string;
  let chair: TestPerson;
  let treasurer: TestPerson;
  let url: string;

  beforeAll(async () => {
    app = await TestApp.start();
    estateId = await app.build.estate();
    chair = await app.build.member('主任', 'COMMITTEE_CHAIR', [estateId]);
    treasurer = await app.build.member('财务', 'COMMITTEE_TREASURER', [estateId]);
    url = `/api/estates/${estateId}/decisions`;
  });
  afterAll(() => app.stop());

  async function scan(person = chair): Promise<string> {
    const caller = new Caller(person.personId, person.personId, [], false);
    const file = await app.nest
      .get(FilesService)
      .keep(caller, { purpose: 'DECISION_SCAN', name: '决议.pdf', body: PDF });
    return file.id;
  }

  async function register(facts: object = {}, key = newKey(), person = chair) {
    const body = {
      number: '业主大会2024-1-3',
      decidedOn: '2024-05-18',
      matter: 8,
      voteClass: 'SPECIAL',
      title: '电梯轿厢广告',
      purpose: '同意在全部电梯轿厢内设置广告，收益归全体业主。',
      amountLimitFen: null,
      scanFileId: await scan(person),
      ...facts,
    };
    return app.post<DecisionDetail & ErrorBody>(url, person.token, body, key);
  }
  const review = (id: string, person: TestPerson, approve = true, reason = '') =>
    app.post<DecisionDetail & ErrorBody>(`${url}/${id}/review`, person.token, { approve, reason });
  const cited = (number: string) => app.nest.get(DecisionsService).byNumber(app.database, estateId, number);

  test('counts once a second member has checked it against the scan', async () => {
    const registered = await register();
    expect(registered).toMatchObject({ status: 201, body: { status: 'PENDING', registeredBy: '主任' } });
    expect((await cited('业主大会2024-1-3'))?.status).toBe('PENDING');
    expect((await review(registered.body.id, chair)).body.code).toBe('DECISION.OWN_REVIEW');
    const confirmed = await review(registered.body.id, treasurer);
    const dueOn = addDays(shanghaiDate(app.clock.now()), 90);
    expect(confirmed.body).toMatchObject({
      status: 'IN_FORCE',
      confirmedBy: '财务',
      followUp: { state: 'OPEN', body: 'COMMITTEE', dueOn, spentFen: 0 },
    });
    expect(confirmed.body.scan?.mime).toBe('application/pdf');
    expect(await cited(' 业主大会2024-1-3 ')).toMatchObject({
      status: 'IN_FORCE',
      matter: 8,
      voteClass: 'SPECIAL',
      decidedOn: '2024-05-18',
      title: '电梯轿厢广告',
    });
    expect((await review(registered.body.id, treasurer)).body.code).toBe('DECISION.REVIEWED');
  });

  test('has a number that no other has, also when two register it at once', async () => {
    const answers = await Promise.all([
      register({ number: '业主大会2023-1-1' }),
      register({ number: '业主大会2023-1-1' }, newKey(), treasurer),
    ]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409]);
    const refused = answers.find((answer) => answer.status === 409);
    expect(refused?.body.code).toBe('DECISION.NUMBER_TAKEN');
  });

  test('that was refused may be registered again under its number', async () => {
    const wrong = await register({ number: '业主大会2022-1-1' });
    expect((await review(wrong.body.id, treasurer, false, '短')).body.code).toBe('DECISION.REASON');
    const refused = await review(wrong.body.id, treasurer, false, '扫描件不是这一次会议的');
    expect(refused.body).toMatchObject({ status: 'REFUSED', refusal: '扫描件不是这一次会议的' });
    expect(await cited('业主大会2022-1-1')).toBeNull();
    expect((await register({ number: '业主大会2022-1-1' })).status).toBe(201);
  });

  test('after the Civil Code has the class of its matter, and no date to come', async () => {
    const wrongClass = await register({ number: 'A-1', voteClass: 'ORDINARY' });
    expect(wrongClass.body.fields.map((field) => field.code)).toEqual(['DECISION.CLASS']);
    const before2021 = await register({ number: 'A-2', voteClass: 'ORDINARY', decidedOn: '2019-03-01' });
    expect(before2021.status).toBe(201);
    const tomorrow = await register({ number: 'A-3', decidedOn: '2026-11-22' });
    expect(tomorrow.body.fields.map((field) => field.code)).toEqual(['DECISION.IN_FUTURE']);
  });

  test('needs a scan of the registrar’s own that nothing else uses', async () => {
    const scanFileId = await scan();
    expect((await register({ number: 'B-1', scanFileId })).status).toBe(201);
    expect((await register({ number: 'B-2', scanFileId })).body.code).toBe('FILE.MISSING');
    const rows = await app.database.rows('SELECT id FROM decisions WHERE decision_number = ?', ['B-2']);
    expect(rows).toEqual([]);
  });

  test('is registered once, though the request came twice', async () => {
    const [key, scanFileId] = [newKey(), await scan()];
    const first = await register({ number: 'C-1', scanFileId }, key);
    const second = await register({ number: 'C-1', scanFileId }, key);
    expect(second).toMatchObject({ status: 201, body: { id: first.body.id } });
  });

  test('is read by owners, registered by the committee alone, and stays in its estate', async () => {
    const unit = await app.build.unit(estateId, '101', 10_000);
    const owner = await app.build.owner('业主', [unit]);
    const tenant = await app.build.resident('租户', unit, 'TENANT');
    const { body } = await app.get<Page<Decision>>(`${url}?status=IN_FORCE&limit=5`, owner.token);
    expect(body.items.map((decision) => decision.status)).toContain('IN_FORCE');
    expect((await app.get(url, tenant.token)).status).toBe(403);
    expect((await register({}, newKey(), owner)).status).toBe(403);
    const other = await AssemblyBuilder.start(app);
    const foreign = `/api/estates/${other.estateId}/decisions/${body.items[0]?.id}`;
    expect((await app.get(foreign, other.chair.token)).status).toBe(404);
    expect(
      (await app.post(`${foreign}/review`, other.chair.token, { approve: true, reason: '' })).status,
    ).toBe(404);
  });

  test('reserves its number: the next meeting of the year goes on from it', async () => {
    const meeting = await AssemblyBuilder.start(app);
    await meeting.owners(1);
    const second = await app.build.member('财务', 'COMMITTEE_TREASURER', [meeting.estateId]);
    const base = `/api/estates/${meeting.estateId}/decisions`;
    const body = {
      number: '业主大会2026-1-2',
      decidedOn: '2026-03-01',
      matter: 9,
      voteClass: 'ORDINARY',
      title: '绿地补种',
      purpose: '用公共收益补种绿地',
      amountLimitFen: 2_000_000,
      scanFileId: await scan(second),
    };
    expect((await app.post(base, second.token, body, newKey())).status).toBe(201);
    expect((await meeting.noticed()).name).toBe('2026年第2次业主大会会议');
  });
});
