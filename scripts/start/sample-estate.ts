import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { foreground } from '../bootstrap/child.mjs';
import { root } from '../bootstrap/paths.mjs';
import { Refusal, say } from '../bootstrap/refusal.mjs';
import { DATABASE_FILE } from './checks.mjs';
import { startSandbox } from './sandbox.ts';
import { serverEnvironment } from './server.ts';
import type { StartSettings } from './settings.mjs';

const MARKER = 'demo.json';
const STAGING = '.loading';

/** The sample estate goes into a new data folder only; what somebody has begun is never touched. */
export function isNewDataFolder(dataDir: string): boolean {
  return !existsSync(join(dataDir, MARKER)) && !existsSync(join(dataDir, DATABASE_FILE));
}

/**
 * Loads the sample estate through the product's own services. It happens in a folder aside that is moved into place
 * when it is whole, so that a load that was cut off leaves nothing and is simply begun again.
 */
export async function loadSampleEstate(settings: StartSettings): Promise<void> {
  const program = join(root, 'scripts', 'demo', 'main.ts');
  if (!existsSync(program) || !isNewDataFolder(settings.dataDir)) return;
  say('Loading the sample estate … · 正在载入示例小区 …');
  const staging = join(settings.dataDir, STAGING);
  rmSync(staging, { recursive: true, force: true });
  mkdirSync(staging, { recursive: true });
  const sandbox = await startSandbox(settings, staging);
  let code: number;
  try {
    const env = serverEnvironment(settings, staging, sandbox.configFile);
    const flags = ['--conditions=source', '--disable-warning=ExperimentalWarning'];
    code = await foreground(process.execPath, [...flags, program], { cwd: root, env });
  } finally {
    await sandbox.service.stop();
  }
  if (code !== 0)
    throw new Refusal(
      `Loading the sample estate failed (exit ${code}); its output is above.`,
      '载入示例小区失败。',
    );
  writeFileSync(join(staging, MARKER), JSON.stringify({ loadedAt: new Date().toISOString() }));
  moveIntoPlace(staging, settings.dataDir);
}

/** The marker goes last: with it the folder is whole. */
function moveIntoPlace(staging: string, dataDir: string): void {
  const names = readdirSync(staging).filter((name) => name !== MARKER);
  for (const name of [...names, MARKER]) {
    rmSync(join(dataDir, name), { recursive: true, force: true });
    renameSync(join(staging, name), join(dataDir, name));
  }
  rmSync(staging, { recursive: true, force: true });
}
