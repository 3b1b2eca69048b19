import { describe, expect, test } from '@jest/globals';
import { readSettings } from '../settings.mjs';

const read = (env: Record<string, string>, lan: string | null = null) =>
  readSettings(env, '/srv/linli', () => lan);

test('with nothing set, the demo runs on loopback with its data in the checkout', () => {
  expect(read({})).toEqual({
    host: '127.0.0.1',
    port: 3000,
    dataDir: '/srv/linli/.data',
    demo: true,
    embeddedDatabase: true,
    localOrigin: 'http://127.0.0.1:3000',
    publicOrigin: 'http://127.0.0.1:3000',
  });
});

test('port, host and data folder are honoured', () => {
  const settings = read({ PORT: '8080', HOST: 'localhost', DATA_DIR: '/var/lib/linli' });
  expect(settings.localOrigin).toBe('http://localhost:8080');
  expect(settings.dataDir).toBe('/var/lib/linli');
});

test.each(['0', '65536', 'http', '30.5', '-1'])('PORT=%s is refused in one line', (port) => {
  expect(() => read({ PORT: port })).toThrow(/^PORT must be a whole number/);
});

test('on every address, phones are shown the one of the local network', () => {
  const settings = read({ HOST: '0.0.0.0' }, '192.168.1.20');
  expect(settings.localOrigin).toBe('http://127.0.0.1:3000');
  expect(settings.publicOrigin).toBe('http://192.168.1.20:3000');
});

test('on a machine without a network, the local address has to do', () => {
  expect(read({ HOST: '::' }).publicOrigin).toBe('http://127.0.0.1:3000');
});

test('an address of IP version 6 is written in brackets', () => {
  expect(read({ HOST: '::1' }).localOrigin).toBe('http://[::1]:3000');
});

describe('the demo', () => {
  test.each<[string, Record<string, string>, boolean]>([
    ['is off with a database of its own', { DATABASE_URL: 'mysql://db/linli' }, false],
    ['is off in production', { NODE_ENV: 'production' }, false],
    ['is off when somebody says so', { DEMO: '0' }, false],
    ['is on with a database when somebody says so', { DATABASE_URL: 'mysql://db/linli', DEMO: '1' }, true],
  ])('%s', (_situation, env, demo) => {
    expect(read(env).demo).toBe(demo);
  });
});
