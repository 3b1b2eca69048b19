import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { root } from '../bootstrap/paths.mjs';
import { Refusal } from '../bootstrap/refusal.mjs';

/** What an embedded deployment keeps in its data folder. */
const DATABASE = 'linli.sqlite';
const FILES = 'files';

interface Sqlite {
  backup(file: string): Promise<unknown>;
  pragma(text: string, options: { simple: true }): unknown;
  close(): void;
}
type OpenSqlite = new (file: string, options: { readonly: boolean; fileMustExist: boolean }) => Sqlite;

/** The server's own driver. */
function openSqlite(file: string): Sqlite {
  const load = createRequire(join(root, 'server', 'package.json'));
  const Database = load('better-sqlite3') as OpenSqlite;
  return new Database(file, { readonly: true, fileMustExist: true });
}

/**
 * Writes one archive of database and files while the server may be running: SQLite copies a consistent state by
 * itself, files are written once and never changed. The archive appears whole or not at all.
 */
export async function backUp(dataDir: string, archive: string): Promise<void> {
  const database = join(dataDir, DATABASE);
  if (!existsSync(database))
    throw new Refusal(`There is no database in ${dataDir}.`, '数据目录里没有数据库。');
  const target = resolve(archive);
  mkdirSync(dirname(target), { recursive: true });
  const staging = mkdtempSync(join(dirname(target), '.linli-backup-'));
  try {
    const sqlite = openSqlite(database);
    await sqlite.backup(join(staging, DATABASE));
    sqlite.close();
    const files = existsSync(join(dataDir, FILES)) ? ['-C', resolve(dataDir), FILES] : [];
    const partial = join(staging, 'archive.tar.gz');
    tar(['-czf', partial, '-C', staging, DATABASE, ...files]);
    renameSync(partial, target);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** Puts an archive into an empty data folder, after checking that its database is sound. */
export function restore(archive: string, dataDir: string): void {
  if (!existsSync(archive)) throw new Refusal(`There is no archive ${archive}.`, '找不到备份文件。');
  if (existsSync(dataDir) && readdirSync(dataDir).length > 0)
    throw new Refusal(
      `${dataDir} is not empty; stop the server and move it aside first.`,
      '数据目录不是空的，请先停止服务并把它移走。',
    );
  mkdirSync(dirname(resolve(dataDir)), { recursive: true });
  const staging = mkdtempSync(join(dirname(resolve(dataDir)), '.linli-restore-'));
  try {
    tar(['-xzf', resolve(archive), '-C', staging]);
    const sqlite = openSqlite(join(staging, DATABASE));
    const verdict = sqlite.pragma('integrity_check', { simple: true });
    sqlite.close();
    if (verdict !== 'ok')
      throw new Refusal('The database in the archive is damaged.', '备份里的数据库已损坏。');
    rmSync(dataDir, { recursive: true, force: true });
    renameSync(staging, dataDir);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

function tar(args: readonly string[]): void {
  const { status, error, stderr } = spawnSync('tar', args, { encoding: 'utf8' });
  if (error !== undefined || status !== 0)
    throw new Refusal(`tar failed: ${error?.message ?? stderr.trim()}`, '打包失败。');
}
