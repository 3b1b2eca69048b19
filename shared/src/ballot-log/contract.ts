/**
 * The HTTP contract of an assembly's log, under /api/estates/:estateId/assemblies/:assemblyId/log. Notes, proofs and
 * receipts are the texts of C2SP, so that any tool reads them.
 */

/** GET / */
export interface LogHeadResponse {
  readonly origin: string;
  /** Verifier keys `name+id+key`, the newest first. */
  readonly keys: readonly string[];
  /** Number of leaves. */
  readonly size: number;
  /** The signed checkpoint of that many leaves. */
  readonly note: string;
}

/** GET /consistency?from= */
export interface LogConsistencyResponse extends LogHeadResponse {
  readonly from: number;
  /** From the checkpoint of `from` leaves to this one; hashes in base64. */
  readonly path: readonly string[];
}

/** GET /ballots/:ballotId, for who cast it. */
export interface LoggedBallotResponse {
  readonly ballotId: string;
  /** The number on the receipt: the place in the log, from 0. Null for the second or two until it has one. */
  readonly index: number | null;
  readonly promise: string;
  /** A C2SP tlog-proof that holds the ballot and leads to a signed checkpoint. */
  readonly receipt: string | null;
}

/**
 * GET /export, for owners once the result is published, and GET /api/public/assemblies/:assemblyId/log for everybody:
 * text/plain, see scripts/verify/FORMAT.md.
 */
export const LOG_EXPORT_TYPE = 'text/plain; charset=utf-8';
