import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Idempotency } from '../../src/kernel/idempotency/idempotency.ts';
import { violates, update } from '../../src/kernel/database/index.ts';
import { Jobs } from '../../src/kernel/jobs/jobs.ts';
import { TestApp } from '../support/app.ts';
import { Gate } from '../support/gate.ts';

describe('transactions', () => {
  let app: TestApp;
  let estateId: string;

  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());
  beforeEach(async () => {
    estateId = await app.build.estate();
  });

  const address = async () =>
    (await app.database.row<{ address: string }>('SELECT address FROM estates WHERE id = ?', [estateId]))
      ?.address;
  const version = async () =>
    (await app.database.row<{ v: number }>('SELECT roll_version AS v FROM estates WHERE id = ?', [estateId]))
      ?.v;

  test('of work that fails half-way nothing stays', async () => {
    const work = app.database.transaction(async (tx) => {
      await tx.run('UPDATE estates SET address = ? WHERE id = ?', ['half', estateId]);
      throw new Error('half-way');
    });
    await expect(work).rejects.toThrow('half-way');
    expect(await address()).not.toBe('half');
  });

  test('that is over takes no statement that somebody forgot to wait for', async () => {
    const late = new Gate();
    const stragglers: Promise<unknown>[] = [];
    const work = (ending: Promise<void>) =>
      app.database.transaction(async (tx) => {
        stragglers.push(
          late.passed.then(() => tx.run('UPDATE estates SET address = ? WHERE id = ?', ['late', estateId])),
        );
        await ending;
      });
    await expect(work(Promise.reject(new Error('half-way')))).rejects.toThrow('half-way');
    await work(Promise.resolve());
    late.release();
    for (const straggler of stragglers) await expect(straggler).rejects.toThrow('The transaction is over');
    expect(await address()).not.toBe('late');
  });

  test('change the row that is as it was read, and no other', async () => {
    const step = (from: number) =>
      app.database.transaction((tx) =>
        update(
          tx,
          'estates',
          { address: `step ${from}`, roll_version: from + 1 },
          { id: estateId, roll_version: from },
        ),
      );
    const before = (await version()) ?? 0;
    const other = await app.build.estate();
    expect(await step(before)).toBe(1);
    expect(await step(before)).toBe(0);
    expect([await address(), await version()]).toEqual([`step ${before}`, before + 1]);
    const untouched = await app.database.row(
      'SELECT 1 AS found FROM estates WHERE id = ? AND roll_version = ?',
      [other, before],
    );
    expect(untouched).not.toBeNull();
  });

  test('fifty at once do not see each other’s half-written rows, and none is lost', async () => {
    await Promise.all(
      Array.from({ length: 50 }, () =>
        app.database.transaction((tx) =>
          tx.run('UPDATE estates SET roll_version = roll_version + 1 WHERE id = ?', [estateId]),
        ),
      ),
    );
    expect(await version()).toBe(50);
  });

  test('one that fails among many takes nobody with it', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, (_, n) =>
        app.database.transaction(async (tx) => {
          await tx.run('UPDATE estates SET roll_version = roll_version + 1 WHERE id = ?', [estateId]);
          if (n % 2 === 1) throw new Error('odd');
        }),
      ),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
    expect(await version()).toBe(10);
  });

  test('two that lock in opposite order: the engine gives one up, and it is run again', async () => {
    const other = await app.build.estate('隔壁花园');
    const bump = (first: string, second: string) =>
      app.database.transaction(async (tx) => {
        for (const id of [first, second])
          await tx.run('UPDATE estates SET roll_version = roll_version + 1 WHERE id = ?', [id]);
      });
    await Promise.all(
      Array.from({ length: 30 }, (_, n) => (n % 2 === 0 ? bump(estateId, other) : bump(other, estateId))),
    );
    expect(await version()).toBe(30);
  });

  test('a lost race for a unique key is known by the key’s name', async () => {
    const insert = () =>
      app.database.transaction((tx) =>
        tx.insert('buildings', {
          id: `B${Math.random()}`.slice(0, 20),
          estate_id: estateId,
          name: '1号楼',
          sort_order: 0,
          kind: 'OTHER',
          storeys: null,
        }),
      );
    await insert();
    const error: unknown = await insert().catch((caught: unknown) => caught);
    expect(violates(error, 'uq_buildings_name')).toBe(true);
    expect(violates(error, 'uq_units_key')).toBe(false);
    expect(violates(error, 'PRIMARY')).toBe(false);
  });

  test('a row that is there already under its primary key is told from every other key', async () => {
    const insert = (name: string) =>
      app.database.transaction((tx) =>
        tx.insert('buildings', {
          id: '01J00000000000000000000001',
          estate_id: estateId,
          name,
          sort_order: 0,
          kind: 'OTHER',
          storeys: null,
        }),
      );
    await insert('1号楼');
    const error: unknown = await insert('2号楼').catch((caught: unknown) => caught);
    expect(violates(error, 'PRIMARY')).toBe(true);
    expect(violates(error, 'uq_buildings_name')).toBe(false);
  });

  test('a hundred uses of one idempotency key have one effect and one answer', async () => {
    const idempotency = app.nest.get(Idempotency);
    const action = { personId: 'P1', key: 'k'.repeat(20), useCase: 'test', body: { n: 1 } };
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        idempotency.once(action, async (tx) => {
          await tx.run('UPDATE estates SET roll_version = roll_version + 1 WHERE id = ?', [estateId]);
          return { n };
        }),
      ),
    );
    expect(new Set(answers.map(({ n }) => n)).size).toBe(1);
    expect(await version()).toBe(1);
    const changed = idempotency.once({ ...action, body: { n: 2 } }, () => Promise.resolve({ n: 0 }));
    await expect(changed).rejects.toThrow('IDEMPOTENCY.MISMATCH');
  });

  test('work that fails under a key may be tried again with it', async () => {
    const idempotency = app.nest.get(Idempotency);
    const action = { personId: 'P1', key: 'r'.repeat(20), useCase: 'test', body: {} };
    await expect(idempotency.once(action, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await idempotency.once(action, () => Promise.resolve('yes'))).toBe('yes');
  });
});

