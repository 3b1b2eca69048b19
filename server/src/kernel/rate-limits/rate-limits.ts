import type { OnApplicationShutdown } from '@nestjs/common';
import type { Redis } from 'ioredis';
import {
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
  type RateLimiterAbstract,
} from 'rate-limiter-flexible';
import type { Environment } from '../../config/environment.ts';
import { refuse } from '../errors/refused.ts';

const COMMAND_TIMEOUT_MS = 1000;

/** How often something may be done: `points` times within `seconds`. */
export interface RateLimit {
  readonly name: string;
  readonly points: number;
  readonly seconds: number;
}

/**
 * Rate limits, shared over Redis where configured. Redis holds no truth: when it is away, each replica limits by
 * itself.
 */
export class RateLimits implements OnApplicationShutdown {
  private readonly limiters = new Map<string, RateLimiterAbstract>();

  private constructor(private readonly redis: Redis | null) {}

  /** Redis's client is loaded only where there is one to speak to. */
  static async open({ redisUrl }: Environment, commandTimeoutMs = COMMAND_TIMEOUT_MS): Promise<RateLimits> {
    if (redisUrl === null) return new RateLimits(null);
    const { Redis } = await import('ioredis');
    const redis = new Redis(redisUrl, {
      enableOfflineQueue: false,
      maxRetriesPerRequest: 1,
      // One that hangs must not hang a sign-in; the insurance limiter answers instead.
      commandTimeout: commandTimeoutMs,
    });
    // Without a listener an unreachable Redis would end the process; the insurance limiter takes over instead.
    redis.on('error', () => undefined);
    return new RateLimits(redis);
  }

  /** Counts one use for `subject` (a phone's hash, an address); throws RATE.LIMITED when the limit is passed. */
  async use(limit: RateLimit, subject: string): Promise<void> {
    try {
      await this.limiter(limit).consume(subject);
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      throw refuse('RATE.LIMITED', { params: { seconds: Math.ceil(error.msBeforeNext / 1000) } });
    }
  }

  onApplicationShutdown(): void {
    this.redis?.disconnect();
  }

  private limiter(limit: RateLimit): RateLimiterAbstract {
    const known = this.limiters.get(limit.name);
    if (known !== undefined) return known;
    const options = { keyPrefix: limit.name, points: limit.points, duration: limit.seconds };
    const memory = new RateLimiterMemory(options);
    const limiter =
      this.redis === null
        ? memory
        : new RateLimiterRedis({ ...options, storeClient: this.redis, insuranceLimiter: memory });
    this.limiters.set(limit.name, limiter);
    return limiter;
  }
}
