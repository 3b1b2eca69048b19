import { useCallback } from 'react';
import { create } from 'zustand';
import { readStored, useLatest, writeStored } from '@/platform';

/**
 * What was typed and not sent yet, kept on the phone under a name ('complaint/new', 'reply/01J…') until it has been
 * sent or thrown away: a lost network, an expired session or a closed app loses none of it.
 */
interface Draft {
  readonly value: unknown;
  /** Instant, epoch ms, of the last change. */
  readonly at: number;
}

interface DraftsState {
  readonly drafts: Readonly<Record<string, Draft>>;
  save(name: string, value: unknown): void;
  discard(name: string): void;
  discardAll(): void;
}

const STORED_AS = 'drafts';
const KEPT_MS = 30 * 86_400_000;
const WRITE_AFTER_MS = 250;

export const useDrafts = create<DraftsState>()((set) => ({
  drafts: recent(readStored<Record<string, Draft>>(STORED_AS) ?? {}),
  save: (name, value) => {
    set(({ drafts }) => ({ drafts: { ...drafts, [name]: { value, at: Date.now() } } }));
  },
  discard: (name) => {
    set(({ drafts }) => {
      const { [name]: _gone, ...rest } = drafts;
      return { drafts: rest };
    });
  },
  discardAll: () => {
    set({ drafts: {} });
  },
}));

let timer: ReturnType<typeof setTimeout> | null = null;

/** Writes what is still in memory; the app does so when it goes to the background. */
export function writeDrafts(): void {
  if (timer !== null) clearTimeout(timer);
  timer = null;
  writeStored(STORED_AS, useDrafts.getState().drafts);
}

// Not at every key stroke: on some phones writing takes longer than typing.
useDrafts.subscribe(() => {
  timer ??= setTimeout(writeDrafts, WRITE_AFTER_MS);
});

function recent(drafts: Readonly<Record<string, Draft>>): Record<string, Draft> {
  const oldest = Date.now() - KEPT_MS;
  return Object.fromEntries(Object.entries(drafts).filter(([, { at }]) => at >= oldest));
}

export interface DraftHandle<T> {
  readonly value: T;
  /** There is something typed that has not been sent. */
  readonly kept: boolean;
  set(value: T): void;
  /** Changes some fields of an object. */
  merge(part: Partial<T>): void;
  /** From what is there by then: for what ends later than it began, such as an upload. */
  update(change: (value: T) => T): void;
  discard(): void;
}

/** A form's value that survives. `initial` must not change its shape without changing the name. */
export function useDraft<T>(name: string, initial: T): DraftHandle<T> {
  const draft = useDrafts((state) => state.drafts[name]);
  const value = draft === undefined ? initial : (draft.value as T);
  const set = useCallback(
    (next: T) => {
      useDrafts.getState().save(name, next);
    },
    [name],
  );
  // What the form starts with; a new object at each render means the same.
  const latestInitial = useLatest(initial);
  const merge = useCallback(
    (part: Partial<T>) => {
      const current = useDrafts.getState().drafts[name];
      const before = current === undefined ? latestInitial() : (current.value as T);
      useDrafts.getState().save(name, { ...before, ...part });
    },
    [name, latestInitial],
  );
  const update = useCallback(
    (change: (value: T) => T) => {
      const current = useDrafts.getState().drafts[name];
      useDrafts.getState().save(name, change(current === undefined ? latestInitial() : (current.value as T)));
    },
    [name, latestInitial],
  );
  const discard = useCallback(() => {
    useDrafts.getState().discard(name);
  }, [name]);
  return { value, kept: draft !== undefined, set, merge, update, discard };
}
