import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ErrorBody } from '@linli/shared/errors';
import type { SignInResponse } from '@linli/shared/identity';
import { DAY_MS } from '@linli/shared/kernel';
import type { Inbox, SubscriptionOffer, UnreadCount } from '@linli/shared/notifications';
import { SessionsService } from '../../src/features/identity/index.ts';
import { InboxService } from '../../src/features/notifications/index.ts';
import { refuse } from '../../src/kernel/errors/refused.ts';
import { ContentCheck } from '../../src/wechat/content-check.ts';
import {
  MiniProgramPort,
  type ContentVerdict,
  type SubscribeMessage,
} from '../../src/wechat/mini-program.port.ts';
import { TestApp } from '../support/app.ts';
import type { TestPerson } from '../support/estate-builder.ts';
import { tapKey } from '../support/people.ts';
import { wechatConfig } from '../support/wechat-config.ts';

const message = {
  kind: 'CLAIM',
  title: '房屋认领已通过',
  body: '1号楼 101 已绑定到您的账号。',
  link: null,
} as const;

function post(app: TestApp, to: readonly TestPerson[], facts: Partial<{ title: string; body: string }> = {}) {
  return app.database.transaction((tx) =>
    app.nest.get(InboxService).post(tx, {
      ...message,
      ...facts,
      estateId: null,
      to: to.map(({ personId }) => personId),
    }),
  );
}

describe('the inbox', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());

  const inbox = (person: TestPerson, query = '') => app.get<Inbox>(`/api/me/inbox${query}`, person.token);
  const unread = async (person: TestPerson) =>
    (await app.get<UnreadCount>('/api/me/inbox/unread', person.token)).body.unread;

  test('messages come the latest first, page by page, with what is unread', async () => {
    const person = await app.build.person('张三');
    for (const title of ['一', '二', '三']) await post(app, [person], { title });
    const first = await inbox(person, '?limit=2');
    expect(first.body.items.map(({ title }) => title)).toEqual(['三', '二']);
    expect(first.body.unread).toBe(3);
    const second = await inbox(person, `?limit=2&after=${first.body.next}`);
    expect(second.body.items.map(({ title }) => title)).toEqual(['一']);
    expect(second.body.next).toBeNull();
  });

  test('reading one message leaves the others unread, and reading it again changes nothing', async () => {
    const person = await app.build.person('李四');
    for (const title of ['一', '二']) await post(app, [person], { title });
    const { body } = await inbox(person);
    const read = () => app.call('PUT', `/api/me/inbox/${body.items[0]?.id}/read`, { token: person.token });
    expect((await read()).status).toBe(204);
    const readAt = (await inbox(person)).body.items[0]?.readAt;
    app.clock.advance(1000);
    expect((await read()).status).toBe(204);
    expect((await inbox(person)).body.items[0]?.readAt).toBe(readAt);
    expect(await unread(person)).toBe(1);
  });

  test('“all read” means what was on the screen, not what came meanwhile', async () => {
    const person = await app.build.person('王五');
    await post(app, [person], { title: '看到了' });
    const seen = (await inbox(person)).body.items[0]?.id;
    await post(app, [person], { title: '刚来的' });
    const answer = await app.call('PUT', '/api/me/inbox/read', { token: person.token, body: { upTo: seen } });
    expect(answer.status).toBe(204);
    expect(await unread(person)).toBe(1);
  });

  test('another person’s message cannot be read or marked', async () => {
    const [mine, theirs] = [await app.build.person('赵六'), await app.build.person('钱七')];
    await post(app, [theirs]);
    const id = (await inbox(theirs)).body.items[0]?.id;
    expect((await app.call('PUT', `/api/me/inbox/${id}/read`, { token: mine.token })).status).toBe(404);
    expect((await inbox(mine)).body.items).toEqual([]);
    expect(await unread(theirs)).toBe(1);
  });

  test('a message to the same person twice is one', async () => {
    const person = await app.build.person('孙八');
    await post(app, [person, person]);
    expect(await unread(person)).toBe(1);
  });

  test('without WeChat there is nothing to subscribe to', async () => {
    const person = await app.build.person('周九');
    expect((await app.get<SubscriptionOffer[]>('/api/me/subscriptions', person.token)).body).toEqual([]);
  });
});

