import {
  type LogConsistencyResponse,
  type LogHead,
  type LogHeadsResponse,
  SEEN_LOGS_MAX,
  seenText,
} from '@linli/shared/ballot-log';
import type { Instant } from '@linli/shared/kernel';
import { compareHeads, type Growth, isAlarming, openHead } from '@linli/shared/transparency';
import { api, ApiError } from '@/request';
import { raiseLogAlarm } from '@/stores';
import { keepLog, keptAlarm, type KeptLog, keptLog, keptLogs, type LogAlarm, sizeOf } from './kept-logs';
import { type KnownKeys, knownLogKeys, learnLogKeys, logKeys } from './log-keys';
import { phonePrimitives } from './phone-primitives';

const asked = new Map<string, Promise<LogAlarm | null>>();

/**
 * Once for each log and start of the app. Where the server cannot be reached there is nothing new to say. Who votes for
 * somebody elsewhere has no role in that estate, and asks as everybody may.
 */
export function watchLog(
  estateId: string,
  assemblyId: string,
  now: Instant,
  isElsewhere = false,
): Promise<LogAlarm | null> {
  const under = asked.get(assemblyId);
  if (under !== undefined) return under;
  const ask = isElsewhere ? askPublicly(assemblyId) : askAgain(estateId, assemblyId);
  const asking = lookAgain(estateId, assemblyId, now, ask).catch((error: unknown) => {
    if (!(error instanceof ApiError)) throw error;
    if (error.uncertain) asked.delete(assemblyId);
    return keptAlarm(assemblyId);
  });
  asked.set(assemblyId, asking);
  return asking;
}

/**
 * Every log that this phone has met, in one request when the app starts: nobody waits for it, and without a network
 * there is nothing to say.
 */
export async function watchKeptLogs(now: Instant): Promise<void> {
  const kept = keptLogs().filter(({ alarm }) => alarm === null);
  const seen = kept.slice(0, SEEN_LOGS_MAX).map((log) => ({ ...log, size: sizeOf(log.note) }));
  if (seen.length === 0) return;
  try {
    const query = { seen: seenText(seen) };
    const { logs } = await api.get<LogHeadsResponse>('/api/public/log-heads', query, { anonymous: true });
    const shown = new Map(logs.map((log) => [log.assemblyId, log]));
    for (const { assemblyId, size: _, ...log } of seen) {
      const growth = await judge(log, shown.get(assemblyId) ?? null);
      const alarm = written(assemblyId, log, { growth, note: shown.get(assemblyId)?.note ?? '', now });
      asked.set(assemblyId, Promise.resolve(alarm));
    }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  }
}

/** For a phone that goes to somebody else, and for tests of several starts. */
export function forgetAsked(): void {
  asked.clear();
  learnt = null;
}

/** What a server shows of a log. */
type Shown = Pick<LogConsistencyResponse, 'note' | 'path'>;

async function lookAgain(
  estateId: string,
  assemblyId: string,
  now: Instant,
  ask: (kept: KeptLog | null) => Promise<Shown & Pick<LogHead, 'origin'>>,
): Promise<LogAlarm | null> {
  const kept = keptLog(assemblyId);
  const shown = await ask(kept);
  const log = kept ?? { estateId, origin: shown.origin, note: shown.note, seenAt: now, alarm: null };
  const growth = kept === null ? await judgeFirst(shown) : await judge(kept, shown);
  return written(assemblyId, log, { growth, note: shown.note, now }, kept !== null);
}

/** Keeps what was shown, or what contradicts it. */
function written(
  assemblyId: string,
  log: KeptLog,
  { growth, note, now }: { readonly growth: Growth; readonly note: string; readonly now: Instant },
  wasKept = true,
): LogAlarm | null {
  const alarm = isAlarming(growth)
    ? { growth, kept: wasKept ? log.note : null, shown: note, foundAt: now }
    : log.alarm;
  // What was seen before the alarm is the evidence: nothing newer takes its place.
  keepLog(assemblyId, { ...log, note: alarm === null ? note : log.note, seenAt: now, alarm });
  if (alarm !== null) raiseLogAlarm({ estateId: log.estateId, assemblyId });
  return alarm;
}

/** From what was kept; a log that has become shorter answers nothing from beyond its end, only what it is now. */
const askAgain = (estateId: string, assemblyId: string) => async (kept: KeptLog | null) => {
  const url = `/api/estates/${estateId}/assemblies/${assemblyId}/log`;
  const grown =
    kept === null
      ? null
      : await unlessShorter(
          api.get<LogConsistencyResponse>(`${url}/consistency`, { from: sizeOf(kept.note) }),
        );
  return grown ?? { ...(await api.get<LogHead>(url)), path: [] };
};

/** From its first leaf where nothing was kept. */
const askPublicly = (assemblyId: string) => async (kept: KeptLog | null) => {
  const head = (from: number) =>
    api.get<LogConsistencyResponse>(`/api/public/assemblies/${assemblyId}/log/head`, { from });
  const grown = kept === null ? null : await unlessShorter(head(sizeOf(kept.note)));
  return grown ?? { ...(await head(1)), path: [] };
};

async function unlessShorter<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 404) throw error;
    return null;
  }
}

/** A log that this phone meets for the first time: whether it is signed is all that there is to see. */
const judgeFirst = ({ origin, note }: Pick<LogHead, 'origin' | 'note'>): Promise<Growth> =>
  withKeys((publicKeys) =>
    openHead(phonePrimitives, { origin, publicKeys }, note) === null ? 'UNSIGNED' : 'SAME',
  );

/** A log that bears another name is another log; one that is not there any more has nothing left of what was seen. */
function judge({ origin, note }: Pick<KeptLog, 'origin' | 'note'>, shown: Shown | null): Promise<Growth> {
  if (shown === null) return Promise.resolve('FEWER');
  // Checked when it was kept.
  if (shown.note === note) return Promise.resolve('SAME');
  const path = shown.path.map((hash) => phonePrimitives.fromBase64(hash) ?? new Uint8Array());
  return withKeys((publicKeys) =>
    compareHeads(phonePrimitives, { origin, publicKeys }, note, { note: shown.note, path }),
  );
}

let learnt: Promise<KnownKeys> | null = null;

/** A key that is not known may be the next one: only then, and once, the server is asked for changes. */
async function withKeys(compared: (publicKeys: readonly Uint8Array[]) => Growth): Promise<Growth> {
  const growth = compared((await logKeys()).publicKeys);
  if (growth !== 'UNSIGNED') return growth;
  learnt ??= learnLogKeys().catch((error: unknown) => {
    learnt = null;
    throw error;
  });
  return compared((await learnt).publicKeys);
}

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
