import type { SpecKind } from './specs.ts';

/** What a stage has to be given before it runs. */
export type Need = 'server' | 'mariadb' | 'chromium' | 'weapp' | 'h5' | 'first-start' | 'demo';

interface Common {
  /** What `--only` matches. */
  readonly id: string;
  readonly title: string;
  readonly needs?: readonly Need[];
}

/** One program whose exit code is the verdict; counts as one test. */
export interface CheckStage extends Common {
  readonly program: string;
  readonly args: readonly string[];
  /** Print what it says also when all is well. */
  readonly show?: boolean;
}

/** Specs of one kind under jest; absent while there are none. */
export interface JestStage extends Common {
  readonly specs: SpecKind;
  /** Its specs share one demo estate: side by side they would see each other's votes and complaints. */
  readonly oneAtATime?: true;
  /** What its specs write has to come through a crash. */
  readonly onDisk?: true;
  readonly env?: Readonly<Record<string, string>>;
}

export type Stage = CheckStage | JestStage;

const bin = (path: string) => `node_modules/${path}`;
const TSC = bin('typescript/bin/tsc');

const types = (name: string): CheckStage => ({
  id: `types:${name}`,
  title: `types of ${name}`,
  program: TSC,
  args: ['-p', name],
});

const SQLITE = { LINLI_TEST_ENGINE: 'sqlite' } as const;
/** LINLI_TEST_MARIADB comes from the run's own server. */
const MARIADB = { LINLI_TEST_ENGINE: 'mariadb' } as const;

/** Everything that `npm test` does, in this order: what is quick to fail comes first. */
export const STAGES: readonly Stage[] = [
  {
    id: 'format',
    title: 'formatting',
    program: bin('prettier/bin/prettier.cjs'),
    args: ['--check', '--cache', '--cache-location=.cache/prettier', '.'],
  },
  { id: 'lint', title: 'lint', program: bin('oxlint/bin/oxlint'), args: ['--deny-warnings'] },
  types('shared'),
  types('server'),
  types('scripts'),
  types('miniapp'),
  {
    id: 'architecture:imports',
    title: 'architecture: who imports whom',
    program: bin('dependency-cruiser/bin/dependency-cruiser.mjs'),
    args: ['--config', '.dependency-cruiser.cjs', 'shared/src', 'server/src', 'miniapp/src', 'scripts'],
  },
  {
    id: 'architecture:sources',
    title: 'architecture: what is in a file',
    program: 'scripts/architecture/main.ts',
    args: [],
  },
  { id: 'unit:shared', title: 'rules', specs: 'unit:shared' },
  { id: 'unit:scripts', title: 'scripts', specs: 'unit:scripts' },
  { id: 'unit:server', title: 'server, without a database', specs: 'unit:server', env: SQLITE },
  { id: 'unit:miniapp', title: 'app', specs: 'unit:miniapp' },
  { id: 'db:sqlite', title: 'database on SQLite', specs: 'server:db', env: SQLITE },
  { id: 'db:mariadb', title: 'database on MariaDB', specs: 'server:db', env: MARIADB, needs: ['mariadb'] },
  { id: 'e2e:sqlite', title: 'end to end on SQLite', specs: 'server:e2e', env: SQLITE },
  {
    id: 'e2e:mariadb',
    title: 'end to end on MariaDB',
    specs: 'server:e2e',
    env: MARIADB,
    needs: ['mariadb'],
  },
  {
    id: 'scripts:mariadb',
    title: 'scripts on MariaDB',
    specs: 'scripts:mariadb',
    env: MARIADB,
    needs: ['mariadb'],
  },
  {
    id: 'build:server',
    title: 'build of the server',
    program: 'scripts/build.ts',
    args: ['shared', 'server'],
  },
  { id: 'build:h5', title: 'build of the H5 app', program: 'scripts/build.ts', args: ['h5'] },
  { id: 'build:weapp', title: 'build of the weapp', program: 'scripts/build.ts', args: ['weapp'] },
  {
    id: 'size:weapp',
    title: 'size of the weapp',
    program: 'scripts/sizes/main.ts',
    args: ['weapp'],
    show: true,
    needs: ['weapp'],
  },
  {
    id: 'size:h5',
    title: 'size of the H5 app',
    program: 'scripts/sizes/main.ts',
    args: ['h5'],
    show: true,
    needs: ['h5', 'chromium'],
  },
  {
    id: 'weapp:templates',
    title: "WeChat's compiler of templates",
    program: 'scripts/weapp/templates.ts',
    args: [],
    needs: ['weapp'],
  },
  {
    id: 'weapp:styles',
    title: "WeChat's compiler of styles",
    program: 'scripts/weapp/styles.ts',
    args: [],
    needs: ['weapp'],
  },
  { id: 'start', title: 'npm start', specs: 'scripts:start', needs: ['first-start'] },
  { id: 'weapp:run', title: 'the weapp runs', specs: 'scripts:weapp', needs: ['weapp', 'demo'] },
  {
    id: 'browser',
    title: 'the app in Chromium',
    specs: 'scripts:browser',
    oneAtATime: true,
    needs: ['demo', 'chromium'],
  },
];

/** Everything that `npm run prove` does: what takes too long to be part of every run. */
export const PROOFS: readonly Stage[] = [
  { id: 'prove:sqlite', title: 'proofs on SQLite', specs: 'prove:server', env: SQLITE },
  {
    id: 'prove:mariadb',
    title: 'proofs on MariaDB',
    specs: 'prove:server',
    env: MARIADB,
    needs: ['mariadb'],
  },
  {
    id: 'prove:kill',
    title: 'kill -9 of server and database',
    specs: 'prove:scripts',
    onDisk: true,
    needs: ['server'],
  },
  { id: 'prove:mutation', title: 'mutations', program: 'scripts/prove/mutation.ts', args: [], show: true },
];

/**
 * Stages named by `--only`, separated by commas: a whole id (`db:sqlite`), or either half of several (`unit`, `db`,
 * `mariadb`).
 */
export function select(stages: readonly Stage[], only: string | null): readonly Stage[] {
  if (only === null) return stages;
  const wanted = only.split(',').map((name) => name.trim());
  return stages.filter(({ id }) => wanted.some((name) => id === name || id.split(':').includes(name)));
}
