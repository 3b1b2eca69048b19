import { DAY_MS } from '@linli/shared/kernel';

/** How long is kept what is needed for a while only. */
export const RETENTION = {
  /** The answer to an action under its key: longer than a phone keeps the draft that would repeat it (30 days). */
  answersMs: 40 * DAY_MS,
  /** A job that is done: to look into what happened. */
  doneJobsMs: 14 * DAY_MS,
  /** An upload that nothing refers to: whoever chose it has long sent the form or left it. */
  looseFilesMs: DAY_MS,
  /** A session that has run out: from where somebody signed in, for whoever asks after a stranger's sign-in. */
  sessionsMs: 30 * DAY_MS,
  /** A code that nobody used, with the wrong tries at it: until the phone's daily number of codes begins anew. */
  smsCodesMs: DAY_MS,
} as const;
