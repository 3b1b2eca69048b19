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

  const picturesOf = async (id: string) => (await tickets.read(id, tickets.clerk)).timeline;
  const shown = async (id: string) =>
    (await tickets.read(id, tickets.clerk)).pictures.length +
    (await picturesOf(id)).reduce((sum, entry) => sum + entry.pictures.length, 0);
  const state = async (fileId: string) => {
    const row = await world.app.database.row<{ state: string }>(
      'SELECT state FROM picture_checks WHERE file_id = ?',
      [fileId],
    );
    return row?.state ?? null;
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

  test('one that passes stays as it is', async () => {
    const { id, photo } = await filed();
    await world.app.runJobs();
    expect(await state(photo)).toBe('ASKED');
    await world.sandbox.settle();
    expect(await state(photo)).toBe('PASS');
    expect(await shown(id)).toBe(1);
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
    expect(await state(photo)).toBeNull();
    await world.wait(60_000);
    expect(await state(photo)).toBe('ASKED');
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
