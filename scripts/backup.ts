// `npm run backup -- ARCHIVE.tar.gz` and `npm run restore -- ARCHIVE.tar.gz`; DATA_DIR names the data folder.
import { join } from 'node:path';
import { backUp, restore } from './backup/archive.ts';
import { root } from './bootstrap/paths.mjs';
import { command, Refusal, say } from './bootstrap/refusal.mjs';

await command(async () => {
  const [action, archive] = process.argv.slice(2);
  if (archive === undefined || (action !== 'backup' && action !== 'restore'))
    throw new Refusal('usage: npm run backup|restore -- ARCHIVE.tar.gz', '请给出备份文件的名字。');
  if (process.env['DATABASE_URL'] !== undefined)
    throw new Refusal(
      'DATABASE_URL is set: back that database up with its own tool, and copy DATA_DIR/files.',
      '数据库不在数据目录里，请用它自己的工具备份，并复制 DATA_DIR/files。',
    );
  const dataDir = process.env['DATA_DIR'] ?? join(root, '.data');
  if (action === 'backup') await backUp(dataDir, archive);
  else restore(archive, dataDir);
  say(action === 'backup' ? `Wrote ${archive}. · 已备份。` : `Restored into ${dataDir}. · 已恢复。`);
});
