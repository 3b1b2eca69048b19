/** What decides votes and money: a change of it that no test notices is a hole in the proof. */
export interface Core {
  readonly name: string;
  /** From the project's folder. */
  readonly files: RegExp;
}

export const CORES: readonly Core[] = [
  { name: 'the tally', files: /^shared\/src\/assembly\/(electorate|measure|tally)\.ts$/ },
  { name: 'the fees', files: /^shared\/src\/fees\/(apportion|arithmetic|bill-totals|late-fee)\.ts$/ },
  {
    name: 'the log',
    files: /^shared\/src\/transparency\/(canonical|checkpoint|merkle|merkle-proof|receipt|signed-note)\.ts$/,
  },
  { name: 'the ledger', files: /^shared\/src\/ledger\/(events|group)\.ts$/ },
];

/** As much of Stryker's report as is read (mutation-testing-report-schema 2). */
export interface MutantReport {
  readonly files: Readonly<Record<string, { readonly mutants: readonly { readonly status: string }[] }>>;
}

/** Noticed: a test failed, or ran for ever. What cannot be compiled or was left out on purpose is no change. */
const NOTICED = ['Killed', 'Timeout'];
const NO_CHANGE = ['CompileError', 'Ignored', 'RuntimeError'];

export function scoreOf(
  report: MutantReport,
  core: Core,
): { readonly noticed: number; readonly all: number } {
  const mutants = Object.entries(report.files)
    .filter(([path]) => core.files.test(path))
    .flatMap(([, file]) => file.mutants)
    .filter(({ status }) => !NO_CHANGE.includes(status));
  return { noticed: mutants.filter(({ status }) => NOTICED.includes(status)).length, all: mutants.length };
}
