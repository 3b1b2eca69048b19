import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from '@linli/shared/kernel';
import type { DeadJob, Health } from '@linli/shared/ops';
import { Jobs } from '../../src/kernel/jobs/jobs.ts';
import { TEST_NOW, TestApp } from '../support/app.ts';
import type { TestPerson } from '../support/estate-builder.ts';

describe('jobs that were given up', () => {
  let app: TestApp;
  let operator: TestPerson;
  let away = true;
  const sent: string[] = [];

  beforeAll(async () => {
    app = await TestApp.start();
    operator = await app.build.member('运维', 'OPERATOR', []);
    const jobs = app.nest.get(Jobs);
    jobs.handle('t.send', async ({ to }: { to: string }) => {
      if (away) throw new Error('the gateway is away');
      sent.push(to);
    });
    for (const to of ['13800001111', '13800002222', '13800003333'])
      await app.database.transaction((tx) => jobs.enqueue(tx, { kind: 't.send', payload: { to } }));
    await app.database.transaction((tx) => tx.run("UPDATE jobs SET attempts = 11 WHERE kind = 't.send'"));
    await app.runJobs();
  });
  afterAll(() => app.stop());

  const list = async (query = '') =>
    (await app.get<Page<DeadJob>>(`/api/ops/jobs/dead${query}`, operator.token)).body;
  const retry = (id: string) => app.post(`/api/ops/jobs/${id}/retry`, operator.token);

  test('are counted where load balancers look, and make nobody unready', async () => {
    const { status, body } = await app.get<Health>('/api/health');
    expect({ status, body }).toEqual({ status: 200, body: { status: 'ok', deadJobs: 3 } });
  });

  test('are shown to the operator page by page, without what they carry', async () => {
    const first = await list('?limit=2');
    expect(first.items).toHaveLength(2);
    expect(first.items[0]).toEqual({
      id: expect.stringMatching(/^[0-9A-Z]{26}$/),
      kind: 't.send',
      attempts: 12,
      error: 'the gateway is away',
      createdAt: TEST_NOW,
      givenUpAt: TEST_NOW,
    });
    const second = await list(`?limit=2&after=${first.next ?? ''}`);
    expect(second).toMatchObject({ items: [{ kind: 't.send' }], next: null });
    expect(JSON.stringify([first, second])).not.toContain('1380000');
  });

  test('run again when the operator says so, once for two taps, and it is on record who did', async () => {
    const [job] = (await list()).items;
    if (job === undefined) throw new Error('nothing was given up');
    away = false;
    const answers = await Promise.all([retry(job.id), retry(job.id)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([204, 404]);
    await app.runJobs();
    expect(sent).toHaveLength(1);
    expect((await list()).items).toHaveLength(2);
    expect((await app.get<Health>('/api/health')).body.deadJobs).toBe(2);
    const audit = await app.database.rows(
      "SELECT person_id, subject_id FROM audit_log WHERE action = 'JOB.RETRIED'",
    );
    expect(audit).toEqual([{ person_id: operator.personId, subject_id: job.id }]);
  });

  test('one that is waiting, done or unknown is not retried', async () => {
    const waiting = await app.database.row<{ id: string }>("SELECT id FROM jobs WHERE state = 'WAITING'");
    const done = await app.database.row<{ id: string }>("SELECT id FROM jobs WHERE state = 'DONE'");
    for (const id of [waiting?.id ?? '', done?.id ?? '', '00000000000000000000000000'])
      expect((await retry(id)).status).toBe(404);
  });
});