describe('subscribe messages through WeChat', () => {
  let app: TestApp;
  let config: ReturnType<typeof wechatConfig>;
  let sent: SubscribeMessage[];
  let outcome: () => Promise<'SENT' | 'REFUSED'>;
  let verdict: () => Promise<ContentVerdict>;
  const TEMPLATE = 'template-claims-01';
  const sending = () => Promise.resolve('SENT' as const);

  beforeAll(async () => {
    config = wechatConfig({
      messageTemplates: { CLAIM: { id: TEMPLATE, title: 'thing1', body: 'thing2', time: 'time3' } },
    });
    app = await TestApp.start({ WECHAT_CONFIG: config.path });
    sent = [];
    outcome = sending;
    verdict = () => Promise.resolve('PASS');
    const port = app.nest.get(MiniProgramPort);
    port.openidOf = (code) => Promise.resolve(`openid-${code}`);
    port.send = (one) => {
      sent.push(one);
      return outcome();
    };
    port.checkText = () => verdict();
  });
  afterAll(async () => {
    await app.stop();
    config.remove();
  });

  async function weapp(code: string): Promise<TestPerson> {
    const { body } = await app.post<SignInResponse>('/api/auth/wechat', undefined, { code });
    return { personId: body.me.id, token: body.token };
  }
  const answer = (person: TestPerson, answers: readonly object[], key = tapKey()) =>
    app.post<SubscriptionOffer[] & ErrorBody>('/api/me/subscriptions', person.token, { answers }, key);
  const yes = { templateId: TEMPLATE, answer: 'accept' };
  const remaining = async (person: TestPerson) => {
    const { body } = await app.get<SubscriptionOffer[]>('/api/me/subscriptions', person.token);
    return body.find(({ kind }) => kind === 'CLAIM')?.remaining;
  };
  const sentTo = (code: string) => sent.filter(({ openid }) => openid === `openid-${code}`);

  test('each yes is one message: the second finds no consent and stays in the inbox', async () => {
    const person = await weapp('a');
    expect((await answer(person, [yes])).body).toEqual([
      { kind: 'CLAIM', templateId: TEMPLATE, remaining: 1 },
    ]);
    await post(app, [person]);
    await post(app, [person], { title: '第二条' });
    await app.runJobs();
    expect(sentTo('a')).toHaveLength(1);
    expect(await remaining(person)).toBe(0);
    expect((await app.get<Inbox>('/api/me/inbox', person.token)).body.items).toHaveLength(2);
  });

  test('what is sent keeps to the template: twenty characters, a time, a page without its slash', async () => {
    const person = await weapp('b');
    await answer(person, [yes]);
    await app.database.transaction((tx) =>
      app.nest.get(InboxService).post(tx, {
        ...message,
        body: '一二三四五六七八九十一二三四五六七八九十一二三',
        link: '/packages/people/pages/homes/index',
        estateId: null,
        to: [person.personId],
      }),
    );
    await app.runJobs();
    expect(sentTo('b')).toEqual([
      {
        openid: 'openid-b',
        templateId: TEMPLATE,
        page: 'packages/people/pages/homes/index',
        data: {
          thing1: '房屋认领已通过',
          thing2: '一二三四五六七八九十一二三四五六七八九…',
          time3: '2026年11月21日 10:00',
        },
      },
    ]);
  });

  test('a yes is counted once, however often the phone repeats it', async () => {
    const person = await weapp('c');
    const key = tapKey();
    await Promise.all([answer(person, [yes], key), answer(person, [yes], key)]);
    await answer(person, [yes], key);
    expect(await remaining(person)).toBe(1);
  });

  test('two first yeses at the same moment are two', async () => {
    const person = await weapp('d');
    await Promise.all([answer(person, [yes]), answer(person, [yes])]);
    expect(await remaining(person)).toBe(2);
  });

  test('a no counts nothing, an unknown template is left aside, a ban ends what was left', async () => {
    const person = await weapp('e');
    await answer(person, [yes]);
    await answer(person, [
      { templateId: TEMPLATE, answer: 'reject' },
      { templateId: 'template-unknown', answer: 'accept' },
    ]);
    expect(await remaining(person)).toBe(1);
    await answer(person, [{ templateId: TEMPLATE, answer: 'ban' }]);
    expect(await remaining(person)).toBe(0);
    expect((await answer(person, [{ templateId: TEMPLATE, answer: 'maybe' }])).status).toBe(400);
    expect((await app.post('/api/me/subscriptions', person.token, { answers: [yes] })).status).toBe(400);
  });

  test('WeChat is away: it is tried again later, and costs one consent', async () => {
    const person = await weapp('f');
    await answer(person, [yes]);
    await answer(person, [yes]);
    outcome = () => Promise.reject(refuse('WECHAT.UNREACHABLE'));
    await post(app, [person]);
    await app.runJobs();
    expect(await remaining(person)).toBe(1);
    outcome = sending;
    app.clock.advance(3000);
    await app.runJobs();
    expect(sentTo('f')).toHaveLength(2);
    expect(await remaining(person)).toBe(1);
    app.clock.advance(600_000);
    await app.runJobs();
    expect(sentTo('f')).toHaveLength(2);
  });

  test('taken back in WeChat’s settings: nothing is tried again, and the count is zero', async () => {
    const person = await weapp('g');
    await answer(person, [yes]);
    await answer(person, [yes]);
    outcome = () => Promise.resolve('REFUSED');
    await post(app, [person]);
    await app.runJobs();
    outcome = sending;
    app.clock.advance(600_000);
    await app.runJobs();
    expect(sentTo('g')).toHaveLength(1);
    expect(await remaining(person)).toBe(0);
  });

  test('read in the app before it went out: WeChat stays silent and the consent stays', async () => {
    const person = await weapp('h');
    await answer(person, [yes]);
    await post(app, [person]);
    const { body } = await app.get<Inbox>('/api/me/inbox', person.token);
    await app.call('PUT', `/api/me/inbox/${body.items[0]?.id}/read`, { token: person.token });
    await app.runJobs();
    expect(sentTo('h')).toEqual([]);
    expect(await remaining(person)).toBe(1);
  });

  test('a message that could not go out for a day is not sent any more', async () => {
    const person = await weapp('i');
    await answer(person, [yes]);
    await post(app, [person]);
    app.clock.advance(DAY_MS + 1);
    await app.runJobs();
    expect(sentTo('i')).toEqual([]);
  });

  test('closing the account takes consents and messages along', async () => {
    const person = await weapp('j');
    await answer(person, [yes]);
    await post(app, [person]);
    await app.runJobs();
    expect((await app.post('/api/me/deletion', person.token, { confirmed: true })).status).toBe(204);
    const left = await app.database.rows('SELECT id FROM message_consents WHERE person_id = ?', [
      person.personId,
    ]);
    expect(left).toEqual([]);
    // The same WeChat comes back as somebody new.
    expect((await weapp('j')).personId).not.toBe(person.personId);
  });

  describe('the content check', () => {
    const check = async (person: TestPerson, texts: readonly string[]) => {
      const caller = await app.nest.get(SessionsService).find(person.token);
      if (caller === null) throw new Error('signed out');
      return app.nest.get(ContentCheck).check(caller, { estateId: null, where: 'TEST.TEXT', texts });
    };
    const audited = async (person: TestPerson) => {
      const rows = await app.database.rows<{ action: string; after_json: string }>(
        "SELECT action, after_json FROM audit_log WHERE person_id = ? AND action LIKE 'CONTENT.%' ORDER BY id",
        [person.personId],
      );
      return rows.map(({ action, after_json }) => `${action} ${after_json}`);
    };

    test('what WeChat finds risky is refused, without the text in the log', async () => {
      const person = await weapp('k');
      verdict = () => Promise.resolve('RISKY');
      await expect(check(person, ['坏话'])).rejects.toThrow('CONTENT.REJECTED');
      expect(await audited(person)).toEqual(['CONTENT.REJECTED {"where":"TEST.TEXT","verdict":"RISKY"}']);
    });

    test('WeChat unsure or away: it goes on, to be looked at', async () => {
      const person = await weapp('l');
      verdict = () => Promise.resolve('REVIEW');
      expect(await check(person, ['也许'])).toBe('REVIEW');
      verdict = () => Promise.reject(refuse('WECHAT.UNREACHABLE'));
      expect(await check(person, ['随便'])).toBe('REVIEW');
      expect(await audited(person)).toEqual([
        'CONTENT.TO_REVIEW {"where":"TEST.TEXT","verdict":"REVIEW"}',
        'CONTENT.TO_REVIEW {"where":"TEST.TEXT","verdict":"UNREACHABLE"}',
      ]);
    });

    test('a long text is checked to its end', async () => {
      const person = await weapp('m');
      const asked: number[] = [];
      const port = app.nest.get(MiniProgramPort);
      port.checkText = (_openid, content) => {
        asked.push(Array.from(content).length);
        return Promise.resolve(content.includes('坏') ? 'RISKY' : 'PASS');
      };
      await expect(check(person, ['好'.repeat(2600), '坏'])).rejects.toThrow('CONTENT.REJECTED');
      expect(asked).toEqual([2500, 102]);
    });

    test('whoever never came through WeChat, and an empty text, pass without asking', async () => {
      const port = app.nest.get(MiniProgramPort);
      port.checkText = () => Promise.reject(new Error('must not be asked'));
      expect(await check(await app.build.person('网页用户'), ['文字'])).toBe('PASS');
      expect(await check(await weapp('n'), ['', '  '])).toBe('PASS');
    });
  });
});
