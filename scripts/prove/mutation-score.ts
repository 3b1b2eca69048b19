/** What decides votes and money: a change of it that no test notices is a hole in the proof. */
export interface Core {
  readonly name: string;
  /** Of `shared/src`; its tests are in the folder of `shared/test` that is named so too. */
  readonly folder: string;
  readonly files: readonly string[];
}

export const CORES: readonly Core[] = [
  { name: 'the tally', folder: 'assembly', files: ['electorate', 'measure', 'tally'] },
  { name: 'the fees', folder: 'fees', files: ['apportion', 'arithmetic', 'bill-totals', 'late-fee'] },
  { name: 'the ledger', folder: 'ledger', files: ['events', 'group'] },
  {
    name: 'the log',
    folder: 'transparency',
    files: ['canonical', 'checkpoint', 'merkle', 'merkle-proof', 'receipt', 'signed-note'],
  },
];

/** The environment variable that names the folder of the core whose turn it is. */
export const CORE = 'LINLI_CORE';

export function coreOf(folder: string | undefined): Core {
  const core = CORES.find((one) => one.folder === folder);
  if (core === undefined) throw new Error(`${CORE} is one of ${CORES.map((one) => one.folder).join(', ')}`);
  return core;
}

/** Where Stryker leaves its report, from the project's folder. */
export const reportOf = ({ folder }: Core): string => `.cache/mutation/${folder}.json`;

/** As much of Stryker's report as is read (mutation-testing-report-schema 2). */
export interface MutantReport {
  readonly files: Readonly<Record<string, { readonly mutants: readonly { readonly status: string }[] }>>;
}

/** Noticed: a test failed, or ran for ever. What cannot be compiled or was left out on purpose is no change. */
const NOTICED = ['Killed', 'Timeout'];
const NO_CHANGE = ['CompileError', 'Ignored', 'RuntimeError'];

export function scoreOf(report: MutantReport): { readonly noticed: number; readonly all: number } {
  const mutants = Object.values(report.files)
    .flatMap((file) => file.mutants)
    .filter(({ status }) => !NO_CHANGE.includes(status));
  return { noticed: mutants.filter(({ status }) => NOTICED.includes(status)).length, all: mutants.length };
}
