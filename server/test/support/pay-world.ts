import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import type { ErrorBody } from '@linli/shared/errors';
import type { BillView, Ledger, PayOrder } from '@linli/shared/fees';
import { loadCredentials, type Credentials } from '../../../scripts/sandbox/credentials.ts';
import { startSandbox, type RunningSandbox, type SandboxConfig } from '../../../scripts/sandbox/main.ts';
import { PayeesService } from '../../src/features/payments/index.ts';
import { type Answer, TEST_NOW, TestApp } from './app.ts';
import { newKey } from './assembly-builder.ts';
import type { TestDatabaseOptions } from './engine.ts';
import { FeesBuilder } from './fees-builder.ts';
import { brokenInvariants } from './invariants.ts';
import type { TestPerson } from './estate-builder.ts';

/** The server on a port of its own beside a WeChat sandbox that calls it back: nothing between them is a stand-in. */
export class PayWorld {
  private constructor(
    readonly app: TestApp,
    readonly sandbox: RunningSandbox,
    /** WeChat Pay as the other merchants of the deployment know it. */
    readonly others: readonly RunningSandbox[],
    readonly origin: string,
    readonly fees: FeesBuilder,
    private readonly dir: string,
  ) {}

  /** The merchant collects for one ledger, as every merchant does; others are set up beside it and collect for nothing yet. */
  static async start(
    options: TestDatabaseOptions = {},
    ledger: Ledger = 'PROPERTY_FEE',
    besides = 0,
  ): Promise<PayWorld> {
    const dir = mkdtempSync(join(tmpdir(), 'linli-pay-'));
    const { port, release } = await keepPort();
    const origin = `http://127.0.0.1:${port}`;
    // Signatures carry the machine's time; orders and retries age by the time that the test plays.
    const told = { now: Date.now, appOrigins: [origin], pushUrl: `${origin}/api/callbacks/wechat-push` };
    const sandbox = await startSandbox({ dir, ...told });
    const others: RunningSandbox[] = [];
    while (others.length < besides)
      others.push(await startSandbox({ dir: await besideOf(dir, others.length), ...told }));
    connect(dir, others);
    const app = await TestApp.start(
      {
        PUBLIC_ORIGIN: origin,
        PORT: String(port),
        WECHAT_CONFIG: join(dir, 'sandbox.json'),
      },
      options,
    );
    await release();
    await app.nest.listen(port, '127.0.0.1');
    const fees = await FeesBuilder.start(app);
    const world = new PayWorld(app, sandbox, others, origin, fees, dir);
    for (const each of [sandbox, ...others]) await world.control('POST', '/clock', { hold: TEST_NOW }, each);
    await app.nest.get(PayeesService).set('SYSTEM', fees.estateId, {
      ledger,
      holderName: '奇台县安泰物业服务有限公司',
      mchId: sandbox.config.mchId,
    });
    await fees.publish();
    return world;
  }

  /** An owner of a new home of 89.37 ㎡ with November's bill of 58.09 yuan. */
  async debtor(room: string, month = '2026-11'): Promise<{ owner: TestPerson; bill: BillView }> {
    const owner = await this.app.build.owner(`业主${room}`, [await this.fees.home(room)]);
    await this.fees.issue(month);
    return { owner, bill: await this.fees.billOf(owner) };
  }

  async order(
    person: TestPerson,
    bills: readonly BillView[],
    facts: object = {},
    key = newKey(),
  ): Promise<Answer<PayOrder & ErrorBody>> {
    const request = {
      billIds: bills.map(({ id }) => id),
      channel: 'H5',
      amountFen: bills.reduce((sum, { openFen, lateFeeFen }) => sum + openFen + lateFeeFen, 0),
      ...facts,
    };
    return this.app.post<PayOrder & ErrorBody>('/api/me/pay-orders', person.token, request, key);
  }

  async ordered(person: TestPerson, bills: readonly BillView[]): Promise<PayOrder> {
    const answer = await this.order(person, bills);
    expect(answer).toMatchObject({ status: 201, body: { state: 'PREPAID' } });
    return answer.body;
  }

