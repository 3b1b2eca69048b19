import { Refusal } from '../bootstrap/refusal.mjs';
import { type Count, FAILED, NOTHING, add, countLine } from './count.ts';
import { Resources } from './resources.ts';
import { runCheck, runJest } from './run-stage.ts';
import { findSpecs } from './specs.ts';
import { type Stage, select } from './stages.ts';

interface Outcome {
  readonly stage: Stage;
  readonly count: Count;
  readonly seconds: number;
}

/** Runs the stages, says how each came out, and ends with the one line that counts. */
export async function runTests(stages: readonly Stage[], args: readonly string[]): Promise<number> {
  const specs = findSpecs();
  const present = stages.filter((stage) => !('specs' in stage) || specs.has(stage.specs));
  if (args.includes('--list')) {
    for (const { id, title } of present) console.log(`${id.padEnd(22)} ${title}`);
    return 0;
  }
  const chosen = select(present, readOnly(args));
  if (chosen.length === 0)
    throw new Refusal(`No stage is called that; --list names them.`, '没有这样的测试阶段。');
  const interruption = listenForInterruption();
  const resources = new Resources();
  let outcomes: readonly Outcome[];
  try {
    await resources.find(chosen);
    outcomes = await runAll(chosen, specs, resources, interruption);
  } catch (error) {
    if (error instanceof Refusal) console.error(error.message);
    else console.error(error);
    console.log(countLine(FAILED));
    return 1;
  } finally {
    await resources.stop();
  }
  return summarise(outcomes, interruption);
}

function readOnly(args: readonly string[]): string | null {
  const at = args.indexOf('--only');
  return at < 0 ? null : (args[at + 1] ?? '');
}

/** A signal ends the stage that runs, as it is passed on to it, and then everything. */
function listenForInterruption(): { signalled: boolean } {
  const state = { signalled: false };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => (state.signalled = true));
  return state;
}

async function runAll(
  stages: readonly Stage[],
  specs: ReturnType<typeof findSpecs>,
  resources: Resources,
  interruption: { readonly signalled: boolean },
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const stage of stages) {
    if (interruption.signalled) break;
    console.log(
      `\n── ${stage.title} (${stage.id}) ${'─'.repeat(Math.max(0, 70 - stage.title.length - stage.id.length))}`,
    );
    const startedAt = performance.now();
    const count = await runOne(stage, specs, resources);
    const seconds = (performance.now() - startedAt) / 1000;
    console.log(`${count.failed === 0 ? 'ok' : 'FAILED'}: ${countLine(count)} · ${seconds.toFixed(1)} s`);
    outcomes.push({ stage, count, seconds });
  }
  return outcomes;
}

/** A stage that breaks down, or leaves a mess, has failed; the others still run. */
async function runOne(
  stage: Stage,
  specs: ReturnType<typeof findSpecs>,
  resources: Resources,
): Promise<Count> {
  let count = NOTHING;
  try {
    const variables = await resources.give(stage.needs ?? []);
    const run =
      'specs' in stage ? runJest(stage, specs.get(stage.specs) ?? [], variables) : runCheck(stage, variables);
    count = await run;
    await resources.takeBack();
    return count;
  } catch (error) {
    console.error(error instanceof Refusal ? error.message : error);
    return add(count, FAILED);
  }
}

function summarise(outcomes: readonly Outcome[], interruption: { readonly signalled: boolean }): number {
  const total = outcomes.map(({ count }) => count).reduce(add, NOTHING);
  console.log('');
  for (const { stage, count, seconds } of outcomes) {
    const verdict = count.failed === 0 ? 'ok    ' : 'FAILED';
    console.log(`${verdict} ${stage.id.padEnd(22)} ${seconds.toFixed(1).padStart(7)} s  ${countLine(count)}`);
  }
  const seconds = outcomes.reduce((sum, outcome) => sum + outcome.seconds, 0);
  console.log(`       ${'in all'.padEnd(22)} ${seconds.toFixed(1).padStart(7)} s\n`);
  if (interruption.signalled) console.log('Interrupted; not everything ran. · 已中断，测试未全部运行。');
  console.log(countLine(total));
  return total.failed > 0 || interruption.signalled ? 1 : 0;
}
