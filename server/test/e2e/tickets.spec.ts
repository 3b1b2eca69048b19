import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ErrorBody } from '@linli/shared/errors';
import { DAY_MS, HOUR_MS, MINUTE_MS, endOfDay, type Page, shanghaiDate } from '@linli/shared/kernel';
import type {
  OversightCounts,
  OversightExtension,
  OversightTicket,
  ResponsibleAnswer,
  SimilarTicketsResponse,
  TicketAssignee,
  TicketCatalogue,
  TicketCounts,
  TicketDetail,
  TicketSummary,
} from '@linli/shared/tickets';
import { TestApp, TEST_NOW } from '../support/app.ts';
import { COMPLAINANT, TicketBuilder, complaint, newKey } from '../support/ticket-builder.ts';

const RATING = { stars: 5, solved: true, satisfaction: 'SATISFIED', comment: '很快' };

describe('a complaint', () => {
  let app: TestApp;
  let scene: TicketBuilder;

  beforeEach(async () => {
    app = await TestApp.start();
    scene = await TicketBuilder.start(app);
  });
  afterEach(() => app.stop());

  describe('while it is written', () => {
    test('names who is responsible, with the phone and by which text', async () => {
      const { body } = await app.get<ResponsibleAnswer>(
        `${scene.base}/responsible?category=FIRE_LANE`,
        scene.wang.token,
      );
      expect(body.lead).toMatchObject({ code: 'FIRE', phone: { number: '09947200104' } });
      expect(body.source).toContain('奇政办发');
      expect(body).toMatchObject({ unsafe: true, slaClass: 'URGENT', handlerName: 'STREET' });
      expect(body.promise).toContain('30 分钟内到场');
    });

    test('has the whole tree of the region to choose from', async () => {
      const { body } = await app.get<TicketCatalogue>(
        `/api/estates/${scene.estateId}/ticket-categories`,
        scene.wang.token,
      );
      expect(body.categories.length).toBe(30);
      const groups = new Set(body.groups.map(({ code }) => code));
      expect(body.categories.every(({ group, work }) => groups.has(group) && work !== '')).toBe(true);
    });

    test('of no known kind is refused with its own sentence', async () => {
      const answer = await app.get<ErrorBody>(
        `${scene.base}/responsible?category=NONSENSE`,
        scene.wang.token,
      );
      expect(answer.status).toBe(400);
      expect(answer.body.fields[0]?.message).toContain('没有这个投诉类别');
    });

    test('is offered what a neighbour has reported, without saying who', async () => {
      const id = await scene.file({ title: '楼道垃圾没人清', place: '1号楼1单元楼道' });
      await scene.file({
        category: 'PARKING',
        title: '车停在草地上',
        text: '车停在草地上很多天',
        place: '南门',
      });
      const { body } = await app.post<SimilarTicketsResponse>(
        `${scene.base}/similar`,
        scene.neighbour.token,
        {
          category: 'LITTER',
          place: '1号楼1单元',
          text: '楼道里有垃圾',
        },
      );
      expect(body.items).toHaveLength(1);
      expect(body.items[0]).toMatchObject({ id, followers: 0, isMine: false, followed: false });
      expect(body.items[0]?.reasons).toContain('同一类别');
    });
  });

  describe('is filed', () => {
    test('with photos, a number, and the clocks running', async () => {
      const photoIds = [await scene.photo(scene.wang), await scene.photo(scene.wang)];
      const answer = await scene.tryFile({ photoIds });
      expect(answer).toMatchObject({
        status: 201,
        body: { number: '20261121-0001', state: 'SUBMITTED', acceptBy: TEST_NOW + 24 * HOUR_MS },
      });
      const detail = await scene.read(answer.body.id, scene.wang);
      expect(detail.pictures).toHaveLength(2);
      expect(detail.pictures[0]?.thumbUrl).toMatch(/^\/api\/files\//);
      expect(detail.timeline.map(({ kind }) => kind)).toEqual(['SUBMIT']);
      expect(detail.steps).toEqual(['WITHDRAW']);
      expect(detail.pressing).toMatchObject({ clock: 'ACCEPT', waitsOn: 'HANDLER' });
    });

    test('by the same tap twice, once: one after the other and at the same time', async () => {
      const key = newKey();
      const answers = await Promise.all([1, 2, 3].map(() => scene.tryFile({}, scene.wang, key)));
      const later = await scene.tryFile({}, scene.wang, key);
      const ids = new Set(answers.flatMap(({ status, body }) => (status === 201 ? [body.id] : [])));
      expect([...ids]).toEqual([later.body.id]);
      const { body } = await app.get<Page<TicketSummary>>('/api/me/tickets', scene.wang.token);
      expect(body.items).toHaveLength(1);
    });

    test('once when it was changed and sent again with the same key: the first one is answered', async () => {
      const key = newKey();
      const first = await scene.tryFile({}, scene.wang, key);
      await scene.done(first.body.id, 'accept', scene.clerk);
      const changed = await scene.tryFile({ text: '想起来了，二楼也有垃圾。' }, scene.wang, key);
      expect(changed).toMatchObject({
        status: 201,
        body: { id: first.body.id, number: first.body.number, state: 'ACCEPTED', earlier: true },
      });
      const { body } = await app.get<Page<TicketSummary>>('/api/me/tickets', scene.wang.token);
      expect(body.items).toHaveLength(1);
      const elsewhere = await scene.step<ErrorBody>(
        first.body.id,
        'withdraw',
        scene.wang,
        { reason: '算了' },
        key,
      );
      expect(elsewhere.body.code).toBe('IDEMPOTENCY.MISMATCH');
    });

    test('for the home that the complainant names, which must be theirs', async () => {
      const first = await app.build.unit(scene.estateId, '401', 9000);
      const second = await app.build.unit(scene.estateId, '402', 9000);
      const owner = await app.build.owner('马兰', [first, second]);
      for (const [{ unitId }, room] of [
        [first, '401'],
        [second, '402'],
      ] as const) {
        const id = await scene.file({ unitId }, owner);
        expect((await scene.read(id, scene.clerk)).complainant.unitName).toContain(room);
      }
      const theirs = await scene.tryFile<ErrorBody>({ unitId: first.unitId });
      expect(theirs).toMatchObject({ status: 422, body: { code: 'TICKET.HOME_NOT_YOURS' } });
    });

    test('numbered one after the other, however many at once', async () => {
      const answers = await Promise.all(
        [1, 2, 3, 4, 5, 6].map((n) =>
          scene.tryFile({ title: `第${n}件事情` }, n % 2 ? scene.wang : scene.neighbour),
        ),
      );
      expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201, 201]);
      const numbers = answers.map(({ body }) => body.number).sort();
      expect(numbers).toEqual([1, 2, 3, 4, 5, 6].map((n) => `20261121-000${n}`));
    });

    test('twenty times an hour at most, and who does more is told when to go on', async () => {
      const answers = [];
      for (let n = 0; n < 20; n++) answers.push((await scene.tryFile({ title: `第${n}件事情` })).status);
      expect(new Set(answers)).toEqual(new Set([201]));
      const more = await scene.tryFile<ErrorBody>();
      expect(more).toMatchObject({ status: 429, body: { code: 'RATE.LIMITED' } });
      expect(more.body.message).toMatch(/^操作太频繁了，请 \d+ 秒后再试$/);
      expect((await scene.tryFile({}, scene.neighbour)).status).toBe(201);
    });

    test('not without a key, not by staff, not for another estate', async () => {
      const noKey = await app.post<ErrorBody>(scene.base, scene.wang.token, complaint());
      expect(noKey.body.code).toBe('IDEMPOTENCY.REQUIRED');
      expect((await scene.tryFile<ErrorBody>({}, scene.clerk)).body.code).toBe('ACCESS.DENIED');
      const other = await app.build.estate('别的小区');
      const elsewhere = await app.post<ErrorBody>(
        `/api/estates/${other}/tickets`,
        scene.wang.token,
        complaint(),
        newKey(),
      );
      expect(elsewhere.status).toBe(403);
    });

    test('not with a photo of somebody else, and then nothing of it is there', async () => {
      const theirs = await scene.photo(scene.neighbour);
      const answer = await scene.tryFile<ErrorBody>({ photoIds: [theirs] });
      expect(answer).toMatchObject({ status: 422, body: { code: 'TICKET.PHOTO_NOT_YOURS' } });
      const { body } = await app.get<Page<TicketSummary>>('/api/me/tickets', scene.wang.token);
      expect(body.items).toEqual([]);
      expect((await scene.tryFile()).body.number).toBe('20261121-0001');
    });

    test('not too short, too long, with ten photos or with fields nobody knows', async () => {
      const bad = await scene.tryFile<ErrorBody>({
        title: '一',
        text: '短',
        photoIds: Array(10).fill('0'.repeat(26)),
      });
      expect(bad.body.fields.map(({ path }) => path)).toEqual(['title', 'text', 'photoIds']);
      expect(bad.body.fields.every(({ message }) => /[一-鿿]/.test(message))).toBe(true);
      const unknown = await app.post<ErrorBody>(
        scene.base,
        scene.wang.token,
        { ...complaint(), priority: 1 },
        newKey(),
      );
      expect(unknown.body.code).toBe('REQUEST.UNKNOWN_FIELD');
    });

    test('anonymously only as a report', async () => {
      const answer = await scene.tryFile<ErrorBody>({ anonymous: true });
      expect(answer.body.code).toBe('TICKET.ANONYMOUS_ONLY_REPORTS');
      expect((await scene.tryFile({ anonymous: true, kind: 'REPORT' })).status).toBe(201);
    });

    test('about danger, to the street and at once to the departments', async () => {
      const id = await scene.file({ category: 'FIRE_LANE', title: '消防通道被锁' });
      const detail = await scene.read(id, scene.street);
      expect(detail).toMatchObject({ level: 3, unsafe: true, slaClass: 'URGENT' });
      expect(detail.timeline[1]).toMatchObject({ kind: 'NOTIFY_DEPARTMENT', by: '系统' });
      expect(detail.timeline[1]?.text).toContain('奇台县消防救援大队');
      expect((await scene.read(id, scene.fire)).complainant.name).toBe(COMPLAINANT.name);
      const told = await app.database.rows('SELECT id FROM inbox_messages WHERE person_id = ?', [
        scene.fire.personId,
      ]);
      expect(told).toHaveLength(1);
    });
  });

  describe('goes its way', () => {
    test('accepted, assigned, answered, resolved, confirmed and rated, all of it in the timeline', async () => {
      const id = await scene.file();
      const { body: colleagues } = await app.get<TicketAssignee[]>(
        `${scene.base}/assignees`,
        scene.manager.token,
      );
      expect(colleagues.map(({ name }) => name).sort()).toEqual(['李娜', '赵立新']);
      await scene.done(id, 'accept', scene.manager);
      await scene.done(id, 'assign', scene.manager, { assigneeId: scene.clerk.personId });
      await scene.done(id, 'reply', scene.clerk, { text: '马上去看。', photoIds: [] });
      const photoIds = [await scene.photo(scene.clerk)];
      await scene.done(id, 'resolve', scene.clerk, { text: '已清理。', photoIds });
      const confirmed = await scene.done(id, 'confirm', scene.wang, RATING);
      expect(confirmed).toMatchObject({ state: 'CONFIRMED', rating: RATING, steps: ['REOPEN'] });
      expect(confirmed.timeline.map(({ kind }) => kind)).toEqual([
        'SUBMIT',
        'ACCEPT',
        'ASSIGN',
        'REPLY',
        'RESOLVE',
        'CONFIRM',
      ]);
      expect(confirmed.timeline[2]).toMatchObject({ by: 'COMPANY 赵*', text: '派给 李*' });
      expect(confirmed.timeline[4]?.pictures).toHaveLength(1);
    });

    test('not resolved without a photo of what was done', async () => {
      const id = await scene.file();
      await scene.done(id, 'accept', scene.clerk);
      await scene.done(id, 'start', scene.clerk);
      const answer = await scene.step<ErrorBody>(id, 'resolve', scene.clerk, {
        text: '好了。',
        photoIds: [],
      });
      expect(answer).toMatchObject({ status: 422, body: { code: 'TICKET.EVIDENCE_MISSING' } });
    });

    test('put into its right category while accepting, with the periods of that', async () => {
      const id = await scene.file();
      const detail = await scene.done(id, 'accept', scene.clerk, { category: 'PET_DOG' });
      expect(detail).toMatchObject({
        category: 'PET_DOG',
        slaClass: 'ENFORCEMENT',
        lead: { code: 'POLICE' },
      });
      expect(detail.timeline.at(-1)?.text).toContain('更正为');
    });

    test('refused with a reason and another door, and appealed to the next rung', async () => {
      const id = await scene.file();
      const bare = await scene.step<ErrorBody>(id, 'reject', scene.clerk, { reason: '', otherChannel: '' });
      expect(bare.body.fields.map(({ path }) => path).sort()).toEqual(['otherChannel', 'reason']);
      const refused = await scene.done(id, 'reject', scene.clerk, {
        reason: '属于环卫',
        otherChannel: '环卫站 0994-7200111',
      });
      expect(refused).toMatchObject({ state: 'REJECTED', steps: [] });
      const appealed = await scene.done(id, 'appeal', scene.wang, { reason: '楼道里的归物业管' });
      expect(appealed).toMatchObject({ state: 'ESCALATED', level: 1, handlerName: 'COMMITTEE' });
    });

    test('reopened twice, then appealed; the window closes after fifteen days', async () => {
      const id = await scene.resolved();
      for (const round of [1, 2]) {
        const again = await scene.done(id, 'reopen', scene.wang, { reason: `第${round}次还是没清` });
        expect(again).toMatchObject({ state: 'REOPENED', reopens: round, reopensLeft: 2 - round });
        await scene.done(id, 'start', scene.clerk);
        const photoIds = [await scene.photo(scene.clerk)];
        await scene.done(id, 'resolve', scene.clerk, { text: '又清理了。', photoIds });
      }
      const third = await scene.step<ErrorBody>(id, 'reopen', scene.wang, { reason: '还有' });
      expect(third).toMatchObject({ status: 409, body: { code: 'TICKET.REOPENS_USED_UP' } });
      expect((await scene.read(id, scene.wang)).steps).toEqual(['CONFIRM', 'APPEAL']);
      app.clock.advance(17 * DAY_MS);
      const late = await scene.step<ErrorBody>(id, 'appeal', scene.wang, { reason: '还有' });
      expect(late.body.code).toBe('TICKET.REOPEN_WINDOW_OVER');
    });

    test('passed to a department, which takes it over; the company still sees it', async () => {
      const id = await scene.file({ category: 'EV_CHARGING', title: '飞线充电' });
      await scene.done(id, 'accept', scene.clerk);
      const passed = await scene.done(id, 'transfer', scene.clerk, {
        department: 'FIRE',
        reason: '劝阻无效',
      });
      expect(passed).toMatchObject({ state: 'TRANSFERRED', handlerName: '奇台县消防救援大队', steps: [] });
      const again = await scene.step<ErrorBody>(id, 'reply', scene.clerk, {
        text: '我再说一句',
        photoIds: [],
      });
      expect(again.body.code).toMatch(/^STATE\./);
      const taken = await scene.done(id, 'take-over', scene.fire);
      expect(taken).toMatchObject({ state: 'IN_PROGRESS', assigneeName: '杨帆' });
      const { body } = await app.get<Page<TicketSummary>>(
        `${scene.base}/queue?scope=PASSED_ON`,
        scene.clerk.token,
      );
      expect(body.items.map((item) => item.id)).toEqual([id]);
    });

    test('to a department that is not on the platform: the street speaks for it', async () => {
      const id = await scene.file({ category: 'PET_DOG', title: '大狗不拴绳' });
      await scene.done(id, 'accept', scene.clerk);
      await scene.done(id, 'transfer', scene.clerk, { department: 'POLICE', reason: '请公安处理' });
      const returned = await scene.done(id, 'return', scene.street, { reason: '公安答复：请物业先劝导' });
      expect(returned).toMatchObject({ state: 'ASSIGNED', handlerName: 'COMPANY' });
    });

    test('asked back, answered, and the clock stood still meanwhile', async () => {
      const id = await scene.file();
      await scene.done(id, 'accept', scene.clerk);
      await scene.done(id, 'start', scene.clerk);
      const asked = await scene.done(id, 'ask', scene.clerk, { text: '是几楼的？', photoIds: [] });
      expect(asked).toMatchObject({ state: 'WAIT_RESIDENT', pressing: { waitsOn: 'COMPLAINANT' } });
      expect(asked.deadlines.find(({ clock }) => clock === 'FINISH')?.pausedAt).toBe(TEST_NOW);
      const answered = await scene.done(id, 'answer', scene.wang, { text: '三楼', photoIds: [] });
      expect(answered.state).toBe('IN_PROGRESS');
    });

    test('merged into another: the complainant follows that one, and both say so', async () => {
      const master = await scene.file();
      const copy = await scene.file({ title: '楼道好脏' }, scene.neighbour);
      const { number } = await scene.read(master, scene.clerk);
      const merged = await scene.done(copy, 'merge', scene.clerk, {
        masterNumber: number,
        reason: '同一件事',
      });
      expect(merged).toMatchObject({ state: 'MERGED', mergedInto: { id: master, number } });
      expect(await scene.read(master, scene.neighbour)).toMatchObject({ followers: 1, followed: true });
      const itself = await scene.step<ErrorBody>(master, 'merge', scene.clerk, {
        masterNumber: number,
        reason: '同一件事',
      });
      expect(itself.body.code).toBe('TICKET.MERGE_SELF');
      const nowhere = await scene.step<ErrorBody>(master, 'merge', scene.clerk, {
        masterNumber: '20200101-0001',
        reason: '同一件事',
      });
      expect(nowhere.body.code).toBe('TICKET.MASTER_UNKNOWN');
    });

    test('joined by a neighbour once, never by the complainant, and then not withdrawn', async () => {
      const id = await scene.file();
      const joined = await scene.step(id, 'follow', scene.neighbour, { note: '二楼也有' });
      expect(joined).toMatchObject({ status: 200, body: { followers: 1, followed: true } });
      const again = await scene.step<ErrorBody>(id, 'follow', scene.neighbour, { note: '' });
      expect(again).toMatchObject({ status: 409, body: { code: 'TICKET.ALREADY_FOLLOWED' } });
      const own = await scene.step<ErrorBody>(id, 'follow', scene.wang, { note: '' });
      expect(own.body.code).toBe('TICKET.FOLLOW_OWN');
      const withdrawn = await scene.step<ErrorBody>(id, 'withdraw', scene.wang, { reason: '算了吧' });
      expect(withdrawn).toMatchObject({ status: 409, body: { code: 'TICKET.WITHDRAW_FOLLOWED' } });
      expect((await scene.read(id, scene.clerk)).followers).toBe(1);
    });

    test('withdrawn while it is open, and gone from the neighbours’ list', async () => {
      const id = await scene.file();
      await scene.done(id, 'withdraw', scene.wang, { reason: '已经清了' });
      const { body } = await app.get<Page<TicketSummary>>(scene.base, scene.neighbour.token);
      expect(body.items).toEqual([]);
      expect((await app.get(`${scene.base}/${id}`, scene.neighbour.token)).status).toBe(404);
    });

    test('confirmed, reopened and confirmed again: rated anew, and both ratings stay in the timeline', async () => {
      const id = await scene.resolved();
      await scene.done(id, 'confirm', scene.wang, RATING);
      await scene.done(id, 'reopen', scene.wang, { reason: '第二天又有了' });
      await scene.done(id, 'start', scene.clerk);
      const photoIds = [await scene.photo(scene.clerk)];
      await scene.done(id, 'resolve', scene.clerk, { text: '每天清理。', photoIds });
      const fair = { ...RATING, stars: 3, satisfaction: 'FAIR' };
      const detail = await scene.done(id, 'confirm', scene.wang, fair);
      expect(detail.rating).toEqual(fair);
      const said = detail.timeline
        .filter(({ kind }) => kind === 'CONFIRM')
        .map(({ text }) => text.slice(0, 3));
      expect(said).toEqual(['5 星', '3 星']);
    });

    test('rated in a way that contradicts itself is asked again', async () => {
      const id = await scene.resolved();
      const answer = await scene.step<ErrorBody>(id, 'confirm', scene.wang, { ...RATING, solved: false });
      expect(answer).toMatchObject({ status: 422, body: { code: 'TICKET.RATING_CONTRADICTS' } });
      expect((await scene.read(id, scene.wang)).state).toBe('RESOLVED');
    });
  });

  describe('belongs to', () => {
    test('whoever handles it: nobody else accepts, assigns or resolves', async () => {
      const id = await scene.file();
      for (const person of [scene.wang, scene.neighbour])
        expect((await scene.step<ErrorBody>(id, 'accept', person)).body.code).toBe('ACCESS.DENIED');
      expect((await scene.step<ErrorBody>(id, 'accept', scene.chair)).body.code).toBe('STATE.NOT_YOURS');
      expect((await scene.step(id, 'accept', scene.fire)).status).toBe(404);
      await scene.done(id, 'accept', scene.clerk);
      const outside = await scene.step<ErrorBody>(id, 'assign', scene.clerk, {
        assigneeId: scene.street.personId,
      });
      expect(outside.body.code).toBe('TICKET.ASSIGNEE_OUTSIDE');
    });

    test('its own estate: under another it is not found, for nobody', async () => {
      const id = await scene.file();
      const other = await app.build.estate('别的小区');
      const clerk = await app.build.member('外人', 'COMPANY_CLERK', [other]);
      expect((await app.get(`/api/estates/${other}/tickets/${id}`, clerk.token)).status).toBe(404);
      const step = await app.post(`/api/estates/${other}/tickets/${id}/accept`, clerk.token, {}, newKey());
      expect(step.status).toBe(404);
      expect((await app.get(`${scene.base}/${id}`, clerk.token)).status).toBe(403);
    });

    test('the committee looks on and urges, the street urges and raises', async () => {
      const id = await scene.file();
      expect((await scene.read(id, scene.chair)).steps).toEqual(['URGE']);
      const urged = await scene.done(id, 'urge', scene.chair, { reason: '业主都在问' });
      expect(urged.timeline.at(-1)).toMatchObject({ kind: 'URGE', by: 'COMMITTEE 周*' });
      const raised = await scene.done(id, 'escalate', scene.street, { reason: '久拖不决' });
      expect(raised).toMatchObject({ state: 'ESCALATED', level: 3, handlerName: 'STREET' });
      expect((await scene.done(id, 'take-over', scene.street)).state).toBe('IN_PROGRESS');
    });

    test('two clerks at once: one accepts it, the other is told', async () => {
      const id = await scene.file();
      const answers = await Promise.all(
        [scene.clerk, scene.manager].map((person) => scene.step<ErrorBody>(id, 'accept', person)),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect(
        (await scene.read(id, scene.clerk)).timeline.filter(({ kind }) => kind === 'ACCEPT'),
      ).toHaveLength(1);
    });

    test('whoever looked at the latest version: a step on an older one is refused', async () => {
      const id = await scene.file();
      const { version } = await scene.done(id, 'accept', scene.clerk);
      await scene.done(id, 'assign', scene.manager, { assigneeId: scene.clerk.personId, version });
      const stale = await scene.step<ErrorBody>(id, 'assign', scene.manager, {
        assigneeId: scene.manager.personId,
        version,
      });
      expect(stale).toMatchObject({ status: 409, body: { code: 'CONFLICT' } });
    });
  });

  describe('hides who complained', () => {
    const secrets = [COMPLAINANT.name, COMPLAINANT.phone, COMPLAINANT.home, '1号楼1单元301'];
    const leaks = (body: unknown) => secrets.filter((secret) => JSON.stringify(body).includes(secret));
    const telling = {
      title: `${COMPLAINANT.name}家门口有垃圾`,
      text: `我是${COMPLAINANT.name}，住1号楼1单元301，电话${COMPLAINANT.phone}，楼道有垃圾。`,
      place: '1号楼1单元301门口',
    };

    test('from neighbours and from supervisors who do not handle it, in every list and detail', async () => {
      const id = await scene.file(telling);
      await scene.done(id, 'accept', scene.clerk);
      await scene.done(id, 'reply', scene.clerk, {
        text: `${COMPLAINANT.name}您好，马上处理。`,
        photoIds: [],
      });
      const curious = [scene.neighbour, scene.chair, scene.community, scene.street, scene.bureau];
      for (const person of [...curious, ...(await scene.roles())]) {
        expect(leaks((await app.get(`${scene.base}/${id}`, person.token)).body)).toEqual([]);
        expect(leaks((await app.get(scene.base, person.token)).body)).toEqual([]);
        expect(leaks((await app.get(`${scene.base}/queue?scope=ALL`, person.token)).body)).toEqual([]);
      }
      app.clock.advance(20 * DAY_MS);
      for (const person of [scene.street, scene.community])
        expect(leaks((await app.get('/api/oversight/tickets', person.token)).body)).toEqual([]);
      const similar = await app.post(`${scene.base}/similar`, scene.neighbour.token, {
        category: 'LITTER',
        place: telling.place,
        text: telling.text,
      });
      expect(similar.body).toMatchObject({ items: [{ id }] });
      expect(leaks(similar.body)).toEqual([]);
      expect((await scene.read(id, scene.neighbour)).complainant).toEqual({
        name: '一位居民',
        phone: null,
        unitName: null,
      });
    });

    test('but not from the handler, who has to call back, nor from herself', async () => {
      const id = await scene.file(telling);
      const known = { name: COMPLAINANT.name, phone: COMPLAINANT.phone, unitName: COMPLAINANT.home };
      expect((await scene.read(id, scene.clerk)).complainant).toEqual(known);
      expect(await scene.read(id, scene.wang)).toMatchObject({ complainant: known, title: telling.title });
    });

    test('from the company that is complained about, also where the company answers', async () => {
      const id = await scene.file({ ...telling, category: 'SERVICE_QUALITY' });
      const detail = await scene.read(id, scene.clerk);
      expect(detail.complainant.name).toBe('一位居民');
      expect(leaks(detail)).toEqual([]);
      const accepted = await scene.done(id, 'accept', scene.clerk);
      expect(leaks(accepted)).toEqual([]);
      const fee = await scene.file({ ...telling, category: 'FEE' });
      expect((await app.get(`${scene.base}/${fee}`, scene.clerk.token)).status).toBe(404);
      expect((await scene.read(fee, scene.street)).complainant.name).toBe(COMPLAINANT.name);
    });

    test('from everybody where the report was anonymous', async () => {
      const id = await scene.file({ ...telling, kind: 'REPORT', anonymous: true });
      for (const person of [scene.clerk, scene.street, scene.neighbour])
        expect(leaks(await scene.read(id, person))).toEqual([]);
    });

    test('from the audit log, the inbox and the kept answers', async () => {
      const id = await scene.file(telling);
      await scene.done(id, 'accept', scene.clerk);
      for (const query of [
        'SELECT before_json, after_json FROM audit_log',
        'SELECT title, body FROM inbox_messages',
        'SELECT response_sealed FROM idempotency_keys',
      ])
        expect(leaks(await app.database.rows(query))).toEqual([]);
    });

    test('and shows neighbours no photos', async () => {
      const id = await scene.file({ photoIds: [await scene.photo(scene.wang)] });
      expect(await scene.read(id, scene.neighbour)).toMatchObject({ pictures: [], photos: 1 });
      expect((await scene.read(id, scene.clerk)).pictures).toHaveLength(1);
    });
  });

  describe('is watched by the clock', () => {
    const later = async (ms: number) => {
      app.clock.advance(ms);
      await app.runJobs();
    };

    test('urged when the first deadline is missed, then raised past it', async () => {
      const id = await scene.file();
      await later(25 * HOUR_MS);
      const urged = await scene.read(id, scene.wang);
      expect(urged.timeline.map(({ kind }) => kind)).toEqual(['SUBMIT', 'URGE']);
      expect(urged).toMatchObject({ state: 'SUBMITTED', dueState: 'OVERDUE' });
      const head = await app.database.rows(
        "SELECT id FROM inbox_messages WHERE person_id = ? AND title = '催办'",
        [scene.manager.personId],
      );
      expect(head).toHaveLength(1);
      await later(3 * DAY_MS);
      const raised = await scene.read(id, scene.wang);
      expect(raised).toMatchObject({ state: 'ESCALATED', level: 1, handlerName: 'COMMITTEE' });
      expect(raised.timeline.at(-1)?.text).toContain('提级');
    });

    test('raised rung by rung, past none that is empty, and at the top only urged', async () => {
      const id = await scene.file();
      for (let day = 0; day < 40; day++) await later(DAY_MS);
      const detail = await scene.read(id, scene.wang);
      expect(detail).toMatchObject({ level: 4, handlerName: 'BUREAU' });
      expect(detail.timeline.filter(({ kind }) => kind === 'ESCALATE')).toHaveLength(4);
      expect(detail.timeline.at(-1)?.text).toContain('最高一级');
    });

    test('confirmed by silence after seven days, rated late, closed when the window is over', async () => {
      const id = await scene.resolved();
      app.clock.set(endOfDay(shanghaiDate(TEST_NOW + 7 * DAY_MS)));
      await app.runJobs();
      expect((await scene.read(id, scene.wang)).state).toBe('RESOLVED');
      await later(MINUTE_MS);
      expect((await scene.read(id, scene.wang)).state).toBe('CONFIRMED');
      const rated = await scene.done(id, 'rate', scene.wang, RATING);
      expect(rated).toMatchObject({ state: 'CONFIRMED', rating: RATING });
      const again = await scene.step<ErrorBody>(id, 'rate', scene.wang, RATING);
      expect(again.body.code).toBe('TICKET.RATED');
      await later(9 * DAY_MS);
      expect((await scene.read(id, scene.wang)).state).toBe('CLOSED');
    });

    test('goes on by itself where the complainant does not answer', async () => {
      const id = await scene.file();
      await scene.done(id, 'accept', scene.clerk);
      await scene.done(id, 'start', scene.clerk);
      await scene.done(id, 'ask', scene.clerk, { text: '几楼？', photoIds: [] });
      await later(9 * DAY_MS);
      const detail = await scene.read(id, scene.wang);
      expect(detail.timeline.map(({ kind }) => kind)).toContain('ANSWER_TIMEOUT');
    });

    test('a department that does not take it over is reported to the street, not to the next rung up', async () => {
      const id = await scene.file({ category: 'EV_CHARGING', title: '飞线充电' });
      await scene.done(id, 'accept', scene.clerk);
      await scene.done(id, 'transfer', scene.clerk, { department: 'FIRE', reason: '劝阻无效' });
      await later(25 * HOUR_MS);
      await later(3 * DAY_MS);
      expect(await scene.read(id, scene.wang)).toMatchObject({ state: 'ESCALATED', level: 3 });
    });

    test('the sweep leaves one job to come and none behind', async () => {
      for (let n = 0; n < 5; n++) await later(MINUTE_MS);
      const jobs = await app.database.rows<{ state: string }>(
        "SELECT state FROM jobs WHERE kind = 'tickets.sweep' ORDER BY run_at",
      );
      expect(jobs.filter(({ state }) => state === 'WAITING')).toHaveLength(1);
      expect(jobs.length).toBeLessThanOrEqual(3);
    });
  });

  describe('gets more time', () => {
    const ask = (id: string, dueAt: number, by = scene.clerk) =>
      scene.step<TicketDetail & ErrorBody>(id, 'extensions', by, { reason: '要等配件到货', dueAt });
    const accepted = async () => {
      const id = await scene.file();
      return scene.done(id, 'accept', scene.clerk);
    };
    const finishOf = (detail: TicketDetail) => detail.deadlines.find(({ clock }) => clock === 'FINISH');

    test('when the street agrees: the old date stays beside the new one', async () => {
      const { id, ...before } = await accepted();
      const from = finishOf({ id, ...before })?.dueAt ?? 0;
      const asked = await ask(id, from + 5 * DAY_MS);
      expect(asked.body.pendingExtension).toMatchObject({ requestedBy: 'COMPANY', fromDueAt: from });
      const { body: list } = await app.get<Page<OversightExtension>>(
        '/api/oversight/extensions',
        scene.street.token,
      );
      expect(list.items).toMatchObject([{ mayDecide: true, ticket: { id, estateName: '康宁家园' } }]);
      const pending = asked.body.pendingExtension?.id ?? '';
      const granted = await scene.done(id, `extensions/${pending}`, scene.street, {
        approve: true,
        reason: '同意，请抓紧',
      });
      expect(finishOf(granted)).toMatchObject({
        dueAt: from + 5 * DAY_MS,
        originalDueAt: from,
        extensions: [{ previousDueAt: from, reason: '要等配件到货' }],
      });
      expect((await scene.read(id, scene.wang)).timeline.at(-1)?.kind).toBe('GRANT_EXTENSION');
      const second = await ask(id, from + 8 * DAY_MS);
      expect(second.body.code).toBe('TICKET.EXTENSION_USED_UP');
    });

    test('not twice at once, not backwards, not from a rung that may not, not decided twice', async () => {
      const { id } = await accepted();
      const from = finishOf(await scene.read(id, scene.clerk))?.dueAt ?? 0;
      expect((await ask(id, from - 1)).body.code).toBe('TICKET.EXTENSION_DATE');
      expect((await ask(id, from + 60 * DAY_MS)).body.code).toBe('TICKET.EXTENSION_DATE');
      const pending = (await ask(id, from + DAY_MS)).body.pendingExtension?.id ?? '';
      expect((await ask(id, from + 2 * DAY_MS)).body.code).toBe('TICKET.EXTENSION_PENDING');
      const decide = (by = scene.street, approve = false) =>
        scene.step<ErrorBody>(id, `extensions/${pending}`, by, { approve, reason: '请按期' });
      expect((await decide(scene.community)).body.code).toBe('TICKET.EXTENSION_LEVEL');
      expect((await decide(scene.clerk)).body.code).toBe('ACCESS.DENIED');
      expect((await decide()).status).toBe(200);
      expect((await decide()).body.code).toBe('TICKET.EXTENSION_DECIDED');
      const refused = await scene.read(id, scene.clerk);
      expect(refused).toMatchObject({ pendingExtension: null });
      expect(refused.timeline.at(-1)?.kind).toBe('EXTENSION_REFUSED');
      expect(finishOf(refused)?.dueAt).toBe(from);
    });

    test('a request that was overtaken by the result lapses', async () => {
      const { id } = await accepted();
      const from = finishOf(await scene.read(id, scene.clerk))?.dueAt ?? 0;
      const pending = (await ask(id, from + DAY_MS)).body.pendingExtension?.id ?? '';
      await scene.done(id, 'start', scene.clerk);
      const photoIds = [await scene.photo(scene.clerk)];
      await scene.done(id, 'resolve', scene.clerk, { text: '已修好。', photoIds });
      const late = await scene.step<ErrorBody>(id, `extensions/${pending}`, scene.street, {
        approve: true,
        reason: '同意',
      });
      expect(late.body.code).toBe('TICKET.EXTENSION_DECIDED');
    });
  });

  describe('stands in a queue', () => {
    test('by deadline, filtered, counted, page by page, and only of those whose turn it is', async () => {
      const ids: string[] = [];
      for (let n = 0; n < 5; n++) {
        app.clock.advance(HOUR_MS);
        ids.push(await scene.file({ title: `第${n + 1}件事情` }));
      }
      const fee = await scene.file({ category: 'FEE', title: '乱收费' });
      await scene.done(ids[4] ?? '', 'accept', scene.clerk);
      await scene.done(ids[4] ?? '', 'assign', scene.clerk, { assigneeId: scene.clerk.personId });
      const queue = async (query: string, by = scene.clerk) =>
        (await app.get<Page<TicketSummary>>(`${scene.base}/queue?${query}`, by.token)).body;
      const first = await queue('limit=3');
      expect(first.items.map(({ id }) => id)).toEqual(ids.slice(0, 3));
      const second = await queue(`limit=3&after=${first.next}`);
      expect(second.items.map(({ id }) => id)).toEqual(ids.slice(3));
      expect(second.next).toBeNull();
      expect((await queue('filter=MINE')).items.map(({ id }) => id)).toEqual([ids[4]]);
      expect((await queue('state=SUBMITTED')).items).toHaveLength(4);
      expect((await queue('category=PARKING')).items).toEqual([]);
      expect((await queue('scope=ALL')).items.map(({ id }) => id)).not.toContain(fee);
      expect((await queue('scope=ALL', scene.chair)).items.map(({ id }) => id)).toContain(fee);
      app.clock.advance(23 * HOUR_MS + 30 * MINUTE_MS);
      expect((await queue('filter=OVERDUE')).items.map(({ id }) => id)).toEqual(ids.slice(0, 4));
      const { body: counts } = await app.get<TicketCounts>(`${scene.base}/counts`, scene.clerk.token);
      expect(counts).toMatchObject({
        open: 5,
        mine: 1,
        unassigned: 4,
        overdue: 4,
        byState: { SUBMITTED: 4, ASSIGNED: 1 },
      });
    });

    test('residents have no queue; the street sees across its estates and nothing of others', async () => {
      expect((await app.get(`${scene.base}/queue`, scene.wang.token)).status).toBe(403);
      expect((await app.get<ErrorBody>('/api/oversight/tickets', scene.clerk.token)).body.code).toBe(
        'ACCESS.DENIED',
      );
      expect((await app.get<ErrorBody>('/api/oversight/extensions', scene.wang.token)).status).toBe(403);
      const id = await scene.file();
      const other = await app.build.estate('别的小区');
      const stranger = await app.build.owner('外人', [await app.build.unit(other, '101', 8000)]);
      await app.post(`/api/estates/${other}/tickets`, stranger.token, complaint(), newKey());
      app.clock.advance(25 * HOUR_MS);
      const { body } = await app.get<Page<OversightTicket>>('/api/oversight/tickets', scene.street.token);
      expect(body.items.map((item) => item.id)).toEqual([id]);
      const { body: counts } = await app.get<OversightCounts>(
        '/api/oversight/tickets/counts',
        scene.street.token,
      );
      expect(counts).toEqual({ open: 1, overdue: 1, extensions: 0 });
      const away = await app.build.member('别处', 'STREET_OFFICER', [other]);
      const { body: theirs } = await app.get<Page<OversightTicket>>('/api/oversight/tickets', away.token);
      expect(theirs.items).toHaveLength(1);
      expect(theirs.items[0]?.estateName).toBe('别的小区');
    });

    test('a cursor that was made up is refused', async () => {
      const answer = await app.get<ErrorBody>(`${scene.base}/queue?after=x`, scene.clerk.token);
      expect(answer.body.code).toBe('REQUEST.INVALID');
    });

    test('the workbench counts what waits', async () => {
      await scene.file();
      const desk = async (token: string) =>
        (
          await app.get<{ counts: { key: string; count: number; overdue: number }[] }>(
            `/api/me/desk?estateId=${scene.estateId}`,
            token,
          )
        ).body.counts.filter(({ key }) => ['tickets', 'complaints', 'overdue', 'extensions'].includes(key));
      expect(await desk(scene.clerk.token)).toEqual([{ key: 'tickets', count: 1, overdue: 0 }]);
      app.clock.advance(25 * HOUR_MS);
      expect(await desk(scene.street.token)).toEqual([
        { key: 'tickets', count: 0, overdue: 0 },
        { key: 'overdue', count: 1, overdue: 1 },
        { key: 'extensions', count: 0, overdue: 0 },
      ]);
    });
  });
});
