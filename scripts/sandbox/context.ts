/** What every part of the sandbox works with. */
import type { Clock } from './clock.ts';
import type { Credentials } from './credentials.ts';
import type { FaultPlan } from './faults.ts';
import type { Store } from './store.ts';

export type Settings = {
  /** Where the app lives; the cashier returns there and nowhere else. The first is the one shown for a path. */
  appOrigins: readonly string[];
  /** Where events such as `wxa_media_check` are pushed, as configured in the mini-program's admin pages. */
  pushUrl: string | null;
  /** Plain JSON, or encrypted with the EncodingAESKey (安全模式). */
  pushMode: 'plain' | 'encrypted';
  /** 1 keeps WeChat's own retry schedule, 0.001 makes its 15 s into 15 ms. */
  retryScale: number;
  /** How long WeChat waits for the answer to a callback. */
  callbackTimeoutMs: number;
  /** How long a refund stays PROCESSING. */
  refundTakesMs: number;
  /** Which of the platform's two keys signs callbacks. */
  signCallbacksWith: 'public-key' | 'certificate';
};

export type Sandbox = {
  readonly origin: string;
  readonly credentials: Credentials;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly store: Store;
  readonly faults: FaultPlan;
  /** Tells the agenda that something new may be due. */
  readonly wake: () => void;
};

/** Part of each number that WeChat gives: they are unique among all merchants, and so are those of two sandboxes. */
export const numberedBy = ({ credentials }: Sandbox): string => credentials.identity.mchId.slice(-6);
