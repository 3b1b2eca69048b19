import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { foreground, quietly } from '../bootstrap/child.mjs';
import { root } from '../bootstrap/paths.mjs';
import { scratchFolder } from '../machine/scratch.ts';
import { type Count, FAILED, type JestReport, PASSED, countJest } from './count.ts';
import type { CheckStage, JestStage } from './stages.ts';

/** Colours are for a terminal; a log keeps the codes. */
const PLAIN: Variables = process.stdout.isTTY ? {} : { NO_COLOR: '1', FORCE_COLOR: '0' };

type Variables = Readonly<Record<string, string>>;

/** Our own TypeScript is read as it is; packages from the registry are JavaScript. */
const TYPESCRIPT_FLAGS = ['--conditions=source', '--disable-warning=ExperimentalWarning'];

/** Runs one program; what it says is shown when it fails, or when the stage says so. */
export async function runCheck(stage: CheckStage, variables: Variables): Promise<Count> {
  const flags = stage.program.endsWith('.ts') ? TYPESCRIPT_FLAGS : [];
  const { code, output } = await quietly(
    process.execPath,
    [...flags, join(root, stage.program), ...stage.args],
    {
      cwd: root,
      env: { ...process.env, ...PLAIN, ...variables },
    },
  );
  if (code !== 0 || stage.show === true) process.stdout.write(output.endsWith('\n') ? output : `${output}\n`);
  return code === 0 ? PASSED : FAILED;
}

interface StageReport extends JestReport {
  /** Names of the tests that were skipped. */
  readonly leftOut: readonly string[];
}

/** Runs specs of one package under jest, as many files at a time as there are cores, and names what was skipped. */
export async function runJest(
  stage: JestStage,
  specs: readonly string[],
  variables: Variables,
): Promise<Count> {
  const [first = ''] = specs;
  const place = stage.onDisk === true ? tmpdir() : scratchFolder();
  const folder = mkdtempSync(join(place, 'linli-jest-'));
  const reportPath = join(folder, 'report.json');
  const args = [
    join(root, 'node_modules', 'jest', 'bin', 'jest.js'),
    `--config=${join(root, first.split('/')[0] ?? '', 'jest.config.mjs')}`,
    '--ci',
    `--maxWorkers=${stage.oneAtATime === true ? 1 : availableParallelism()}`,
    `--reporters=${join(root, 'scripts', 'test', 'reporter.mjs')}`,
    '--runTestsByPath',
    ...specs.map((spec) => join(root, spec)),
  ];
  const env = {
    ...process.env,
    NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning',
    LINLI_JEST_REPORT: reportPath,
    // What tests leave behind goes away with the stage.
    TMPDIR: folder,
    // The databases of the stage's tests come from one that was migrated.
    LINLI_TEST_TEMPLATES: folder,
    ...PLAIN,
    ...stage.env,
    ...variables,
  };
  try {
    const code = await foreground(process.execPath, args, {
      cwd: root,
      env,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const report = readReport(reportPath);
    for (const name of report?.leftOut ?? []) console.log(`  skipped: ${name}`);
    return countJest(report, code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readReport(path: string): StageReport | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as StageReport;
  } catch {
    return null;
  }
}