describe('the outbox', () => {
  let app: TestApp;
  const ran: string[] = [];

  beforeEach(async () => {
    app = await TestApp.start();
    ran.length = 0;
  });
  afterEach(() => app.stop());

  const enqueue = (kind: string, payload: unknown, more: { runAt?: number; dedupeKey?: string } = {}) =>
    app.database.transaction((tx) => app.nest.get(Jobs).enqueue(tx, { kind, payload, ...more }));

  test('a job of a transaction that was rolled back never runs', async () => {
    const jobs = app.nest.get(Jobs);
    jobs.handle('t.note', async ({ name }: { name: string }) => void ran.push(name));
    const work = app.database.transaction(async (tx) => {
      await jobs.enqueue(tx, { kind: 't.note', payload: { name: 'ghost' } });
      throw new Error('no');
    });
    await expect(work).rejects.toThrow('no');
    await app.runJobs();
    expect(ran).toEqual([]);
  });

  test('the same key twice is one job; a job of tomorrow waits for tomorrow', async () => {
    app.nest.get(Jobs).handle('t.note', async ({ name }: { name: string }) => void ran.push(name));
    await enqueue('t.note', { name: 'once' }, { dedupeKey: 'k' });
    await enqueue('t.note', { name: 'once' }, { dedupeKey: 'k' });
    await enqueue('t.note', { name: 'tomorrow' }, { runAt: app.clock.now() + 86_400_000 });
    await app.runJobs();
    expect(ran).toEqual(['once']);
    app.clock.advance(86_400_000);
    await app.runJobs();
    expect(ran).toEqual(['once', 'tomorrow']);
  });

  test('two workers at once run each job once', async () => {
    const jobs = app.nest.get(Jobs);
    jobs.handle('t.note', async ({ name }: { name: string }) => void ran.push(name));
    for (let n = 0; n < 30; n++) await enqueue('t.note', { name: String(n) });
    await Promise.all([jobs.drain(), jobs.drain(), jobs.drain()]);
    expect(ran.toSorted()).toEqual(Array.from({ length: 30 }, (_, n) => String(n)).toSorted());
  });

  test('a job that fails is tried again later, and in the end put aside with its reason', async () => {
    let tries = 0;
    app.nest.get(Jobs).handle('t.fail', () => {
      tries += 1;
      return Promise.reject(new Error('away'));
    });
    await enqueue('t.fail', {});
    for (let round = 0; round < 20; round++) {
      await app.runJobs();
      app.clock.advance(600_000);
    }
    expect(tries).toBe(12);
    expect(await app.database.row(`SELECT state, last_error FROM jobs WHERE kind = 't.fail'`)).toEqual({
      state: 'DEAD',
      last_error: 'away',
    });
  });
});
