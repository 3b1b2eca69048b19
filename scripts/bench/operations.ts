import { tokenOf } from './crypto.ts';
import { ASSEMBLY, ESTATE, MOTIONS, principalOf, STATEMENT } from './ids.ts';
import type { BenchRequest } from './load.ts';

/** Every operation that the benchmark promises, in the order of its report. */
export const OPERATIONS = ['home', 'fees', 'statement', 'ballot', 'complaint', 'callback'] as const;
export type OperationName = (typeof OPERATIONS)[number];

export interface Operation {
  readonly name: OperationName;
  readonly writes: boolean;
  /** The request of this owner; `serial` is never given twice. */
  readonly request: (owner: number, serial: number) => BenchRequest;
}

const bearer = (owner: number) => ({ authorization: `Bearer ${tokenOf(owner)}` });
const get = (owner: number, path: string): BenchRequest => ({ method: 'GET', path, headers: bearer(owner) });

/** What is built. */
export const BUILT: readonly Operation[] = [
  {
    name: 'fees',
    writes: false,
    request: (owner) => get(owner, `/api/me/bills?estateId=${ESTATE}&limit=20`),
  },
  {
    name: 'statement',
    writes: false,
    request: (owner) => get(owner, `/api/estates/${ESTATE}/income/statements/${STATEMENT}`),
  },
  {
    name: 'ballot',
    writes: true,
    request: (owner, serial) => ({
      method: 'POST',
      path: `/api/estates/${ESTATE}/assemblies/${ASSEMBLY}/ballots`,
      headers: {
        ...bearer(owner),
        'content-type': 'application/json',
        'idempotency-key': `bench-${String(serial).padStart(20, '0')}`,
      },
      body: JSON.stringify({
        principalId: principalOf(owner),
        votes: MOTIONS.map((motionId) => ({ motionId, choice: 'FOR' })),
        confirmed: true,
      }),
    }),
  },
];

/** Promised and not measured yet; named in the report, so that nobody takes silence for speed. */
export const MISSING: readonly OperationName[] = OPERATIONS.filter(
  (name) => !BUILT.some((operation) => operation.name === name),
);

/** At most this many people take turns, spread over the whole estate: as many sessions in 1,000 homes as in 100,000. */
const PEOPLE = 1_000;

let serial = 0;
/** The requests of an operation, one after the other. */
export function requestsOf(operation: Operation, units: number): () => BenchRequest {
  const people = Math.min(PEOPLE, units);
  return () => {
    serial += 1;
    const owner = Math.floor(((serial % people) * units) / people);
    return operation.request(owner, serial);
  };
}
