import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { root } from '../../bootstrap/paths.mjs';
import { backUp, restore } from '../archive.ts';

interface Sqlite {
  exec(sql: string): void;
  prepare(sql: string): { get(): unknown };
  pragma(text: string): unknown;
  close(): void;
}
const Database = createRequire(join(root, 'server', 'package.json'))('better-sqlite3') as new (
  file: string,
) => Sqlite;

describe('backing up an estate', () => {
  let folder: string;
  let dataDir: string;
  let live: Sqlite;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'linli-backup-spec-'));
    dataDir = join(folder, 'data');
    mkdirSync(join(dataDir, 'files', 'a'), { recursive: true });
    writeFileSync(join(dataDir, 'files', 'a', 'photo'), 'picture');
    live = new Database(join(dataDir, 'linli.sqlite'));
    live.pragma('journal_mode = WAL');
    live.exec('CREATE TABLE t (n INTEGER); INSERT INTO t VALUES (1)');
  });
  afterEach(() => {
    live.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('taken while the server writes, restored elsewhere: the rows and the files are there', async () => {
    live.exec('INSERT INTO t VALUES (2)');
    await backUp(dataDir, join(folder, 'b.tar.gz'));
    live.exec('INSERT INTO t VALUES (3)');
    const elsewhere = join(folder, 'elsewhere');
    restore(join(folder, 'b.tar.gz'), elsewhere);
    const copy = new Database(join(elsewhere, 'linli.sqlite'));
    expect(copy.prepare('SELECT SUM(n) AS sum FROM t').get()).toEqual({ sum: 3 });
    copy.close();
    expect(readFileSync(join(elsewhere, 'files', 'a', 'photo'), 'utf8')).toBe('picture');
  });

  test('never over a folder that holds something', async () => {
    await backUp(dataDir, join(folder, 'b.tar.gz'));
    expect(() => restore(join(folder, 'b.tar.gz'), dataDir)).toThrow('not empty');
  });

  test('an archive that is damaged leaves no half-restored folder', () => {
    writeFileSync(join(folder, 'broken.tar.gz'), 'no archive');
    expect(() => restore(join(folder, 'broken.tar.gz'), join(folder, 'new'))).toThrow('tar failed');
    expect(readdirSync(folder).toSorted()).toEqual(['broken.tar.gz', 'data']);
  });

  test('of a database that is not in the folder is refused, and nothing is written', () => {
    const archive = join(folder, 'b.tar.gz');
    const env = { ...process.env, DATA_DIR: dataDir, DATABASE_URL: 'mysql://somewhere/linli' };
    const script = join(root, 'scripts', 'backup.ts');
    const { status, stderr } = spawnSync(process.execPath, [script, 'backup', archive], {
      env,
      encoding: 'utf8',
    });
    expect(status).toBe(1);
    expect(stderr).toContain('with its own tool');
    expect(existsSync(archive)).toBe(false);
  });
});
