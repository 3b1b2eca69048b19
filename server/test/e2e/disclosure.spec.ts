import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type {
  Notice,
  NoticeList,
  PostingQuestionList,
  PostingView,
  PublishNoticeRequest,
  PublishPostingRequest,
  RadarCode,
  RadarOverview,
  RadarView,
} from '@linli/shared/disclosure';
import type { ErrorBody } from '@linli/shared/errors';
import type { FileRef } from '@linli/shared/files';
import { DAY_MS } from '@linli/shared/kernel';
import sharp from 'sharp';
import { newKey } from '../support/assembly-builder.ts';
import { SessionsService } from '../../src/features/identity/index.ts';
import { TEST_NOW, TestApp } from '../support/app.ts';
import type { TestPerson } from '../support/estate-builder.ts';
import { multipart } from '../support/multipart.ts';

let app: TestApp;
let estateId: string;
let owner: TestPerson;
let manager: TestPerson;
let chair: TestPerson;

beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.stop());
beforeEach(async () => {
  app.clock.set(TEST_NOW);
  estateId = await app.build.estate();
  owner = await app.build.inRole('OWNER', estateId);
  manager = await app.build.member('赵立新', 'COMPANY_MANAGER', [estateId]);
  chair = await app.build.member('周建国', 'COMMITTEE_CHAIR', [estateId]);
});

const url = (rest: string) => `/api/estates/${estateId}/${rest}`;
const post = <Body>(rest: string, by: TestPerson, body: object, key = newKey()) =>
  app.post<Body & ErrorBody>(url(rest), by.token, body, key);

const NOTICE: PublishNoticeRequest = {
  kind: 'OUTAGE',
  title: '周四停水',
  body: '周四 9 点到 13 点清洗水箱。',
  fileIds: [],
  pinnedUntil: null,
};
const POSTING: PublishPostingRequest = {
  code: 'MANAGER',
  period: null,
  title: '项目负责人',
  body: '赵立新，0994-7200130',
  fileIds: [],
  supersedes: null,
};

async function radarRow(code: RadarCode) {
  const { body } = await app.get<RadarView>(url('radar'), (await again(owner)).token);
  return body.items.find(({ item }) => item.code === code);
}

/** Signed in anew: sessions do not live as long as postings. */
async function again(person: TestPerson): Promise<TestPerson> {
  const sessions = app.nest.get(SessionsService);
  const token = await app.database.transaction((tx) => sessions.open(tx, person.personId, '测试'));
  return { ...person, token };
}

async function upload(name: string, body: Buffer): Promise<FileRef> {
  const { payload, headers } = multipart(name, body);
  const sending = { token: manager.token, body: payload, headers };
  return (await app.call<FileRef>('POST', '/api/files?purpose=MATERIAL', sending)).body;
}

