// @ts-check
// `npm start`: gets what is missing, builds, and runs the demo. Plain JavaScript, for whatever Node the machine has.
import { command, prepared, root } from './bootstrap/index.mjs';
import { checkDataDir, checkPort } from './start/checks.mjs';
import { readSettings } from './start/settings.mjs';

await command(async () => {
  const settings = readSettings(process.env, root);
  await checkPort(settings.host, settings.port);
  checkDataDir(settings.dataDir);
  return prepared(async () => {
    const { start } = await import('./start/main.ts');
    return start(settings);
  });
});
