import { build } from '../build.ts';
import { findChromium } from '../machine/chromium.ts';
import { findMariadb } from '../mariadb/find.ts';
import { type PrivateMariadb, startMariadb } from '../mariadb/start.ts';
import { DemoCopies, type RunningDemo } from './demo.ts';
import type { Need, Stage } from './stages.ts';

/** What stages are given to work with: found first, started when first needed, stopped at the end. */
export class Resources {
  private mariadb: Promise<PrivateMariadb> | null = null;
  private readonly demos = new DemoCopies();
  private demo: RunningDemo | null = null;

  /** What each need becomes, as variables for the stage. */
  private readonly givers: Readonly<Record<Need, () => Promise<Readonly<Record<string, string>>>>> = {
    chromium: async () => ({ CHROMIUM_PATH: await findChromium() }),
    mariadb: async () => {
      this.mariadb ??= startMariadb({ durable: false });
      return { LINLI_TEST_MARIADB: (await this.mariadb).url };
    },
    // Up to date after the build stages; a stage that is run alone must not look at an old build.
    server: async () => {
      await build(['shared', 'server']);
      return {};
    },
    weapp: () => upToDate('weapp'),
    h5: () => upToDate('h5'),
    // The one stage that proves a first start leaves the sample estate that it loaded to the others.
    'first-start': () => Promise.resolve({ LINLI_FIRST_START_DIR: this.demos.template }),
    demo: async () => {
      this.demo = await this.demos.start();
      const { origin, sandboxOrigin, dataDir } = this.demo;
      return { LINLI_DEMO_ORIGIN: origin, LINLI_DEMO_SANDBOX: sandboxOrigin, LINLI_DEMO_DATA_DIR: dataDir };
    },
  };

  /** Everything that has to come from the machine, before the first minute of work; refuses when something is missing. */
  async find(stages: readonly Stage[]): Promise<void> {
    const needs = new Set(stages.flatMap((stage) => stage.needs ?? []));
    if (needs.has('mariadb')) await findMariadb();
    if (needs.has('chromium')) await findChromium();
  }

  /** Makes ready what a stage needs and says where it is, in variables. */
  async give(needs: readonly Need[]): Promise<Record<string, string>> {
    const variables: Record<string, string> = {};
    for (const need of needs) Object.assign(variables, await this.givers[need]());
    return variables;
  }

  /** A stage is done: what was made for it alone goes away. A demo that does not end cleanly is a fault. */
  async takeBack(): Promise<void> {
    const { demo } = this;
    this.demo = null;
    const code = (await demo?.stop()) ?? 0;
    if (code !== 0) throw new Error(`npm start ended with ${code} when it was stopped`);
  }

  async stop(): Promise<void> {
    await this.demo?.stop();
    await (await this.mariadb)?.stop();
    this.demos.remove();
  }
}

/** Where the build lies is known to who needs it; there is nothing to tell. */
async function upToDate(target: 'weapp' | 'h5'): Promise<Record<string, never>> {
  await build([target]);
  return {};
}
