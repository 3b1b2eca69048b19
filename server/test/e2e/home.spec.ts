import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { HomeView } from '@linli/shared/home';
import { formatInstant } from '@linli/shared/kernel';
import { AssemblyBuilder } from '../support/assembly-builder.ts';
import { TestApp } from '../support/app.ts';
import { TicketBuilder } from '../support/ticket-builder.ts';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.stop());

const home = (estateId: string, token: string) =>
  app.get<HomeView>(`/api/me/home?estateId=${estateId}`, token);

describe('the first screen', () => {
  test('of a new estate: nothing to do, what is missing and whose duty it is', async () => {
    const estateId = await app.build.estate();
    const owner = await app.build.inRole('OWNER', estateId);
    const { status, body } = await home(estateId, owner.token);
    expect(status).toBe(200);
    expect(body).toMatchObject({ todos: [], notices: [], unread: 0 });
    expect(body.postings).toHaveLength(2);
    expect(body.postings[0]).toMatchObject({ state: { status: 'MISSING' }, duty: '物业', link: null });
  });

  test('with a resolved complaint that waits for its complainant, and for nobody else', async () => {
    const tickets = await TicketBuilder.start(app);
    const id = await tickets.resolved();
    const { body } = await home(tickets.estateId, tickets.wang.token);
    expect(body.todos).toMatchObject([
      { kind: 'COMPLAINT', subjectId: id, title: '“楼道垃圾三天没人清”等您确认' },
    ]);
    const dueAt = body.todos[0]?.dueAt ?? 0;
    expect(dueAt).toBeGreaterThan(app.clock.now());
    // The end of a day, as on the complaint itself, and not the beginning of the next one.
    expect(formatInstant(dueAt, app.clock.now())).toMatch(/ 24:00$/);
    expect(body.unread).toBeGreaterThan(0);
    const neighbour = await home(tickets.estateId, tickets.neighbour.token);
    expect(neighbour.body.todos).toEqual([]);
  });

  test('with a vote until the ballot is in; a tenant has none', async () => {
    const before = app.clock.now();
    const meetings = await AssemblyBuilder.start(app);
    const [owner] = await meetings.owners(2);
    if (owner === undefined) throw new Error('no owner');
    const tenant = await app.build.resident('租户', owner.units[0] ?? { estateId: '', unitId: '' }, 'TENANT');
    const assembly = await meetings.voting();
    const waiting = await home(meetings.estateId, owner.token);
    expect(waiting.body.todos).toMatchObject([
      { kind: 'VOTE', subjectId: assembly.id, detail: '您家还没有投票', dueAt: assembly.closesAt },
    ]);
    expect((await home(meetings.estateId, tenant.token)).body.todos).toEqual([]);
    expect((await meetings.cast(owner, assembly, 'FOR')).status).toBe(201);
    expect((await home(meetings.estateId, owner.token)).body.todos).toEqual([]);
    app.clock.set(before);
  });
});

describe('who may not see it', () => {
  test('somebody of another estate, nobody at all, and a question without an estate', async () => {
    const [here, there] = [await app.build.estate(), await app.build.estate('幸福里')];
    const stranger = await app.build.inRole('OWNER', there);
    expect(await home(here, stranger.token)).toMatchObject({ status: 403, body: { code: 'ACCESS.DENIED' } });
    expect((await app.get(`/api/me/home?estateId=${here}`)).status).toBe(401);
    const without = await app.get('/api/me/home', stranger.token);
    expect(without).toMatchObject({ status: 400, body: { fields: [{ path: 'estateId' }] } });
  });
});
