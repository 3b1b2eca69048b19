import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkDataDir, checkPort } from '../checks.mjs';
import { freePort } from '../free-port.ts';

describe('the port', () => {
  let other: Server;
  let taken = 0;
  beforeEach(async () => {
    other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    taken = (other.address() as AddressInfo).port;
  });
  afterEach(() => new Promise((resolve) => other.close(resolve)));

  test('in use is told with what to do', async () => {
    await expect(checkPort('127.0.0.1', taken)).rejects.toThrow(
      `Port ${taken} is in use. Stop the other program or choose another port: PORT=${taken + 1} npm start`,
    );
  });

  test('that is free is left free', async () => {
    const port = await freePort();
    await checkPort('127.0.0.1', port);
    await checkPort('127.0.0.1', port);
  });

  test('on an address that this machine does not have is told', async () => {
    await expect(checkPort('192.0.2.1', 3000)).rejects.toThrow(
      /Cannot listen on 192\.0\.2\.1:3000 \(EADDRNOTAVAIL\)/,
    );
  });
});

describe('the data folder', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'linli-data-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('is made, and the try leaves nothing in it', () => {
    const dataDir = join(folder, 'a', 'b');
    checkDataDir(dataDir);
    expect(readdirSync(dataDir)).toEqual([]);
  });

  test('below a file cannot be written', () => {
    writeFileSync(join(folder, 'file'), '');
    const dataDir = join(folder, 'file', 'data');
    expect(() => checkDataDir(dataDir)).toThrow(`The data folder ${dataDir} cannot be written (ENOTDIR).`);
    expect(existsSync(dataDir)).toBe(false);
  });

  test('that is a file cannot be written', () => {
    const dataDir = join(folder, 'file');
    writeFileSync(dataDir, '');
    expect(() => checkDataDir(dataDir)).toThrow(/cannot be written \(EEXIST\)/);
  });
});
