import 'reflect-metadata';
import { createApp } from '../create-app.ts';
import { readEnvironment } from '../config/environment.ts';
import { openDatabase } from '../kernel/database/index.ts';
import { DemoClock } from './demo-clock.ts';
import { STORIES } from './stories/index.ts';
import { World } from './world.ts';

/**
 * Fills an empty database with the sample estate 康宁家园, through the services that people use, each at the time it
 * is said to have happened. Does nothing when the demo is there already. Its argument is the folder of the samples.
 */
async function main(): Promise<void> {
  const environment = { ...readEnvironment(), logLevel: 'warn' as const, h5Dir: null };
  if (!environment.demo) throw new Error('The demo needs DEMO=1.');
  const [, , sampleDir] = process.argv;
  if (sampleDir === undefined) throw new Error('usage: node server/dist/demo/main.js SAMPLE_FOLDER');
  const database = await openDatabase(environment, { migrate: true });
  try {
    if ((await database.row('SELECT 1 AS found FROM demo_roles LIMIT 1')) !== null) return;
    const clock = new DemoClock();
    const app = await createApp(environment, database, { clock });
    const world = new World(app, clock, Date.now(), sampleDir);
    for (const [name, tell] of STORIES) {
      const started = Date.now();
      await tell(world);
      process.stdout.write(`demo: ${name} (${Date.now() - started} ms)\n`);
    }
    clock.set(null);
    await app.close();
  } finally {
    await database.close();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
