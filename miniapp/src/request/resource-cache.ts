import { type ApiError, asApiError } from './api-error';

/** What is known of one thing on the server. The same object until something changes. */
export interface Snapshot {
  readonly data: unknown;
  readonly loaded: boolean;
  readonly loading: boolean;
  readonly error: ApiError | null;
  /** Instant, epoch ms, of the last answer; 0 before the first and after `invalidate`. */
  readonly at: number;
}

const NOTHING: Snapshot = { data: undefined, loaded: false, loading: false, error: null, at: 0 };
const MOST_ENTRIES = 120;

/** Answers of GET requests, kept for the session: shown at once, then asked for again. */
export class ResourceCache {
  private readonly entries = new Map<string, Snapshot>();
  private readonly listeners = new Map<string, Set<() => void>>();
  private readonly running = new Map<string, Promise<void>>();
  /**
   * Changed or invalidated while they were being asked for: the answer under way may be from before, so it is asked
   * again, and takes the place of nothing that is known.
   */
  private readonly overtaken = new Set<string>();
  /** Raised when the person changes: an answer to the one before is thrown away. */
  private generation = 0;
  private readonly now: () => number;

  constructor(now: () => number = Date.now) {
    this.now = now;
  }

  snapshot(key: string): Snapshot {
    return this.entries.get(key) ?? NOTHING;
  }

  subscribe(key: string, listener: () => void): () => void {
    const listeners = this.listeners.get(key) ?? new Set();
    this.listeners.set(key, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.listeners.delete(key);
    };
  }

  isFresh(key: string, freshMs: number): boolean {
    const { at, error } = this.snapshot(key);
    return error === null && at > 0 && this.now() - at < freshMs;
  }

  /** Asks the server, once however many pages want it at the same time. */
  load(key: string, loader: () => Promise<unknown>): Promise<void> {
    const running = this.running.get(key);
    if (running !== undefined) return running;
    const { generation } = this;
    const current = () => generation === this.generation;
    this.set(key, { ...this.snapshot(key), loading: true });
    const loading = loader()
      .then(
        (data) => {
          if (current()) this.answered(key, data);
        },
        (cause: unknown) => {
          if (current()) this.set(key, { ...this.snapshot(key), loading: false, error: asApiError(cause) });
        },
      )
      .then(() => {
        if (this.running.get(key) === loading) this.running.delete(key);
        return this.overtaken.delete(key) && current() ? this.load(key, loader) : undefined;
      });
    this.running.set(key, loading);
    return loading;
  }

  private answered(key: string, data: unknown): void {
    const known = this.snapshot(key);
    if (known.loaded && this.overtaken.has(key)) this.set(key, { ...known, loading: false });
    else this.set(key, { data, loaded: true, loading: false, error: null, at: this.now() });
  }

  /** Puts what an action has just answered in place of what was known. */
  put(key: string, data: unknown): void {
    if (this.running.has(key)) this.overtaken.add(key);
    this.set(key, { data, loaded: true, loading: false, error: null, at: this.now() });
  }

  /** Changes what is known without making it newer; nothing where nothing is known. */
  change<T>(key: string, change: (data: T) => T): void {
    const entry = this.snapshot(key);
    if (entry.loaded) this.set(key, { ...entry, data: change(entry.data as T) });
  }

  /** What begins with the prefix is asked for again when it is next looked at; it stays visible until then. */
  invalidate(prefix: string): void {
    for (const key of Array.from(this.running.keys())) if (key.startsWith(prefix)) this.overtaken.add(key);
    // A copy: setting an entry moves it to the end, and the loop would never get there.
    for (const [key, entry] of Array.from(this.entries)) {
      if (key.startsWith(prefix)) this.set(key, { ...entry, at: 0 });
    }
  }

  /** Forgets everything: another person, another home. */
  clear(): void {
    this.generation += 1;
    this.running.clear();
    this.overtaken.clear();
    const keys = [...this.entries.keys()];
    this.entries.clear();
    for (const key of keys) this.notify(key);
  }

  private set(key: string, snapshot: Snapshot): void {
    this.entries.delete(key);
    this.entries.set(key, snapshot);
    for (const oldest of this.entries.keys()) {
      if (this.entries.size <= MOST_ENTRIES) break;
      if (!this.listeners.has(oldest)) this.entries.delete(oldest);
    }
    this.notify(key);
  }

  private notify(key: string): void {
    for (const listener of this.listeners.get(key) ?? []) listener();
  }
}

export const resourceCache = new ResourceCache();
