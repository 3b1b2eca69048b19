import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ErrorBody } from '@linli/shared/errors';
import { DAY_MS, HOUR_MS } from '@linli/shared/kernel';
import type { TicketDetail } from '@linli/shared/tickets';
import { SweepTicketsService } from '../../src/features/tickets/index.ts';
import { TestApp } from '../support/app.ts';
import { TicketBuilder, newKey } from '../support/ticket-builder.ts';

const RATING = { stars: 4, solved: true, satisfaction: 'FAIR', comment: '' };

describe('complaints that several people act on at once', () => {
  let app: TestApp;
  let scene: TicketBuilder;

  beforeEach(async () => {
    app = await TestApp.start();
    scene = await TicketBuilder.start(app);
  });
  afterEach(() => app.stop());

  const count = async (sql: string, id: string) =>
    Number((await app.database.row<{ n: number }>(sql, [id]))?.n ?? -1);
  const statuses = (answers: readonly { status: number }[]) => answers.map(({ status }) => status).sort();

  test('the same tap, eight times at once, files one', async () => {
    const key = newKey();
    const answers = await Promise.all(Array.from({ length: 8 }, () => scene.tryFile({}, scene.wang, key)));
    const filed = answers.filter(({ status }) => status === 201);
    expect(filed.length).toBeGreaterThan(0);
    expect(new Set(filed.map(({ body }) => body.id)).size).toBe(1);
    // Whoever came while the first was still at work is told to wait, nothing else.
    for (const { status, body } of answers)
      if (status !== 201) expect(body).toMatchObject({ code: 'IDEMPOTENCY.IN_FLIGHT' });
    expect(await count('SELECT COUNT(*) AS n FROM tickets WHERE estate_id = ?', scene.estateId)).toBe(1);
  });

  test('one photo in two complaints at once belongs to one of them', async () => {
    const photoIds = [await scene.photo(scene.wang)];
    const answers = await Promise.all([1, 2].map(() => scene.tryFile({ photoIds })));
    expect(statuses(answers)).toEqual([201, 422]);
  });

  test('one neighbour, from two phones, counts once; many neighbours count all', async () => {
    const id = await scene.file();
    const twice = await Promise.all(
      [1, 2, 3].map(() => scene.step(id, 'follow', scene.neighbour, { note: '' })),
    );
    expect(statuses(twice)).toEqual([200, 409, 409]);
    const more = await Promise.all([1, 2, 3, 4].map(() => app.build.inRole('TENANT', scene.estateId)));
    const joined = await Promise.all(more.map((person) => scene.step(id, 'follow', person, { note: '' })));
    expect(statuses(joined)).toEqual([200, 200, 200, 200]);
    expect((await scene.read(id, scene.clerk)).followers).toBe(5);
    expect(await count('SELECT COUNT(*) AS n FROM ticket_follows WHERE ticket_id = ?', id)).toBe(5);
  });

  test('a withdrawal and a neighbour joining: never both', async () => {
    for (let round = 0; round < 4; round++) {
      const id = await scene.file();
      await Promise.all([
        scene.step(id, 'withdraw', scene.wang, { reason: '不用了' }),
        scene.step(id, 'follow', scene.neighbour, { note: '' }),
      ]);
      const { state, followers } = await scene.read(id, scene.clerk);
      expect([state, followers]).toEqual(state === 'WITHDRAWN' ? ['WITHDRAWN', 0] : ['SUBMITTED', 1]);
    }
  });

  test('accepting and refusing at once: one of them happened', async () => {
    const id = await scene.file();
    const answers = await Promise.all([
      scene.step<ErrorBody>(id, 'accept', scene.clerk),
      scene.step<ErrorBody>(id, 'reject', scene.manager, { reason: '不归物业管', otherChannel: '街道' }),
    ]);
    expect(statuses(answers)).toEqual([200, 409]);
    expect((await scene.read(id, scene.wang)).timeline).toHaveLength(2);
  });

  test('confirming and reopening at once: the state and the timeline agree', async () => {
    const id = await scene.resolved();
    await Promise.all([
      scene.step(id, 'confirm', scene.wang, RATING),
      scene.step(id, 'reopen', scene.wang, { reason: '没清干净' }),
    ]);
    const detail = await scene.read(id, scene.wang);
    const last = detail.timeline.at(-1)?.kind;
    expect(detail.state).toBe(last === 'CONFIRM' ? 'CONFIRMED' : 'REOPENED');
  });

  test('two requests for more time, and two decisions on one: each once', async () => {
    const id = await scene.file();
    const { deadlines } = await scene.done(id, 'accept', scene.clerk);
    const from = deadlines.find(({ clock }) => clock === 'FINISH')?.dueAt ?? 0;
    const asked = await Promise.all(
      [scene.clerk, scene.manager].map((person) =>
        scene.step<TicketDetail>(id, 'extensions', person, { reason: '等配件', dueAt: from + DAY_MS }),
      ),
    );
    expect(statuses(asked)).toEqual([200, 409]);
    const extension = (await scene.read(id, scene.street)).pendingExtension?.id ?? '';
    const decided = await Promise.all(
      [true, false].map((approve) =>
        scene.step(id, `extensions/${extension}`, scene.street, { approve, reason: '看过了' }),
      ),
    );
    expect(statuses(decided)).toEqual([200, 409]);
  });

  test('two sweeps at once urge once and raise once', async () => {
    const ids = [await scene.file(), await scene.file({ category: 'PARKING' }, scene.neighbour)];
    const sweep = app.nest.get(SweepTicketsService);
    app.clock.advance(25 * HOUR_MS);
    await Promise.all([sweep.sweep(), sweep.sweep(), sweep.sweep()]);
    app.clock.advance(3 * DAY_MS);
    await Promise.all([sweep.sweep(), sweep.sweep(), sweep.sweep()]);
    for (const id of ids) {
      const { timeline, level } = await scene.read(id, scene.wang);
      expect(timeline.map(({ kind }) => kind)).toEqual(['SUBMIT', 'URGE', 'ESCALATE']);
      expect(level).toBe(1);
    }
  });

  test('the clock and a clerk at once: whoever loses leaves no trace', async () => {
    const id = await scene.file();
    app.clock.advance(25 * HOUR_MS);
    const [, accepted] = await Promise.all([
      app.nest.get(SweepTicketsService).sweep(),
      scene.step(id, 'accept', scene.clerk),
    ]);
    const { timeline, version } = await scene.read(id, scene.clerk);
    expect(timeline).toHaveLength(version);
    expect(timeline.some(({ kind }) => kind === 'ACCEPT')).toBe(accepted.status === 200);
  });

  test('a sweep of more than one batch does all of it', async () => {
    const people = await Promise.all(
      Array.from({ length: 6 }, () => app.build.inRole('TENANT', scene.estateId)),
    );
    for (let n = 0; n < 105; n++) await scene.file({ title: `第${n}件` }, people[n % 6] ?? scene.wang);
    app.clock.advance(25 * HOUR_MS);
    // The server's own worker may be at it as well; together they do each one once.
    await app.nest.get(SweepTicketsService).sweep();
    await app.runJobs();
    const urged = "SELECT COUNT(*) AS n FROM ticket_events WHERE kind = 'URGE' AND handler_body = ?";
    expect(await count(urged, 'COMPANY')).toBe(105);
  });

  test('what the database itself refuses: two ratings, a rating of six stars, a second entry in one place', async () => {
    const id = await scene.resolved();
    await scene.done(id, 'confirm', scene.wang, RATING);
    const rating = { ticket_id: id, solved: 1, satisfaction: 'FAIR', remark: '', rated_at: 1 };
    const insert = (row: Record<string, string | number>) =>
      app.database.transaction((tx) => tx.insert('ticket_ratings', row));
    await expect(insert({ id: 'R'.repeat(26), stars: 4, ...rating })).rejects.toThrow();
    const other = await scene.file();
    await expect(insert({ id: 'S'.repeat(26), stars: 6, ...rating, ticket_id: other })).rejects.toThrow();
    await expect(
      app.database.transaction((tx) =>
        tx.run('UPDATE ticket_events SET version = 1, place_no = 0 WHERE ticket_id = ?', [id]),
      ),
    ).rejects.toThrow();
  });
});
