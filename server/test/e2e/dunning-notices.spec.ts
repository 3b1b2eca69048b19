import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ErrorBody } from '@linli/shared/errors';
import type {
  BillView,
  DunningSums,
  DunningView,
  MyDunning,
  NoticePage,
  NoticeRow,
  ReadyForNotice,
  WrittenNotices,
} from '@linli/shared/fees';
import { DAY_MS, addDays, shanghaiDate } from '@linli/shared/kernel';
import { type Answer, TestApp } from '../support/app.ts';
import { newKey } from '../support/assembly-builder.ts';
import type { TestPerson } from '../support/estate-builder.ts';
import { FeesBuilder } from '../support/fees-builder.ts';
import { pageCount, pdfText } from '../support/pdf-text.ts';
import { HALF, ReliefBuilder } from '../support/relief-builder.ts';

/** In the order of the days: each test goes on where the one before it stopped. */
let app: TestApp;
let fees: FeesBuilder;
let chair: TestPerson;
const household = new Map<string, { owner: TestPerson; bill: BillView }>();
const ROOMS = ['101', '102', '103', '104'];
const OWNERS = ['欧阳秋', '阿卜杜热合曼', '诸葛明', '司马青'];

beforeAll(async () => {
  app = await TestApp.start();
  fees = await FeesBuilder.start(app);
  await fees.publish();
  chair = await app.build.member('主任', 'COMMITTEE_CHAIR', [fees.estateId]);
  const owners: TestPerson[] = [];
  for (const [index, room] of ROOMS.entries())
    owners.push(await app.build.owner(OWNERS[index] ?? '', [await fees.home(room)]));
  await fees.issue('2026-10');
  for (const [index, room] of ROOMS.entries()) {
    const owner = owners[index];
    if (owner !== undefined) household.set(room, { owner, bill: await fees.billOf(owner) });
  }
  for (const room of ROOMS) expect((await remind(room)).status).toBe(201);
}, 60_000);
afterAll(() => app.stop());

const today = () => shanghaiDate(app.clock.now());
const later = (days: number) => app.clock.advance(days * DAY_MS);
const notices = () => `${fees.base}/dunning/notices`;

function at(room: string) {
  const found = household.get(room);
  if (found === undefined) throw new Error(`Nobody lives in ${room}`);
  return found;
}

function remind(room: string, step = 'REMINDER'): Promise<Answer<DunningView & ErrorBody>> {
  const request = {
    step,
    takenOn: today(),
    respondBy: addDays(today(), 15),
    handledBy: '物业 李娜',
    note: '',
  };
  return app.post(`${fees.base}/bills/${at(room).bill.id}/dunning`, fees.clerk.token, request, newKey());
}

function write(key = newKey(), facts: object = {}): Promise<Answer<WrittenNotices & ErrorBody>> {
  const request = { respondBy: addDays(today(), 15), handledBy: '物业 李娜', ...facts };
  return app.post(notices(), fees.clerk.token, request, key);
}

const ready = async () => (await app.get<ReadyForNotice>(`${notices()}/ready`, fees.clerk.token)).body.homes;
const list = async (show = 'ALL') =>
  (await app.get<NoticePage>(`${notices()}?show=${show}`, fees.clerk.token)).body.items;
async function noticeOf(room: string): Promise<NoticeRow> {
  const found = (await list()).find(({ unitName }) => unitName.includes(room));
  if (found === undefined) throw new Error(`No paper for ${room}`);
  return found;
}

function deliver(id: string, facts: object = {}): Promise<Answer<NoticeRow & ErrorBody>> {
  const request = { method: 'BY_HAND', deliveredOn: today(), note: '', ...facts };
  return app.post(`${notices()}/${id}/delivery`, fees.clerk.token, request);
}

async function printed(query: string, by = fees.clerk): Promise<Buffer> {
  const { rawPayload, statusCode } = await app.nest.inject({
    method: 'GET',
    url: `${notices()}.pdf?${query}`,
    headers: { authorization: `Bearer ${by.token}` },
  });
  expect(statusCode).toBe(200);
  return rawPayload;
}

