import 'reflect-metadata';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp } from '../../src/create-app.ts';
import type { Environment } from '../../src/config/environment.ts';
import type { Database } from '../../src/kernel/database/index.ts';
import { Jobs } from '../../src/kernel/jobs/jobs.ts';
import { FixedClock } from './clock.ts';
import { openTestDatabase, type TestDatabaseOptions } from './engine.ts';
import { EstateBuilder } from './estate-builder.ts';

/** 2026-11-21 10:00 in Shanghai, a working Saturday it is not: the 21st is a Saturday. */
export const TEST_NOW = Date.UTC(2026, 10, 21, 2, 0, 0);

export interface Answer<Body> {
  readonly status: number;
  readonly body: Body;
  readonly headers: Readonly<Record<string, unknown>>;
}

export interface CallOptions {
  readonly token?: string | undefined;
  readonly body?: unknown;
  /** The `Idempotency-Key` header. */
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The whole server on a fresh database, with the clock and the jobs in the test's hand. */
export class TestApp {
  private constructor(
    readonly nest: NestFastifyApplication,
    readonly environment: Environment,
    readonly database: Database,
    readonly clock: FixedClock,
    private readonly dispose: () => Promise<void>,
  ) {}

  static async start(
    overrides: Readonly<Record<string, string>> = {},
    options: TestDatabaseOptions = {},
  ): Promise<TestApp> {
    // Jobs that ran by themselves would change the database between two looks of a test.
    const variables = { RUN_JOBS: '0', ...overrides };
    const { environment, database, dispose } = await openTestDatabase(variables, options);
    const clock = new FixedClock(TEST_NOW);
    const nest = await createApp(environment, database, { clock });
    return new TestApp(nest, environment, database, clock, dispose);
  }

  /** Builders of estates, homes and people, through the services that the app itself uses where they exist. */
  get build(): EstateBuilder {
    return new EstateBuilder(this);
  }

  /** Runs every job that is due by the test's clock. */
  async runJobs(): Promise<number> {
    return this.nest.get(Jobs).drain();
  }

  async call<Body = unknown>(method: string, path: string, options: CallOptions = {}): Promise<Answer<Body>> {
    const response = await this.nest.inject({
      method: method as 'GET',
      url: path,
      headers: {
        ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
        ...(options.key === undefined ? {} : { 'idempotency-key': options.key }),
        ...options.headers,
      },
      ...(options.body === undefined ? {} : { payload: options.body as object }),
    });
    const json = String(response.headers['content-type'] ?? '').includes('application/json');
    return {
      status: response.statusCode,
      body: (json ? response.json() : response.body) as Body,
      headers: response.headers,
    };
  }

  get<Body = unknown>(path: string, token?: string): Promise<Answer<Body>> {
    return this.call<Body>('GET', path, { token });
  }

  post<Body = unknown>(
    path: string,
    token: string | undefined,
    body: unknown = {},
    key?: string,
  ): Promise<Answer<Body>> {
    return this.call<Body>('POST', path, { token, body, ...(key === undefined ? {} : { key }) });
  }

  async stop(): Promise<void> {
    await this.nest.close();
    await this.dispose();
  }
}
