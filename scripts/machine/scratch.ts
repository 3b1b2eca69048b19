import { accessSync, constants, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

/** A file system in memory, where Linux has one. */
const IN_MEMORY = '/dev/shm';
/** What a run keeps at most, several times over: one that filled the memory would fail for no fault of the product's. */
const ROOM_BYTES = 6 * 1024 ** 3;

/** What the choice is made from. */
export interface Room {
  /** Bytes that may still be written to the file system in memory; 0 where there is none. */
  readonly inMemory: number;
  /** Bytes of memory that this process may still take. */
  readonly memory: number;
}

/**
 * Where to keep what need not outlast a run: in memory when there is plenty, as databases flush thousands of times and
 * a disk takes its time for each; otherwise in the usual folder, where the same takes longer.
 */
export function scratchFolder(room: Room = presentRoom()): string {
  return Math.min(room.inMemory, room.memory) >= ROOM_BYTES ? IN_MEMORY : tmpdir();
}

function presentRoom(): Room {
  return { inMemory: roomIn(IN_MEMORY), memory: process.availableMemory() };
}

function roomIn(folder: string): number {
  try {
    accessSync(folder, constants.W_OK);
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return 0;
  }
}