  view(person: TestPerson, { orderNo }: PayOrder): Promise<Answer<PayOrder>> {
    return this.app.get<PayOrder>(`/api/me/pay-orders/${orderNo}`, person.token);
  }

  /** The payer confirms at the gateway; the callback waits until the sandbox is told to send it. */
  async pay({ orderNo }: PayOrder, facts: object = {}, sandbox = this.sandbox): Promise<void> {
    const { payerOpenid, prepayId } = (await this.control(
      'GET',
      `/orders/${orderNo}`,
      undefined,
      sandbox,
    )) as {
      payerOpenid: string;
      prepayId: string;
    };
    const request = { prepay_id: prepayId, openid: payerOpenid, ...facts };
    expect(await this.control('POST', '/pay', request, sandbox)).toMatchObject({
      errMsg: 'requestPayment:ok',
    });
  }

  /** Sends every callback that is due and books it. */
  async deliver(): Promise<void> {
    for (const sandbox of [this.sandbox, ...this.others]) await sandbox.settle();
    await this.app.runJobs();
  }

  fault(rule: object): Promise<unknown> {
    return this.control('POST', '/faults', rule);
  }

  /** Both clocks. */
  async wait(ms: number): Promise<void> {
    this.app.clock.advance(ms);
    for (const sandbox of [this.sandbox, ...this.others])
      await this.control('POST', '/clock', { advanceMs: ms }, sandbox);
    await this.app.runJobs();
  }

  async control(
    method: string,
    path: string,
    body?: object,
    { origin }: Pick<RunningSandbox, 'origin'> = this.sandbox,
  ): Promise<unknown> {
    const reply = await fetch(`${origin}/sandbox${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return reply.json();
  }

  /** What WeChat signs with: for a test that writes callbacks itself. */
  credentials(): Promise<Credentials> {
    return loadCredentials(this.dir);
  }

  count(table: string): Promise<number> {
    return this.app.database
      .row<{ found: number }>(`SELECT COUNT(*) AS found FROM ${table}`)
      .then((row) => Number(row?.found));
  }

  /** Whatever was tried, the money has to be right in the end. */
  async stop(): Promise<void> {
    const broken = await brokenInvariants(this.app.database);
    for (const sandbox of [this.sandbox, ...this.others]) await sandbox.close();
    await this.app.stop();
    rmSync(this.dir, { recursive: true, force: true });
    expect(broken).toEqual({});
  }
}

/** The folder of another merchant of the same mini-program. */
async function besideOf(dir: string, index: number): Promise<string> {
  const other = join(dir, `merchant-${index}`);
  await loadCredentials(other);
  const file = join(other, 'sandbox.json');
  const { appId, appSecret } = readConfig(join(dir, 'sandbox.json'));
  writeFileSync(file, JSON.stringify({ ...readConfig(file), appId, appSecret }));
  return other;
}

/** What the server reads: its first merchant, and a list of the others, after one whose keys somebody has spoilt. */
function connect(dir: string, others: readonly RunningSandbox[]): void {
  if (others.length === 0) return;
  const file = join(dir, 'sandbox.json');
  const merchants = [SPOILT, ...others.map(({ config }) => config)];
  writeFileSync(file, JSON.stringify({ ...readConfig(file), merchants }));
}

const SPOILT = {
  mchId: '1900000110',
  merchantSerial: 'spoilt',
  merchantPrivateKeyPem: 'spoilt',
  apiV3Key: 'spoilt',
  platformPublicKeyId: 'PUB_KEY_ID_SPOILT',
  platformPublicKeyPem: 'spoilt',
};

const readConfig = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as SandboxConfig;

/** A port, taken until its user listens there: a database is made in between, and other tests look for ports too. */
async function keepPort(): Promise<{ readonly port: number; release(): Promise<void> }> {
  const server = createServer();
  const port = await new Promise<number>((listening) => {
    server.listen(0, '127.0.0.1', () => listening((server.address() as AddressInfo).port));
  });
  return { port, release: () => new Promise((closed) => server.close(() => closed())) };
}
