import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { ErrorBody } from '@linli/shared/errors';
import {
  type Me,
  PRIVACY_VERSION,
  type SessionSummary,
  type SignInOptions,
  type SignInResponse,
} from '@linli/shared/identity';
import { SmsPort } from '../../src/features/identity/index.ts';
import { MiniProgramPort } from '../../src/wechat/mini-program.port.ts';
import { TestApp } from '../support/app.ts';

describe('a server started as npm start starts the demo', () => {
  test('prints the code, which is all there is of an SMS', async () => {
    const app = await TestApp.start({ DEMO: '1', LOG_LEVEL: 'warn' });
    let printed = '';
    const spies = [process.stdout, process.stderr].map((stream) =>
      jest.spyOn(stream, 'write').mockImplementation((text) => {
        printed += String(text);
        return true;
      }),
    );
    await app.post('/api/auth/sms/send', undefined, { phone: '13900000031' });
    for (const spy of spies) spy.mockRestore();
    await app.stop();
    const code = /验证码 (\d{6})/.exec(printed)?.[1];
    expect(code).toBeDefined();
    expect(printed).not.toContain('13900000031');
  });
});

describe('WeChat is asked on behalf of strangers', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start();
    app.nest.get(MiniProgramPort).openidOf = () => Promise.resolve(null);
    app.nest.get(MiniProgramPort).phoneOf = () => Promise.resolve(null);
  });
  afterAll(() => app.stop());

  test.each([
    ['a sign-in by one address', 300, '/api/auth/wechat'],
    ['a phone by one person', 10, '/api/auth/wechat/phone'],
  ])('%s %i times, and no more', async (_, times, path) => {
    const { token } = await app.build.person('张三');
    const statuses = new Set<number>();
    for (let n = 0; n < times; n++) statuses.add((await app.post(path, token, { code: 'guess' })).status);
    expect([...statuses]).toEqual([422]);
    const refused = await app.post<ErrorBody>(path, token, { code: 'guess' });
    expect([refused.status, refused.body.code]).toEqual([429, 'RATE.LIMITED']);
  });
});

