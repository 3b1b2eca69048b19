import { SEEN_LOGS_MAX } from '@linli/shared/ballot-log';
import type { Instant } from '@linli/shared/kernel';
import type { Growth } from '@linli/shared/transparency';
import { readStored, removeStored, writeStored } from '@/platform';

/** Two texts that contradict each other, for whoever looks into it: signed by the log, they cannot be talked away. */
export interface LogAlarm {
  readonly growth: Growth;
  /** What this phone had seen; null where it met the log for the first time. */
  readonly kept: string | null;
  /** Empty where the server shows no such log any more. */
  readonly shown: string;
  readonly foundAt: Instant;
}

/** What this phone has seen of a vote's record 本机看到过的检查点. */
export interface KeptLog {
  readonly estateId: string;
  readonly origin: string;
  readonly note: string;
  readonly seenAt: Instant;
  /** Stays, also when the server shows the old log again afterwards. */
  readonly alarm: LogAlarm | null;
}

const LIST = 'logs';
const keyOf = (assemblyId: string) => `log/${assemblyId}`;
const listOfKept = () => readStored<readonly string[]>(LIST) ?? [];

export const keptLog = (assemblyId: string): KeptLog | null => readStored<KeptLog>(keyOf(assemblyId));

/** What is known without asking. */
export const keptAlarm = (assemblyId: string): LogAlarm | null => keptLog(assemblyId)?.alarm ?? null;

/** The one looked at last comes first. */
export function keptLogs(): readonly (KeptLog & { readonly assemblyId: string })[] {
  return listOfKept().flatMap((assemblyId) => {
    const kept = keptLog(assemblyId);
    return kept === null ? [] : [{ assemblyId, ...kept }];
  });
}

/** In the place that the log has; a log that is new comes first, and the oldest without an alarm is forgotten. */
export function keepLog(assemblyId: string, log: KeptLog): void {
  const before = listOfKept();
  const list = before.includes(assemblyId) ? [...before] : [assemblyId, ...before];
  for (let at = list.length - 1; list.length > SEEN_LOGS_MAX && at > 0; at -= 1) {
    const [last = ''] = list.slice(at);
    if (keptAlarm(last) !== null) continue;
    removeStored(keyOf(last));
    list.splice(at, 1);
  }
  writeStored(LIST, list);
  writeStored(keyOf(assemblyId), log);
}

export const sizeOf = (note: string) => Number(note.split('\n')[1]);
