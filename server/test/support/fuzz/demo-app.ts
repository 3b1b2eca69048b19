import 'reflect-metadata';
import { fileURLToPath } from 'node:url';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp } from '../../../src/create-app.ts';
import { DemoClock } from '../../../src/demo/demo-clock.ts';
import { STORIES } from '../../../src/demo/stories/index.ts';
import { World } from '../../../src/demo/world.ts';
import { openTestDatabase, type TestDatabase } from '../engine.ts';

const SAMPLES = fileURLToPath(new URL('../../../../scripts/samples/kangning', import.meta.url));

/** The server with everything in it that the demo tells: something of each kind, in each state. */
export interface DemoApp {
  readonly nest: NestFastifyApplication;
  readonly world: World;
  readonly database: TestDatabase['database'];
  stop(): Promise<void>;
}

export async function startDemoApp(): Promise<DemoApp> {
  const { environment, database, dispose } = await openTestDatabase({
    RUN_JOBS: '0',
    DEMO: '1',
    LOG_LEVEL: 'error',
  });
  const clock = new DemoClock();
  const nest = await createApp(environment, database, { clock });
  const world = new World(nest, clock, Date.now(), SAMPLES);
  for (const [, tell] of STORIES) await tell(world);
  clock.set(null);
  return {
    nest,
    world,
    database,
    async stop() {
      await nest.close();
      await dispose();
    },
  };
}
