import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ErrorBody } from '@linli/shared/errors';
import { TestApp } from '../support/app.ts';

describe('the H5 app on the server', () => {
  let app: TestApp;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'linli-h5-'));
    mkdirSync(join(folder, 'js'));
    writeFileSync(join(folder, 'index.html'), '<title>邻里公开</title>');
    writeFileSync(join(folder, 'js', 'app.0a1b2c3d.js'), 'void 0');
    app = await TestApp.start({ H5_DIR: folder });
  });
  afterAll(async () => {
    await app.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('any page of the app is the entry, and is never kept', async () => {
    for (const path of ['/', '/pages/home/index', '/packages/income/pages/statement/index?from=a.b']) {
      const { status, body, headers } = await app.get<string>(path);
      expect([status, body]).toEqual([200, '<title>邻里公开</title>']);
      expect(headers['cache-control']).toBe('no-cache');
    }
  });

  test('a file with a hash in its name may be kept for ever', async () => {
    const { status, headers } = await app.get('/js/app.0a1b2c3d.js');
    expect(status).toBe(200);
    expect(headers['cache-control']).toContain('immutable');
  });

  test('a script of an older build is not found, instead of being answered with a page', async () => {
    expect((await app.get('/js/app.ffffffff.js')).status).toBe(404);
  });

  test('an address of the API that does not exist answers in the API’s own form', async () => {
    const { status, body } = await app.get<ErrorBody>('/api/nothing');
    expect(status).toBe(404);
    expect(body.code).toBe('NOT_FOUND');
    expect(body.traceId).toMatch(/^[\w-]+$/);
  });

  test('every answer carries the headers that keep other sites out', async () => {
    const { headers } = await app.get('/');
    expect(headers['content-security-policy']).toContain("script-src 'self'");
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(String(headers['referrer-policy'])).toBe('no-referrer');
    const api = await app.get('/api/health');
    expect(api.headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(api.headers['x-content-type-options']).toBe('nosniff');
  });
});