describe('signing in with a phone', () => {
  let app: TestApp;
  let sent: string[];

  beforeAll(async () => {
    app = await TestApp.start();
    sent = [];
    const sms = app.nest.get(SmsPort);
    sms.sendCode = (_phone, code) => {
      sent.push(code);
      return Promise.resolve();
    };
  });
  afterAll(() => app.stop());

  async function signIn(phone: string): Promise<SignInResponse> {
    await app.post('/api/auth/sms/send', undefined, { phone });
    const answer = await app.post<SignInResponse>('/api/auth/sms/verify', undefined, {
      phone,
      code: sent.at(-1),
    });
    expect(answer.status).toBe(200);
    return answer.body;
  }

  test('the sign-in page learns which ways there are', async () => {
    const { body } = await app.get<SignInOptions>('/api/auth/options');
    expect(body).toEqual({ demo: false, smsLogin: true, wechat: false });
  });

  test('the right code opens a session, once', async () => {
    const { token, me } = await signIn('13900000001');
    expect(me.phoneMasked).toBe('139****0001');
    expect((await app.get<Me>('/api/me', token)).body.id).toBe(me.id);
    const again = await app.post('/api/auth/sms/verify', undefined, {
      phone: '13900000001',
      code: sent.at(-1),
    });
    expect(again.status).toBe(422);
  });

  test('the same phone is the same person', async () => {
    const first = await signIn('13900000002');
    app.clock.advance(61_000);
    const second = await signIn('13900000002');
    expect(second.me.id).toBe(first.me.id);
    expect(second.token).not.toBe(first.token);
  });

  test('who signs in, and what they agree to, is on record: the person, the session, never the number', async () => {
    const { token, me } = await signIn('13900000020');
    app.clock.advance(61_000);
    await signIn('13900000020');
    await app.call('PUT', '/api/me/privacy', { token, body: { version: PRIVACY_VERSION } });
    const rows = await app.database.rows<{ action: string; after_json: string; session_id: string | null }>(
      'SELECT action, after_json, session_id FROM audit_log WHERE person_id = ? ORDER BY id',
      [me.id],
    );
    expect(rows.map(({ action, after_json }) => [action, JSON.parse(after_json)])).toEqual([
      ['PERSON.SIGNED_IN', { way: 'PHONE', registered: true, boundToRoll: 0 }],
      ['PERSON.SIGNED_IN', { way: 'PHONE', registered: false, boundToRoll: 0 }],
      ['PERSON.PRIVACY_ACCEPTED', { version: PRIVACY_VERSION }],
    ]);
    const [first, second, accepted] = rows.map((row) => row.session_id);
    expect(accepted).toBe(first);
    expect(new Set([first, second]).size).toBe(2);
    expect(JSON.stringify(await app.database.rows('SELECT * FROM audit_log'))).not.toContain('13900000020');
  });

  test('where from is on record: the device, and the network so that nobody can be found by it', async () => {
    const networks = new Set<string>();
    for (const [n, remoteAddress] of [
      '203.0.113.7',
      '203.0.113.99',
      '198.51.100.7',
      '2001:db8:1::1',
    ].entries()) {
      const phone = `1390000003${n + 2}`;
      await app.post('/api/auth/sms/send', undefined, { phone });
      const response = await app.nest.inject({
        method: 'POST',
        url: '/api/auth/sms/verify',
        remoteAddress,
        headers: { 'user-agent': 'Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0' },
        payload: { phone, code: sent.at(-1) },
      });
      const { me } = response.json<SignInResponse>();
      const row = await app.database.row<{ device: string; network_index: string }>(
        `SELECT s.device, s.network_index FROM audit_log a JOIN sessions s ON s.id = a.session_id
         WHERE a.action = 'PERSON.SIGNED_IN' AND a.person_id = ?`,
        [me.id],
      );
      expect(row?.device).toBe('微信 · Android');
      networks.add(row?.network_index ?? '');
    }
    expect(networks.size).toBe(3);
    const stored = JSON.stringify(await app.database.rows('SELECT * FROM sessions'));
    expect(stored).not.toMatch(/203\.0\.113|198\.51\.100|2001:db8/);
  });

  test('five wrong codes lock the phone, and a new code does not unlock it', async () => {
    const phone = '13900000003';
    await app.post('/api/auth/sms/send', undefined, { phone });
    const wrong = sent.at(-1) === '000000' ? '111111' : '000000';
    const statuses: number[] = [];
    for (let n = 0; n < 5; n++)
      statuses.push((await app.post('/api/auth/sms/verify', undefined, { phone, code: wrong })).status);
    expect(statuses).toEqual([422, 422, 422, 422, 429]);
    const right = await app.post<ErrorBody>('/api/auth/sms/verify', undefined, { phone, code: sent.at(-1) });
    expect(right.body.code).toBe('AUTH.LOCKED');
    app.clock.advance(61_000);
    expect((await app.post<ErrorBody>('/api/auth/sms/send', undefined, { phone })).body.code).toBe(
      'AUTH.LOCKED',
    );
    app.clock.advance(15 * 60_000);
    await app.post('/api/auth/sms/send', undefined, { phone });
    expect((await app.post('/api/auth/sms/verify', undefined, { phone, code: sent.at(-1) })).status).toBe(
      200,
    );
  });

  test('guesses sent all at once share one count: the right code among the late ones stays out', async () => {
    const phone = '13900000009';
    await app.post('/api/auth/sms/send', undefined, { phone });
    const wrong = sent.at(-1) === '000000' ? '111111' : '000000';
    const guesses = Array.from({ length: 20 }, () =>
      app.post('/api/auth/sms/verify', undefined, { phone, code: wrong }),
    );
    const statuses = (await Promise.all(guesses)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 422)).toHaveLength(4);
    const right = await app.post<ErrorBody>('/api/auth/sms/verify', undefined, { phone, code: sent.at(-1) });
    expect(right.body.code).toBe('AUTH.LOCKED');
  });

  test('a second code within a minute is refused with the seconds left', async () => {
    await app.post('/api/auth/sms/send', undefined, { phone: '13900000004' });
    const again = await app.post<ErrorBody>('/api/auth/sms/send', undefined, { phone: '13900000004' });
    expect(again.status).toBe(429);
    expect(again.body.message).toContain('60 秒');
  });

  test('a revoked session is dead, here at once', async () => {
    const { token } = await signIn('13900000005');
    app.clock.advance(61_000);
    const other = await signIn('13900000005');
    const { body: sessions } = await app.get<SessionSummary[]>('/api/me/sessions', other.token);
    const stale = sessions.find((session) => !session.current);
    expect((await app.call('DELETE', `/api/me/sessions/${stale?.id}`, { token: other.token })).status).toBe(
      204,
    );
    expect((await app.get('/api/me', token)).status).toBe(401);
    expect((await app.get('/api/me', other.token)).status).toBe(200);
  });

  test('another person’s session cannot be ended', async () => {
    const mine = await signIn('13900000006');
    const theirs = await signIn('13900000007');
    const { body } = await app.get<SessionSummary[]>('/api/me/sessions', theirs.token);
    const answer = await app.call('DELETE', `/api/me/sessions/${body[0]?.id}`, { token: mine.token });
    expect(answer.status).toBe(404);
    expect((await app.get('/api/me', theirs.token)).status).toBe(200);
  });

  test('a body with a field too many is refused by name', async () => {
    const { status, body } = await app.post<ErrorBody>('/api/auth/sms/send', undefined, {
      phone: '13900000008',
      admin: true,
    });
    expect(status).toBe(400);
    expect(body.code).toBe('REQUEST.UNKNOWN_FIELD');
    expect(body.fields[0]?.path).toBe('admin');
  });

  test('a phone that is none is explained in Chinese', async () => {
    const { body } = await app.post<ErrorBody>('/api/auth/sms/send', undefined, { phone: '12345' });
    expect(body.fields).toEqual([{ path: 'phone', code: 'FIELD.FORMAT', message: '请填写 11 位手机号' }]);
  });

  test('the demo picker does not exist outside the demo', async () => {
    expect((await app.get('/api/auth/demo/roles')).status).toBe(404);
    expect((await app.post('/api/auth/demo', undefined, { roleKey: 'owner' })).status).toBe(404);
  });

  test('no token, a wrong token and half a token are all signed out', async () => {
    for (const token of [undefined, 'x'.repeat(43), 'short'])
      expect((await app.get('/api/me', token)).status).toBe(401);
  });
});
