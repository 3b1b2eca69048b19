import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ErrorBody } from '@linli/shared/errors';
import type { FileRef } from '@linli/shared/files';
import sharp from 'sharp';
import { FilesService } from '../../src/kernel/files/index.ts';
import { SessionsService } from '../../src/features/identity/index.ts';
import { TestApp, type Answer } from '../support/app.ts';
import type { TestPerson } from '../support/estate-builder.ts';
import { multipart } from '../support/multipart.ts';

const PDF = Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF');

describe('uploading files', () => {
  let app: TestApp;
  let person: TestPerson;

  beforeAll(async () => {
    app = await TestApp.start();
    person = await app.build.person('王芳');
  });
  afterAll(() => app.stop());

  async function upload(
    purpose: string,
    name: string,
    body: Buffer,
    token = person.token,
  ): Promise<Answer<FileRef>> {
    const { payload, headers } = multipart(name, body);
    return app.call<FileRef>('POST', `/api/files?purpose=${purpose}`, { token, body: payload, headers });
  }
  const refused = async (purpose: string, name: string, body: Buffer) =>
    (await upload(purpose, name, body)).body as unknown as ErrorBody;

  const photo = (width = 600, height = 400) =>
    sharp({ create: { width, height, channels: 3, background: '#789' } }).jpeg();

  test('a photo loses its EXIF and GPS, and is turned upright', async () => {
    const taken = await photo()
      .withExif({ IFD0: { Artist: 'zhang-san' }, IFD3: { GPSLatitude: '43/1 58/1 0/1' } })
      .withMetadata({ orientation: 6 })
      .toBuffer();
    const { status, body } = await upload('TICKET_PHOTO', 'IMG_001.jpg', taken);
    expect(status).toBe(201);
    const { rawPayload } = await app.nest.inject({ method: 'GET', url: body.url });
    const kept = await sharp(rawPayload).metadata();
    expect(kept.exif).toBeUndefined();
    expect([kept.width, kept.height]).toEqual([400, 600]);
    expect(rawPayload.includes(Buffer.from('zhang-san'))).toBe(false);
  });

  test('a large photo is kept smaller, with a thumbnail', async () => {
    const { body } = await upload('TICKET_PHOTO', 'big.jpg', await photo(4000, 3000).toBuffer());
    const full = await app.nest.inject({ method: 'GET', url: body.url });
    const thumb = await app.nest.inject({ method: 'GET', url: body.thumbUrl ?? '' });
    expect((await sharp(full.rawPayload).metadata()).width).toBe(2048);
    expect((await sharp(thumb.rawPayload).metadata()).width).toBe(320);
  });

  test('a page of HTML called photo.jpg is no photo', async () => {
    expect((await refused('TICKET_PHOTO', 'photo.jpg', Buffer.from('<script>alert(1)</script>'))).code).toBe(
      'FILE.TYPE',
    );
  });

  test('a JPEG head on a broken body is damaged', async () => {
    const broken = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(500, 7)]);
    expect((await refused('TICKET_PHOTO', 'a.jpg', broken)).code).toBe('FILE.DAMAGED');
  });

  test('an SVG that carries script is refused', async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>');
    expect((await refused('TICKET_PHOTO', 'a.svg', svg)).code).toBe('FILE.TYPE');
  });

  test('a PDF is a voucher but no photo of a complaint', async () => {
    expect((await upload('VOUCHER', '发票.pdf', PDF)).status).toBe(201);
    expect((await refused('TICKET_PHOTO', '发票.pdf', PDF)).code).toBe('FILE.TYPE');
  });

  test('more than ten megabytes is refused with the limit', async () => {
    const answer = await refused('TICKET_PHOTO', 'a.jpg', Buffer.alloc(10 * 1024 * 1024 + 1, 1));
    expect(answer.code).toBe('FILE.TOO_LARGE');
    expect(answer.message).toContain('10 MB');
  });

  test('more pixels than memory likes are not decoded', async () => {
    const huge = await sharp({ create: { width: 9000, height: 6000, channels: 3, background: '#000' } })
      .png()
      .toBuffer();
    expect((await refused('TICKET_PHOTO', 'a.png', huge)).code).toBe('FILE.PIXELS');
  });

  test('an empty file, no file, and an unknown purpose are each told apart', async () => {
    expect((await refused('TICKET_PHOTO', 'a.jpg', Buffer.alloc(0))).code).toBe('FILE.EMPTY');
    expect((await app.post<ErrorBody>('/api/files?purpose=TICKET_PHOTO', person.token)).body.code).toBe(
      'FILE.MISSING',
    );
    expect((await refused('ANYTHING', 'a.jpg', PDF)).code).toBe('REQUEST.INVALID');
  });

  test('a PDF is only ever downloaded, and nothing in it may run', async () => {
    const { body } = await upload('VOUCHER', '../../发票\u202e.pdf', PDF);
    const answer = await app.nest.inject({ method: 'GET', url: body.url });
    expect(answer.headers['content-disposition']).toContain('attachment');
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
    expect(body.name).toBe('发票.pdf');
  });

  test('who sends a guardian’s paper reads its name; the server and whoever downloads it do not', async () => {
    const { body } = await upload('GUARDIAN_PAPER', '张三监护判决书.pdf', PDF);
    expect(body.name).toBe('张三监护判决书.pdf');
    const kept = await app.database.row<{ name: string }>(
      'SELECT original_name AS name FROM files WHERE id = ?',
      [body.id],
    );
    expect(kept?.name).toBe('证明材料');
    const { headers } = await app.nest.inject({ method: 'GET', url: body.url });
    expect(decodeURIComponent(String(headers['content-disposition']))).toContain('证明材料');
  });

  test('an address stops working when its time is over, and cannot be stretched or turned to another file', async () => {
    const first = (await upload('VOUCHER', 'a.pdf', PDF)).body;
    const second = (await upload('VOUCHER', 'b.pdf', PDF)).body;
    const query = first.url.split('?')[1] ?? '';
    expect((await app.get(`/api/files/${second.id}/full?${query}`)).status).toBe(410);
    expect((await app.get(first.url.replace(/e=\d+/, 'e=99999999999999'))).status).toBe(410);
    const before = app.clock.now();
    app.clock.advance(5 * 3_600_000);
    expect((await app.get(first.url)).status).toBe(410);
    app.clock.set(before);
    expect((await app.get(first.url)).status).toBe(200);
  });

  test('somebody else’s upload cannot be attached, nor one’s own twice', async () => {
    const estateId = await app.build.estate();
    const other = await app.build.person('李四');
    const { body } = await upload('VOUCHER', 'a.pdf', PDF);
    const files = app.nest.get(FilesService);
    const callerOf = async (token: string) => {
      const caller = await app.nest.get(SessionsService).find(token);
      if (caller === null) throw new Error('signed out');
      return caller;
    };
    const attach = async (token: string, purpose: 'VOUCHER' | 'MATERIAL') => {
      const caller = await callerOf(token);
      return app.database.transaction((tx) => files.attach(tx, caller, estateId, purpose, [body.id]));
    };
    await expect(attach(other.token, 'VOUCHER')).rejects.toThrow('FILE.MISSING');
    await expect(attach(person.token, 'MATERIAL')).rejects.toThrow('FILE.MISSING');
    await attach(person.token, 'VOUCHER');
    await expect(attach(person.token, 'VOUCHER')).rejects.toThrow('FILE.MISSING');
  });
});
