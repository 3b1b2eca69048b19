import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { readEnvironment } from '../../src/config/environment.ts';
import { RateLimits, type RateLimit } from '../../src/kernel/rate-limits/rate-limits.ts';
import { Refused } from '../../src/kernel/errors/refused.ts';
import { findRedisServer, RedisServer } from '../support/redis-server.ts';
import { RedisStandIn } from '../support/redis-stand-in.ts';

interface Store {
  readonly url: string;
  start(): Promise<void>;
  hang(): void;
  stop(): Promise<void>;
}

/** The stand-in everywhere; Redis itself too where the machine has it. What holds for one has to hold for the other. */
const program = findRedisServer();
const STORES: readonly (readonly [string, () => Store])[] = [
  ['a stand-in that speaks its protocol', () => new RedisStandIn()],
  ...(program === null ? [] : [['the Redis of this machine', () => new RedisServer(program)] as const]),
];

const THREE: RateLimit = { name: 'three', points: 3, seconds: 60 };
/** However long the test has taken by then. */
const LIMITED = /^RATE\.LIMITED ([1-9]|[1-5]\d|60)$/;
/** A busy machine must not look like a store that hangs. */
const PATIENT_MS = 120_000;
const PROBE: RateLimit = { name: 'probe', points: 1_000_000, seconds: 60 };

describe.each(STORES)('limits over %s', (_, makeStore) => {
  let store: Store;
  let looker: Redis;
  let one: RateLimits;
  let other: RateLimits;

  const replica = (commandTimeoutMs?: number) =>
    RateLimits.open(readEnvironment({ REDIS_URL: store.url }), commandTimeoutMs);

  /** Until what this replica counts arrives in the store. */
  async function connected(limits: RateLimits, subject: string): Promise<void> {
    do await limits.use(PROBE, subject);
    while ((await looker.get(`probe:${subject}`)) === null);
  }

  async function refusal(limits: RateLimits, subject: string): Promise<string> {
    try {
      await limits.use(THREE, subject);
      return 'none';
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return `${error.refusal.code} ${/\d+/.exec(error.refusal.message)?.[0] ?? '?'}`;
    }
  }

  beforeEach(async () => {
    store = makeStore();
    await store.start();
    looker = new Redis(store.url);
    looker.on('error', () => undefined);
    one = await replica(PATIENT_MS);
    other = await replica(PATIENT_MS);
    await connected(one, 'one');
    await connected(other, 'other');
  });
  afterEach(async () => {
    for (const limits of [one, other]) limits.onApplicationShutdown();
    looker.disconnect();
    await store.stop();
  });

  test('two replicas count together, each person by themselves', async () => {
    await one.use(THREE, '甲');
    await other.use(THREE, '甲');
    await one.use(THREE, '甲');
    expect(await refusal(other, '甲')).toMatch(LIMITED);
    expect(await refusal(one, '甲')).toMatch(LIMITED);
    expect(await refusal(other, '乙')).toBe('none');
  });

  test('ten at once over two replicas: three get in', async () => {
    const all = Array.from({ length: 10 }, (_, index) => refusal(index % 2 === 0 ? one : other, '丙'));
    const answers = await Promise.all(all);
    expect(answers.filter((answer) => answer === 'none')).toHaveLength(3);
  });

  test('without the store each replica limits by itself, and counts together again when it is back', async () => {
    await store.stop();
    for (let use = 0; use < 3; use++) expect(await refusal(one, '丁')).toBe('none');
    expect(await refusal(one, '丁')).toMatch(/^RATE\.LIMITED/);
    expect(await refusal(other, '丁')).toBe('none');
    await store.start();
    await connected(one, 'again');
    await connected(other, 'again too');
    for (let use = 0; use < 3; use++) expect(await refusal(one, '丁')).toBe('none');
    expect(await refusal(other, '丁')).toMatch(/^RATE\.LIMITED/);
  });

  test('a store that hangs keeps nobody waiting for long', async () => {
    const hasty = await replica();
    await connected(hasty, 'hasty');
    store.hang();
    // The store never answers: that there is an answer at all is the replica's own.
    expect(await refusal(hasty, '戊')).toBe('none');
    hasty.onApplicationShutdown();
  });
});

test('without any store a replica limits by itself', async () => {
  const alone = await RateLimits.open(readEnvironment({}));
  for (let use = 0; use < 3; use++) await alone.use(THREE, '己');
  await expect(alone.use(THREE, '己')).rejects.toBeInstanceOf(Refused);
});
