import { generate, type Measured } from './load.ts';
import { type Operation, requestsOf } from './operations.ts';
import type { Served } from './processes.ts';
import { median, percentile } from './statistics.ts';

export interface Pace {
  readonly connections: number;
  readonly rounds: number;
  readonly milliseconds: number;
}

export interface OperationFigures {
  /** Requests a second against the raw server's, the median of the paired rounds. */
  readonly ratio: number;
  /** CPU of a request against the raw server's: a database-bound ratio hides it. */
  readonly cpuRatio: number;
  readonly rps: number;
  readonly rawRps: number;
  readonly p99Ms: number;
  readonly rawP99Ms: number;
}

export interface OneServer {
  readonly rps: number;
  readonly p99Ms: number;
  readonly cpuMicros: number;
}

interface Round extends Measured {
  readonly cpuMicros: number;
}

const CONNECTIONS = 32;
const PACE: Pace = { connections: CONNECTIONS, rounds: 5, milliseconds: 1_000 };
const WARM_UP: Pace = { connections: CONNECTIONS, rounds: 1, milliseconds: 1_000 };

async function round(served: Served, operation: Operation, units: number, pace: Pace): Promise<Round> {
  const next = requestsOf(operation, units, pace.milliseconds);
  const cpuBefore = served.cpuSeconds();
  const measured = await generate({
    port: served.port,
    connections: pace.connections,
    milliseconds: pace.milliseconds,
    next,
  });
  const cpuMicros = ((served.cpuSeconds() - cpuBefore) * 1e6) / measured.requests;
  return { ...measured, cpuMicros };
}

/**
 * Both servers in turns on the same database, so that whatever disturbs the machine meets both; who begins changes
 * with every round.
 */
export async function comparePair(
  linli: Served,
  raw: Served,
  operation: Operation,
  units: number,
  pace: Pace = PACE,
): Promise<OperationFigures> {
  const run = (served: Served) => round(served, operation, units, pace);
  await round(linli, operation, units, WARM_UP);
  await round(raw, operation, units, WARM_UP);
  const pairs: { readonly mine: Round; readonly theirs: Round }[] = [];
  for (let number = 0; number < pace.rounds; number += 1) {
    const first = await run(number % 2 === 0 ? linli : raw);
    const second = await run(number % 2 === 0 ? raw : linli);
    pairs.push(number % 2 === 0 ? { mine: first, theirs: second } : { mine: second, theirs: first });
  }
  const p99 = (of: (pair: (typeof pairs)[number]) => Round) =>
    percentile(
      pairs.flatMap((pair) => of(pair).latenciesMs),
      0.99,
    );
  return {
    ratio: median(pairs.map(({ mine, theirs }) => mine.perSecond / theirs.perSecond)),
    cpuRatio: median(pairs.map(({ mine, theirs }) => mine.cpuMicros / theirs.cpuMicros)),
    rps: median(pairs.map(({ mine }) => mine.perSecond)),
    rawRps: median(pairs.map(({ theirs }) => theirs.perSecond)),
    p99Ms: p99(({ mine }) => mine),
    rawP99Ms: p99(({ theirs }) => theirs),
  };
}

/** One server by itself. */
export async function measureAlone(
  served: Served,
  operation: Operation,
  units: number,
  pace: Pace = PACE,
): Promise<OneServer> {
  await round(served, operation, units, WARM_UP);
  const rounds: Round[] = [];
  for (let number = 0; number < pace.rounds; number += 1)
    rounds.push(await round(served, operation, units, pace));
  return {
    rps: median(rounds.map(({ perSecond }) => perSecond)),
    p99Ms: percentile(
      rounds.flatMap(({ latenciesMs }) => latenciesMs),
      0.99,
    ),
    cpuMicros: median(rounds.map(({ cpuMicros }) => cpuMicros)),
  };
}

/** How much longer a request takes on the large estate: one server on each, in turns. */
export async function measureGrowth(
  small: { readonly served: Served; readonly units: number },
  large: { readonly served: Served; readonly units: number },
  operation: Operation,
  pace: Pace = PACE,
): Promise<number> {
  const factors: number[] = [];
  for (const { served, units } of [small, large]) await round(served, operation, units, WARM_UP);
  for (let number = 0; number < pace.rounds; number += 1) {
    const few = await round(small.served, operation, small.units, pace);
    const many = await round(large.served, operation, large.units, pace);
    factors.push(few.perSecond / many.perSecond);
  }
  return median(factors);
}
