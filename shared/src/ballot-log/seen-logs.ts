/** What a phone has seen of a log. */
export interface SeenLog {
  readonly assemblyId: string;
  /** Leaves of the checkpoint that it kept. */
  readonly size: number;
}

/** A phone follows the votes of years, not of a life. */
export const SEEN_LOGS_MAX = 20;

const ONE = String.raw`[0-9A-Z]{26}-[1-9]\d{0,14}`;
/** As they are asked for in an address: `<assemblyId>-<size>`, with commas between. */
export const SEEN_LOGS = new RegExp(`^${ONE}(,${ONE}){0,${SEEN_LOGS_MAX - 1}}$`);

export const seenText = (seen: readonly SeenLog[]): string =>
  seen.map(({ assemblyId, size }) => `${assemblyId}-${size}`).join(',');

export const readSeen = (text: string): SeenLog[] =>
  text.split(',').map((one) => {
    const [assemblyId = '', size] = one.split('-');
    return { assemblyId, size: Number(size) };
  });
