import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ErrorBody } from '@linli/shared/errors';
import { DAY_MS } from '@linli/shared/kernel';
import type { TicketDetail } from '@linli/shared/tickets';
import { TestApp } from '../support/app.ts';
import type { TestPerson } from '../support/estate-builder.ts';
import { COMPLAINANT, TicketBuilder } from '../support/ticket-builder.ts';

const secrets = [COMPLAINANT.name, COMPLAINANT.phone, COMPLAINANT.home, '1号楼1单元301'];
const leaks = (body: unknown) => secrets.filter((secret) => JSON.stringify(body).includes(secret));
const ABOUT_SERVICE = {
  category: 'SERVICE_QUALITY',
  title: '打电话没人理',
  text: `我是${COMPLAINANT.name}，住1号楼1单元301，电话${COMPLAINANT.phone}，报修一个月没人来。`,
} as const;

describe('a complaint about the company', () => {
  let app: TestApp;
  let scene: TicketBuilder;

  beforeEach(async () => {
    app = await TestApp.start();
    scene = await TicketBuilder.start(app);
  });
  afterEach(() => app.stop());

  const accusedRefuses = async (id: string, path: string, by: TestPerson, body: object) =>
    expect(await scene.step<ErrorBody>(id, path, by, body)).toMatchObject({
      status: 403,
      body: { code: 'TICKET.ACCUSED' },
    });

  test('is not put into another category by the company, and shows it nobody when it has gone on either', async () => {
    const id = await scene.file(ABOUT_SERVICE);
    await accusedRefuses(id, 'accept', scene.clerk, { category: 'LITTER' });
    await scene.done(id, 'escalate', scene.street, { reason: '街道直接办' });
    const detail = await scene.read(id, scene.clerk);
    expect(detail).toMatchObject({ accusesCaller: true, complainant: { name: '一位居民' } });
    expect(leaks(detail)).toEqual([]);
    expect((await scene.read(id, scene.street)).accusesCaller).toBe(false);
  });

  test('keeps whom it is about when its category is put right by somebody else', async () => {
    const id = await scene.file({ ...ABOUT_SERVICE, category: 'FEE' });
    await scene.done(id, 'accept', scene.street, { category: 'COMMITTEE' });
    const [row] = await app.database.rows<{ accused: string }>('SELECT accused FROM tickets WHERE id = ?', [
      id,
    ]);
    expect(row).toEqual({ accused: 'COMPANY,COMMITTEE' });
    const seen = await scene.read(id, scene.chair);
    expect(seen.complainant.name).toBe('一位居民');
    expect(leaks(seen)).toEqual([]);
  });

  test('is answered by the company, and neither refused, merged nor turned to mediation by it', async () => {
    const other = await scene.file();
    const { number } = await scene.read(other, scene.clerk);
    const id = await scene.file(ABOUT_SERVICE);
    expect((await scene.read(id, scene.clerk)).steps).toEqual(['ACCEPT']);
    await accusedRefuses(id, 'reject', scene.clerk, { reason: '不归我们管', otherChannel: '街道' });
    await accusedRefuses(id, 'merge', scene.clerk, { masterNumber: number, reason: '同一件事' });
    await scene.done(id, 'accept', scene.clerk);
    const working = await scene.done(id, 'start', scene.clerk);
    expect(working.steps).not.toEqual(expect.arrayContaining(['MEDIATE']));
    await accusedRefuses(id, 'mediate', scene.clerk, { reason: '先调解一下' });
    const answered = await scene.done(id, 'reply', scene.clerk, { text: '今天上门。', photoIds: [] });
    expect(answered.state).toBe('IN_PROGRESS');
  });

  test('hides the complainant from somebody who is of the company and of the street, in either order', async () => {
    const both = [
      await app.build.member('双面', 'COMPANY_CLERK', [scene.estateId]),
      await app.build.member('两边', 'STREET_OFFICER', [scene.estateId]),
    ] as const;
    await app.build.appoint(both[0], 'STREET_OFFICER', [scene.estateId]);
    await app.build.appoint(both[1], 'COMPANY_CLERK', [scene.estateId]);
    const id = await scene.file({ ...ABOUT_SERVICE, category: 'FEE' });
    for (const person of both) {
      const detail = await scene.read(id, person);
      expect(detail.complainant.name).toBe('一位居民');
      expect(leaks(detail)).toEqual([]);
      await accusedRefuses(id, 'reject', person, { reason: '不归我们管', otherChannel: '别处' });
    }
  });

  test('that is said to be about the company hides its complainant, whatever its category', async () => {
    const plain = await scene.file({ category: 'FACILITY', title: '路灯不亮' });
    expect((await scene.read(plain, scene.clerk)).complainant.name).toBe(COMPLAINANT.name);
    const about = await scene.file({ ...ABOUT_SERVICE, category: 'FACILITY', aboutCompany: true });
    const detail = await scene.read(about, scene.clerk);
    expect(detail.complainant.name).toBe('一位居民');
    expect(leaks(detail)).toEqual([]);
  });

  test('of no known kind goes to the street, and the company does not see it', async () => {
    const id = await scene.file({ category: 'OTHER', title: '别的事情' });
    expect(await scene.read(id, scene.street)).toMatchObject({
      handlerName: 'STREET',
      complainant: { name: COMPLAINANT.name },
    });
    expect((await app.get(`${scene.base}/${id}`, scene.clerk.token)).status).toBe(404);
    expect((await scene.read(id, scene.chair)).complainant.name).toBe('一位居民');
  });
});

