import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { ENVIRONMENT } from '../../src/config/config.module.ts';
import { Jobs } from '../../src/kernel/jobs/jobs.ts';
import { JobsRepository, LEASE_MS } from '../../src/kernel/jobs/jobs.repository.ts';
import { TestApp } from '../support/app.ts';
import { Gate } from '../support/gate.ts';

interface StoredJob {
  state: string;
  attempts: number;
  last_error: string | null;
  lease_until: number;
}

describe('the outbox', () => {
  let app: TestApp;
  let jobs: Jobs;

  beforeEach(async () => {
    // Here the worker is what is looked at, so it works by itself.
    app = await TestApp.start({ RUN_JOBS: '1' });
    jobs = app.nest.get(Jobs);
    // The sweeps' first round is over before a test counts anything.
    await app.runJobs();
  });
  afterEach(() => app.stop());

  const enqueue = (kind: string) => app.database.transaction((tx) => jobs.enqueue(tx, { kind, payload: {} }));
  const stored = (kind: string) =>
    app.database.row<StoredJob>('SELECT state, attempts, last_error, lease_until FROM jobs WHERE kind = ?', [
      kind,
    ]);
  /** Another replica on the same database. */
  const otherWorker = () =>
    new Jobs(
      app.database,
      app.clock,
      app.nest.get(JobsRepository, { strict: false }),
      app.nest.get(ENVIRONMENT),
    );

  test('a job that takes long holds up nobody: the others run beside it', async () => {
    const slow = new Gate();
    const noted = new Gate();
    jobs.handle('t.slow', () => slow.stand());
    jobs.handle('t.note', () => Promise.resolve(noted.release()));
    await enqueue('t.slow');
    const draining = jobs.drain();
    await slow.reached;
    await enqueue('t.note');
    await noted.passed;
    expect(await stored('t.slow')).toMatchObject({ state: 'WAITING', attempts: 1 });
    slow.release();
    await draining;
    expect(await stored('t.slow')).toMatchObject({ state: 'DONE' });
  });

  test('side by side, but never more than a few', async () => {
    let present = 0;
    let most = 0;
    let ran = 0;
    const full = new Gate();
    jobs.handle('t.busy', async () => {
      most = Math.max(most, ++present);
      if (most === 4) full.release();
      await full.passed;
      present -= 1;
      ran += 1;
    });
    for (let n = 0; n < 11; n++) await enqueue('t.busy');
    await jobs.drain();
    expect({ most, ran }).toEqual({ most: 4, ran: 11 });
  });

  describe('a job that runs longer than its lease', () => {
    beforeEach(() => {
      jest.useFakeTimers({
        doNotFake: [
          'Date',
          'hrtime',
          'nextTick',
          'performance',
          'queueMicrotask',
          'setImmediate',
          'clearImmediate',
          'setTimeout',
          'clearTimeout',
        ],
      });
    });
    afterEach(() => {
      jest.useRealTimers();
    });

    test('keeps it while its worker lives: no other worker gets it', async () => {
      const long = new Gate();
      jobs.handle('t.long', () => long.stand());
      const other = otherWorker();
      let elsewhere = 0;
      other.handle('t.long', () => Promise.resolve(void (elsewhere += 1)));
      await enqueue('t.long');
      const draining = jobs.drain();
      await long.reached;
      for (let third = 0; third < 5; third++) {
        app.clock.advance(LEASE_MS / 3);
        jest.advanceTimersByTime(LEASE_MS / 3);
        await leaseReaches(app.clock.now() + LEASE_MS);
        await other.drain();
      }
      long.release();
      await draining;
      expect(elsewhere).toBe(0);
      expect(await stored('t.long')).toMatchObject({ state: 'DONE', attempts: 1 });
    });

    test('is not ended by the worker that lost it: what the next one did stays', async () => {
      const long = new Gate();
      jobs.handle('t.long', () => long.stand());
      const other = otherWorker();
      other.handle('t.long', () => Promise.reject(new Error('not yet')));
      await enqueue('t.long');
      const draining = jobs.drain();
      await long.reached;
      // Its machine sleeps: time passes and nothing is renewed.
      app.clock.advance(LEASE_MS + 1);
      await other.drain();
      long.release();
      await draining;
      expect(await stored('t.long')).toMatchObject({ state: 'WAITING', attempts: 2, last_error: 'not yet' });
    });

    test('and hangs is given to others in the end', async () => {
      const long = new Gate();
      jobs.handle('t.long', () => long.stand());
      await enqueue('t.long');
      const draining = jobs.drain();
      await long.reached;
      app.clock.advance(31 * 60_000);
      jest.advanceTimersByTime(LEASE_MS);
      const other = otherWorker();
      other.handle('t.long', () => Promise.resolve());
      await other.drain();
      expect(await stored('t.long')).toMatchObject({ state: 'DONE', attempts: 2 });
      long.release();
      await draining;
    });

    async function leaseReaches(instant: number): Promise<void> {
      for (let look = 0; look < 1000; look++) {
        const job = await stored('t.long');
        if (job?.lease_until === instant) return;
        await new Promise((resolve) => setImmediate(resolve));
      }
      throw new Error('the lease was not renewed');
    }
  });

  test('work that nobody else would do is tried until it is done', async () => {
    let away = true;
    jobs.handle('t.must', () => (away ? Promise.reject(new Error('away')) : Promise.resolve()), {
      untilDone: true,
    });
    await enqueue('t.must');
    for (let round = 0; round < 30; round++) {
      await app.runJobs();
      app.clock.advance(600_000);
    }
    expect(await stored('t.must')).toMatchObject({ state: 'WAITING', attempts: 30, last_error: 'away' });
    away = false;
    await app.runJobs();
    expect(await stored('t.must')).toMatchObject({ state: 'DONE', attempts: 31, last_error: null });
  });

  test('a job of a kind that only a newer replica knows waits for that one', async () => {
    await enqueue('t.newer');
    await app.runJobs();
    expect(await stored('t.newer')).toMatchObject({ state: 'WAITING', attempts: 0 });
    const newer = otherWorker();
    newer.handle('t.newer', () => Promise.resolve());
    await newer.drain();
    expect(await stored('t.newer')).toMatchObject({ state: 'DONE' });
  });

  test('a job that takes its worker down with it every time is put aside, unrun', async () => {
    let ran = 0;
    jobs.handle('t.deadly', () => Promise.resolve(void (ran += 1)));
    await enqueue('t.deadly');
    await app.database.transaction((tx) => tx.run("UPDATE jobs SET attempts = 12 WHERE kind = 't.deadly'"));
    await app.runJobs();
    expect(ran).toBe(0);
    expect(await stored('t.deadly')).toMatchObject({
      state: 'DEAD',
      last_error: 'No worker saw the end of it',
    });
  });
});
