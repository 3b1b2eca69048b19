import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Phone, type Api, type Surroundings } from '../phone.ts';

/** An app that takes answers as they are. */
const app: Surroundings = {
  guard: (run) => void run(),
  intoApp: (value) => value,
  parseInApp: JSON.parse,
  changed: () => undefined,
};

type Answer = Readonly<Record<string, unknown>>;

let folder = '';
let server: Server;
let origin = '';
let phone: Phone;

/** Calls `wx.<name>` and gives what `success` or `fail` was told. */
function wx(name: string, options: Answer = {}): Promise<Answer> {
  const api = phone.apis(app)[name] as Api;
  return new Promise((resolve) => {
    api({ ...options, success: resolve, fail: resolve });
  });
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'linli-phone-'));
  for (const name of ['a.pdf', 'b.xlsx', 'c.jpg', 'd.mp4']) writeFileSync(join(folder, name), `file ${name}`);
  server = createServer((request, response) => {
    if (request.url === '/gone') response.writeHead(404).end('{"code":"NOT_FOUND"}');
    else if (request.url === '/picture') response.setHeader('content-type', 'image/png').end('picture');
    else response.end('%PDF-1.4');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  const chat = ['a.pdf', 'b.xlsx', 'c.jpg', 'd.mp4'].map((name) => join(folder, name));
  const origins = { bakedOrigin: 'http://baked', serverOrigin: origin, sandboxOrigin: origin };
  phone = new Phone({ ...origins, seed: 'somebody', album: [], chat });
});

describe('a file from a chat', () => {
  const namesOf = ({ tempFiles }: Answer) => (tempFiles as { name: string }[]).map(({ name }) => name);

  test('is what the app lets the person see, and no more than it asks for', async () => {
    expect(namesOf(await wx('chooseMessageFile', { count: 9 }))).toEqual([
      'a.pdf',
      'b.xlsx',
      'c.jpg',
      'd.mp4',
    ]);
    expect(namesOf(await wx('chooseMessageFile', { count: 1 }))).toEqual(['a.pdf']);
    const sheets = await wx('chooseMessageFile', { count: 9, type: 'file', extension: ['xlsx'] });
    expect(sheets['tempFiles']).toMatchObject([{ name: 'b.xlsx', size: 11, type: 'file' }]);
  });

  test('by suffix only where files are asked for; pictures are no files', async () => {
    const pictures = await wx('chooseMessageFile', { count: 9, type: 'image', extension: ['pdf'] });
    expect(namesOf(pictures)).toEqual(['c.jpg']);
    const answer = await wx('chooseMessageFile', { count: 9, type: 'file', extension: ['jpg'] });
    expect(answer['errMsg']).toBe('chooseMessageFile:fail cancel');
  });

  test('is refused without a count', async () => {
    expect((await wx('chooseMessageFile'))['errMsg']).toMatch(/^chooseMessageFile:fail parameter/);
  });
});

test('a call that names nobody to tell is answered with a promise', async () => {
  const { chooseMessageFile } = phone.apis(app) as Record<string, Api>;
  await expect(chooseMessageFile?.({ count: 1 })).resolves.toMatchObject({ errMsg: 'chooseMessageFile:ok' });
  await expect(chooseMessageFile?.({ count: 101 })).rejects.toMatchObject({
    errMsg: expect.stringMatching(/^chooseMessageFile:fail/),
  });
  expect(chooseMessageFile?.({ count: 1, success: () => undefined })).toBeUndefined();
});

describe('a download', () => {
  test('succeeds whatever the server answers; the status says what came', async () => {
    const answer = await wx('downloadFile', { url: 'http://baked/gone' });
    expect(answer).toMatchObject({ errMsg: 'downloadFile:ok', statusCode: 404 });
    const opened = await wx('openDocument', { filePath: answer['tempFilePath'], fileType: 'pdf' });
    expect(opened['errMsg']).toBe('openDocument:fail file is damaged');
    expect(phone.shown).toEqual([]);
  });

  test('without a suffix opens only as the type that the app names', async () => {
    const { tempFilePath } = await wx('downloadFile', { url: 'http://baked/signed' });
    const blind = await wx('openDocument', { filePath: tempFilePath });
    expect(blind['errMsg']).toBe('openDocument:fail filetype not supported');
    expect((await wx('openDocument', { filePath: tempFilePath, fileType: 'pdf' }))['errMsg']).toBe(
      'openDocument:ok',
    );
    expect(phone.shown).toEqual([{ as: 'DOCUMENT', type: 'pdf', bytes: 8 }]);
  });

  test('that nobody made cannot be opened', async () => {
    const answer = await wx('openDocument', { filePath: 'http://tmp/other', fileType: 'pdf' });
    expect(answer['errMsg']).toBe("openDocument:fail file doesn't exist");
  });
});

test('a picture full screen is loaded from its whole address; half of one shows nothing', async () => {
  const urls = ['http://baked/gone', 'http://baked/picture'];
  await wx('previewImage', { urls, current: 'http://baked/picture' });
  expect(phone.shown).toEqual([{ as: 'PICTURE', type: 'image/png', bytes: 7 }]);
  expect((await wx('previewImage', { urls: ['/picture'] }))['errMsg']).toMatch(/^previewImage:fail/);
});