const mine = async (person: TestPerson) =>
  (await app.get<MyDunning>(`/api/me/dunning?estateId=${fees.estateId}`, person.token)).body.items;

describe('书面催告 on paper', () => {
  it('waits until the reminder has run out', async () => {
    expect(await ready()).toBe(0);
    expect((await write()).body.code).toBe('FEES.DUNNING_NONE_READY');
    later(16);
    expect(await ready()).toBe(4);
    for (const noDay of ['2027-02-29', '2027-02-31', '9999-12-31'])
      expect((await write(newKey(), { respondBy: noDay })).body).toMatchObject({
        code: 'REQUEST.INVALID',
        fields: [{ path: 'respondBy' }],
      });
    expect((await write(newKey(), { respondBy: addDays(today(), 14) })).body.code).toBe(
      'FEES.DUNNING_PERIOD',
    );
  });

  it('is written once to every home that is ready, numbered one after another, whoever taps twice', async () => {
    const key = newKey();
    const [one, two] = await Promise.all([write(key), write(key)]);
    expect(one.body).toEqual({ written: 4, year: 2026, from: 1, to: 4 });
    expect(two.body).toEqual(one.body);
    expect((await list()).map(({ numberText }) => numberText)).toEqual([
      '催告〔2026〕4号',
      '催告〔2026〕3号',
      '催告〔2026〕2号',
      '催告〔2026〕1号',
    ]);
    expect(await ready()).toBe(0);
  });

  it('says whom, what for, on what basis, until when and what one may do, and names no other home', async () => {
    const { number } = await noticeOf('102');
    const pdf = await printed(`year=2026&from=${number}&to=${number}`);
    const text = pdfText(pdf);
    expect(pageCount(pdf)).toBe(1);
    for (const words of [
      '物业费催告书',
      '阿卜杜热合曼 业主：',
      '58.09',
      '2026年10月',
      '2026年12月22日 前缴清',
      '李娜',
    ])
      expect(text).toContain(words);
    const flowing = text.replaceAll('\n', '');
    for (const words of [
      '人民币伍拾捌元零玖分',
      '物业服务合同第八条',
      '民法典》第九百四十四条',
      '减免或缓缴',
    ])
      expect(flowing).toContain(words);
    for (const other of ['欧阳秋', '诸葛明', '司马青', '101', '103', '104'])
      expect(flowing).not.toContain(other);
  });

  it('has a page of its own for each home of a batch; who has paid since gets none', async () => {
    expect(pageCount(await printed('year=2026&from=1&to=4'))).toBe(4);
    const relief = await ReliefBuilder.start(app, fees.estateId);
    await relief.approved(at('104').owner, [at('104').bill], {}, { ...HALF, percent: 100 });
    await app.runJobs();
    const batch = await printed('year=2026&from=1&to=4');
    expect(pageCount(batch)).toBe(3);
    expect(pdfText(batch)).not.toContain('司马青');
    const { number, settled } = await noticeOf('104');
    expect(settled).toBe(true);
    const alone = `${notices()}.pdf?year=2026&from=${number}&to=${number}`;
    expect((await app.get<ErrorBody>(alone, fees.clerk.token)).body.code).toBe('FEES.DUNNING_NOTHING_DUE');
  });

  it('counts once it has reached the household: by hand, refused before a witness, or by post', async () => {
    const { id } = await noticeOf('101');
    expect((await deliver(id, { method: 'DOOR' })).body.code).toBe('REQUEST.INVALID');
    expect((await deliver(id, { deliveredOn: addDays(today(), 1) })).body.code).toBe(
      'FEES.NOTICE_DELIVERY_DAY',
    );
    expect((await deliver(id, { deliveredOn: addDays(today(), -1) })).body.code).toBe(
      'FEES.NOTICE_DELIVERY_DAY',
    );
    expect((await deliver(id, { method: 'MAILED' })).body.code).toBe('FEES.NOTICE_DELIVERY_NOTE');
    expect((await deliver(id)).body).toMatchObject({ delivery: { method: 'BY_HAND' } });
    expect((await deliver(id)).body.code).toBe('FEES.NOTICE_DELIVERED');
    expect(pageCount(await printed('year=2026&from=1&to=4&show=UNDELIVERED'))).toBe(2);
    expect((await list('UNDELIVERED')).map(({ unitName }) => unitName).join()).not.toContain('101');
  });

  it('is followed by nothing while it has reached nobody, and leaves the whole time when it came late', async () => {
    later(16);
    expect((await remind('102', 'COMMITTEE')).body.code).toBe('FEES.DUNNING_UNDELIVERED');
    expect((await remind('101', 'COMMITTEE')).status).toBe(201);
    const { id } = await noticeOf('102');
    expect((await deliver(id, { method: 'MAILED', note: 'EMS 1098' })).status).toBe(200);
    expect((await remind('102', 'COMMITTEE')).body.code).toBe('FEES.DUNNING_TOO_SOON');
    expect(await mine(at('102').owner)).toMatchObject([
      { steps: [{}, { step: 'NOTICE', respondBy: addDays(today(), 15) }] },
    ]);
    later(16);
    expect((await remind('102', 'COMMITTEE')).status).toBe(201);
  });

  it('is the company’s alone to write, list, print and deliver, and no other estate’s', async () => {
    const { id } = await noticeOf('103');
    for (const person of [at('103').owner, at('101').owner, chair]) {
      for (const path of [notices(), `${notices()}/ready`, `${notices()}.pdf?year=2026&from=1&to=4`])
        expect((await app.get(path, person.token)).status).toBe(403);
      expect((await app.post(`${notices()}/${id}/delivery`, person.token, {})).status).toBe(403);
    }
    const other = await FeesBuilder.start(app);
    const delivery = { method: 'BY_HAND', deliveredOn: today(), note: '' };
    const elsewhere = `${other.base}/dunning/notices`;
    expect((await app.post(`${elsewhere}/${id}/delivery`, other.clerk.token, delivery)).status).toBe(404);
    expect((await app.get(`${elsewhere}.pdf?year=2026&from=1&to=4`, other.clerk.token)).status).toBe(404);
  });
});

