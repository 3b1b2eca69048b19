import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ErrorBody } from '@linli/shared/errors';
import { DAY_MS, MINUTE_MS } from '@linli/shared/kernel';
import { SmsPort } from '../../src/features/identity/index.ts';
import { Idempotency } from '../../src/kernel/idempotency/idempotency.ts';
import { Jobs } from '../../src/kernel/jobs/jobs.ts';
import { RETENTION } from '../../src/kernel/retention/retention.ts';
import { TestApp } from '../support/app.ts';

async function rowsOf(app: TestApp, from: string): Promise<number> {
  const row = await app.database.row<{ found: number }>(`SELECT COUNT(*) AS found FROM ${from}`);
  return Number(row?.found);
}

async function passTime(app: TestApp, ms: number): Promise<void> {
  app.clock.advance(ms);
  await app.runJobs();
}

describe('what is kept for a while only', () => {
  let app: TestApp;

  beforeEach(async () => {
    app = await TestApp.start();
  });
  afterEach(() => app.stop());

  const count = (from: string) => rowsOf(app, from);
  const answerUnder = (key: string, answer: string) =>
    app.nest
      .get(Idempotency)
      .once({ personId: 'P1', key, useCase: 'test', body: {} }, () => Promise.resolve(answer));
  const later = (ms: number) => passTime(app, ms);

  describe('the answer to an action', () => {
    const key = 'k'.repeat(20);

    test('lies sealed in the database and is given again in clear', async () => {
      expect(await answerUnder(key, '邀请码 7K2M9Q')).toBe('邀请码 7K2M9Q');
      const rows = await app.database.rows<{ response_sealed: string }>('SELECT * FROM idempotency_keys');
      expect(rows).toHaveLength(1);
      expect(JSON.stringify(rows)).not.toContain('7K2M9Q');
      expect(await answerUnder(key, 'another')).toBe('邀请码 7K2M9Q');
    });

    test('does not open in the row of another action', async () => {
      await answerUnder(key, 'first');
      await answerUnder('o'.repeat(20), 'second');
      const [first] = await app.database.rows<{ response_sealed: string }>(
        'SELECT response_sealed FROM idempotency_keys WHERE action_key = ?',
        [key],
      );
      await app.database.transaction((tx) =>
        tx.run('UPDATE idempotency_keys SET response_sealed = ?', [first?.response_sealed ?? '']),
      );
      await expect(answerUnder('o'.repeat(20), 'third')).rejects.toThrow();
      expect(await answerUnder(key, 'third')).toBe('first');
    });

    test('an answer of before answers were sealed is not given, and its action is not done again', async () => {
      await answerUnder(key, 'first');
      await app.database.transaction((tx) => tx.run("UPDATE idempotency_keys SET response_sealed = ''"));
      await expect(answerUnder(key, 'second')).rejects.toThrow('IDEMPOTENCY.IN_FLIGHT');
    });

    test('is kept as long as phones keep drafts, and then forgotten', async () => {
      await answerUnder(key, 'first');
      await later(31 * DAY_MS);
      expect(await answerUnder(key, 'second')).toBe('first');
      await later(RETENTION.answersMs);
      expect(await count('idempotency_keys')).toBe(0);
    });

    test('of more than a thousand people are forgotten together', async () => {
      await app.runJobs();
      await app.database.transaction((tx) =>
        tx.insert(
          'idempotency_keys',
          ...Array.from({ length: 1_234 }, (_, n) => ({
            id: `K${n}`,
            person_id: 'P1',
            action_key: `key-${n}`,
            request_hash: 'x',
            response_sealed: 'x',
            created_at: app.clock.now() + (n < 1_100 ? 0 : DAY_MS),
          })),
        ),
      );
      await later(RETENTION.answersMs);
      expect(await count('idempotency_keys')).toBe(134);
    });
  });

  describe('a job', () => {
    const enqueue = (kind: string, runAt = app.clock.now()) =>
      app.database.transaction((tx) => app.nest.get(Jobs).enqueue(tx, { kind, payload: {}, runAt }));

    test('that is done is deleted two weeks later; one to come and one that was given up stay', async () => {
      const jobs = app.nest.get(Jobs);
      jobs.handle('t.done', () => Promise.resolve());
      jobs.handle('t.dead', () => Promise.reject(new Error('away')));
      await enqueue('t.done');
      await enqueue('t.dead');
      await enqueue('t.done', app.clock.now() + 365 * DAY_MS);
      await app.database.transaction((tx) => tx.run("UPDATE jobs SET attempts = 11 WHERE kind = 't.dead'"));
      await app.runJobs();
      await later(13 * DAY_MS);
      expect(await count("jobs WHERE kind = 't.done' AND state = 'DONE'")).toBe(1);
      await later(DAY_MS);
      expect(await count("jobs WHERE kind = 't.done' AND state = 'DONE'")).toBe(0);
      expect(await count("jobs WHERE kind = 't.done' AND state = 'WAITING'")).toBe(1);
      expect(await count("jobs WHERE kind = 't.dead' AND state = 'DEAD'")).toBe(1);
    });

    test('that comes round plans its next round and leaves no trail', async () => {
      for (let hour = 0; hour < 6; hour++) await later(3_600_000);
      expect(await count("jobs WHERE kind = 'kernel.sweep' AND state = 'WAITING'")).toBe(1);
      expect(await count("jobs WHERE kind = 'kernel.sweep'")).toBeLessThanOrEqual(3);
    });
  });
});

