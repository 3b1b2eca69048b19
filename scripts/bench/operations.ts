import { tokenOf } from './crypto.ts';
import { ASSEMBLY, ESTATE, MOTIONS, principalOf, STATEMENT } from './ids.ts';
import type { BenchRequest } from './load.ts';
import { paymentNotice } from './wechat.ts';

export type OperationName = 'home' | 'fees' | 'statement' | 'ballot' | 'complaint' | 'callback';

export interface Operation {
  readonly name: OperationName;
  /** The request of this owner; `serial` is never given twice. */
  readonly request: (owner: number, serial: number) => BenchRequest;
  /** Signing one costs the load generator more than the answer costs the server: made before the clock starts. */
  readonly madeBefore?: true;
}

const bearer = (owner: number) => ({ authorization: `Bearer ${tokenOf(owner)}` });
const get = (owner: number, path: string): BenchRequest => ({ method: 'GET', path, headers: bearer(owner) });

/** What an owner's phone sends for an action: a key of its own, so that a retry does nothing twice. */
const act = (owner: number, serial: number, path: string, body: object): BenchRequest => ({
  method: 'POST',
  path: `/api/estates/${ESTATE}/${path}`,
  headers: {
    ...bearer(owner),
    'content-type': 'application/json',
    'idempotency-key': `bench-${String(serial).padStart(20, '0')}`,
  },
  body: JSON.stringify(body),
});

/** In the order of the report. */
export const OPERATIONS: readonly Operation[] = [
  { name: 'home', request: (owner) => get(owner, `/api/me/home?estateId=${ESTATE}`) },
  { name: 'fees', request: (owner) => get(owner, `/api/me/bills?estateId=${ESTATE}&limit=20`) },
  {
    name: 'statement',
    request: (owner) => get(owner, `/api/estates/${ESTATE}/income/statements/${STATEMENT}`),
  },
  {
    name: 'ballot',
    request: (owner, serial) =>
      act(owner, serial, `assemblies/${ASSEMBLY}/ballots`, {
        principalId: principalOf(owner),
        votes: MOTIONS.map((motionId) => ({ motionId, choice: 'FOR' })),
        confirmed: true,
      }),
  },
  {
    name: 'complaint',
    request: (owner, serial) => act(owner, serial, 'tickets', COMPLAINT),
  },
  {
    name: 'callback',
    madeBefore: true,
    request: (_, serial) => ({ method: 'POST', path: '/api/callbacks/wechat-pay', ...paymentNotice(serial) }),
  },
];

const COMPLAINT = {
  category: 'SPACE_OCCUPY',
  kind: 'COMPLAINT',
  title: '楼道里堆满了装修垃圾',
  text: '三楼到四楼的楼道堆了一周的装修垃圾，下楼要侧着身子走。',
  place: '3号楼 2单元 三楼楼道',
  photoIds: [],
  danger: false,
  anonymous: false,
};

/** At most this many people take turns, spread over the whole estate: as many sessions in 1,000 homes as in 100,000. */
const PEOPLE = 1_000;
/** More than any server here answers. */
const MADE_PER_SECOND = 3_000;

/** Begins where no earlier run on the same data can have been. */
let serial = Date.now();

/** The requests of an operation, one after the other, for about so long. */
export function requestsOf(operation: Operation, units: number, milliseconds: number): () => BenchRequest {
  const people = Math.min(PEOPLE, units);
  const make = () => {
    serial += 1;
    const owner = Math.floor(((serial % people) * units) / people);
    return operation.request(owner, serial);
  };
  if (operation.madeBefore !== true) return make;
  const made = Array.from({ length: (MADE_PER_SECOND * milliseconds) / 1000 }, make);
  return () => made.pop() ?? make();
}
