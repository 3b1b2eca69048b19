import type { LogConsistencyResponse, LogHead } from '@linli/shared/ballot-log';
import type { Instant } from '@linli/shared/kernel';
import { compareHeads, type Growth, isAlarming, openHead } from '@linli/shared/transparency';
import { readStored, removeStored, writeStored } from '@/platform';
import { api, ApiError } from '@/request';
import { type KnownKeys, knownLogKeys, learnLogKeys, logKeys } from './log-keys';
import { phonePrimitives } from './phone-primitives';

/** Two texts that contradict each other, for whoever looks into it: signed by the log, they cannot be talked away. */
export interface LogAlarm {
  readonly growth: Growth;
  /** What this phone had seen; null where it met the log for the first time. */
  readonly kept: string | null;
  readonly shown: string;
  readonly foundAt: Instant;
}

interface KeptLog {
  readonly estateId: string;
  readonly origin: string;
  readonly note: string;
  readonly seenAt: Instant;
  /** Stays, also when the server shows the old log again afterwards. */
  readonly alarm: LogAlarm | null;
}

/** A phone follows the votes of years, not of a life. */
const MOST_KEPT = 20;
const LIST = 'logs';
const keyOf = (assemblyId: string) => `log/${assemblyId}`;
const listOfKept = () => readStored<readonly string[]>(LIST) ?? [];

/** What is known without asking. */
export const keptAlarm = (assemblyId: string): LogAlarm | null =>
  readStored<KeptLog>(keyOf(assemblyId))?.alarm ?? null;

const asked = new Map<string, Promise<LogAlarm | null>>();

/** Once for each log and start of the app. Where the server cannot be reached there is nothing new to say. */
export function watchLog(estateId: string, assemblyId: string, now: Instant): Promise<LogAlarm | null> {
  const under = asked.get(assemblyId);
  if (under !== undefined) return under;
  const asking = lookAgain(estateId, assemblyId, now).catch((error: unknown) => {
    if (!(error instanceof ApiError)) throw error;
    if (error.uncertain) asked.delete(assemblyId);
    return keptAlarm(assemblyId);
  });
  asked.set(assemblyId, asking);
  return asking;
}

/** Every log that this phone has met, one after the other: nobody waits for it. */
export async function watchKeptLogs(now: Instant): Promise<void> {
  for (const assemblyId of listOfKept()) {
    const kept = readStored<KeptLog>(keyOf(assemblyId));
    if (kept !== null) await watchLog(kept.estateId, assemblyId, now);
  }
}

/** For a phone that goes to somebody else, and for tests of several starts. */
export function forgetAsked(): void {
  asked.clear();
}

async function lookAgain(estateId: string, assemblyId: string, now: Instant): Promise<LogAlarm | null> {
  const kept = readStored<KeptLog>(keyOf(assemblyId));
  const url = `/api/estates/${estateId}/assemblies/${assemblyId}/log`;
  const shown = await askAgain(url, kept);
  const growth = await judge(kept, shown, await logKeys());
  const alarm = isAlarming(growth)
    ? { growth, kept: kept?.note ?? null, shown: shown.note, foundAt: now }
    : (kept?.alarm ?? null);
  // What was seen before the alarm is the evidence: nothing newer takes its place.
  const note = alarm === null ? shown.note : (kept?.note ?? shown.note);
  keep(assemblyId, { estateId, origin: shown.origin, note, seenAt: now, alarm });
  return alarm;
}

/** From what was kept; a log that has become shorter answers nothing from beyond its end, only what it is now. */
async function askAgain(
  url: string,
  kept: KeptLog | null,
): Promise<LogHead & { readonly path: readonly string[] }> {
  if (kept !== null)
    try {
      return await api.get<LogConsistencyResponse>(`${url}/consistency`, { from: sizeOf(kept.note) });
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 404) throw error;
    }
  return { ...(await api.get<LogHead>(url)), path: [] };
}

/** A key that is not known may be the next one: only then the server is asked for changes. */
async function judge(
  kept: KeptLog | null,
  shown: LogHead & { readonly path: readonly string[] },
  known: KnownKeys,
): Promise<Growth> {
  const growth = compared(kept, shown, known);
  return growth === 'UNSIGNED' ? compared(kept, shown, await learnLogKeys()) : growth;
}

function compared(
  kept: KeptLog | null,
  { origin, note, path }: LogHead & { readonly path: readonly string[] },
  { publicKeys }: KnownKeys,
): Growth {
  // A log that bears another name is another log.
  const log = { origin: kept?.origin ?? origin, publicKeys };
  if (kept === null) return openHead(phonePrimitives, log, note) === null ? 'UNSIGNED' : 'SAME';
  const hashes = path.map((hash) => phonePrimitives.fromBase64(hash) ?? new Uint8Array());
  return compareHeads(phonePrimitives, log, kept.note, { note, path: hashes });
}

function keep(assemblyId: string, log: KeptLog): void {
  const others = listOfKept().filter((id) => id !== assemblyId);
  for (const forgotten of others.slice(MOST_KEPT - 1)) removeStored(keyOf(forgotten));
  writeStored(LIST, [assemblyId, ...others.slice(0, MOST_KEPT - 1)]);
  writeStored(keyOf(assemblyId), log);
}

const sizeOf = (note: string) => Number(note.split('\n')[1]);

/** The checking page asks the same of a receipt's checkpoint, which may be anybody's. */
export function growthFrom(
  origin: string,
  before: string,
  { note, path }: Pick<LogConsistencyResponse, 'note' | 'path'>,
): Growth {
  const publicKeys = knownLogKeys()?.publicKeys ?? [];
  const hashes = path.map((hash) => phonePrimitives.fromBase64(hash) ?? new Uint8Array());
  return compareHeads(phonePrimitives, { origin, publicKeys }, before, { note, path: hashes });
}
