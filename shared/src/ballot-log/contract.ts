import type { Instant } from '../kernel/index.ts';
import type { WitnessState } from './witnesses.ts';

/**
 * The HTTP contract of an assembly's log, under /api/estates/:estateId/assemblies/:assemblyId/log. Notes, proofs and
 * receipts are the texts of C2SP, so that any tool reads them.
 */

/** The newest checkpoint of a log. */
export interface LogHead {
  readonly origin: string;
  /** Verifier keys `name+id+key`, the newest first; those that no longer sign are there too. */
  readonly keys: readonly string[];
  /** Number of leaves. */
  readonly size: number;
  /** The signed checkpoint of that many leaves. */
  readonly note: string;
}

/** GET / */
export interface LogHeadResponse extends LogHead {
  /** Who watches the log for the estate, and how far each has signed. */
  readonly witnesses: readonly WitnessState[];
}

/**
 * GET /consistency?from= for people of the estate; GET /api/public/assemblies/:assemblyId/log/head?from= for who holds
 * a receipt or a printed checkpoint, and for witnesses.
 */
export interface LogConsistencyResponse extends LogHead {
  readonly from: number;
  /** From the checkpoint of `from` leaves to this one; hashes in base64. */
  readonly path: readonly string[];
}

/**
 * GET /api/public/log-heads?seen=<assemblyId>-<size>,…: an app that starts asks for all logs it has seen at once. Nothing
 * in it is secret, so a phone whose session has ended asks as well.
 */
export interface LogHeadsResponse {
  /** Those of the asked that there are. */
  readonly logs: readonly GrownLog[];
}

export interface GrownLog {
  readonly assemblyId: string;
  readonly size: number;
  readonly note: string;
  /** From what was seen to this one; empty where nothing was added, or the log is shorter than what was seen. */
  readonly path: readonly string[];
}

/** GET /board: what hangs in the entrance hall. */
export interface LogBoardResponse extends LogHeadResponse {
  /** The checkpoint as a QR code that opens the checking page: a picture, as a data URL. */
  readonly qr: string;
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

/** GET /ballots/:ballotId/qr, for who cast it. */
export interface BallotQrResponse {
  /**
   * The receipt as a QR code that any phone's camera opens the checking page with: a picture, as a data URL. Null for
   * the second or two until there is one.
   */
  readonly qr: string | null;
}

/** GET /api/public/log-keys: the keys of every log that is kept here. */
export interface LogKeysResponse {
  /** Ed25519 public keys in base64, the newest first; those that no longer sign are there too. */
  readonly keys: readonly string[];
  /** Notes of key changes that both keys signed, oldest first. */
  readonly successions: readonly string[];
}

/** GET /api/public/assemblies/:assemblyId/log/ballots/:ballotId: for who holds its receipt. */
export interface BallotStandingResponse {
  /** When the same voter cast a ballot that took this one's place; null where there is none. */
  readonly supersededAt: Instant | null;
}

/**
 * GET /export, for owners once the result is published, and GET /api/public/assemblies/:assemblyId/log for everybody:
 * text/plain, see scripts/verify/FORMAT.md.
 */
export const LOG_EXPORT_TYPE = 'text/plain; charset=utf-8';