describe('what signing in leaves behind', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());

  const count = (from: string) => rowsOf(app, from);
  const later = (ms: number) => passTime(app, ms);

  describe('a session', () => {
    const LIFETIME = 90 * DAY_MS;

    test('is deleted a month after it ran out; one in force stays', async () => {
      await app.build.person('张三');
      await later(60 * DAY_MS);
      const { token } = await app.build.person('李四');
      await later(LIFETIME - 60 * DAY_MS + RETENTION.sessionsMs - DAY_MS);
      expect(await count('sessions')).toBe(2);
      await later(DAY_MS);
      expect(await count('sessions')).toBe(1);
      expect((await app.get('/api/me', token)).status).toBe(200);
    });

    test('that was ended stays as long as if it had run out', async () => {
      const { personId } = await app.build.person('王五');
      await app.database.transaction((tx) =>
        tx.run('UPDATE sessions SET revoked_at = ? WHERE person_id = ?', [app.clock.now(), personId]),
      );
      await later(LIFETIME);
      expect(await count('sessions WHERE revoked_at IS NOT NULL')).toBe(1);
      await later(RETENTION.sessionsMs);
      expect(await count('sessions WHERE revoked_at IS NOT NULL')).toBe(0);
    });
  });

  describe('a code by SMS', () => {
    const phone = '13900000041';
    const send = () => app.post('/api/auth/sms/send', undefined, { phone });
    const guess = () => app.post<ErrorBody>('/api/auth/sms/verify', undefined, { phone, code: '000000' });

    beforeEach(() => {
      app.nest.get(SmsPort).sendCode = () => Promise.resolve();
    });

    test('that nobody used is forgotten a day after it ran out', async () => {
      await send();
      await later(DAY_MS);
      expect(await count('sms_codes')).toBe(1);
      await later(DAY_MS);
      expect(await count('sms_codes')).toBe(0);
    });

    test('that was guessed at keeps its phone locked, however old it is', async () => {
      await send();
      await later(DAY_MS);
      for (let tries = 0; tries < 5; tries++) await guess();
      await later(10 * MINUTE_MS);
      expect((await guess()).body.code).toBe('AUTH.LOCKED');
      await later(2 * DAY_MS);
      expect(await count('sms_codes')).toBe(0);
    });
  });
});
