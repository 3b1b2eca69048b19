import type { RateLimit } from './rate-limits.ts';

const HOUR_S = 3600;

/** How often one person may do what costs others work or room; far above what anybody does by hand. */
export const PER_PERSON = {
  complaints: { name: 'complaint', points: 20, seconds: HOUR_S },
  uploads: { name: 'upload', points: 120, seconds: HOUR_S },
} as const satisfies Readonly<Record<string, RateLimit>>;
