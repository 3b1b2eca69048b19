import { create } from 'zustand';
import { readStored, writeStored } from '@/platform';

/** A vote whose record does not go on from what this phone has seen 表决记录前后对不上. */
export interface AlarmedLog {
  readonly estateId: string;
  readonly assemblyId: string;
}

interface AlarmedLogs {
  readonly alarmed: readonly AlarmedLog[];
}

const STORED_AS = 'log-alarms';

/** Which votes they are, for the first page; the evidence itself is kept beside the proofs. */
export const useLogAlarms = create<AlarmedLogs>()(() => ({
  alarmed: readStored<readonly AlarmedLog[]>(STORED_AS) ?? [],
}));

/** It stays: nothing that the server shows afterwards makes it undone. */
export function raiseLogAlarm({ estateId, assemblyId }: AlarmedLog): void {
  const { alarmed } = useLogAlarms.getState();
  if (alarmed.some((one) => one.assemblyId === assemblyId)) return;
  useLogAlarms.setState({ alarmed: [...alarmed, { estateId, assemblyId }] });
  writeStored(STORED_AS, useLogAlarms.getState().alarmed);
}
