import {
  ballotOfLeaf,
  type BallotStandingResponse,
  type LogConsistencyResponse,
  type LoggedBallotFacts,
} from '@linli/shared/ballot-log';
import type { Instant } from '@linli/shared/kernel';
import {
  checkReceipt,
  expandReceipt,
  type Growth,
  isAlarming,
  openHead,
  parseCheckpoint,
  parseNote,
  utf8Text,
} from '@linli/shared/transparency';
import { api, ApiError, asApiError } from '@/request';
import { type KnownKeys, knownLogKeys, learnLogKeys } from './log-keys';
import { growthFrom } from './log-watch';
import { phonePrimitives } from './phone-primitives';

/** What this phone could find out by itself, from the receipt and the keys it has. */
export interface OwnChecks {
  readonly isSigned: boolean;
  readonly isIncluded: boolean;
  readonly index: number;
  readonly size: number;
  readonly origin: string;
  /** Hex of the signing key's id, as it stands on the notice board. */
  readonly keyId: string | null;
  /** Null where the leaf is no ballot. */
  readonly ballot: LoggedBallotFacts | null;
  readonly checkpoint: string;
}

/** What the server answered to the same receipt; the growth was checked here, the rest is its word. */
export interface AskedChecks {
  readonly growth: Growth;
  readonly shown: string;
  readonly supersededAt: Instant | null;
  /** The server knows no such ballot, though the receipt proves that it was in. */
  readonly isUnknown: boolean;
}

export type Verdict = 'INCLUDED' | 'SUPERSEDED' | 'NOT_INCLUDED';

export function verdictOf(own: OwnChecks, asked: AskedChecks | null): Verdict {
  if (!own.isSigned || !own.isIncluded || own.ballot === null) return 'NOT_INCLUDED';
  if (asked === null) return 'INCLUDED';
  if (isAlarming(asked.growth) || asked.isUnknown) return 'NOT_INCLUDED';
  return asked.supersededAt === null ? 'INCLUDED' : 'SUPERSEDED';
}

/** A receipt from a camera (digits), or as text. Null where it is none. */
export function receiptText(given: string): string | null {
  const trimmed = given.replace(/^[^#]*#/, '').trim();
  if (/^\d+$/.test(trimmed)) return expandReceipt(phonePrimitives, trimmed);
  // Pasted text may have lost its last newline, which the note must end with.
  return given.startsWith('c2sp.org/') ? `${given.trimEnd()}\n` : null;
}

/** Without asking anybody but, for the first time, for the keys. */
export async function checkHere(text: string): Promise<OwnChecks | null> {
  const known = knownLogKeys() ?? (await learnLogKeys());
  const checked = withKeys(text, known);
  // A key that is not known may be a later one.
  if (checked === null || checked.isSigned) return checked;
  return withKeys(text, await learnLogKeys().catch(() => known));
}

/** Whose a note is, is in its signature: the address in its origin may have changed since. */
function withKeys(text: string, { publicKeys }: KnownKeys): OwnChecks | null {
  const checked = checkReceipt(phonePrimitives, text, publicKeys);
  if (checked === null) return null;
  const { origin, index, size, signedBy, isIncluded, leaf, checkpoint } = checked;
  return {
    isSigned: signedBy !== null,
    isIncluded,
    index,
    size,
    origin,
    keyId: signedBy === null ? null : keyIdText(signedBy.id),
    ballot: ballotOfLeaf(origin, leaf),
    checkpoint,
  };
}

const keyIdText = (id: number) => id.toString(16).padStart(8, '0');

/** Only the ballot's number goes out, never what it says. Null where the server cannot be reached. */
export async function askServer({
  ballot,
  origin,
  checkpoint,
  size,
}: OwnChecks): Promise<AskedChecks | null> {
  if (ballot === null) return null;
  const log = `/api/public/assemblies/${ballot.assemblyId}/log`;
  try {
    const head = await publicHead(log, size);
    if (head === null) return { growth: 'FEWER', shown: '', supersededAt: null, isUnknown: false };
    const growth = growthFrom(origin, checkpoint, head);
    const standing = await orNone(api.get<BallotStandingResponse>(`${log}/ballots/${ballot.ballotId}`));
    return {
      growth,
      shown: head.note,
      supersededAt: standing?.supersededAt ?? null,
      isUnknown: standing === null,
    };
  } catch (error) {
    if (asApiError(error).status === 0) return null;
    throw error;
  }
}

const publicHead = (log: string, from: number) =>
  orNone(api.get<LogConsistencyResponse>(`${log}/head`, { from }));

async function orNone<T>(asking: Promise<T>): Promise<T | null> {
  try {
    return await asking;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null;
    throw error;
  }
}

/** A printed checkpoint against the log of today. */
export interface CheckedBoard {
  readonly origin: string;
  readonly size: number;
  readonly note: string;
  readonly isSigned: boolean;
  /** Null where the server cannot be reached. */
  readonly growth: Growth | null;
  readonly shown: string;
}

/** The code of a notice board: "c" and the checkpoint's note in base64url. Null where it is none. */
export function boardNote(given: string): string | null {
  const encoded = /^c([\w-]+)$/.exec(given)?.[1];
  if (encoded === undefined) return null;
  const standard = encoded.replace(/-/g, '+').replace(/_/g, '/');
  const padded = standard + '='.repeat((4 - (standard.length % 4)) % 4);
  const bytes = phonePrimitives.fromBase64(padded);
  return bytes === null ? null : utf8Text(bytes);
}

export async function checkBoard(note: string): Promise<CheckedBoard | null> {
  const text = parseNote(phonePrimitives, note)?.text;
  const checkpoint = text === undefined ? null : parseCheckpoint(phonePrimitives, text);
  const assemblyId = /\/assemblies\/([0-9A-Z]{26})$/.exec(checkpoint?.origin ?? '')?.[1];
  if (checkpoint === null || assemblyId === undefined) return null;
  const { origin, size } = checkpoint;
  const { publicKeys } = await learnLogKeys().catch(() => knownLogKeys() ?? { publicKeys: [] });
  const isSigned = openHead(phonePrimitives, { origin, publicKeys }, note) !== null;
  const seen = { origin, size, note, isSigned };
  try {
    const head = await publicHead(`/api/public/assemblies/${assemblyId}/log`, size);
    if (head === null) return { ...seen, growth: 'FEWER', shown: '' };
    return { ...seen, growth: growthFrom(origin, note, head), shown: head.note };
  } catch (error) {
    if (asApiError(error).status === 0) return { ...seen, growth: null, shown: '' };
    throw error;
  }
}