describe('a person of two organisations', () => {
  let app: TestApp;
  let scene: TicketBuilder;

  beforeEach(async () => {
    app = await TestApp.start();
    scene = await TicketBuilder.start(app);
  });
  afterEach(() => app.stop());

  test('acts for the one that the complaint is with, or for the higher one that supervises it', async () => {
    await app.build.appoint(scene.community, 'STREET_OFFICER', [scene.estateId]);
    const id = await scene.file({ category: 'FEE', title: '多收了钱' });
    await scene.done(id, 'accept', scene.community);
    const given = await scene.done(id, 'assign', scene.community, { assigneeId: scene.street.personId });
    expect(given.timeline.at(-1)?.by).toMatch(/^STREET /);
    const littered = await scene.file();
    await scene.done(littered, 'accept', scene.clerk);
    const taken = await scene.done(littered, 'assign', scene.community, {
      assigneeId: scene.street.personId,
    });
    expect(taken).toMatchObject({ level: 3, handlerName: 'STREET' });
    expect(taken.timeline.at(-1)?.by).toMatch(/^STREET /);
    const outside = await scene.step<ErrorBody>(littered, 'assign', scene.community, {
      assigneeId: scene.clerk.personId,
    });
    expect(outside.body.code).toBe('TICKET.ASSIGNEE_OUTSIDE');
  });
});

describe('a complaint for whoever is no party to it', () => {
  let app: TestApp;
  let scene: TicketBuilder;

  beforeEach(async () => {
    app = await TestApp.start();
    scene = await TicketBuilder.start(app);
  });
  afterEach(() => app.stop());

  test('is a title, a place, a state and clocks: nothing that anybody wrote', async () => {
    const id = await scene.file({ text: '三楼的水管一直在漏，地板都泡坏了。' });
    await scene.done(id, 'accept', scene.clerk);
    await scene.done(id, 'reply', scene.clerk, { text: '明天上午去修水管。', photoIds: [] });
    await scene.done(id, 'ask', scene.clerk, { text: '您几点在家？', photoIds: [] });
    await scene.done(id, 'answer', scene.wang, { text: '白天都在家里', photoIds: [] });
    const photoIds = [await scene.photo(scene.clerk)];
    await scene.done(id, 'resolve', scene.clerk, { text: '水管换好了。', photoIds });
    const rating = { stars: 5, solved: true, satisfaction: 'SATISFIED', comment: '师傅姓马很好' };
    await scene.done(id, 'confirm', scene.wang, rating);
    const [tenant, family] = await scene.roles();
    for (const person of [scene.neighbour, tenant, family]) {
      if (person === undefined) throw new Error('no such resident');
      const seen = await scene.read(id, person);
      expect(seen).toMatchObject({
        title: '楼道垃圾三天没人清',
        place: '1号楼1单元楼道',
        state: 'CONFIRMED',
        text: '',
        rating: null,
        pictures: [],
        complainant: { name: '一位居民', phone: null, unitName: null },
      });
      expect(seen.deadlines.length).toBeGreaterThan(0);
      expect(seen.timeline.map(({ text, pictures }) => [text, pictures])).toEqual(
        seen.timeline.map(() => ['', []]),
      );
    }
    expect((await scene.read(id, scene.street)).text).toContain('水管');
  });
});