describe('a notice', () => {
  test('shows a picture small and a PDF by its name', async () => {
    const picture = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#789' } })
      .jpeg()
      .toBuffer();
    const files = [
      await upload('水箱.jpg', picture),
      await upload('清洗合同.pdf', Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF')),
    ];
    const sent = { ...NOTICE, fileIds: files.map(({ id }) => id) };
    const { body } = await post<{ id: string }>('notices', manager, sent);
    const shown = (await app.get<Notice>(url(`notices/${body.id}`), owner.token)).body.files;
    expect(shown).toMatchObject([
      { name: '水箱.jpg', thumbUrl: expect.stringContaining('/thumb?') },
      { name: '清洗合同.pdf', thumbUrl: null },
    ]);
    const opened = await app.nest.inject({ method: 'GET', url: shown[1]?.url ?? '' });
    expect(opened.headers['content-type']).toBe('application/pdf');
  });

  test('is read, corrected and withdrawn; no version is ever lost', async () => {
    const key = newKey();
    const first = await post<{ id: string }>('notices', manager, NOTICE, key);
    expect(first.status).toBe(201);
    expect((await post<{ id: string }>('notices', manager, NOTICE, key)).body.id).toBe(first.body.id);
    const path = `notices/${first.body.id}`;
    const list = () => app.get<NoticeList>(url('notices'), owner.token);
    expect((await list()).body.items).toMatchObject([{ title: '周四停水', read: false, state: 'PUBLISHED' }]);
    for (let n = 0; n < 2; n++)
      expect((await app.call('PUT', url(`${path}/read`), { token: owner.token })).status).toBe(204);
    expect((await list()).body.items).toMatchObject([{ read: true }]);
    const seen = await app.get<Notice>(url(path), manager.token);
    expect(seen.body.readByHomes).toBe(1);
    expect((await app.get<Notice>(url(path), owner.token)).body.readByHomes).toBeNull();

    const correction = { ...NOTICE, title: '周五停水', reason: '日期写错了' };
    const second = await post<{ id: string }>(`${path}/corrections`, manager, correction);
    expect(second.status).toBe(201);
    const again = await post(`${path}/corrections`, manager, correction);
    expect(again.body.code).toBe('NOTICE.SUPERSEDED');
    expect((await list()).body.items).toMatchObject([{ title: '周五停水', read: false }]);
    const current = await app.get<Notice>(url(`notices/${second.body.id}`), owner.token);
    expect(current.body).toMatchObject({ version: 2, reason: '日期写错了' });
    expect(current.body.versions.map(({ version }) => version)).toEqual([2, 1]);

    const withdraw = `notices/${second.body.id}/withdraw`;
    expect((await post(withdraw, chair, { reason: '不停了' })).body.code).toBe('NOTICE.NOT_YOURS');
    expect((await post(withdraw, manager, { reason: '不停了' })).status).toBe(204);
    expect((await post(withdraw, manager, { reason: '不停了' })).body.code).toBe('NOTICE.WITHDRAWN');
    expect((await list()).body.items).toMatchObject([{ state: 'WITHDRAWN' }]);
  });

  test('cannot be published by an owner, reached from another estate, or pinned until yesterday', async () => {
    expect((await post('notices', owner, NOTICE)).status).toBe(403);
    const { body } = await post<{ id: string }>('notices', manager, NOTICE);
    const there = await app.build.estate('幸福里');
    const stranger = await app.build.inRole('OWNER', there);
    expect((await app.get(`/api/estates/${there}/notices/${body.id}`, stranger.token)).status).toBe(404);
    const late = await post('notices', manager, { ...NOTICE, pinnedUntil: app.clock.now() - 1 });
    expect(late.body.code).toBe('NOTICE.PIN_DATE');
    const short = await post('notices', manager, { ...NOTICE, title: '停' });
    expect(short.body.fields).toMatchObject([{ path: 'title' }]);
  });

  test('lists go on where the page ended', async () => {
    for (let n = 1; n <= 3; n++) await post('notices', manager, { ...NOTICE, title: `第 ${n} 次通知` });
    const first = await app.get<NoticeList>(url('notices?limit=2'), owner.token);
    expect(first.body.items.map(({ title }) => title)).toEqual(['第 3 次通知', '第 2 次通知']);
    const rest = await app.get<NoticeList>(
      url(`notices?limit=2&after=${first.body.next ?? ''}`),
      owner.token,
    );
    expect(rest.body).toMatchObject({ items: [{ title: '第 1 次通知' }], next: null });
  });
});

describe('the posting radar', () => {
  test('an item goes from missing to posted, to overdue, to checked again', async () => {
    expect(await radarRow('MANAGER')).toMatchObject({ state: 'MISSING', chip: '未公示', link: null });
    const posted = await post<{ id: string }>('postings', manager, POSTING);
    expect(posted.status).toBe(201);
    expect(await radarRow('MANAGER')).toMatchObject({
      state: 'POSTED',
      chip: '今天公示',
      link: { kind: 'POSTING', id: posted.body.id },
    });
    app.clock.set(TEST_NOW + 200 * DAY_MS);
    expect(await radarRow('MANAGER')).toMatchObject({ state: 'OVERDUE', days: 20 });
    expect((await post(`postings/${posted.body.id}/check`, await again(chair), {})).body.code).toBe(
      'RADAR.NOT_YOUR_DUTY',
    );
    expect((await post(`postings/${posted.body.id}/check`, await again(manager), {})).status).toBe(204);
    expect(await radarRow('MANAGER')).toMatchObject({ state: 'POSTED' });
  });

  test('a posting is corrected in versions, once by whoever is first', async () => {
    const { body: first } = await post<{ id: string }>('postings', manager, POSTING);
    expect((await post('postings', manager, POSTING)).body.code).toBe('RADAR.PERIOD_POSTED');
    const next = { ...POSTING, body: '孙二', supersedes: { id: first.id, reason: '换人了' } };
    const race = await Promise.all([1, 2].map(() => post<{ id: string }>('postings', manager, next)));
    expect(race.map(({ status }) => status).sort()).toEqual([201, 409]);
    const won = race.find(({ status }) => status === 201);
    const { body } = await app.get<PostingView>(url(`postings/${won?.body.id ?? ''}`), owner.token);
    expect(body).toMatchObject({ version: 2, reason: '换人了', body: '孙二' });
    expect(body.versions).toHaveLength(2);
  });

  test.each([
    ['an item of somebody else', { code: 'MAINT_FUND', period: '2026' }, 'RADAR.NOT_YOUR_DUTY'],
    ['an item that this region does not have', { code: 'TENDER' }, 'RADAR.ITEM_UNKNOWN'],
    ['an item with a page of its own', { code: 'FEE_STANDARD' }, 'RADAR.HAS_PAGE'],
    ['a period for what has none', { period: '2026' }, 'RADAR.PERIOD_INVALID'],
    ['no period for a monthly item', { code: 'ELEVATOR_CARE' }, 'RADAR.PERIOD_INVALID'],
    ['a month that does not exist', { code: 'ELEVATOR_CARE', period: '2026-13' }, 'RADAR.PERIOD_INVALID'],
    ['a month that is yet to come', { code: 'ELEVATOR_CARE', period: '2027-01' }, 'RADAR.PERIOD_INVALID'],
  ])('refuses %s', async (_, facts, code) => {
    expect((await post('postings', manager, { ...POSTING, ...facts })).body.code).toBe(code);
  });

  test('a street sees its estates, the worst first, and no others', async () => {
    const better = await app.build.estate('幸福里');
    await app.build.estate('别家的小区');
    const street = await app.build.member('王海峰', 'STREET_OFFICER', [estateId, better]);
    const there = await app.build.member('经理', 'COMPANY_MANAGER', [better]);
    await app.post(`/api/estates/${better}/postings`, there.token, POSTING, newKey());
    const { body } = await app.get<RadarOverview>('/api/oversight/radar', street.token);
    expect(body.items.map((row) => row.estateId)).toEqual([estateId, better]);
    expect(body.items[0]?.wanting[0]?.dutyText).toContain('应由');
    const page = await app.get<RadarOverview>('/api/oversight/radar?limit=1', street.token);
    const next = await app.get<RadarOverview>(
      `/api/oversight/radar?after=${page.body.next ?? ''}`,
      street.token,
    );
    expect(next.body).toMatchObject({ items: [{ estateId: better }], next: null });
    expect((await app.get('/api/oversight/radar', owner.token)).status).toBe(403);
  });
});

describe('a question', () => {
  const ask = (by: TestPerson, code = 'MANAGER') =>
    post<{ id: string }>(`radar/${code}/questions`, by, { text: '为什么没有公示？' });
  const asked = async () =>
    (await app.get<PostingQuestionList>(url('radar/MANAGER/questions'), owner.token)).body.items;

  test('is asked once, followed by neighbours, answered by whoever has the duty', async () => {
    const neighbour = await app.build.inRole('OWNER', estateId);
    const first = await ask(owner);
    expect(first.status).toBe(201);
    expect((await ask(owner)).body.code).toBe('QUESTION.OPEN_ALREADY');
    expect(await radarRow('MANAGER')).toMatchObject({ openQuestions: 1 });
    const unknown = await app.get<ErrorBody>(
      url(`radar/${encodeURIComponent('物业费')}/questions`),
      owner.token,
    );
    expect(unknown.body.code).toBe('RADAR.ITEM_UNKNOWN');
    const path = `questions/${first.body.id}`;
    await Promise.all([1, 2].map(() => post(`${path}/follow`, neighbour, {})));
    expect(await asked()).toMatchObject([{ state: 'WAITING', followers: 1, isMine: true }]);
    expect((await post(`${path}/answer`, chair, { text: '不知道' })).body.code).toBe(
      'QUESTION.NOT_YOUR_DUTY',
    );
    expect((await post(`${path}/answer`, owner, { text: '不知道' })).status).toBe(403);
    const answered = await post(`${path}/answer`, manager, { text: '明天贴出来' });
    expect(answered).toMatchObject({ status: 200, body: { state: 'ANSWERED', answer: '明天贴出来' } });
    expect((await post(`${path}/answer`, manager, { text: '再说' })).body.code).toBe('QUESTION.ANSWERED');
    expect((await post(`${path}/follow`, neighbour, {})).body.code).toBe('QUESTION.ANSWERED');
    const told = await app.database.rows(
      "SELECT id FROM inbox_messages WHERE title = '您的追问有答复了' AND person_id IN (?, ?)",
      [owner.personId, neighbour.personId],
    );
    expect(told).toHaveLength(2);
  });

  test('that is not answered in time is late for everybody to see', async () => {
    await ask(owner);
    app.clock.set(TEST_NOW + 12 * DAY_MS);
    const [question] = await asked();
    expect(question).toMatchObject({ state: 'LATE' });
    expect(question?.statusText).toContain('没有按时答复');
  });

  test('whose answer was lost on its way is the same question still, though the item was posted meanwhile', async () => {
    const key = newKey();
    const tap = () =>
      app.post<{ id: string }>(
        url('radar/MANAGER/questions'),
        owner.token,
        { text: '为什么没有公示？' },
        key,
      );
    const first = await tap();
    await post('postings', manager, POSTING);
    expect(await tap()).toMatchObject({ status: 201, body: first.body });
  });

  test('has no place where the item is posted or unknown, or the asker is no owner', async () => {
    await post('postings', manager, POSTING);
    expect((await ask(owner)).body.code).toBe('QUESTION.POSTED_ALREADY');
    expect((await ask(owner, 'NONSENSE')).body.code).toBe('RADAR.ITEM_UNKNOWN');
    expect((await ask(await app.build.inRole('TENANT', estateId))).status).toBe(403);
    const there = await app.build.estate('幸福里');
    const stranger = await app.build.inRole('OWNER', there);
    const { body } = await ask(owner, 'ELEVATOR_CARE');
    const foreign = await app.post(`/api/estates/${there}/questions/${body.id}/follow`, stranger.token, {});
    expect(foreign.status).toBe(404);
  });
});