describe('the record of 催缴', () => {
  it('is read by the household: what was done when, by whom, and what comes next', async () => {
    expect(await mine(at('101').owner)).toMatchObject([
      {
        ledgerLabel: '物业费',
        steps: [
          { label: '提醒', takenOn: '2026-11-21', notice: null },
          { label: '书面催告', handledBy: '物业 李娜', notice: { delivery: { method: 'BY_HAND' } } },
          { label: '业委会督促' },
        ],
        next: { label: '调解' },
      },
    ]);
    expect(await mine(at('104').owner)).toEqual([]);
  });

  it('is counted for the committee without a home or a name, and without a sum that would be somebody’s', async () => {
    const path = `${fees.base}/dunning/sums`;
    const { body } = await app.get<DunningSums>(path, chair.token);
    expect(body).toMatchObject({ homes: 3, amountFen: 3 * 5809 });
    expect(body.steps.map(({ step, homes }) => `${step} ${homes}`)).toEqual([
      'REMINDER 0',
      'NOTICE 1',
      'COMMITTEE 2',
      'MEDIATION 0',
      'SUIT 0',
    ]);
    const relief = await ReliefBuilder.start(app, fees.estateId);
    await relief.approved(at('103').owner, [at('103').bill], {}, { ...HALF, percent: 100 });
    await app.runJobs();
    expect((await app.get<DunningSums>(path, chair.token)).body).toMatchObject({ homes: 2, amountFen: null });
    for (const person of [at('101').owner]) expect((await app.get(path, person.token)).status).toBe(403);
  });
});