describe('a complaint that is merged', () => {
  let app: TestApp;
  let scene: TicketBuilder;

  beforeEach(async () => {
    app = await TestApp.start();
    scene = await TicketBuilder.start(app);
  });
  afterEach(() => app.stop());

  const merged = async (): Promise<{ master: string; copy: string; third: TestPerson }> => {
    const third = await app.build.owner('陈静', [await app.build.unit(scene.estateId, '303', 9000)]);
    const master = await scene.file();
    const copy = await scene.file({ title: '楼道好脏' }, scene.neighbour);
    await scene.done(copy, 'follow', third, { note: '我家门口也有' });
    await scene.done(copy, 'follow', scene.wang, { note: '' });
    const { number } = await scene.read(master, scene.clerk);
    await scene.done(copy, 'merge', scene.clerk, { masterNumber: number, reason: '同一件事' });
    return { master, copy, third };
  };

  test('takes its followers along, once each and without whoever filed the other, and tells them', async () => {
    const { master, third } = await merged();
    const seen = await scene.read(master, third);
    expect(seen).toMatchObject({ followers: 2, followed: true });
    expect((await scene.read(master, scene.wang)).followed).toBe(false);
    const told = await app.database.rows('SELECT title FROM inbox_messages WHERE person_id = ?', [
      third.personId,
    ]);
    expect(told).toEqual([{ title: '您也遇到的事已并案' }]);
  });

  test('is appealed by its complainant, who says that it is another matter, within fifteen days', async () => {
    const { copy } = await merged();
    expect((await scene.read(copy, scene.neighbour)).steps).toEqual(['APPEAL']);
    const appealed = await scene.done(copy, 'appeal', scene.neighbour, { reason: '不是同一个单元' });
    expect(appealed).toMatchObject({ state: 'ESCALATED', mergedInto: null, handlerName: 'COMMITTEE' });
  });

  test('stays merged when the window to appeal is over', async () => {
    const { copy } = await merged();
    app.clock.advance(17 * DAY_MS);
    await app.runJobs();
    const late = await scene.step<ErrorBody>(copy, 'appeal', scene.neighbour, { reason: '不是同一件' });
    expect(late.body.code).toBe('TICKET.REOPEN_WINDOW_OVER');
    expect(await scene.read(copy, scene.neighbour)).toMatchObject({ state: 'MERGED', steps: [] });
  });

  test('only into one that whoever merges may read', async () => {
    const fee = await scene.file({ category: 'FEE', title: '多收了钱' });
    const { number } = await scene.read(fee, scene.street);
    const id = await scene.file();
    const answer = await scene.step<TicketDetail & ErrorBody>(id, 'merge', scene.clerk, {
      masterNumber: number,
      reason: '同一件事',
    });
    expect(answer.body.code).toBe('TICKET.MASTER_UNKNOWN');
  });

  test('into one about somebody else: both are about them from now on', async () => {
    const master = await scene.file({ category: 'FACILITY', title: '路灯不亮' });
    const { number } = await scene.read(master, scene.clerk);
    const about = await scene.file({ category: 'FACILITY', title: '路灯没人修', aboutCompany: true });
    await scene.done(about, 'escalate', scene.street, { reason: '街道来办' });
    await scene.done(about, 'take-over', scene.street);
    await scene.done(about, 'merge', scene.street, { masterNumber: number, reason: '同一件事' });
    expect((await scene.read(master, scene.clerk)).complainant.name).toBe('一位居民');
  });
});
