import type { OneServer, OperationFigures } from './compare.ts';
import type { OperationName } from './operations.ts';
import type { VerifierFigures } from './verifier.ts';

type OfOperations<T> = Readonly<Partial<Record<OperationName, T>>>;

export interface BenchReport {
  readonly ops: OfOperations<OperationFigures>;
  readonly growth: OfOperations<number>;
  readonly memoryMb: { readonly idle: number; readonly load: number };
  readonly tally100kMs: number;
  readonly verifier: readonly VerifierFigures[];
  readonly engine: string;
  readonly sqlite: OfOperations<OneServer>;
}

/** The figures for programs. */
export function reportJson({ ops, growth, memoryMb, tally100kMs, engine }: BenchReport): string {
  const figures = Object.entries(ops).map(([name, { ratio, cpuRatio, rps, rawRps, p99Ms }]) => [
    name,
    { ratio, cpuRatio, rps, rawRps, p99Ms },
  ]);
  const report = { ops: Object.fromEntries(figures) as object, growth, memoryMb, tally100kMs, engine };
  return JSON.stringify(report, null, 1);
}

export const TARGETS: Readonly<Record<OperationName, { readonly ratio: number; readonly cpuRatio: number }>> =
  {
    home: { ratio: 0.85, cpuRatio: 1.4 },
    fees: { ratio: 0.9, cpuRatio: 1.4 },
    statement: { ratio: 0.85, cpuRatio: 1.4 },
    ballot: { ratio: 0.75, cpuRatio: 1.6 },
    complaint: { ratio: 0.75, cpuRatio: 1.6 },
    callback: { ratio: 0.75, cpuRatio: 1.6 },
  };
const GROWTH_TARGET = 1.5;
const MEMORY_TARGET_MB = { idle: 140, load: 220 };
const TALLY_TARGET_MS = 1_000;
/** Seconds by the clock and peak memory, by how many ballots a file has. */
const VERIFIER_TARGETS: Readonly<Record<number, { readonly seconds: number; readonly mb: number }>> = {
  10_000: { seconds: 0.5, mb: 300 },
  1_000_000: { seconds: 12, mb: 300 },
};

const verdict = (met: boolean) => (met ? 'met' : 'NOT MET');
const fixed = (value: number, digits: number) => value.toFixed(digits);

/** The report for people: one line a figure, with its target. */
export function reportText(report: BenchReport): string {
  return [
    `engine      ${report.engine}`,
    ...Object.entries(report.ops).map(([name, figures]) =>
      operationLine(figures, name, TARGETS[name as OperationName]),
    ),
    ...Object.entries(report.growth).map(
      ([name, factor]) =>
        `growth      ${name.padEnd(10)} ${fixed(factor, 2)} from 1,000 to 100,000 homes (≤ ${GROWTH_TARGET}: ${verdict(factor <= GROWTH_TARGET)})`,
    ),
    ...(['idle', 'load'] as const).map((when) => {
      const value = report.memoryMb[when];
      const target = MEMORY_TARGET_MB[when];
      return `memory      ${when} ${fixed(value, 0)} MB (≤ ${target}: ${verdict(value <= target)})`;
    }),
    `tally       100,000 ballots ${fixed(report.tally100kMs, 0)} ms (≤ ${TALLY_TARGET_MS}: ${verdict(report.tally100kMs <= TALLY_TARGET_MS)})`,
    ...report.verifier.map(verifierLine),
    ...Object.entries(report.sqlite).map(
      ([name, { rps, p99Ms, cpuMicros }]) =>
        `SQLite      ${name.padEnd(10)} ${fixed(rps, 0)}/s, p99 ${fixed(p99Ms, 1)} ms, CPU ${fixed(cpuMicros, 0)} µs`,
    ),
  ].join('\n');
}

function operationLine(figures: OperationFigures, name: string, target: (typeof TARGETS)[OperationName]) {
  const { ratio, cpuRatio, rps, rawRps, p99Ms, rawP99Ms } = figures;
  return [
    name.padEnd(11),
    `ratio ${fixed(ratio, 2)} (≥ ${target.ratio}: ${verdict(ratio >= target.ratio)})`,
    `CPU ${fixed(cpuRatio, 2)} (≤ ${target.cpuRatio}: ${verdict(cpuRatio <= target.cpuRatio)})`,
    `${fixed(rps, 0)}/s against ${fixed(rawRps, 0)}/s, p99 ${fixed(p99Ms, 1)} against ${fixed(rawP99Ms, 1)} ms`,
  ].join('  ');
}

function verifierLine(figures: VerifierFigures): string {
  const { ballots, fileMb, cpuSeconds, elapsedSeconds, cpuRatio, peakMb } = figures;
  const { seconds, mb } = VERIFIER_TARGETS[ballots] ?? { seconds: Infinity, mb: Infinity };
  return [
    `verifier    ${ballots.toLocaleString('en')} ballots (${fixed(fileMb, 0)} MB)`,
    `${fixed(elapsedSeconds, 2)} s (≤ ${seconds}: ${verdict(elapsedSeconds <= seconds)})`,
    `CPU ${fixed(cpuSeconds, 2)} s, ${fixed(cpuRatio, 2)} of reading, parsing and hashing alone`,
    `${fixed(peakMb, 0)} MB (≤ ${mb}: ${verdict(peakMb <= mb)})`,
  ].join('  ');
}
