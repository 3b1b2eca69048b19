import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Openids } from '../../src/wechat/openids.ts';
import { PayWorld } from '../support/pay-world.ts';
import { TicketBuilder } from '../support/ticket-builder.ts';

const PUSH = '/api/callbacks/wechat-push';

describe('WeChat looks at the photos of a complaint', () => {
  let world: PayWorld;
  let tickets: TicketBuilder;

  beforeAll(async () => {
    world = await PayWorld.start();
    tickets = await TicketBuilder.start(world.app);
    world.app.nest.get(Openids).of = () => Promise.resolve(`o${'W'.repeat(27)}`);
  });
  beforeEach(() => world.control('POST', '/settings', { pushMode: 'plain' }));
  afterAll(() => world.stop());

  const shown = async (id: string, to = tickets.clerk) => {
    const { pictures, timeline } = await tickets.read(id, to);
    return timeline.reduce((sum, entry) => sum + entry.pictures.length, pictures.length);
  };
  const unseen = async (id: string, to = tickets.clerk) => (await tickets.read(id, to)).unseenPictures;
  const state = async (fileId: string) => {
    const row = await world.app.database.row<{ state: string }>(
      'SELECT state FROM picture_checks WHERE file_id = ?',
      [fileId],
    );
    return row?.state ?? null;
  };
  const asked = async (fileId: string) => {
    const row = await world.app.database.row<{ trace_id: string }>(
      'SELECT trace_id FROM picture_checks WHERE file_id = ?',
      [fileId],
    );
    return row !== null && row.trace_id !== fileId;
  };
  const told = async () => {
    const rows = await world.app.database.rows(
      "SELECT id FROM inbox_messages WHERE title = '有一张照片没有显示' AND person_id = ?",
      [tickets.wang.personId],
    );
    return rows.length;
  };
  async function filed(): Promise<{ readonly id: string; readonly photo: string }> {
    const photo = await tickets.photo(tickets.wang);
    return { id: await tickets.file({ photoIds: [photo] }), photo };
  }

  test('until it has passed only its sender sees it; then the handler does', async () => {
    const { id, photo } = await filed();
    await world.app.runJobs();
    expect(await state(photo)).toBe('ASKED');
    expect([await shown(id), await shown(id, tickets.wang)]).toEqual([0, 1]);
    expect(await unseen(id)).toEqual({ checking: 1, withheld: 0 });
    expect((await tickets.read(id, tickets.wang)).pictures).toMatchObject([{ checking: true }]);
    expect(await unseen(id, tickets.neighbour)).toEqual({ checking: 0, withheld: 0 });
    await world.sandbox.settle();
    expect(await state(photo)).toBe('PASS');
    expect(await shown(id)).toBe(1);
    expect((await tickets.read(id, tickets.clerk)).pictures).toMatchObject([{ checking: false }]);
  });

  test.each(['plain', 'encrypted'])(
    'a risky one is no longer shown, and its sender is told once (%s)',
    async (pushMode) => {
      await world.control('POST', '/settings', { pushMode });
      const before = await told();
      const { id, photo } = await filed();
      await world.fault({ kind: 'media-verdict', suggest: 'risky' });
      await world.deliver();
      await world.deliver();
      expect(await state(photo)).toBe('RISKY');
      expect(await shown(id)).toBe(0);
      expect(await unseen(id, tickets.wang)).toEqual({ checking: 0, withheld: 1 });
      expect(await told()).toBe(before + 1);
      expect((await tickets.read(id, tickets.wang)).title).not.toBe('');
    },
  );

  test('an unsure one stays, to be looked at by somebody', async () => {
    const { id, photo } = await filed();
    await world.fault({ kind: 'media-verdict', suggest: 'review' });
    await world.app.runJobs();
    await world.sandbox.settle();
    expect(await state(photo)).toBe('REVIEW');
    expect(await shown(id)).toBe(1);
    const noted = await world.app.database.rows(
      "SELECT id FROM audit_log WHERE action = 'CONTENT.TO_REVIEW' AND subject_id = ?",
      [photo],
    );
    expect(noted).toHaveLength(1);
  });

  test('WeChat away: the complaint is filed, and the photo is looked at later', async () => {
    await world.fault({ kind: 'unreachable', path: '/wxa/media_check_async' });
    const { photo } = await filed();
    await world.app.runJobs();
    expect(await asked(photo)).toBe(false);
    await world.wait(60_000);
    expect(await asked(photo)).toBe(true);
  });

  test('without a verdict in half an hour the handler judges for himself', async () => {
    const { id } = await filed();
    expect(await shown(id)).toBe(0);
    world.app.clock.advance(30 * 60_000);
    expect(await shown(id)).toBe(1);
  });

  test('whoever did not come through WeChat has no photos looked at', async () => {
    const openids = world.app.nest.get(Openids);
    const usual = openids.of;
    openids.of = () => Promise.resolve(null);
    const { id, photo } = await filed();
    await world.app.runJobs();
    openids.of = usual;
    expect(await state(photo)).toBeNull();
    expect(await shown(id)).toBe(1);
  });

  test('a verdict that WeChat did not sign changes nothing', async () => {
    const { photo } = await filed();
    await world.app.runJobs();
    const row = await world.app.database.row<{ trace_id: string }>(
      'SELECT trace_id FROM picture_checks WHERE file_id = ?',
      [photo],
    );
    const event = { Event: 'wxa_media_check', trace_id: row?.trace_id, result: { suggest: 'risky' } };
    const signature = createHash('sha1').update('guessed').digest('hex');
    const forged = await world.app.post(
      `${PUSH}?signature=${signature}&timestamp=1&nonce=2`,
      undefined,
      event,
    );
    expect(forged.status).toBe(404);
    const unsigned = await world.app.post(`${PUSH}?encrypt_type=aes`, undefined, { Encrypt: 'AAAA' });
    expect(unsigned.status).toBe(404);
    expect(await state(photo)).toBe('ASKED');
  });

  test('the address answers WeChat’s greeting, and nobody else’s', async () => {
    const token = world.sandbox.config.messageToken;
    const signature = createHash('sha1').update([token, '1', '2'].toSorted().join('')).digest('hex');
    const greet = (by: string) =>
      world.app.get(`${PUSH}?signature=${by}&timestamp=1&nonce=2&echostr=hello123`);
    expect(await greet(signature)).toMatchObject({ status: 200, body: 'hello123' });
    expect((await greet('0'.repeat(40))).status).toBe(404);
  });
});
